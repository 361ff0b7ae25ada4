"""The Log page: whether all fits together, answers in one chart, and what happened."""
