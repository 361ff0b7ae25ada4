"""What a trustee sees of a slip, without any case file."""
