"""Bringing a list in: choose, look at every row, bring in, and take back."""
