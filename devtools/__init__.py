"""Rooms behind `dev.py`: setting a machine up, checking, translating, packaging. Not for app or ui.

All but `catalogues` use the standard library only, because they run before anything is installed.
"""
