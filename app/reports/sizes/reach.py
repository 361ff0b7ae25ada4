"""What a reader with a spreadsheet can work out of hidden counts: bounds narrowed sum by sum until they
stand.

A hidden count is *exposed* where it may be small and a reader knows it too well: the most it can be lies
under the least size of a group, or fewer counts are left than that size.

These are the sums of one quarter, where narrowing is all but exact: its tables hang together by one total.
What earlier quarters add, and whether this here is right at all, the attacker tells
(`app.reports.verify.attack`), who shares none of this code.

Sources: A. Hundepool et al., *Statistical Disclosure Control*, Wiley 2012, ch. 4 and 5 (frequency tables,
cell suppression, attacker's feasibility interval, rounding); M. Fischetti and J. J. Salazar-González,
*Models and Algorithms for the 2-Dimensional Cell Suppression Problem*, Mathematical Programming 84 (1999).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.errors import BugError
from app.reports.kinds import GroupRules
from app.reports.sizes.hierarchies import SizeTable
from app.reports.sizes.told import ALL, TableTold, known, last_of, under

_MOST: Final = 10**7
_ROUNDS: Final = 60

Hidden = tuple[str, str]
"""Table and row."""


@attrs.define
class _Sums:
    """Counts between bounds, and sums of them between bounds."""

    low: list[int] = attrs.field(factory=list)
    high: list[int] = attrs.field(factory=list)
    rows: list[tuple[tuple[tuple[int, int], ...], int, int]] = attrs.field(factory=list)

    def count(self, low: int = 0, high: int = _MOST) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def add(self, plus: Sequence[int], minus: Sequence[int], low: int, high: int) -> None:
        parts = tuple((one, 1) for one in plus) + tuple((one, -1) for one in minus)
        self.rows.append((parts, low, high))

    def holds(self) -> bool:
        """Narrow every bound as far as the sums tell; False where nothing fits."""
        for _round in range(_ROUNDS):
            changed = [self._narrowed(*row) for row in self.rows]
            if not any(changed):
                break
            if any(low > high for low, high in zip(self.low, self.high, strict=True)):
                return False
        return True

    def _narrowed(self, parts: tuple[tuple[int, int], ...], low: int, high: int) -> bool:
        least = sum(self.low[one] if sign > 0 else -self.high[one] for one, sign in parts)
        most = sum(self.high[one] if sign > 0 else -self.low[one] for one, sign in parts)
        changed = False
        for one, sign in parts:
            mine_low, mine_high = (
                (self.low[one], self.high[one]) if sign > 0 else (-self.high[one], -self.low[one])
            )
            new_low, new_high = low - (most - mine_high), high - (least - mine_low)
            if sign < 0:
                new_low, new_high = -new_high, -new_low
            if new_low > self.low[one]:
                self.low[one], changed = new_low, True
            if new_high < self.high[one]:
                self.high[one], changed = new_high, True
        return changed


def exposed(
    tables: Mapping[str, SizeTable], told: Sequence[TableTold], now: date, rules: GroupRules
) -> tuple[Hidden, ...]:
    """Hidden counts of one quarter that a reader of that quarter's tables can work out too well."""
    sums = _Sums()
    places = _places(sums, tables, told, now, rules)
    if not sums.holds():
        raise BugError("true counts always fit what is told of them")
    found = []
    for one in told:
        if one.on == now and one.table != ALL:
            least = under(rules, sensitive=tables[one.table].sensitive)
            for row in sorted(one.hidden):
                place = places[one.table][row]
                low, high = sums.low[place], sums.high[place]
                if low < least and (high < least or high - low < least - 1):
                    found.append((one.table, row))
    return tuple(found)


def _places(
    sums: _Sums, tables: Mapping[str, SizeTable], told: Sequence[TableTold], now: date, rules: GroupRules
) -> dict[str, dict[str, int]]:
    """A count for every row of every table of this quarter, with the sums that bind them."""
    totals = {one.on: one.total for one in told}
    before = max((day for day in totals if day < now), default=None)
    bounds = known(totals[now], totals[before] if before else None, rules.hide_under, rules)
    everybody = sums.count(*bounds)
    places: dict[str, dict[str, int]] = {}
    for one in told:
        if one.on == now and one.table != ALL:
            table = tables[one.table]
            rows = {code: sums.count() for code in table.codes}
            sums.add(list(rows.values()), [everybody], 0, 0)
            places[one.table] = rows | _told_rows(
                sums, table, one, last_of(told, one.table, now), rows, rules
            )
    for key, table in tables.items():
        inside = table.within
        if inside and key in places and inside.of in places:
            sums.add([places[inside.of][inside.into]], [places[key][inside.row]], 0, _MOST)
    return places


def _told_rows(
    sums: _Sums,
    table: SizeTable,
    one: TableTold,
    last: TableTold | None,
    fine: Mapping[str, int],
    rules: GroupRules,
) -> dict[str, int]:
    before = last.cells if last is not None and last.level == one.level else {}
    least = under(rules, sensitive=table.sensitive)
    found = {}
    for row in table.rows(one.level):
        value = one.cells.get(row.code)
        bounds = (0, _MOST) if value is None else known(value, before.get(row.code), least, rules)
        found[row.code] = sums.count(*bounds)
        sums.add([fine[code] for code in row.holds], [found[row.code]], 0, 0)
    return found
