"""Whose line of the Prisoners table a write may have changed, for whoever keeps those lines in memory.

It knows the tables `queries.prisoners` reads. Clearances are no part of a line, since what may be told
changes with the day: whose names are cleared is kept beside the notes. What was written and rolled back is
told as well, which only costs a look.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.storage.connection import Connection
from app.storage.layout import Layout
from app.storage.records import text

_ITSELF: Final = "prisoner"
_SIDE: Final = "godparenthood"
_WHOSE: Final = {
    _ITSELF: "SELECT id FROM main.prisoner WHERE id = ?",
    _SIDE: "SELECT json_extract(body, '$.prisoner') FROM main.godparenthood WHERE id = ?",
    "hold": "SELECT json_extract(body, '$.on_id') FROM main.hold WHERE id = ?",
    "hold_step": "SELECT json_extract(h.body, '$.on_id') FROM main.hold_step s"
    " JOIN main.hold h ON h.id = json_extract(s.body, '$.hold') WHERE s.id = ?",
    "facility": "SELECT id FROM main.prisoner WHERE json_extract(body, '$.facility') = ?",
}
_CLEARS: Final = "clearance"
_MANY: Final = 500
"""So many are sooner read anew than looked up one by one."""


class RowNews:
    """What was written since somebody asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._written: Final[dict[str, str]] = {}
        self._many = False
        self._cleared: tuple[str, frozenset[str]] | None = None

    def changed(self, layout: Layout, record: str) -> None:
        """Take note that a record was written or taken away."""
        if layout.noun == _CLEARS:
            self._cleared = None
        if layout.noun in _WHOSE and not self._many:
            self._written[record] = layout.noun
            self._many = len(self._written) > _MANY

    def cleared(self, day: str, ask: Callable[[], frozenset[str]]) -> frozenset[str]:
        """Whose names are cleared on a day: asked once for as long as no clearance was written."""
        if self._cleared is None or self._cleared[0] != day:
            self._cleared = (day, ask())
        return self._cleared[1]

    def take(self) -> frozenset[str] | None:
        """See `lines_port.LinesReading.lines_written`."""
        written, many = dict(self._written), self._many
        self._written.clear()
        self._many = False
        # Where records are merged or taken apart, godparenthoods leave somebody who is not named here.
        if many or {_ITSELF, _SIDE} <= set(written.values()):
            return None
        found: set[str] = set()
        for record, noun in written.items():
            whose = [text(row[0]) for row in self._connection.rows(_WHOSE[noun], (record,)) if row[0]]
            if not whose and noun not in (_ITSELF, "facility"):
                return None  # taken away: nobody knows any more whose it was
            found.update(whose)
            if noun == _ITSELF:
                found.add(record)
        return frozenset(found)
