"""A column called *name* beside one for the other half of it holds only its own half.

"Імя" and "Прозвішча", "Name" and "Vorname": read as a whole name, the first would lose every surname. Only
heads that can mean half a name are asked, never *prisoner* or *full name*, and then the cells: a whole name
holds what stands in the column beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.intake.mapping import By, ColumnReading, Target, may_be_half_a_name
from app.intake.table import RawRow
from app.names.fold import tokens

_ENOUGH: Final = 500
"""Rows that tell what nearly all of them say."""
_OTHER_HALF: Final = {Target.FAMILY_NAME: Target.GIVEN_NAME, Target.GIVEN_NAME: Target.FAMILY_NAME}
"""What a column called *name* holds beside one of these."""


def with_halves(columns: tuple[ColumnReading, ...], rows: Sequence[RawRow]) -> tuple[ColumnReading, ...]:
    """The columns, with one called *name* taken for the half of a name it holds.

    What a person said a column is stays; so does a name that holds the other half already.
    """
    found = {column.target: column for column in columns}
    name = found.get(Target.NAME)
    halves = [half for half in _OTHER_HALF if half in found]
    if name is None or name.by is not By.HEAD or len(halves) != 1 or not may_be_half_a_name(name.title):
        return columns
    beside = found[halves[0]]
    if _is_whole(rows[:_ENOUGH], name.index, beside.index):
        return columns
    half = attrs.evolve(name, target=_OTHER_HALF[halves[0]])
    return tuple(half if column is name else column for column in columns)


def _is_whole(rows: Sequence[RawRow], name: int, beside: int) -> bool:
    """Whether most names hold what stands beside them."""
    holds = said = 0
    for row in rows:
        half = frozenset(tokens(_cell(row, beside)))
        whole = frozenset(tokens(_cell(row, name)))
        if half and whole:
            said += 1
            holds += half <= whole
    return said == 0 or 2 * holds > said


def _cell(row: RawRow, index: int) -> str:
    return row.cells[index] if index < len(row.cells) else ""
