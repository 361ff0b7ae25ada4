"""The last column of the list: what a person looks for before calling, and why somebody takes care."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from app.domain.consent_care import Care
from app.domain.relative_row import RelativeRow
from app.domain.rows import Light
from app.i18n import _, locale_name
from app.vocabulary import word
from ui.views.consent.words import age_words, gentle, month_words, near_day_words

_YESES = (Light.YES, Light.ENDS)
_NOES = (Light.NO, Light.NOT_ASKED)


def last_words(row: RelativeRow, today: date) -> str:
    """The newest answer, and behind it why they take care."""
    words = _answer_words(row, today)
    return " · ".join(part for part in (words, care_of(row)) if part) if row.care else words


def care_of(row: RelativeRow) -> str:
    """Why a row takes care, in few words, besides a stop, which the last column begins with."""
    asked_nothing = row.last_answer_on is None  # the last column says itself then whether asking is safe
    said = {Care.STOPPED, Care.NOT_SAFE} if asked_nothing else {Care.STOPPED}
    return ", ".join(_short(care, row.asking) for care in row.care if care not in said)


def _answer_words(row: RelativeRow, today: date) -> str:
    if row.stopped:
        return _("stopped")
    on, kind = row.last_answer_on, row.last_answer_kind
    if on is None:
        return gentle(word("asking", row.asking)) if row.asking and row.asking != "free" else _("never asked")
    if kind == "withdrawn":
        every = all(light in _NOES for light in row.lines)
        everything = every and sum(light is Light.NO for light in row.lines) >= len(row.lines) - 1
        text = _("withdrew all, {month}") if everything else _("withdrew, {month}")
        return text.format(month=_month(on.year, on.month, locale_name()))
    if Light.ENDS in row.lines and row.ends_on is not None:
        return _("ends {day}").format(day=_near(row.ends_on, today, locale_name()))
    if kind == "refused" and not any(light in _YESES for light in row.lines):
        return _("said no, {month}").format(month=_month(on.year, on.month, locale_name()))
    return _age((today - on).days, locale_name())


# Wording a month takes longer than all else of a row, and thousands of rows share it.


@lru_cache(maxsize=512)
def _month(year: int, month: int, _locale: str) -> str:
    return month_words(date(year, month, 1))


@lru_cache(maxsize=128)
def _near(day: date, today: date, _locale: str) -> str:
    return near_day_words(day, today)


@lru_cache(maxsize=2_048)
def _age(days: int, _locale: str) -> str:
    return age_words(days)


def _short(care: Care, asking: str) -> str:
    return {
        Care.RESTORED: _("older copy"),
        Care.STOPPED: _("stopped"),
        Care.PAUSED: _("paused"),
        Care.NOT_SAFE: gentle(word("asking", asking)),
        Care.PRESSURE: _("signs of pressure"),
        Care.CONFLICTING: _("conflicting"),
        Care.UNVERIFIED: _("unverified channel"),
    }[care]
