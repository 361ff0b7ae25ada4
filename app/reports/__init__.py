"""Reports: composed from values that may leave, written, opened again and searched. No SQL, no services."""
