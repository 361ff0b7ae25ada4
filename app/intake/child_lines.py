"""What the limited child said of a file, understood: tables, or one clear refusal.

Nothing here trusts the child: a line nobody expects, or a number of rows that is not the one said, makes a
file that cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.intake.table import Comment, Note, RawRow


@attrs.frozen
class ReadList:
    """One table of a file as it stands there: a sheet of a workbook, or the whole of a text file.

    Attributes:
        name: of the file, without folders.
        sha256: of its bytes, hexadecimal.
        columns: titles as written.
        rows: the rows under them.
        encoding: of a text file, else empty.
        notes: what was noticed about the file.
        sheet: its name in a workbook.
        hidden: the workbook does not show this sheet.
        hidden_columns: from 0.
        comments: beside its cells.
        first: the row the titles stand in, as a spreadsheet counts it.
    """

    name: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    encoding: str = ""
    notes: tuple[Note, ...] = ()
    sheet: str = ""
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    comments: tuple[Comment, ...] = attrs.field(default=(), repr=False)
    first: int = 1


class Understanding:
    """Makes tables of what the child writes, line by line while it goes on writing.

    Args:
        name: of the file.
        sha256: of its bytes.
    """

    def __init__(self, name: str, sha256: str) -> None:
        self._of: Final = (name, sha256)
        self._tables: Final[list[ReadList]] = []
        self._head: Mapping[str, object] | None = None
        self._rows: list[RawRow] = []
        self._seen: Final[dict[str, str]] = {}
        self._total = 0
        self._last: Mapping[str, object] | None = None

    def take(self, untrusted: bytes) -> None:
        """One line further. Raises KnownError LIST_UNREADABLE."""
        line = _said(untrusted)
        if self._last is not None:
            raise KnownError(Code.LIST_UNREADABLE)  # nothing comes behind the last line
        if "n" in line and self._head is not None:
            self._rows.append(_row(line, self._seen))
        elif "titles" in line and self._head is None:
            self._head, self._rows = line, []
        elif "end" in line and self._head is not None:
            self._tables.append(_table(self._head, self._rows, _notes(line["end"]), *self._of))
            self._total, self._head = self._total + len(self._rows), None
        elif "refused" in line or ("done" in line and self._head is None):
            self._last = line
        else:
            raise KnownError(Code.LIST_UNREADABLE)

    def tables(self) -> tuple[ReadList, ...]:
        """Everything the child told.

        Raises:
            KnownError: what the child refused the file for, LIST_UNREADABLE.
        """
        last = self._last or {}
        if "refused" in last:
            raise KnownError(_refusal(last["refused"]))
        if not self._tables or last.get("done") != self._total:
            raise KnownError(Code.LIST_UNREADABLE)
        return tuple(self._tables)


def _table(
    head: Mapping[str, object], rows: list[RawRow], notes: tuple[Note, ...], name: str, sha256: str
) -> ReadList:
    first = head.get("row")
    return ReadList(
        name,
        sha256,
        _texts(head["titles"]),
        tuple(rows),
        str(head.get("encoding", "")),
        notes,
        sheet=str(head.get("sheet", "")),
        hidden=head.get("hidden") is True,
        hidden_columns=_numbers(head.get("hidden_columns", [])),
        comments=_comments(head.get("comments", [])),
        first=first if isinstance(first, int) else 1,
    )


def _notes(value: object) -> tuple[Note, ...]:
    known = {note.value: note for note in Note}
    return tuple(known[note] for note in value if note in known) if isinstance(value, list) else ()


def _comments(value: object) -> tuple[Comment, ...]:
    found: list[Comment] = []
    for one in value if isinstance(value, list) else ():
        row, column, text = one if isinstance(one, list) and len(one) == 3 else (None, None, None)
        if not isinstance(row, int) or not isinstance(column, int):
            raise KnownError(Code.LIST_UNREADABLE)
        found.append(Comment(row, column, str(text)))
    return tuple(found)


def _numbers(value: object) -> frozenset[int]:
    return frozenset(one for one in value if isinstance(one, int)) if isinstance(value, list) else frozenset()


def _said(line: bytes) -> Mapping[str, object]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise KnownError(Code.LIST_UNREADABLE) from error
    return value if isinstance(value, dict) else {}


def _row(line: Mapping[str, object], seen: dict[str, str]) -> RawRow:
    number = line.get("n")
    if not isinstance(number, int):
        raise KnownError(Code.LIST_UNREADABLE)
    above = _numbers(line["u"]) if "u" in line else frozenset[int]()
    return RawRow(
        number, _texts(line.get("c"), seen), bool(line.get("b")), hidden="h" in line, from_above=above
    )


def _texts(value: object, seen: dict[str, str] | None = None) -> tuple[str, ...]:
    """Cells as text; what stands in many rows is held once."""
    if not isinstance(value, list):
        raise KnownError(Code.LIST_UNREADABLE)
    if seen is None:
        return tuple(str(cell) for cell in value)
    return tuple(seen.setdefault(cell, cell) for cell in map(str, value))


def _refusal(untrusted_code: object) -> Code:
    refusals = (
        Code.LIST_EMPTY, Code.LIST_CUT_OFF, Code.LIST_MISNAMED, Code.LIST_ENCRYPTED, Code.LIST_TOO_LARGE,
        Code.LIST_NO_LIST, Code.LIST_NOT_JSON, Code.LIST_JSON_SHAPE,
    )  # fmt: skip
    return next((code for code in refusals if code.value == untrusted_code), Code.LIST_UNREADABLE)
