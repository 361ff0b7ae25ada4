"""Rows for screens: SQL and the mapping to `app.domain.rows`. Nothing here writes."""
