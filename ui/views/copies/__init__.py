"""Copies to be carried: making one, listing them, what stands above the pages of one, notes to take home."""
