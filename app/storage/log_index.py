"""Which entry speaks of which record: made from the signed entries when a case file opens, held in memory.

It lies nowhere in the file, so nobody can change it beside the entries. Reading them checks the hashes of the
chain and nothing else: who signed them, and what they may say, is the business of `following` and `verify`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from app.collecting import nothing_to_collect
from app.domain.ids import OriginId
from app.domain.log import GONE, SEALED, EntryHash, EntryRow, origin_follows

OPEN_STATE: Final = 0
SEALED_STATE: Final = 1
GONE_STATE: Final = 2
_ROW_TYPES: Final = (str, str, int, str)
_raw_decode: Final = json.JSONDecoder().raw_decode
_new: Final = tuple.__new__
"""What a named tuple is made with: by its name it costs twice as much, and there are very many."""


class Place(NamedTuple):
    """Where the log speaks of a record, and what it says: its version, and open, sealed or gone."""

    sequence: int
    position: int
    version: int
    state: int


Head = tuple[int, str, str, str]
"""What is asked of an entry most: its number, moment (as it is stored), person and act. A plain tuple: a
hundred thousand of them are made while a case file opens."""


class LogIndex:
    """Places by record, oldest first.

    Attributes:
        heads: of every entry that can be read, oldest first.
        latest: the latest moment any entry names, as it is stored; empty before the first.
        broken: the first entry that cannot be read or does not follow the one before it; 0: every one does.
        origins: every origin with its first entry, oldest first.
    """

    def __init__(self, origin: OriginId) -> None:
        self.origins: Final[list[tuple[int, str]]] = [(1, origin)]
        self._known: Final[list[str]] = [origin]
        self.by_record: Final[dict[str, list[Place]]] = {}
        self.heads: Final[list[Head]] = []
        self.latest = ""
        self.broken = 0

    def read(self, sequence: int, previous: str, body: bytes) -> bool:
        """Take the stored bytes of an entry; not checked as `read_entry` does, at thrice the time.

        Returns:
            Whether it can be read and names this number and this hash of the entry before.
        """
        try:
            text = body.decode("utf-8")
            plain, end = _raw_decode(text)
        except (ValueError, RecursionError):
            return False
        if not isinstance(plain, dict) or end != len(text):
            return False
        moment, rows = plain.get("moment"), plain.get("rows")
        if type(moment) is not str or type(rows) is not list:
            return False
        for row in rows:
            if type(row) is not list or tuple(map(type, row)) != _ROW_TYPES:
                return False
        self._take(sequence, moment, rows)
        act = str(plain.get("act"))
        self.note(sequence, moment, str(plain.get("person")), act)
        follows = self.follows(sequence, str(plain.get("origin")), act)
        return follows and plain.get("previous") == previous and plain.get("sequence") == sequence

    def follows(self, sequence: int, origin: str, act: str) -> bool:
        """Take the origin of an entry; whether it may follow the ones before."""
        if origin == self._known[-1]:
            return True
        if not origin_follows(self._known, origin, act):
            return False
        self.origins.append((sequence, origin))
        return True

    def take(self, sequence: int, moment: str, rows: Iterable[EntryRow]) -> None:
        """Take an entry that was just committed."""
        self._take(sequence, moment, [(row.kind, row.record, row.version, row.row_hash) for row in rows])

    def note(self, sequence: int, moment: str, person: str, act: str) -> None:
        """Take the head of an entry; the same few people and acts stand in all of them."""
        self.heads.append((sequence, moment, sys.intern(person), sys.intern(act)))

    def _take(self, sequence: int, moment: str, rows: Sequence[tuple[str, str, int, str]]) -> None:
        if moment > self.latest:  # stored moments sort as text
            self.latest = moment
        known = self.by_record
        for position, (kind, record, version, row_hash) in enumerate(rows):
            state = GONE_STATE if row_hash == GONE else SEALED_STATE if kind == SEALED else OPEN_STATE
            place = _new(Place, (sequence, position, version, state))
            if record in known:
                known[record].append(place)
            else:
                known[record] = [place]


def read_index(stored: Iterable[tuple[int, bytes, bytes]], hash_of: EntryHash, origin: OriginId) -> LogIndex:
    """The index of a log, and with it the check of its chain by hashes alone.

    Args:
        stored: sequence, body and signature in order.
        hash_of: see `app.domain.log.EntryHash`.
        origin: the first.
    """
    index, previous = LogIndex(origin), ""
    with nothing_to_collect():
        for expected, (sequence, body, signature) in enumerate(stored, 1):
            follows = index.read(sequence, previous, body) and sequence == expected
            if not follows and not index.broken:
                index.broken = sequence
            previous = hash_of(body, signature)
    return index
