"""Reports: what waits, the drafts, the ledger, and the five steps from a kind to files that leave."""
