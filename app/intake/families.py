"""The families of a list: which columns speak of relatives and of consent, and whom one row names.

Yields `KinRead`s; who of them the case file knows is for the service that holds the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from app.intake.cells.family import OF_ADDRESS, OF_NAME, KinRead, is_refusal, joined, read_family, relation_in
from app.intake.cells.found import text_of
from app.intake.family_tables import holds_names
from app.intake.mapping import ColumnReading, Why, holds_addresses
from app.intake.table import RawRow

_OTHER: Final = "other"
_COUNTED = re.compile(r"\d")
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[,;\n\r]\s*")  # a run of spaces is walked once


@attrs.frozen
class _Column:
    """A column about a family: where it is, and what its head says of everybody in it."""

    index: int
    relation: str
    kind: str
    group: tuple[str, str]


class Families:
    """The columns of one list that speak of families.

    Args:
        columns: of the list.
    """

    def __init__(self, columns: Sequence[ColumnReading]) -> None:
        self._family: Final = tuple(_column(one) for one in columns if one.why is Why.FAMILY)
        self._consent: Final = tuple(one for one in columns if one.why is Why.CONSENT)

    @property
    def any(self) -> bool:
        """Whether any column speaks of families or consent."""
        return bool(self._family or self._consent)

    def of(self, row: RawRow) -> tuple[KinRead, ...]:
        """Everybody of the family this row names, each with what it says of their consent."""
        groups: dict[tuple[str, str], list[KinRead]] = {}
        for column in self._family:
            cell = row.cells[column.index] if column.index < len(row.cells) else ""
            found = read_family(cell, column.relation, column.kind)
            _join_into(groups.setdefault(column.group, []), found, parts=column.kind == OF_NAME)
        people = [one for group in groups.values() for one in group]
        for title, text in self._said(row):
            people = _with_said(people, title, text)
        return tuple(people)

    def _said(self, row: RawRow) -> Iterator[tuple[str, str]]:
        for column in self._consent:
            cell = row.cells[column.index] if column.index < len(row.cells) else ""
            # "Нет" stands for nothing anywhere else; below a head that asks, it is an answer.
            if text_of(cell) or is_refusal(cell):
                yield column.title, cell.strip()


def _column(column: ColumnReading) -> _Column:
    relation = relation_in(column.title)
    number = _COUNTED.search(column.title)
    kind = OF_ADDRESS if holds_addresses(column.title) else ""
    if not relation and holds_names(column.title):
        kind = OF_NAME
    return _Column(column.index, relation, kind, (relation, number.group() if number else ""))


def _join_into(people: list[KinRead], more: Sequence[KinRead], *, parts: bool) -> None:
    """Columns of one group tell of one person, unless a cell names several.

    Args:
        people: of the columns before.
        more: of this one.
        parts: it holds names: a family name beside a given name is the rest of it.
    """
    if (
        len(people) == 1
        and len(more) == 1
        and _OTHER in (people[0].relation, more[0].relation, _same(people, more))
    ):
        whole = " ".join(dict.fromkeys(filter(None, (people[0].name, more[0].name)))) if parts else ""
        people[0] = joined(people[0], more[0])
        people[0] = attrs.evolve(people[0], name=whole or people[0].name)
        return
    people += more


def _same(people: Sequence[KinRead], more: Sequence[KinRead]) -> str:
    return _OTHER if people[0].relation == more[0].relation else ""


def _with_said(people: list[KinRead], column: str, text: str) -> list[KinRead]:
    """The people with what a column of consent says: a part that names a relation is theirs alone.

    So is everything below a head that names one: "Mother agrees" says nothing of the father.
    """
    if (whose := relation_in(column)) and not relation_in(text):
        if not any(one.relation == whose for one in people):
            people = [*people, KinRead(whose)]
        answer = ((column, text),)
        return [attrs.evolve(one, said=one.said + answer) if one.relation == whose else one for one in people]
    parts = [part for part in _PARTS.split(text) if part.strip()]
    named = {relation_in(part): part for part in parts if relation_in(part)}
    rest = ", ".join(part for part in parts if not relation_in(part))
    made: list[KinRead] = []
    for one in people:
        said = named.pop(one.relation, rest)
        made.append(attrs.evolve(one, said=(*one.said, (column, said))) if said else one)
    # Somebody the row names only here; and an answer of nobody knows whom is kept beside "somebody else".
    made += [KinRead(relation, said=((column, part),)) for relation, part in named.items()]
    if rest and not made:
        made.append(KinRead(said=((column, rest),)))
    return made
