"""Which entry speaks of which record: made from the signed entries when a case file opens, held in memory.

It lies nowhere in the file, so nobody can change it beside the entries. It believes what it reads: whether
the entries follow each other and who signed them is the business of `following` and `verify`. An entry that
cannot be read speaks of nothing here, and both of them say so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from app.domain.canonical import Plain
from app.domain.log import GONE, SEALED, EntryRow

OPEN_STATE: Final = 0
SEALED_STATE: Final = 1
GONE_STATE: Final = 2


class Place(NamedTuple):
    """Where the log speaks of a record, and what it says: its version, and open, sealed or gone."""

    sequence: int
    position: int
    version: int
    state: int


class LogIndex:
    """Places by record, oldest first.

    Attributes:
        latest: the latest moment any entry names, as it is stored; empty before the first.
    """

    def __init__(self) -> None:
        self.by_record: Final[dict[str, list[Place]]] = {}
        self.latest = ""

    def read(self, sequence: int, body: bytes) -> None:
        """Take the stored bytes of an entry; not checked as `read_entry` does, at thrice the time."""
        try:
            plain: Plain = json.loads(body)
        except (ValueError, RecursionError):
            return
        if not isinstance(plain, dict):
            return
        moment, rows = plain.get("moment"), plain.get("rows")
        if isinstance(moment, str) and isinstance(rows, list) and all(map(_is_row, rows)):
            self._take(sequence, moment, rows)

    def take(self, sequence: int, moment: str, rows: Iterable[EntryRow]) -> None:
        """Take an entry that was just committed."""
        self._take(sequence, moment, [(row.kind, row.record, row.version, row.row_hash) for row in rows])

    def _take(self, sequence: int, moment: str, rows: Sequence[tuple[str, str, int, str]]) -> None:
        self.latest = max(self.latest, moment)  # stored moments sort as text
        for position, (kind, record, version, row_hash) in enumerate(rows):
            place = Place(sequence, position, version, state_of(kind, row_hash))
            self.by_record.setdefault(record, []).append(place)


def _is_row(plain: Plain) -> bool:
    return isinstance(plain, list) and tuple(map(type, plain)) == (str, str, int, str)


def state_of(kind: str, row_hash: str) -> int:
    """What the index says of a row: open, sealed or gone."""
    if row_hash == GONE:
        return GONE_STATE
    return SEALED_STATE if kind == SEALED else OPEN_STATE
