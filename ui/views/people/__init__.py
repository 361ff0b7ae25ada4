"""The People page: who can open the case file, and adding somebody."""
