"""The periods reports are made for most: past ones for figures, coming ones for birthdays. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from app.domain.date_words import date_words
from app.domain.dates import PartialDate, add_months, end_of_month
from app.i18n import N_, _, current_language
from app.reports.sizes.quarters import quarter_of, quarters_over

Span = tuple[date, date]
_DAY: Final = timedelta(days=1)


def _quarter(day: date) -> date:
    """The first day of the quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _last_quarter(today: date) -> Span:
    last = _quarter(today) - _DAY
    return _quarter(last), last


def _last_month(today: date) -> Span:
    last = today.replace(day=1) - _DAY
    return last.replace(day=1), last


def _last_year(today: date) -> Span:
    return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


def _next_month(today: date) -> Span:
    first = end_of_month(today) + _DAY
    return first, end_of_month(first)


def _next_three(today: date) -> Span:
    first, _last = _next_month(today)
    return first, end_of_month(add_months(first, 2))


def _every_year(today: date) -> Span:
    """Ten years up to the end of the last quarter; a report of growth begins with the first year there is."""
    last = _quarter(today) - _DAY
    return date(last.year - 10, 1, 1), last


_READY: Final[Mapping[str, tuple[str, Callable[[date], Span]]]] = {
    "last_quarter": (N_("Last quarter"), _last_quarter),
    "this_quarter": (N_("This quarter so far"), lambda today: (_quarter(today), today)),
    "last_month": (N_("Last month"), _last_month),
    "this_year": (N_("This year so far"), lambda today: (date(today.year, 1, 1), today)),
    "every_year": (N_("All years up to last quarter"), _every_year),
    "last_year": (N_("The year before"), _last_year),
}


_COMING: Final[Mapping[str, tuple[str, Callable[[date], Span]]]] = {
    "next_month": (N_("Next month"), _next_month),
    "four_weeks": (N_("The next four weeks"), lambda today: (today, today + 28 * _DAY)),
    "this_month": (N_("This month"), lambda today: (today.replace(day=1), end_of_month(today))),
    "next_three": (N_("The next three months"), _next_three),
}


def ready_periods(*, coming: bool = False) -> list[tuple[str, str]]:
    """Codes and words, the usual one first."""
    return [(code, _(words)) for code, (words, _span) in (_COMING if coming else _READY).items()]


def span_of(code: str, today: date) -> Span:
    """The days of a ready period."""
    return {**_READY, **_COMING}[code][1](today)


def ready_of(span: Span, today: date, *, coming: bool = False) -> str:
    """The ready period these days are, "" for days of their own."""
    return next((code for code in (_COMING if coming else _READY) if span_of(code, today) == span), "")


def quarter_choices(today: date, chosen: Span | None) -> tuple[list[tuple[str, str]], str]:
    """The newest two years of quarters that are over, by their last day; and the one to begin with."""
    found = [one.last for one in quarters_over(today, 8)]
    days = [*found, *([chosen[1]] if chosen and chosen[1] not in found else [])]
    choices = [(day.isoformat(), _quarter_words(day)) for day in days]
    return choices, (chosen[1] if chosen else found[0]).isoformat()


def quarter_span(code: str) -> tuple[date | None, date | None]:
    """The days of a quarter by its last one."""
    if not code:
        return None, None
    quarter = quarter_of(date.fromisoformat(code))
    return quarter.first, quarter.last


def _quarter_words(day: date) -> str:
    words = _("Quarter {number} of {year}, up to {day}")
    shown = date_words(PartialDate.of(day), current_language())
    return words.format(number=(day.month + 2) // 3, year=day.year, day=shown)
