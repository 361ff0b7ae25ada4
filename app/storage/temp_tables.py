"""The TEMP tables opened register records lie in: their shape, and the statements that fill them.

In memory only (TEMP_STORE=2). Columns for joins are written beside the body, since both come out of the same
sealed payload; indexes are made last, because filling indexed tables takes several times as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from app.domain.canonical import Plain
from app.domain.errors import BugError, Code, KnownError
from app.storage.connection import Value
from app.storage.layout import Layout, Sort, layout_named, layouts
from app.storage.payloads import kind_and_fields

_PERSON: Final = "person"


def tables() -> Iterator[str]:
    """The statements that make the tables."""
    for layout in _opened():
        columns = "".join(f', "{name}" TEXT' for name in _references(layout))
        if not layout.temp.replace("_", "").isalpha():
            raise BugError("a noun is a plain word")
        yield (
            f'CREATE TEMP TABLE "{layout.temp}" (id TEXT NOT NULL, sealed TEXT NOT NULL,'
            f" version INTEGER NOT NULL, body TEXT NOT NULL{columns})"
        )


def indexes() -> Iterator[str]:
    """The statements that make their indexes, once everything is open."""
    for layout in _opened():
        name = layout.temp
        for column in dict.fromkeys(("id", own_column(layout))):
            yield f'CREATE UNIQUE INDEX temp."{name}_by_{column}" ON "{name}" ("{column}")'
        for column in _looked_up(layout):
            yield f'CREATE INDEX temp."{name}_by_{column}" ON "{name}" ("{column}")'


def insert(sealed: str, version: int, payload: Mapping[str, Plain]) -> tuple[str, tuple[Value, ...]]:
    """The statement that puts an opened record there.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    kind, fields = kind_and_fields(payload, sealed)
    layout = layout_named(kind)
    owner = sealed if layout.sort is Sort.REGISTER else payload.get("id")
    if not isinstance(owner, str):
        raise KnownError(Code.RECORD_DAMAGED, sealed)
    values = (fields.get(name) for name in _references(layout))
    references = (value if isinstance(value, str) else None for value in values)
    return _insert_into(layout), (owner, sealed, version, _body(fields), *references)


def update(sealed: str, version: int, payload: Mapping[str, Plain]) -> tuple[str, tuple[Value, ...]]:
    """The statement that gives an opened record its next version there (see `insert`).

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    kind, fields = kind_and_fields(payload, sealed)
    layout = layout_named(kind)
    values = (fields.get(name) for name in _references(layout))
    references = tuple(value if isinstance(value, str) else None for value in values)
    return _update_of(layout), (version, _body(fields), sealed, *references)


def update_references(sealed: str, payload: Mapping[str, Plain]) -> tuple[str, tuple[Value, ...]] | None:
    """The statement for the columns beside the body, if `update` changed no row because they differ."""
    kind, fields = kind_and_fields(payload, sealed)
    layout = layout_named(kind)
    if not _references(layout):
        return None
    values = (fields.get(name) for name in _references(layout))
    columns = ", ".join(f'"{name}" = ?' for name in _references(layout))
    statement = f'UPDATE temp."{layout.temp}" SET {columns} WHERE "{own_column(layout)}" = ?'  # noqa: S608
    return statement, (*(value if isinstance(value, str) else None for value in values), sealed)


def own_column(layout: Layout) -> str:
    """The column a sealed record is found by: a register record's own id, or the one beside its open row."""
    return "id" if layout.sort is Sort.REGISTER else "sealed"


@cache
def _opened() -> tuple[Layout, ...]:
    return tuple(layout for layout in layouts() if layout.sort in (Sort.REGISTER, Sort.MIXED))


@cache
def _references(layout: Layout) -> tuple[str, ...]:
    return tuple(field.name for field in layout.references if field.name in layout.closed_fields)


@cache
def _looked_up(layout: Layout) -> tuple[str, ...]:
    """Columns somebody joins or searches by; who placed or signed something is never asked that way round."""
    return tuple(
        field.name
        for field in layout.references
        if field.name in layout.closed_fields and field.refers_to != _PERSON
    )


@cache
def _insert_into(layout: Layout) -> str:
    names = ", ".join(f'"{name}"' for name in ("id", "sealed", "version", "body", *_references(layout)))
    marks = ", ".join("?" * (4 + len(_references(layout))))
    return f'INSERT INTO temp."{layout.temp}" ({names}) VALUES ({marks})'  # noqa: S608 - our own nouns


@cache
def _update_of(layout: Layout) -> str:
    # The indexed columns are compared and not set: setting them would write their indexes every time.
    same = "".join(f' AND "{name}" IS ?' for name in _references(layout))
    return f'UPDATE temp."{layout.temp}" SET version = ?, body = ? WHERE "{own_column(layout)}" = ?{same}'  # noqa: S608


def _body(fields: Mapping[str, Plain]) -> str:
    # Not canonical on purpose: nothing hashes what lies in TEMP, and checking it would double the time.
    return json.dumps(fields, ensure_ascii=False)
