"""What was told in public of one table on one quarter's end, and what a reader knows of each count by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import attrs

from app.reports.kinds import GroupRules

ALL: Final = "all"
"""The table that holds the number of all people and no rows."""
STAYS_WITHIN: Final = 5
"""A published count stays unless it moved by this much (reports.md)."""


@attrs.frozen
class TableTold:
    """A table as it was published.

    Attributes:
        level: how coarse, 0 the finest.
        on: the last day of its quarter.
        total: of all people counted, rounded.
        cells: a count by row; None where it is hidden.
    """

    table: str
    level: int
    on: date
    total: int
    cells: Mapping[str, int | None] = attrs.field(factory=dict)

    @property
    def hidden(self) -> frozenset[str]:
        """Rows that are not given."""
        return frozenset(row for row, value in self.cells.items() if value is None)


def under(rules: GroupRules, *, sensitive: bool) -> int:
    """The size under which a group is small."""
    return rules.sensitive_under if sensitive else rules.hide_under


def rounded(count: int, rules: GroupRules) -> int:
    """A count as it is published when it is told anew."""
    return (2 * count + rules.round_to) // (2 * rules.round_to) * rules.round_to


def stays(count: int, before: int | None) -> bool:
    """Whether what was published before is still said."""
    return bool(before) and before is not None and abs(count - before) < STAYS_WITHIN


def known(value: int, before: int | None, least: int, rules: GroupRules) -> tuple[int, int]:
    """Between what and what a reader knows a count to be, by the published rules.

    Args:
        before: the same cell the last time its table was told; None where it was hidden or there is none.
        least: the size under which a group is small.
    """
    if value == 0:
        return 0, 0
    if value == before:
        return max(0, value - STAYS_WITHIN + 1), value + STAYS_WITHIN - 1
    half = rules.round_to // 2
    low, high = max(least, value - half), value + half
    if before and value > before:
        low = max(low, before + STAYS_WITHIN)
    elif before:
        high = min(high, before - STAYS_WITHIN)
    return low, high


def last_of(told: Iterable[TableTold], table: str, until: date) -> TableTold | None:
    """The newest time a table was told before a day."""
    found = [one for one in told if one.table == table and one.on < until]
    return max(found, key=lambda one: one.on, default=None)


def moved(before: Mapping[str, int], now: Mapping[str, int]) -> int:
    """How many people at least came, left or changed rows between two counts."""
    steps = [now.get(row, 0) - before.get(row, 0) for row in {*before, *now}]
    return max(sum(step for step in steps if step > 0), -sum(step for step in steps if step < 0))
