"""Recording hostile attention, and what is known of it."""
