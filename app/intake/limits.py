"""How much a list may ask of this computer. One place, so that reader, child and tests agree."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 64 * 1024 * 1024
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 1_000
MAX_CELL_CHARACTERS: Final = 100_000
MAX_TABLES: Final = 200
MAX_SHEET_CHARACTERS: Final = 100
MAX_CELLS: Final = 5_000_000
CHILD_SECONDS: Final = 10.0
SECONDS_A_MEGABYTE: Final = 0.5
"""What a large file may take on top: 100,000 rows are 35 MB, and a slow computer reads them, too."""
LONGEST_SECONDS: Final = CHILD_SECONDS + SECONDS_A_MEGABYTE * MAX_FILE_BYTES / 1024 / 1024
CHILD_RESIDENT_BYTES: Final = 512 * 1024 * 1024
CHILD_ADDRESS_BYTES: Final = 1024 * 1024 * 1024
CHILD_OUTPUT_BYTES: Final = 512 * 1024 * 1024
