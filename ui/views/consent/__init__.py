"""Relatives & consent, and the Conversation sheet."""
