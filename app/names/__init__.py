"""Names in every spelling: clean, fold, given names, compare. Pure text, no database, no window."""
