"""What a reader hands over: a table of text, its titles and what was noticed. Never what it means."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import attrs

_NEXT_PERSON: Final = 10_000_000  # more than any list has rows
_NEXT_TABLE: Final = 1_000 * _NEXT_PERSON


class Note(StrEnum):
    """What was noticed about the whole file; worded in `problems.py`."""

    SEVERAL_SHEETS = "several_sheets"
    HIDDEN_SHEETS = "hidden_sheets"
    OTHER_ENCODING = "other_encoding"
    LETTERS_DAMAGED = "letters_damaged"
    QUOTES_BROKEN = "quotes_broken"
    PEOPLE_GONE = "people_gone"
    TITLES_ABOVE = "titles_above"
    HEADS_AGAIN = "heads_again"
    ROWS_COUNTED = "rows_counted"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"
    HIDDEN_UNKNOWN = "hidden_unknown"
    COMMENTS = "comments"
    PARTS_LEFT_OUT = "parts_left_out"
    NO_NAMES = "no_names"


@attrs.frozen
class RawRow:
    """One row as it stands in the file.

    Attributes:
        number: row as a spreadsheet counts it; the titles are usually row 1.
        cells: text of every cell, as many as the row has.
        broken: its quotes do not close, so its cells may have slipped.
        person: which of the people in its name cell this is, from 0.
        table: which table of the file it stands in, from 0.
        hidden: the workbook does not show it.
        from_above: columns whose cell is merged with the one above.
    """

    number: int
    cells: tuple[str, ...]
    broken: bool = False
    person: int = 0
    table: int = 0
    hidden: bool = False
    from_above: frozenset[int] = frozenset()

    @property
    def key(self) -> int:
        """What this person's row is known by in one preview: two people in one cell are two rows."""
        return self.number + self.person * _NEXT_PERSON + self.table * _NEXT_TABLE


def line_of(key: int) -> int:
    """The row of the file, as a spreadsheet counts it."""
    return key % _NEXT_PERSON


def table_of(key: int) -> int:
    """The table of the file a row stands in, from 0."""
    return key // _NEXT_TABLE


def row_order(key: int) -> tuple[int, int, int]:
    """Rows in the order of the file, people of one cell after each other."""
    person, line = divmod(key % _NEXT_TABLE, _NEXT_PERSON)
    return table_of(key), line, person


def row_words(key: int) -> str:
    """A row as people read it: "15"; "15 (2)" for the second person of one cell; "2/15" in a second table."""
    table, line, person = row_order(key)
    said = f"{table + 1}/{line}" if table else str(line)
    return f"{said} ({person + 1})" if person else said


@attrs.frozen
class Comment:
    """What somebody wrote beside a cell of a workbook. Never printed: nobody knows what it says of whom.

    Attributes:
        row: as a spreadsheet counts it.
        column: from 0.
        text: as written.
    """

    row: int
    column: int
    text: str = attrs.field(repr=False)


@attrs.frozen
class Table:
    """The table in a file.

    Attributes:
        encoding: how the text was written, `utf-8`; empty for workbooks.
        separator: between cells of a text file; empty for workbooks.
        titles: the first row that is not empty.
        rows: the rows under it that are not empty, read while iterated.
        notes: filled while rows are iterated.
        sheet: its name in a workbook; empty for text files.
        hidden: the workbook does not show this sheet.
        hidden_columns: from 0.
        comments: beside its cells.
    """

    encoding: str
    separator: str
    titles: RawRow
    rows: Iterator[RawRow]
    notes: list[Note] = attrs.field(factory=list)
    sheet: str = ""
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    comments: tuple[Comment, ...] = ()
