"""How much a file from outside may ask of this computer. One place, so that parent, child and tests agree."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 64 * 1024 * 1024
SECONDS: Final = 10.0
SECONDS_A_MEGABYTE: Final = 0.5
"""What a large file may take on top: 100,000 rows are 35 MB, and a slow computer reads them, too."""
LONGEST_SECONDS: Final = SECONDS + SECONDS_A_MEGABYTE * MAX_FILE_BYTES / 1024 / 1024
RESIDENT_BYTES: Final = 512 * 1024 * 1024
DATA_BYTES: Final = 448 * 1024 * 1024
"""What the child may ask the system for: the parent looks every 20 ms, and a bomb fills memory faster."""
ADDRESS_BYTES: Final = 1024 * 1024 * 1024
OUTPUT_BYTES: Final = 512 * 1024 * 1024
