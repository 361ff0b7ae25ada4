"""The help, read inside the program."""
