"""Birthdays in a period: which day they fall on, and for whom nobody can say. Pure."""

from __future__ import annotations

import calendar
from datetime import date

from app.domain.consent_audit import Period
from app.domain.dates import PartialDate


def birthday_in(born: PartialDate | None, period: Period) -> date | None:
    """The first birthday in a period; None where there is none, or nobody knows the day.

    Who was born on 29 February has it on 1 March of other years, as everywhere here.
    """
    if born is None or not born.exact or born.month is None or born.day is None:
        return None
    days = (_in_year(born.month, born.day, year) for year in range(period.first.year, period.last.year + 1))
    return next((day for day in days if day in period), None)


def may_be_in(born: PartialDate | None, period: Period) -> bool:
    """Whether a birthday nobody knows the day of may lie in a period."""
    if born is None or (born.month is None and not born.exact):
        return True
    if born.exact or born.month is None:
        return False
    months = ((year, born.month) for year in range(period.first.year, period.last.year + 1))
    return any(
        date(year, month, 1) <= period.last
        and period.first <= date(year, month, calendar.monthrange(year, month)[1])
        for year, month in months
    )


def _in_year(month: int, day: int, year: int) -> date:
    if (month, day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return date(year, month, day)
