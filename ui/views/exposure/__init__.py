"""Exposure: who could open something, who did, what was known, what to do first."""
