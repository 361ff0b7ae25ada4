"""Numbers that only count the rows of a table: they belong to no person and may join nobody."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from app.intake.cells.people import is_sum
from app.intake.mapping import By, ColumnReading, Target, Why, counts_rows
from app.intake.table import RawRow


def without_counter(columns: tuple[ColumnReading, ...], rows: Sequence[RawRow]) -> tuple[ColumnReading, ...]:
    """The columns, with numbers that only count the rows taken for no key."""
    key = next((column for column in columns if column.target is Target.KEY), None)
    if key is None:
        return columns
    name = next((one for one in columns if one.target in (Target.NAME, Target.FAMILY_NAME)), None)
    people = [row for row in rows if name is None or not is_sum(_cell(row, name.index))]
    if key.by is not By.HEAD or not counts_rows(key.title, [_cell(row, key.index) for row in people]):
        return columns
    counter = attrs.evolve(key, why=Why.COUNTER, target=None)
    return tuple(counter if column is key else column for column in columns)


def _cell(row: RawRow, index: int) -> str:
    return row.cells[index] if index < len(row.cells) else ""
