"""Records that may be of one person: side by side, merged, kept apart, taken apart again."""
