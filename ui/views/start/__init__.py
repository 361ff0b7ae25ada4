"""Before a case file is open: unlocking one, making one, looking around with invented people."""
