"""Canonical bytes, hashes, signatures, sealing and key slots. Knows no files and no SQL."""
