"""Which copies of the case file wrote a log: the part of a reader that tells copies apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class OriginReading(Protocol):
    """See `app.domain.ports.Reader`."""

    def origins(self) -> Sequence[tuple[int, str]]:
        """Every origin the log was written under, with its first entry, oldest first; never none."""
