"""A sealed record as it lies in its table, and the hash the log holds of it. Opens nothing."""

from __future__ import annotations

from typing import Final

import attrs

from app.crypto.hashing import sealed_row_hash
from app.domain.errors import KnownError

_NO_HASH: Final = "-"


@attrs.frozen
class SealedRow:
    """One sealed record as it lies in the table; the version comes from the log."""

    id: str
    desk: str
    epoch: int
    version: int
    blob: bytes

    def hash(self) -> str:
        """The hash the log holds of this record; one it never holds where desk or epoch are none."""
        try:
            return sealed_row_hash(self.desk, self.epoch, self.blob).hex()
        except KnownError:
            return _NO_HASH
