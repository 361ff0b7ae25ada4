"""Backups on screen: the words at the foot, making them quietly, on closing, and their card in Settings."""
