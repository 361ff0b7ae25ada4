"""What is asked of the store by whoever keeps the lines of the Prisoners table in memory."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class LinesReading(Protocol):
    """The part of `ports.Reader` that tells what of such lines is no longer true."""

    def prisoner_ids(self, after: str, limit: int) -> list[str]:
        """Ids of prisoners, in their order.

        Args:
            after: only those that come after this one.
            limit: at most so many.
        """

    def cleared_names(self, on: date) -> frozenset[str]:
        """Prisoners whose rows have the light YES on a day; asked of committed states only."""

    def lines_written(self) -> frozenset[str] | None:
        """Ids of prisoners whose open line may be another one since this was asked last; None: anybody's.

        Each is told once, so that one caller asks.
        """
