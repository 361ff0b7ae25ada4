"""What a reader hands over: a table of text, its titles and what was noticed. Never what it means."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import attrs


class Note(StrEnum):
    """What was noticed about the whole file; worded in `problems.py`."""

    SEVERAL_SHEETS = "several_sheets"
    HIDDEN_SHEETS = "hidden_sheets"
    OTHER_ENCODING = "other_encoding"
    LETTERS_DAMAGED = "letters_damaged"
    QUOTES_BROKEN = "quotes_broken"
    PEOPLE_GONE = "people_gone"


@attrs.frozen
class RawRow:
    """One row as it stands in the file.

    Attributes:
        number: row as a spreadsheet counts it; the titles are usually row 1.
        cells: text of every cell, as many as the row has.
        broken: its quotes do not close, so its cells may have slipped.
    """

    number: int
    cells: tuple[str, ...]
    broken: bool = False


@attrs.frozen
class Table:
    """The table in a file.

    Attributes:
        encoding: how the text was written, `utf-8`; empty for workbooks.
        separator: between cells of a text file; empty for workbooks.
        titles: the first row that is not empty.
        rows: the rows under it that are not empty, read while iterated.
        notes: filled while rows are iterated.
    """

    encoding: str
    separator: str
    titles: RawRow
    rows: Iterator[RawRow]
    notes: list[Note] = attrs.field(factory=list)
