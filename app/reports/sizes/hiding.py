"""Making a quarter's tables from true counts: what stays as told, what is rounded, what is hidden, and why.

The order is the one of reports.md, *Group sizes*: rows are merged as far as shipped before anybody counts;
a table in which hardly anybody moved is told as before, so that no difference of two quarters is about one
person; a published cell stays unless it moved by 5 or more; small groups are hidden; then as many others as
it takes that no reader can work a hidden one out. All hidden cells look alike, so that nobody knows which
of them are small.

Sources: A. Hundepool et al., *Statistical Disclosure Control*, Wiley 2012, 4.3 (threshold rule), 4.4
(secondary suppression) and 5.4 (rounding to base 5, also of totals); L. Sweeney, *k-anonymity*, IJUFKS 10
(2002): a change told is a group too, and has to hold as many people.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.reports.kinds import GroupRules
from app.reports.sizes.hierarchies import SizeTable
from app.reports.sizes.reach import exposed
from app.reports.sizes.told import ALL, TableTold, last_of, moved, rounded, stays, under

MANY_HIDDEN: Final = 40
"""Over so many of a hundred rows hidden, the coarser table is offered."""
_YEAR_END: Final = 12

Counts = Mapping[str, Mapping[str, int]]
"""How many people by table and finest row."""


Attack = Callable[[Sequence[TableTold]], Collection[str]]
"""Which tables of the newest quarter give a hidden count away."""


class Standing(StrEnum):
    """What became of a table in a quarter."""

    TOLD = "told"
    AS_BEFORE = "as_before"  # hardly anybody moved
    YEARLY = "yearly"  # it is told in the last quarter of a year only
    LEFT_OUT = "left_out"  # its maker wanted it so
    TOO_CLOSE = "too_close"  # whatever is hidden, a small group could be worked out


@attrs.frozen
class Outcome:
    """One table of a quarter.

    Attributes:
        told: what is told anew; None where nothing is.
        level: the one asked for.
        small: rows hidden because few people stand in them, or nobody.
        beside: rows hidden so that those cannot be worked out.
        again: this very quarter was published: it is said again and cannot be told otherwise.
    """

    standing: Standing
    level: int
    told: TableTold | None = None
    small: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    again: bool = False

    @property
    def much_hidden(self) -> bool:
        """Whether the coarser table would say more."""
        if self.again:
            return False
        rows = len(self.told.cells) if self.told is not None else 0
        hidden = len(self.small) + len(self.beside)
        return self.standing is Standing.TOO_CLOSE or 100 * hidden > MANY_HIDDEN * rows > 0


@attrs.frozen
class Earlier:
    """What was published before.

    Attributes:
        told: every table of every quarter.
        counted: the true counts a table was told from, by table and quarter's end.
    """

    told: tuple[TableTold, ...] = ()
    counted: Mapping[tuple[str, date], Mapping[str, int]] = attrs.field(factory=dict, repr=False)


@attrs.frozen
class Quarter:
    """The eight tables of one quarter.

    Attributes:
        total: of all people counted, as it is published.
    """

    on: date
    total: int
    tables: Mapping[str, Outcome]

    @property
    def told(self) -> tuple[TableTold, ...]:
        """Everything that is told anew."""
        new = tuple(one.told for one in self.tables.values() if one.told is not None)
        return (TableTold(ALL, 0, self.on, self.total), *new)


def tell(
    tables: Mapping[str, SizeTable],
    counts: Counts,
    levels: Mapping[str, int],
    on: date,
    earlier: Earlier,
    rules: GroupRules,
    attack: Attack,
) -> Quarter:
    """Make the tables of a quarter.

    Args:
        counts: by table and finest row; every table counts everybody once.
        levels: how coarse each table is wanted, 0 where nothing is said.
        on: the last day of the quarter; nothing in `earlier` is as late.
        attack: what a reader of all quarters can work out; asked once this quarter alone tells nothing.

    Raises:
        KnownError: REPORT_TOO_FEW, everybody together is a small group.
    """
    total = _total(counts, on, earlier, rules)
    found = {
        key: _table(table, counts[key], levels.get(key, 0), on, total, earlier, rules)
        for key, table in tables.items()
    }
    while True:
        new = [one.told for one in found.values() if one.told is not None]
        everything = [*earlier.told, TableTold(ALL, 0, on, total), *new]
        close = {key for key, _row in exposed(tables, everything, on, rules)} or set(attack(everything))
        if not close:
            return Quarter(on, total, found)
        for key in close:
            found[key] = _with_one_more_hidden(found[key], earlier)


def _total(counts: Counts, on: date, earlier: Earlier, rules: GroupRules) -> int:
    everybody = max((sum(rows.values()) for rows in counts.values()), default=0)
    if everybody < rules.hide_under:
        raise KnownError(Code.REPORT_TOO_FEW)
    before = max((one for one in earlier.told if one.on < on), key=lambda one: one.on, default=None)
    if before is not None and stays(everybody, before.total):
        return before.total
    return rounded(everybody, rules)


def _table(
    table: SizeTable,
    counts: Mapping[str, int],
    level: int,
    on: date,
    total: int,
    earlier: Earlier,
    rules: GroupRules,
) -> Outcome:
    if level >= table.left_out:
        return Outcome(Standing.LEFT_OUT, level)
    if table.sensitive and on.month != _YEAR_END:
        return Outcome(Standing.YEARLY, level)
    least = under(rules, sensitive=table.sensitive)
    last = last_of(earlier.told, table.key, on)
    if last is not None and moved(earlier.counted.get((table.key, last.on), counts), counts) < least:
        return Outcome(Standing.AS_BEFORE, level)
    before = last.cells if last is not None and last.level == level else {}
    cells: dict[str, int | None] = {}
    for row in table.rows(level):
        count = sum(counts.get(code, 0) for code in row.holds)
        cells[row.code] = _cell(count, before.get(row.code), least, rules, sensitive=table.sensitive)
    told = TableTold(table.key, level, on, total, cells)
    return Outcome(Standing.TOLD, level, told, told.hidden)


def _cell(count: int, before: int | None, least: int, rules: GroupRules, *, sensitive: bool) -> int | None:
    if stays(count, before):
        return before
    if count == 0 and not sensitive:
        return 0
    return None if count < least else rounded(count, rules)


def _with_one_more_hidden(outcome: Outcome, earlier: Earlier) -> Outcome:
    """Hide the smallest count there, rather one that was hidden before; with none left, the table."""
    told = outcome.told
    if told is None:
        return outcome
    last = last_of(earlier.told, told.table, told.on)
    were_hidden = last.hidden if last is not None else frozenset[str]()
    row = _cheapest(told.cells, were_hidden)
    if row is None:
        return Outcome(Standing.TOO_CLOSE, outcome.level)
    cells = {**told.cells, row: None}
    return attrs.evolve(outcome, told=attrs.evolve(told, cells=cells), beside=outcome.beside | {row})


def _cheapest(cells: Mapping[str, int | None], were_hidden: frozenset[str]) -> str | None:
    shown = {row: value for row, value in cells.items() if value is not None}
    return min(
        shown, key=lambda row: (shown[row] == 0, row not in were_hidden, shown[row], row), default=None
    )


def percentages(cells: Sequence[int | None], total: int, least: int) -> tuple[int | None, ...]:
    """Shares in whole per cent, of what is published only, and only of a base that is large enough."""
    if total < least:
        return tuple(None for _ in cells)
    return tuple(None if cell is None else (200 * cell + total) // (2 * total) for cell in cells)


BASE_OF_SHARES: Final = 30
"""The least published total a percentage is worked out from (reports.md)."""
