"""The Overview: what needs a person today, and the figures behind it."""
