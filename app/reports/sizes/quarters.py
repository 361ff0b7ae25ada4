"""The quarterly grid of the public figures, and how a report keeps what it told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.consent_audit import Period
from app.domain.dates import add_months, end_of_month
from app.domain.report import ToldFigure
from app.reports.sizes.told import ALL, TableTold


def is_quarter(period: Period) -> bool:
    """Whether a period is a whole quarter of a year."""
    return period == quarter_of(period.last)


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(first, end_of_month(add_months(first, 2)))


def quarters_over(today: date, number: int) -> list[Period]:
    """The newest quarters that are over, the newest first."""
    found: list[Period] = []
    day = today if quarter_of(today).last == today else add_months(quarter_of(today).first, -1)
    for _one in range(number):
        found.append(quarter_of(day))
        day = add_months(found[-1].first, -1)
    return found


def as_figures(told: Iterable[TableTold]) -> Iterator[ToldFigure]:
    """What was told, as the record of a report keeps it."""
    for one in told:
        if one.table == ALL:
            yield ToldFigure(ALL, one.on, one.total)
        for row, value in one.cells.items():
            yield ToldFigure(f"{one.table}/{one.level}/{row}", one.on, value)


def from_figures(figures: Iterable[ToldFigure]) -> tuple[TableTold, ...]:
    """What a report told, from its record."""
    totals: dict[date, int] = {}
    cells: dict[tuple[str, int, date], dict[str, int | None]] = {}
    for one in figures:
        table, _slash, rest = one.measure.partition("/")
        level, _slash, row = rest.partition("/")
        if one.on is not None and table == ALL and one.value is not None:
            totals[one.on] = one.value
        elif one.on is not None and level.isdecimal():
            cells.setdefault((table, int(level), one.on), {})[row] = one.value
    everything = [TableTold(ALL, 0, on, total) for on, total in totals.items()]
    everything += [
        TableTold(table, level, on, totals[on], rows)
        for (table, level, on), rows in cells.items()
        if on in totals
    ]
    return tuple(everything)
