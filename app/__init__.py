"""Poruch without a window: everything the program knows and decides. Nothing in here knows Qt."""
