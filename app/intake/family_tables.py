"""Tables that list relatives, one in each row, and say whose they are by a name or a number.

The plain column of names in such a table names the relative: read as a list of prisoners it would put the
names of mothers where everybody reads them. So it is closed, and what names the prisoner is looked for: a
head that says so, or names that stand in another table of the file. Where nothing tells, it stays out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Final

import attrs

import resources
from app.intake.cells.family import relation_in
from app.intake.mapping import By, ColumnReading, Target, Why, plain_title
from app.intake.table import RawRow
from app.names.fold import fold, tokens

_TABLE: Final = "intake/columns.toml"
_NAMES: Final = frozenset({Target.NAME, Target.FAMILY_NAME, Target.GIVEN_NAME, Target.PATRONYMIC})
_OF_PRISONERS: Final = frozenset(
    {
        *(Target.CHARGES, Target.FACILITY, Target.DETAINED_ON, Target.TERM, Target.PENALTY, Target.JUDGE),
        *(Target.VERDICT_ON, Target.STARTS_ON, Target.RECOGNISED_ON, Target.GODPARENT),
    }
)
"""What no table says of relatives."""
_STAY: Final = frozenset({Target.DESK})
_MOST: Final = 0.6
_LONGEST_RELATION: Final = 3  # words in a cell that says a relation and nothing else

NameKey = frozenset[str]


@attrs.frozen
class _Heads:
    relation: frozenset[str]
    whose: tuple[str, ...]
    numbers: frozenset[str]


def name_key(name: str) -> NameKey:
    """What spellings of one name have in common, in any order and script."""
    return frozenset(map(fold, tokens(name)))


def named_in(columns: Sequence[ColumnReading], rows: Sequence[RawRow]) -> Iterator[NameKey]:
    """Everybody a table of people names, in one column or two, for tables that refer to them."""
    found = {one.target: one.index for one in columns}
    whole = found.get(Target.NAME)
    halves = [found[half] for half in (Target.GIVEN_NAME, Target.FAMILY_NAME) if half in found]
    places = [whole] if whole is not None else halves if len(halves) == 2 else []
    if not places or _relation(columns, rows) is not None:
        return
    for row in rows:
        if key := name_key(" ".join(_cell(row, place) for place in places)):
            yield key


def as_families(
    columns: tuple[ColumnReading, ...], rows: Sequence[RawRow], named: Collection[NameKey]
) -> tuple[tuple[ColumnReading, ...], bool]:
    """The columns of a table, and whether its rows belong to prisoners of another one; then they are read so.

    Rows of relatives do, and rows that name nobody but by the number of the prisoner (godparents, terms).

    Args:
        columns: as their heads say.
        rows: of the table.
        named: whom other tables of the file name.
    """
    relation = _relation(columns, rows)
    if relation is None:
        return _referring(columns)
    whose = _whose(columns, rows, named, relation)
    of_prisoners = any(column.target in _OF_PRISONERS for column in columns)
    numbered = whose is not None or _refers(columns)
    if relation.why is Why.FAMILY and not numbered:
        return columns, False  # a list of prisoners may say "mother" below "family" and no more
    if (of_prisoners and not numbered) or _names_relatives_apart(columns, whose, relation):
        closed = attrs.evolve(relation, why=Why.FAMILY, target=None)
        return tuple(closed if one is relation else one for one in columns), False
    return tuple(_as_family(one, whose, relation, rows) for one in columns), True


def _referring(columns: tuple[ColumnReading, ...]) -> tuple[tuple[ColumnReading, ...], bool]:
    numbers = [one for one in columns if one.by is By.HEAD and says_number_of_prisoner(one.title)]
    if len(numbers) != 1 or any(
        one.target in {Target.KEY, *_NAMES} for one in columns if one is not numbers[0]
    ):
        return columns, False
    key = attrs.evolve(numbers[0], why=Why.KNOWN, target=Target.KEY)
    return tuple(key if one is numbers[0] else one for one in columns), True


def _as_family(
    column: ColumnReading, whose: ColumnReading | None, relation: ColumnReading, rows: Sequence[RawRow]
) -> ColumnReading:
    if column.by is not By.HEAD:
        return column
    if column is relation:
        return attrs.evolve(column, why=Why.FAMILY, target=None)
    if column is whose:
        return attrs.evolve(column, why=Why.KNOWN, target=Target.NAME)
    if says_number_of_prisoner(column.title):
        return attrs.evolve(column, why=Why.KNOWN, target=Target.KEY)
    if column.target is Target.KEY and not _may_refer(column, whose, rows):
        return attrs.evolve(column, why=Why.COUNTER, target=None)
    if column.target in _NAMES or (column.why is Why.TWICE and holds_names(column.title)):
        return attrs.evolve(column, why=Why.FAMILY, target=None)
    if column.target is not None and column.target not in {Target.KEY, *_STAY}:
        return attrs.evolve(column, why=Why.CLOSED, target=None)
    return column


def says_number_of_prisoner(title: str) -> bool:
    """Whether a head says: the number of the prisoner."""
    words = title.casefold().replace(".", " ").split()
    return _says_whose(title) and any(word.strip(":-_()") in _heads().numbers for word in words)


def _relation(columns: Sequence[ColumnReading], rows: Sequence[RawRow]) -> ColumnReading | None:
    """The column that says what somebody is to the prisoner."""
    for column in columns:
        if column.why not in (Why.UNMATCHED, Why.FAMILY):
            continue
        cells = [cell for row in rows if (cell := _cell(row, column.index).strip())]
        said = sum(map(_says_relation_only, cells))
        enough = said >= _MOST * len(cells) or plain_title(column.title) in _heads().relation
        if said and enough and not _has_digits(cells):
            return column
    return None


def _says_relation_only(cell: str) -> bool:
    """Whether a cell says what somebody is to the prisoner, and names nobody beside it."""
    words = cell.split()
    named = any(word[0].isupper() for word in words[1:])
    return len(words) <= _LONGEST_RELATION and not named and bool(relation_in(cell))


def _whose(
    columns: Sequence[ColumnReading],
    rows: Sequence[RawRow],
    named: Collection[NameKey],
    relation: ColumnReading,
) -> ColumnReading | None:
    """The column that names the prisoner: chosen, by its head, or because other tables name them."""
    chosen = next((one for one in columns if one.target is Target.NAME and one.by is not By.HEAD), None)
    if chosen is not None:
        return chosen
    for column in columns:
        if column is not relation and column.by is By.HEAD and _names_whose(column):
            return column
    known = frozenset(named)
    for column in columns:
        if column.target is Target.NAME:
            keys = [name_key(cell) for row in rows if (cell := _cell(row, column.index).strip())]
            if keys and sum(key in known for key in keys) * 2 >= len(keys):
                return column
    return None


def _names_whose(column: ColumnReading) -> bool:
    """Whether a head says: the name of the prisoner, and neither a number nor somebody of the family."""
    return (
        column.why is not Why.CONSENT
        and _says_whose(column.title)
        and not says_number_of_prisoner(column.title)
        and not relation_in(column.title)
    )


def _names_relatives_apart(
    columns: Sequence[ColumnReading], whose: ColumnReading | None, relation: ColumnReading
) -> bool:
    """Whether the plain names are the prisoners', because another head says: name of the relative."""
    if whose is not None or _refers(columns):
        return False
    own = any(column.why is Why.FAMILY and holds_names(column.title) for column in columns)
    return own and any(column.target in _NAMES for column in columns if column is not relation)


