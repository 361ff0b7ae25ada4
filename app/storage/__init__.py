"""The database of a case file: SQL and nothing else. Only `app.bootstrap` imports this room."""
