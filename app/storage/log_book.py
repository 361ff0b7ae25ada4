"""The log of one origin in the database: appending signed entries, reading them, finding them by record.

`entry_row` is an index made from the entries; verification compares the two. What an entry says and the
rules of the chain are in `app.domain.log`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

import attrs

from app.crypto.hashing import tagged_hash
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, OriginId
from app.domain.log import SIGNED, Entry, EntryRow, read_entry
from app.domain.ports import Signer
from app.storage.connection import Connection
from app.storage.records import data, number, text


def entry_hash(body: bytes, signature: bytes) -> str:
    """SHA-256, hexadecimal, over tag, body and signature (64 bytes, so the border is known)."""
    return tagged_hash(SIGNED, body + signature).hex()


class LogBook:
    """The entries of one copy of the case file.

    Attributes:
        sequence, newest_hash, newest_moment: of the head; 0 and empty before the first entry.
    """

    def __init__(self, connection: Connection, case_file: CaseFileId, origin: OriginId) -> None:
        self._connection: Final = connection
        self.case_file: Final = case_file
        self.origin: Final = origin
        self.sequence = 0
        self.newest_hash = ""
        self.newest_moment: datetime | None = None
        self._cached: Final = lru_cache(maxsize=64)(self._read)

    def load_head(self) -> Entry:
        """Read and check the newest entry.

        Raises:
            KnownError: LOG_BROKEN.
        """
        row = self._connection.one(
            "SELECT sequence, body, signature FROM entry WHERE origin = ? ORDER BY sequence DESC LIMIT 1",
            (self.origin,),
        )
        if row is None:
            raise KnownError(Code.LOG_BROKEN)
        sequence, body, signature = number(row[0]), data(row[1]), data(row[2])
        entry = read_entry(body, signature)
        if (entry.sequence, entry.case_file, entry.origin) != (sequence, self.case_file, self.origin):
            raise KnownError(Code.LOG_BROKEN)
        self._set_head(entry, body)
        return entry

    def append(
        self,
        signer: Signer,
        moment: datetime,
        act: Act,
        rows: Sequence[EntryRow],
        old: Sequence[str],
        *,
        automatic: bool,
    ) -> tuple[Entry, bytes]:
        """Write the entry that follows the head; `moved_to` moves the head once it is committed."""
        unsigned = Entry(
            case_file=self.case_file,
            origin=self.origin,
            sequence=self.sequence + 1,
            previous=self.newest_hash,
            moment=moment,
            person=signer.person,
            device=signer.device,
            act=act.value,
            automatic=automatic,
            rows=tuple(rows),
            old=tuple(old),
        )
        body = unsigned.body()
        entry = attrs.evolve(unsigned, signature=signer.sign(SIGNED, body))
        self._connection.execute(
            "INSERT INTO entry (origin, sequence, body, signature) VALUES (?, ?, ?, ?)",
            (self.origin, entry.sequence, body, entry.signature),
        )
        self._connection.execute_many(
            "INSERT INTO entry_row (record, sequence, position, version, kind, hash)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                (row.record, entry.sequence, position, row.version, row.kind, bytes.fromhex(row.row_hash))
                for position, row in enumerate(rows)
            ),
        )
        return entry, body

    def moved_to(self, entry: Entry, body: bytes) -> None:
        """Take a committed entry as the head."""
        self._set_head(entry, body)

    def _set_head(self, entry: Entry, body: bytes) -> None:
        self.sequence = entry.sequence
        self.newest_hash = entry_hash(body, entry.signature)
        self.newest_moment = entry.moment

    def stored(self, first: int = 1, last: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
        """Sequence, body and signature as they are stored, in order."""
        for row in self._connection.rows(
            "SELECT sequence, body, signature FROM entry WHERE origin = ? AND sequence BETWEEN ? AND ?"
            " ORDER BY sequence",
            (self.origin, first, last if last is not None else 2**62),
        ):
            yield number(row[0]), data(row[1]), data(row[2])

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

    def newest(self, record: str) -> tuple[int, EntryRow] | None:
        """The newest entry that speaks of a record: its sequence and row, by the index."""
        row = self._connection.one(
            "SELECT sequence, kind, record, version, hash FROM entry_row WHERE record = ?"
            " ORDER BY sequence DESC LIMIT 1",
            (record,),
        )
        if row is None:
            return None
        return number(row[0]), EntryRow(text(row[1]), text(row[2]), number(row[3]), data(row[4]).hex())

    def version_at(self, record: str, sequence: int) -> int:
        """The version a record had once this entry was written."""
        row = self._connection.one(
            "SELECT version FROM entry_row WHERE record = ? AND sequence <= ? ORDER BY sequence DESC LIMIT 1",
            (record, sequence),
        )
        return number(row[0]) if row else 0

    def sequences_since(self, record: str, version: int) -> tuple[int, ...]:
        """The entries after which a record had a newer version than this."""
        found = self._connection.rows(
            "SELECT sequence FROM entry_row WHERE record = ? AND version > ? ORDER BY sequence",
            (record, version),
        )
        return tuple(number(row[0]) for row in found)
