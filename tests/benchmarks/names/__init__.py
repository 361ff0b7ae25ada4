"""Held-out names: invented people whose spellings nobody tuned anything on, and the figures they give."""
