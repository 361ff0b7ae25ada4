"""The parts of a file: every table of every sheet under its real heads, and which of them to bring in.

What a person chose (`how_read.HowRead`) counts before what is guessed. A hidden sheet is somebody's old or
private one, so it stays out until ticked; a hidden row of a shown sheet is usually only filtered away and its
person still stands in the list, so it is brought in and announced: leaving it out would lose somebody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

import attrs

from app.intake.counters import without_counter
from app.intake.family_tables import NameKey, as_families, named_in
from app.intake.heads import tables_under_heads
from app.intake.how_read import HowRead, fingerprint
from app.intake.mapping import By, ColumnReading, Meaning, Target, Why, meaning_of, recognise
from app.intake.name_halves import with_halves
from app.intake.readers import ReadList
from app.intake.table import Note, RawRow
from app.intake.whose_country import with_whose_country

NAMING: Final = frozenset({Target.NAME, Target.FAMILY_NAME})


class WhyNot(StrEnum):
    """Why a table is not brought in unless a person says so."""

    HIDDEN = "hidden"  # the workbook does not show its sheet
    NO_NAMES = "no_names"  # no column names people: it cannot be brought in
    NO_ROWS = "no_rows"


_MOST_FIELDS: Final = 200
"""A list on its side has a row for each field of a person: more fields nobody asks for."""


@attrs.frozen
class Part:
    """One table of a file.

    Attributes:
        number: which one in the file, from 0; rows carry it.
        read: under its real heads; `rows` are those that count, without hidden ones that were left out.
        nth: which table of its sheet, from 1.
        key: what its choices are remembered by.
        columns: what each is.
        why_not: why it stays out unless somebody ticks it; None for a table like any list.
        taken: whether it is brought in.
        hidden_rows: how many rows the workbook does not show.
        with_hidden: whether these are brought in.
        with_comments: whether comments are kept as notes.
        of_families: each row is a relative, and says whose by a name or a number.
    """

    number: int
    read: ReadList = attrs.field(repr=False)
    nth: int
    key: str
    columns: tuple[ColumnReading, ...] = attrs.field(repr=False)
    why_not: WhyNot | None
    taken: bool
    hidden_rows: int
    with_hidden: bool
    with_comments: bool
    of_families: bool = False

    @property
    def names_people(self) -> bool:
        """Whether any column says who somebody is."""
        return _names_people(self.read, self.columns, of_families=self.of_families)

    @property
    def rows(self) -> tuple[RawRow, ...]:
        """The rows that are brought in."""
        if self.with_hidden:
            return self.read.rows
        return tuple(row for row in self.read.rows if not row.hidden)

    def column_key(self, index: int) -> str:
        """What a choice about a column is remembered by."""
        return _column_keys(self.key, [column.title for column in self.columns])[index]


def parts_of(tables: Sequence[ReadList], how: HowRead, now: HowRead | None = None) -> tuple[Part, ...]:
    """Every table of a file, read as a person wants it.

    Args:
        tables: from `readers.read_file`.
        how: what was chosen, for earlier lists of this source and now.
        now: what was chosen now, to tell it from what was remembered.
    """
    now = now or HowRead()
    guessed: list[tuple[ReadList, int, tuple[ColumnReading, ...]]] = []
    for table in tables:
        for nth, read in enumerate(tables_under_heads(table), start=1):
            key = fingerprint(read.sheet, str(nth))
            chosen = dict(_chosen(read.columns, key, how, now))
            columns = recognise(read.columns, chosen, read.hidden_columns)
            guessed.append((read, nth, with_whose_country(with_halves(columns, read.rows))))
    named = {key for read, _nth, columns in guessed for key in named_in(columns, read.rows)}
    return tuple(
        _part(read, number, nth, columns, how, named) for number, (read, nth, columns) in enumerate(guessed)
    )


def _part(
    read: ReadList,
    number: int,
    nth: int,
    guessed: tuple[ColumnReading, ...],
    how: HowRead,
    named: Collection[NameKey],
) -> Part:
    key = fingerprint(read.sheet, str(nth))
    if number:
        read = attrs.evolve(read, rows=tuple(attrs.evolve(row, table=number) for row in read.rows))
    columns, of_families = as_families(guessed, read.rows, named)
    columns = columns if of_families else without_counter(columns, read.rows)
    why_not = _why_not(read, columns, of_families=of_families)
    can_be = why_not in (None, WhyNot.HIDDEN)
    return Part(
        number,
        read,
        nth,
        key,
        columns,
        why_not,
        taken=can_be and how.tables.get(key, why_not is None),
        hidden_rows=sum(row.hidden for row in read.rows),
        with_hidden=how.hidden.get(key, True),
        with_comments=how.comments.get(key, False),
        of_families=of_families,
    )


def _names_people(read: ReadList, columns: Sequence[ColumnReading], *, of_families: bool) -> bool:
    """A table of relatives names a prisoner by the number alone, too."""
    naming = {*NAMING, Target.KEY} if of_families else NAMING
    found = [column for column in columns if column.target in naming]
    return bool(found) and not all(_lies_on_its_side(read, column) for column in found)


def _lies_on_its_side(read: ReadList, column: ColumnReading) -> bool:
    """Whether "born", "arrested" stand where names belong: each person is a column of such a list, no row."""
    if column.by is not By.HEAD:
        return False  # a person said it holds names
    rows = read.rows[:_MOST_FIELDS]
    cells = [row.cells[column.index].strip() for row in rows if column.index < len(row.cells)]
    said = Counter(meaning_of(cell)[0] in (Why.KNOWN, Why.CLOSED) for cell in cells if cell)
    return said[True] > 1 and said[True] >= said[False]


def _why_not(read: ReadList, columns: Sequence[ColumnReading], *, of_families: bool) -> WhyNot | None:
    if not _names_people(read, columns, of_families=of_families):
        return WhyNot.NO_NAMES
    if not read.rows:
        return WhyNot.NO_ROWS
    return WhyNot.HIDDEN if read.hidden else None


def _chosen(
    titles: Sequence[str], key: str, how: HowRead, now: HowRead
) -> Iterator[tuple[int, tuple[Meaning, By]]]:
    """What was said of these columns, each thing a column can fill once."""
    filled: set[Meaning] = set()
    for index, told in enumerate(_column_keys(key, titles)):
        meaning = how.columns.get(told)
        if meaning is None or (isinstance(meaning, Target) and meaning in filled):
            continue
        filled.add(meaning)
        yield index, (meaning, By.CHOSEN if told in now.columns else By.REMEMBERED)


def _column_keys(key: str, titles: Sequence[str]) -> list[str]:
    """One key for each column: of two columns under one head the first and the second are told apart."""
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for index, title in enumerate(titles):
        said = title.strip() or f"#{index}"
        seen[said] += 1
        keys.append(fingerprint(key, said, str(seen[said])))
    return keys


def worth_choosing(parts: Sequence[Part]) -> bool:
    """Whether there is anything to choose about the tables of a file."""
    return len(parts) > 1 or any(part.hidden_rows or part.read.comments or part.read.hidden for part in parts)


def file_notes(parts: Sequence[Part]) -> tuple[Note, ...]:
    """What was noticed about the whole file, each thing once."""
    taken = [part for part in parts if part.taken]
    notes = [note for part in taken or parts for note in part.read.notes]
    told: Mapping[Note, bool] = {
        Note.SEVERAL_SHEETS: len(parts) > 1,
        Note.HIDDEN_SHEETS: any(part.read.hidden for part in parts),
        Note.HIDDEN_ROWS: any(part.hidden_rows for part in taken),
        Note.HIDDEN_COLUMNS: any(column.hidden for part in taken for column in part.columns),
        Note.COMMENTS: any(part.read.comments for part in taken),
        Note.PARTS_LEFT_OUT: not whole(parts),
        Note.NO_NAMES: not taken,
    }
    return tuple(dict.fromkeys([*notes, *(note for note, there in told.items() if there)]))


def whole(parts: Sequence[Part]) -> bool:
    """Whether everybody a file names is read, so that who is missing from it is really gone.

    A hidden sheet counts as put away: it belongs to the list only where somebody ticked it.
    """
    return all(
        (part.taken or part.why_not is not None) and (part.with_hidden or not part.hidden_rows)
        for part in parts
    )
