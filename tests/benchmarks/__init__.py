"""The figures of this program, measured on the computer it runs on. `python3 dev.py bench`."""
