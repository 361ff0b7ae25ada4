"""The folder on disk: header, people and grants, creating and unlocking. Knows no SQL and no store."""
