"""Tables that stand beside each other on one sheet, an empty column between them, taken apart.

Only where both sides name people under heads of their own: an empty column inside one table is no border.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import attrs

from app.intake.mapping import Target, meaning_of
from app.intake.readers import ReadList
from app.intake.table import Comment, RawRow

_DEEPEST: Final = 25
_NAMES: Final = frozenset({Target.NAME, Target.FAMILY_NAME})


def beside_each_other(read: ReadList) -> tuple[ReadList, ...]:
    """The tables of a sheet from left to right; the sheet itself where it holds one."""
    rows = (RawRow(read.first, read.columns), *read.rows)
    blocks = _blocks(rows)
    naming = [block for block in blocks if _has_heads(rows, block)]
    if len(naming) < 2 or naming != blocks:
        return (read,)
    return tuple(_cut(read, rows, first, last) for first, last in blocks)


def _blocks(rows: Sequence[RawRow]) -> list[tuple[int, int]]:
    """Runs of columns with text in them: the first column of each and the one behind its last."""
    filled = {place for row in rows for place, cell in enumerate(row.cells) if cell.strip()}
    width = max(filled, default=-1) + 2
    borders = [-1, *(place for place in range(width) if place not in filled)]
    return [(a + 1, b) for a, b in pairwise(borders) if b - a > 1]


def _has_heads(rows: Sequence[RawRow], block: tuple[int, int]) -> bool:
    return any(meaning_of(cell)[1] in _NAMES for row in rows[:_DEEPEST] for cell in row.cells[slice(*block)])


def _cut(read: ReadList, rows: Sequence[RawRow], first: int, last: int) -> ReadList:
    cut = [
        attrs.evolve(
            row,
            cells=row.cells[first:last],
            from_above=frozenset(place - first for place in row.from_above if first <= place < last),
        )
        for row in rows
        if any(cell.strip() for cell in row.cells[first:last])
    ]
    return attrs.evolve(
        read,
        columns=cut[0].cells,
        rows=tuple(cut[1:]),
        first=cut[0].number,
        hidden_columns=frozenset(place - first for place in read.hidden_columns if first <= place < last),
        comments=tuple(
            Comment(one.row, one.column - first, one.text)
            for one in read.comments
            if first <= one.column < last
        ),
    )
