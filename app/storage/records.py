"""Open rows: canonical body and salt, and the bytes whose hash stands in the log. Knows no closed field."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from app.crypto.hashing import new_salt, row_hash
from app.domain.canonical import Plain, canonical_bytes
from app.domain.errors import BugError, Code, KnownError
from app.storage.connection import Connection, Value

_FEW: Final = 8
_raw_decode: Final = json.JSONDecoder().raw_decode
"""As `json.loads` without looking for white space, which no body begins or ends with."""


@attrs.frozen
class OpenRow:
    """One row of an open table."""

    id: str
    version: int
    salt: bytes
    body: str

    def fields(self) -> dict[str, Plain]:
        """The plain values of the body."""
        return read_body(self.body)

    def hash_as(self, noun: str) -> str:
        """The hash the log holds of this row."""
        return row_hash(self.salt, canonical_row(noun, self.id, self.version, self.body)).hex()


def canonical_row(noun: str, record: str, version: int, body: str) -> bytes:
    """The canonical bytes of a row: `{"fields":…,"id":…,"kind":…,"version":…}`.

    Put together as text because `body` is canonical already; parsing it again would double the work.
    """
    return f'{{"fields":{body},"id":"{record}","kind":"{noun}","version":{version}}}'.encode()


def body_of(plain: Mapping[str, Plain]) -> str:
    """The canonical text of plain values."""
    return canonical_bytes(plain).decode("utf-8")


def read_body(body: str) -> dict[str, Plain]:
    """The plain values of a body.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    try:
        plain, end = _raw_decode(body)
    except (ValueError, RecursionError) as error:
        raise KnownError(Code.RECORD_DAMAGED) from error
    if not isinstance(plain, dict) or end != len(body):
        raise KnownError(Code.RECORD_DAMAGED)
    return plain


def differences(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> dict[str, Plain]:
    """The old values of the fields that differ (None where there was nothing)."""
    names = [*before, *(name for name in after if name not in before)]
    return {name: before.get(name) for name in names if before.get(name) != after.get(name)}


def text(value: Value) -> str:
    """A text column's value."""
    if not isinstance(value, str):
        raise KnownError(Code.RECORD_DAMAGED)
    return value


def number(value: Value) -> int:
    """A number column's value."""
    if not isinstance(value, int):
        raise KnownError(Code.RECORD_DAMAGED)
    return value


def data(value: Value) -> bytes:
    """A blob column's value."""
    if not isinstance(value, bytes):
        raise KnownError(Code.RECORD_DAMAGED)
    return value


def optional_text(value: Value) -> str | None:
    """A text column that may be empty."""
    return None if value is None else text(value)


def among(expression: str, ids: Iterable[str] | None) -> tuple[str, list[str]]:
    """SQL for "is one of these ids" (None: any) with the values to bind.

    A few are compared one by one, because reading a list out of JSON costs more than the rest of a query.
    """
    if ids is None:
        return "TRUE", []
    some = list(ids)
    if len(some) <= _FEW:
        return f"{expression} IN ({', '.join('?' * len(some))})", some
    return f"{expression} IN (SELECT value FROM json_each(?))", [json.dumps(some)]  # noqa: S608 - ours


class OpenRows:
    """The open tables of one connection, all of one form."""

    def __init__(self, connection: Connection) -> None:
        self._connection: Final = connection
        self._columns: Final[dict[str, tuple[str, ...]]] = {}

    def expression(self, noun: str, field: str, alias: str) -> str:
        """SQL for a field's value: its generated (indexed) column, or the value out of the body."""
        columns = self._columns.get(noun)
        if columns is None:
            columns = self._columns[noun] = self._connection.columns(noun)
        return f'{alias}."{field}"' if field in columns else f"json_extract({alias}.body, '$.{field}')"

    def get(self, noun: str, record: str) -> OpenRow | None:
        """One row."""
        row = self._connection.one(
            f'SELECT id, version, salt, body FROM main."{noun}" WHERE id = ?',  # noqa: S608 - our own nouns
            (record,),
        )
        return _open_row(row) if row else None

    def all(self, noun: str) -> Iterator[OpenRow]:
        """Every row of a noun."""
        for row in self._connection.rows(f'SELECT id, version, salt, body FROM main."{noun}"'):  # noqa: S608
            yield _open_row(row)

    def insert(self, noun: str, record: str, body: str) -> OpenRow:
        """A new row, version 1, with a fresh salt."""
        row = OpenRow(record, 1, new_salt(), body)
        self._connection.execute(
            f'INSERT INTO main."{noun}" (id, version, salt, body) VALUES (?, ?, ?, ?)',  # noqa: S608
            (row.id, row.version, row.salt, row.body),
        )
        return row

    def update(self, noun: str, before: OpenRow, body: str) -> OpenRow:
        """The next version of a row, with a fresh salt."""
        row = OpenRow(before.id, before.version + 1, new_salt(), body)
        cursor = self._connection.execute(
            f'UPDATE main."{noun}" SET version = ?, salt = ?, body = ? WHERE id = ? AND version = ?',  # noqa: S608
            (row.version, row.salt, row.body, row.id, before.version),
        )
        if cursor.rowcount != 1:
            raise BugError("a row changed under our own transaction")
        return row

    def delete(self, noun: str, record: str) -> None:
        """Take a row away."""
        self._connection.execute(f'DELETE FROM main."{noun}" WHERE id = ?', (record,))  # noqa: S608


def _open_row(row: tuple[Value, ...]) -> OpenRow:
    return OpenRow(text(row[0]), number(row[1]), data(row[2]), text(row[3]))
