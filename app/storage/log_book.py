"""The log in the database: appending signed entries, reading them, finding them by record.

What an entry says and the rules of the chain are in `app.domain.log`, which entry speaks of which record in
`log_index`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import attrs

from app.crypto.hashing import tagged_hash
from app.domain.acts import Act
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, OriginId
from app.domain.log import SIGNED, Entry, EntryRow, read_entry
from app.domain.port_values import Written
from app.domain.ports import Signer
from app.storage.connection import Connection
from app.storage.log_index import SEALED_STATE, Head, LogIndex, Place, read_index
from app.storage.old_items import hash_of, joined
from app.storage.records import data, number

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def entry_hash(body: bytes, signature: bytes) -> str:
    """SHA-256, hexadecimal, over tag, body and signature (64 bytes, so the border is known)."""
    return tagged_hash(SIGNED, body + signature).hex()


class LogBook:
    """The entries of one copy of the case file.

    Attributes:
        sequence, newest_hash: of the head; 0 and empty before the first entry.
    """

    def __init__(self, connection: Connection, case_file: CaseFileId, origin: OriginId) -> None:
        self._connection: Final = connection
        self.case_file: Final = case_file
        self.first_origin: Final = origin
        self.origin = origin
        self.sequence = 0
        self.newest_hash = ""
        self._index: LogIndex | None = None
        self._cached: Final = lru_cache(maxsize=64)(self._read)

    def load_head(self) -> Entry:
        """Read and check the newest entry.

        Raises:
            KnownError: LOG_BROKEN.
        """
        row = self._connection.one(
            "SELECT sequence, body, signature FROM entry ORDER BY sequence DESC LIMIT 1"
        )
        if row is None:
            raise KnownError(Code.LOG_BROKEN)
        sequence, body, signature = number(row[0]), data(row[1]), data(row[2])
        entry = read_entry(body, signature)
        # Whether this origin may follow the ones before is seen when all entries are read.
        if (entry.sequence, entry.case_file) != (sequence, self.case_file):
            raise KnownError(Code.LOG_BROKEN)
        self._set_head(entry, body)
        return entry

    def append(
        self,
        signer: Signer,
        moment: datetime,
        act: Act,
        rows: Sequence[EntryRow],
        old: Sequence[bytes],
        *,
        automatic: bool,
        origin: OriginId | None = None,
    ) -> tuple[Entry, bytes]:
        """Write the entry that follows the head; `moved_to` moves the head once it is committed.

        Args:
            origin: with which this copy goes on from here, where it begins a new one.
        """
        unsigned = Entry(
            case_file=self.case_file,
            origin=origin or self.origin,
            sequence=self.sequence + 1,
            previous=self.newest_hash,
            moment=moment,
            person=signer.person,
            device=signer.device,
            act=act.value,
            automatic=automatic,
            rows=tuple(rows),
            old=tuple(map(hash_of, old)),
        )
        body = unsigned.body()
        entry = attrs.evolve(unsigned, signature=signer.sign(SIGNED, body))
        self._connection.execute(
            "INSERT INTO entry (sequence, body, signature, old) VALUES (?, ?, ?, ?)",
            (entry.sequence, body, entry.signature, joined(old)),
        )
        return entry, body

    def moved_to(self, entry: Entry, body: bytes) -> None:
        """Take a committed entry as the head."""
        self._set_head(entry, body)
        if self._index is not None:
            moment = stored_moment(entry.moment)
            self._index.take(entry.sequence, moment, entry.rows)
            self._index.follows(entry.sequence, entry.origin, entry.act)
            self._index.note(entry.sequence, moment, entry.person, entry.act)

    def _set_head(self, entry: Entry, body: bytes) -> None:
        self.sequence = entry.sequence
        self.newest_hash = entry_hash(body, entry.signature)
        self.origin = entry.origin

    def latest_moment(self) -> datetime:
        """The latest moment any entry names; the head's own may be earlier, where the clock went back."""
        latest = self._loaded().latest
        return moment_from_stored(latest) if latest else _NEVER

    def stored(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
        """Sequence, body and signature as they are stored, in order."""
        for row in self._connection.rows(
            "SELECT sequence, body, signature FROM entry WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
            (first, last if last is not None else 2**62),
        ):
            sequence, body, signature = row
            if type(sequence) is not int or type(body) is not bytes or type(signature) is not bytes:
                raise KnownError(Code.RECORD_DAMAGED)
            yield sequence, body, signature

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[Entry]:
        """Entries in order."""
        for _, body, signature in self.stored(first, last):
            yield read_entry(body, signature)

    def entry(self, sequence: int) -> Entry:
        """One entry.

        Raises:
            KnownError: NOT_FOUND, LOG_BROKEN.
        """
        return self._cached(sequence)

    def _read(self, sequence: int) -> Entry:
        found = next(self.entries(sequence, sequence), None)
        if found is None:
            raise KnownError(Code.NOT_FOUND)
        return found

    def heads(self) -> Sequence[Head]:
        """What is asked of every entry most, oldest first."""
        return self._loaded().heads

    # by record

    def places(self, record: str) -> Sequence[Place]:
        """Where the log speaks of a record, oldest first."""
        return self._loaded().by_record.get(record, ())

    def newest(self, record: str) -> tuple[int, EntryRow] | None:
        """The newest entry that speaks of a record: its sequence and row.

        Raises:
            KnownError: LOG_BROKEN, the entry changed since the index was made.
        """
        places = self.places(record)
        if not places:
            return None
        newest = places[-1]
        rows = self.entry(newest.sequence).rows
        if newest.position >= len(rows) or rows[newest.position].record != record:
            raise KnownError(Code.LOG_BROKEN)
        return newest.sequence, rows[newest.position]

    def written(self, record: str) -> list[Written]:
        """Who wrote each version of a record, oldest first; an entry that only mentions one wrote nothing."""
        heads, found = self._loaded().heads, list[Written]()
        for place in self.places(record):
            if not found or found[-1].version != place.version:
                sequence, moment, person, _act = heads[bisect_left(heads, (place.sequence,))]
                found.append(Written(place.version, person, moment_from_stored(moment), sequence))
        return found

    def newest_version(self, record: str) -> int:
        """The newest version the log knows of a record; 0 if it knows none."""
        places = self.places(record)
        return places[-1].version if places else 0

    def version_at(self, record: str, sequence: int) -> int:
        """The version a record had once this entry was written."""
        return max((place.version for place in self.places(record) if place.sequence <= sequence), default=0)

    def sequences_since(self, record: str, version: int) -> tuple[int, ...]:
        """The entries after which a record had a newer version than this."""
        return tuple(place.sequence for place in self.places(record) if place.version > version)

    def standing_sealed(self) -> Iterator[str]:
        """Every sealed record that should be there."""
        for record, places in self._loaded().by_record.items():
            if places[-1].state == SEALED_STATE:
                yield record

    def ever_sealed(self) -> Iterator[str]:
        """Every record that was sealed once, also those taken away since."""
        for record, places in self._loaded().by_record.items():
            if any(place.state == SEALED_STATE for place in places):
                yield record

    def load_index(self) -> None:
        """Make the index, once; never inside a transaction that may roll back."""
        if self._index is not None:
            return
        if self._connection.in_transaction:
            raise BugError("the index of the log is made before a transaction")
        self._index = read_index(self.stored(), entry_hash, self.first_origin)

    @property
    def broken(self) -> int:
        """The first entry that does not follow the one before it, by its hash; 0: every one does."""
        return self._loaded().broken

    def origins(self) -> Sequence[tuple[int, str]]:
        """Every origin this copy wrote under, with its first entry; the last is that of now."""
        return self._loaded().origins

    def index_is(self, expected: LogIndex) -> bool:
        """Whether the index says exactly this."""
        return self._loaded().by_record == expected.by_record

    def _loaded(self) -> LogIndex:
        self.load_index()
        return self._index or LogIndex(self.first_origin)
