"""What open fields held before: put aside with a salt, hashed into the entry, read back as history.

Old values of closed fields are sealed records and live in `sealed`. Erasing a record deletes its old values
with their salts; the hashes in the chain then tell nothing and the chain still holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from app.crypto.hashing import new_salt, tagged_hash
from app.domain.canonical import Plain, canonical_bytes
from app.storage.connection import Connection
from app.storage.records import data, number, text


@attrs.frozen
class StoredOldValue:
    """One old value as it lies there; `value` is the canonical text of a plain value."""

    sequence: int
    position: int
    record: str
    field: str
    salt: bytes
    value: str

    def hash(self) -> str:
        """The hash the entry holds."""
        named = canonical_bytes({"field": self.field, "record": self.record, "value": self.value})
        return tagged_hash("old-value", self.salt + named).hex()


class OldValues:
    """The table of old values."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection

    def put(self, sequence: int, position: int, record: str, field: str, before: Plain) -> str:
        """Put a value aside; gives the hash for the entry."""
        kept = StoredOldValue(
            sequence, position, record, field, new_salt(), canonical_bytes(before).decode("utf-8")
        )
        self._connection.execute(
            "INSERT INTO old_value (sequence, position, record, field, salt, value)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (kept.sequence, kept.position, kept.record, kept.field, kept.salt, kept.value),
        )
        return kept.hash()

    def of_record(self, record: str) -> Iterator[StoredOldValue]:
        """The old values of a record, oldest first."""
        return self._read("WHERE record = ? ORDER BY sequence, position", (record,))

    def all(self) -> Iterator[StoredOldValue]:
        """Every old value, in no promised order."""
        return self._read("", ())

    def erase(self, record: str) -> None:
        """Delete the old values of a record."""
        self._connection.execute("DELETE FROM old_value WHERE record = ?", (record,))

    def _read(self, where: str, values: tuple[str | int, ...]) -> Iterator[StoredOldValue]:
        query = f"SELECT sequence, position, record, field, salt, value FROM old_value {where}"  # noqa: S608
        for row in self._connection.rows(query, values):
            yield StoredOldValue(
                number(row[0]), number(row[1]), text(row[2]), text(row[3]), data(row[4]), text(row[5])
            )
