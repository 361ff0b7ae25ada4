"""Group sizes in tables that count families: small counts hidden, others rounded, and no way round it.

A table of figures stays inside the house, but auditors and funders are shown it, so the rules for one named
institution hold, with the rounding of public figures: two tables count the same answers in two ways, and
exact numbers could be subtracted. A nought is said: that nothing happened points to nobody.

Columns known to have the same sum can still narrow each other: four audiences with *1 to 4* each and one
purpose with *1 to 4* would all be 4 and 1. Then the last of them is not given at all.

Source: reports.md, *Group sizes*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from app.i18n import N_, Translator
from app.reports.figures import shown
from app.reports.kinds import GroupRules

_NO_END: Final = 10**9
NOT_GIVEN: Final = "–"
FEW: Final = N_("1 to {n}")


@attrs.frozen
class _Cell:
    """What a reader can know of a count: between `low` and `high`; hidden ones must not be known better."""

    low: int
    high: int
    text: str
    hidden: bool = False


Column = Sequence[int]
Place = tuple[str, int]
"""Key of a table and the number of a column."""


def guarded(
    columns: Mapping[Place, Column], same_sum: Sequence[Sequence[Place]], rules: GroupRules, words: Translator
) -> Mapping[Place, tuple[str, ...]]:
    """The texts of every column.

    Args:
        columns: the true counts.
        same_sum: groups of columns that add up to one sum, the one that may go first standing last.
    """
    cells = {place: [_cell(count, rules, words) for count in column] for place, column in columns.items()}
    for group in same_sum:
        left = [place for place in group if place in cells]
        while len(left) > 1 and _narrows([cells[place] for place in left]):
            gone = left.pop()
            cells[gone] = [_Cell(0, _NO_END, NOT_GIVEN) for _ in cells[gone]]
    return {place: tuple(cell.text for cell in column) for place, column in cells.items()}


def _cell(count: int, rules: GroupRules, words: Translator) -> _Cell:
    if count == 0:
        return _Cell(0, 0, "0")
    if count < rules.hide_under:
        text = words(FEW).replace("{n}", str(rules.hide_under - 1))
        return _Cell(1, rules.hide_under - 1, text, hidden=True)
    rounded = (2 * count + rules.round_to) // (2 * rules.round_to) * rules.round_to
    low = max(rules.hide_under, rounded - rules.round_to // 2)
    return _Cell(low, rounded + rules.round_to // 2, shown(rounded, words))


def _narrows(columns: Sequence[Sequence[_Cell]]) -> bool:
    """Whether equal sums tell more of a hidden count than the table does; exact for one sum."""
    low = max(sum(cell.low for cell in column) for column in columns)
    high = min(sum(cell.high for cell in column) for column in columns)
    for column in columns:
        lows, highs = sum(cell.low for cell in column), sum(cell.high for cell in column)
        for cell in column:
            if cell.hidden and (low - (highs - cell.high) > cell.low or high - (lows - cell.low) < cell.high):
                return True
    return False
