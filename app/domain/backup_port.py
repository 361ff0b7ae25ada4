"""What making a backup asks of the store, said without SQL."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Protocol

import attrs

from app.domain.ids import CaseFileId


@attrs.frozen
class HeadOf:
    """The newest entry of a database.

    Attributes:
        head: its hash, 64 hexadecimal digits.
    """

    origin: str
    sequence: int
    head: str


@attrs.frozen
class DatabaseState:
    """Two equal ones: not a byte of the file changed in between.

    Attributes:
        size_bytes: of the file.
        changes: rows changed by this connection so far.
    """

    size_bytes: int
    changes: int


class DatabaseCopying(Protocol):
    """The bytes of the open database between two transactions, and a look into a copy of them."""

    def state(self) -> DatabaseState:
        """Size, and whether anything changed since. Raises KnownError CANNOT_READ."""

    def read(self, place: int, size: int) -> bytes:
        """Exactly these bytes, as they lie on the disk.

        Raises:
            KnownError: CANNOT_READ, DATA_DAMAGED the file ends before.
            BugError: a transaction is open.
        """

    def checking(self, copy: Path, case_file: CaseFileId) -> Generator[None, None, HeadOf]:
        """Open a copy read-only, as a stranger with the key would, and check every page, in slices.

        Args:
            copy: a file that nobody writes to meanwhile.
            case_file: whose it has to be.

        Raises:
            KnownError: BACKUP_DAMAGED, BACKUP_OTHER; CANNOT_READ the copy itself cannot be opened.
        """
