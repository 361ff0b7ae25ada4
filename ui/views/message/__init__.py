"""Writing a few sentences about one prisoner to one recipient."""
