"""One cell, one reading: each module turns one kind of cell into a value and says what is doubtful.

Nothing here raises on what a cell says: garbage yields nothing and a problem. Cells never know their row.
"""
