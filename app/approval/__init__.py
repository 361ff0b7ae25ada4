"""Approval slips: small files in which a second person elsewhere is asked, and answers."""