def _refers(columns: Sequence[ColumnReading]) -> bool:
    return any(says_number_of_prisoner(column.title) for column in columns)


def _says_whose(title: str) -> bool:
    plain = f" {plain_title(title)}"
    return any(f" {stem}" in plain for stem in _heads().whose)


def holds_names(title: str) -> bool:
    """Whether a head says that a name stands below it."""
    words = plain_title(title).split()
    return any(word in _name_words() for word in words)


def _may_refer(column: ColumnReading, whose: ColumnReading | None, rows: Sequence[RawRow]) -> bool:
    """Whether numbers under a plain head are the prisoners': beside a name, or one stands there twice.

    A number of its own each row could have, too: it would give every mother to the wrong prisoner.
    """
    cells = [cell for row in rows if (cell := _cell(row, column.index).strip())]
    return whose is not None or len(set(cells)) < len(cells)


def _has_digits(cells: Sequence[str]) -> bool:
    return sum(any(letter.isdigit() for letter in cell) for cell in cells) * 2 > len(cells)


def _cell(row: RawRow, index: int) -> str:
    return row.cells[index] if index < len(row.cells) else ""


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    with resources.path(_TABLE).open("rb") as stream:
        found: dict[str, dict[str, list[str]]] = tomllib.load(stream)["families"]
    return found


@cache
def _heads() -> _Heads:
    data = _data()
    return _Heads(
        frozenset(plain_title(title) for title in data["relation"]["titles"]),
        tuple(data["whose"]["stems"]),
        frozenset(data["numbers"]["words"]),
    )


@cache
def _name_words() -> frozenset[str]:
    return frozenset(_data()["names"]["words"])
