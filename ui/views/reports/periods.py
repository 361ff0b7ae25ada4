"""The periods a report of figures is made for most, ready to choose. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from app.i18n import N_, _

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


_READY: Final[Mapping[str, tuple[str, Callable[[date], Span]]]] = {
    "last_quarter": (N_("Last quarter"), _last_quarter),
    "this_quarter": (N_("This quarter so far"), lambda today: (_quarter(today), today)),
    "last_month": (N_("Last month"), _last_month),
    "this_year": (N_("This year so far"), lambda today: (date(today.year, 1, 1), today)),
    "last_year": (N_("The year before"), _last_year),
}


def ready_periods() -> list[tuple[str, str]]:
    """Codes and words, the usual one first."""
    return [(code, _(words)) for code, (words, _span) in _READY.items()]


def span_of(code: str, today: date) -> Span:
    """The days of a ready period."""
    return _READY[code][1](today)


def ready_of(span: Span, today: date) -> str:
    """The ready period these days are, "" for days of their own."""
    return next((code for code in _READY if span_of(code, today) == span), "")
