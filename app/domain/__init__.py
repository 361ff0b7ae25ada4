"""What things are and what is allowed: pure values and rules, no files, no SQL, no keys."""
