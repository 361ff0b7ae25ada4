"""Bringing in a list: read in a limited child, columns recognised, cells read, rows compared."""
