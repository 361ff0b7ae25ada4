"""The part of a reader for whoever keeps the lines of the Prisoners table. The notes are `row_news.py`."""

from __future__ import annotations

from datetime import date

from app.storage.core import Core
from app.storage.queries import prisoners
from app.storage.records import text


class LinesReader:
    """The part of `app.domain.ports.Reader` that tells what of such lines is no longer true.

    Args:
        core: of one connection.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def prisoner_ids(self, after: str, limit: int) -> list[str]:
        """See `lines_port.LinesReading.prisoner_ids`."""
        query = "SELECT id FROM main.prisoner WHERE id > ? ORDER BY id LIMIT ?"
        return [text(row[0]) for row in self._core.connection.rows(query, (after, limit))]

    def cleared_names(self, on: date) -> frozenset[str]:
        """See `lines_port.LinesReading.cleared_names`."""
        return prisoners.cleared_names(self._core, on, "name", "public")

    def lines_written(self) -> frozenset[str] | None:
        """See `lines_port.LinesReading.lines_written`."""
        return self._core.row_news.take()
