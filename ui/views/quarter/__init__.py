"""The quarter review on the Log page: begin, go through the groups, sign; and the reviews so far."""
