"""Models of Qt over frozen values; no services, no SQL, no widgets."""
