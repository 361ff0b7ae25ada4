"""How many people earlier reports had in their figures only: what a published count is measured from."""

from __future__ import annotations

from typing import Final

from app.domain.ports import Reader
from app.domain.report import Report
from app.reports.kinds import ReportKind

_LEFT: Final = frozenset({"leaving", "done"})


def counted_before(reader: Reader, kind: ReportKind, number: str) -> tuple[int, ...]:
    """The counts of reports about everybody that left before this number, the oldest first.

    Raises:
        KnownError: ROW_NOT_IN_LOG.
    """
    if not kind.counted or kind.groups.round_to == 1 or not number:
        return ()
    found = [
        one
        for one in reader.find(Report, report_kind=kind.name)
        if one.state in _LEFT and one.everyone and not one.without_figures
    ]
    reader.check_rows(Report, [one.id for one in found])
    before = sorted((_place(one.number), one.figures_only or 0) for one in found)
    return tuple(count for place, count in before if place < _place(number))


def _place(number: str) -> tuple[int, int]:
    year, _dash, of_year = number.partition("-")
    return int(year), int(of_year)
