"""A file made or changed elsewhere: read in the limited child, told without being believed."""
