"""What fields held before: kept in the row of the entry that replaced it, found through the records it names.

A save therefore writes no page of its own for them. Erasing a record empties its items, salts and all; the
hashes in the chain then tell nothing and the chain still holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from app.storage.connection import Connection
from app.storage.log_book import LogBook
from app.storage.old_items import ERASED, OpenOld, SealedOld, items_in, joined, read_item
from app.storage.records import data

_REMEMBERED: Final = 8
"""Of so many entries it is remembered what is of which record. A list brought in puts thousands of values
into one entry, and who walks its people would read all of them again for everybody."""


@attrs.frozen
class Before:
    """An old value and where it stands."""

    sequence: int
    position: int
    old: OpenOld | SealedOld


class OldValues:
    """Old values of one connection, those of the running transaction too."""

    def __init__(self, connection: Connection, log: LogBook) -> None:
        self._connection: Final = connection
        self._log: Final = log
        self._pending: Final[list[tuple[OpenOld | SealedOld, bytes]]] = []
        self._erased: Final[set[str]] = set()
        self._sorted: Final[OrderedDict[int, Mapping[str, Sequence[Before]]]] = OrderedDict()

    # writing

    def put(self, old: OpenOld | SealedOld) -> None:
        """Put a value aside."""
        self._pending.append((old, old.item()))

    def erase(self, record: str) -> None:
        """Take the old values of a record away, once the transaction is finished."""
        self._erased.add(record)

    def finish(self) -> list[bytes]:
        """Empty what was erased in the entries so far; gives the items of the entry to be written."""
        if self._erased:
            self._sorted.clear()
        for sequence in self._naming(self._erased):
            items = self._stored(sequence)
            kept = [ERASED if item and read_item(item).record in self._erased else item for item in items]
            if kept != items:
                self._connection.execute(
                    "UPDATE entry SET old = ? WHERE sequence = ?", (joined(kept), sequence)
                )
        return [item for old, item in self._pending if old.record not in self._erased]

    def settle(self) -> None:
        """A transaction ended."""
        if self._erased:
            self._sorted.clear()
        for sequence in [one for one in self._sorted if one >= self._log.sequence]:
            del self._sorted[sequence]  # the entry of this transaction, should it have been given up
        self._pending.clear()
        self._erased.clear()

    # reading

    def of_records(self, *records: str) -> Iterator[Before]:
        """The old values of records, oldest first; erased ones are not there."""
        for sequence in self._naming(records):
            of_record = self._by_record(sequence)
            found = [one for record in set(records) for one in of_record.get(record, ())]
            yield from sorted(found, key=lambda one: one.position)
        for position, (old, _item) in enumerate(self._pending):
            if old.record in records:
                yield Before(self._log.sequence + 1, position, old)

    def _by_record(self, sequence: int) -> Mapping[str, Sequence[Before]]:
        known = self._sorted.get(sequence)
        if known is not None:
            self._sorted.move_to_end(sequence)
            return known
        found: dict[str, list[Before]] = {}
        for position, item in enumerate(self._stored(sequence)):
            if item:
                old = read_item(item)
                found.setdefault(old.record, []).append(Before(sequence, position, old))
        self._sorted[sequence] = found
        while len(self._sorted) > _REMEMBERED:
            self._sorted.popitem(last=False)
        return found

    def _naming(self, records: Iterable[str]) -> list[int]:
        return sorted({place.sequence for record in records for place in self._log.places(record)})

    def _stored(self, sequence: int) -> list[bytes]:
        row = self._connection.one("SELECT old FROM entry WHERE sequence = ?", (sequence,))
        return items_in(data(row[0])) if row is not None and row[0] is not None else []
