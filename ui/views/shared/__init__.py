"""Parts that several pages share: a list with its filter line, sheets around one record. Decides nothing."""
