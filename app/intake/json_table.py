"""JSON as a table: a list of entries with named fields, or of rows. Runs only inside the limited child.

Numbers keep the digits they were written with. A list inside one field becomes one cell, its parts on lines
of their own, as a spreadsheet would hold them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final

from app.domain.errors import Code, KnownError
from app.intake.table import RawRow, Table

_LIKE_JSON: Final = ("[", "{")
_FIRST_ROW: Final = 2  # as a spreadsheet counts: the names of the columns are row 1


def read_json(text: str, encoding: str) -> Table:
    """Read the text of a JSON file.

    Args:
        encoding: what the text was decoded from, handed on.

    Raises:
        KnownError: LIST_EMPTY, LIST_NOT_JSON, LIST_JSON_SHAPE.
    """
    entries = _entries(_parsed(text))
    if not entries:
        raise KnownError(Code.LIST_EMPTY)
    rows = [tuple(map(_cell, entry)) for entry in entries if isinstance(entry, list)]
    if len(rows) == len(entries):
        titles, *rest = rows
        return _table(encoding, titles, rest)
    if not any(isinstance(entry, dict) for entry in entries):
        raise KnownError(Code.LIST_JSON_SHAPE)
    named = dict.fromkeys(key for entry in entries if isinstance(entry, dict) for key in entry)
    return _table(encoding, tuple(map(_clean, named)), [_row(entry, tuple(named)) for entry in entries])


def is_json(text: str) -> bool:
    """Whether text under another name is JSON from its first sign to its last."""
    if not text.lstrip("\ufeff \t\r\n").startswith(_LIKE_JSON):
        return False
    try:
        _parsed(text)
    except KnownError:
        return False
    return True


def _parsed(text: str) -> object:
    """The value; numbers stay text, so that `007` cut short or a long number is never rounded."""
    try:
        return json.loads(
            text.lstrip("\ufeff"),
            parse_int=str,
            parse_float=str,
            parse_constant=_no_json,
            object_pairs_hook=_fields,
        )
    except (ValueError, RecursionError):
        raise KnownError(Code.LIST_NOT_JSON) from None


def _no_json(constant: str) -> object:
    raise ValueError(constant)


def _fields(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """An object whose names all differ: of two values under one name nobody can say which is meant."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError
    return fields


def _entries(value: object) -> list[object]:
    """The entries, also where an export wraps its one list of them in an object."""
    if isinstance(value, dict):
        inside = [part for part in value.values() if _is_rows(part)]
        value = inside[0] if len(inside) == 1 else None
    if not isinstance(value, list):
        raise KnownError(Code.LIST_JSON_SHAPE)
    return value


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _row(entry: object, named: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of an entry; what has no named fields stands behind the last column and belongs to none."""
    if isinstance(entry, dict):
        return tuple(_cell(entry.get(name)) for name in named)
    return (*[""] * len(named), _cell(entry))


def _table(encoding: str, titles: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    if not any(title.strip() for title in titles):
        raise KnownError(Code.LIST_EMPTY)
    return Table(encoding, "", RawRow(1, titles), _filled(rows))


def _filled(rows: Sequence[tuple[str, ...]]) -> Iterator[RawRow]:
    for number, cells in enumerate(rows, start=_FIRST_ROW):
        if any(cell.strip() for cell in cells):
            yield RawRow(number, cells)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return "\n".join(_cell(part) for part in value)
    return _clean(json.dumps(value, ensure_ascii=False))


def _clean(text: str) -> str:
    """Without half a surrogate pair, which JSON can write and no other file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
