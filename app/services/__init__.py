"""Use cases: one public method is one transaction. Knows the rooms below, never a window, never SQL."""
