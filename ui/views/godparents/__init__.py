"""The Godparents page: table, detail, sheets."""
