"""How much a list may ask of this computer. One place, so that reader, child and tests agree.

What a child may take as a process stands in `app.limited_child`.
"""

from __future__ import annotations

from typing import Final

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 1_000
MAX_CELL_CHARACTERS: Final = 100_000
MAX_TABLES: Final = 200
MAX_SHEET_CHARACTERS: Final = 100
MAX_CELLS: Final = 5_000_000
