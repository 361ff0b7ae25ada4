"""The tables a growth report can have: their columns, how their rows are called, and what its words mean.

What is counted is said in `app.domain.growth`; which tables a report has, with headings and notes, in its
kind. Godparents hold a public office: nothing here counts families or prisoners, so no table is guarded.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from babel import Locale
from babel.dates import format_date, format_interval

from app.i18n import N_, Translator
from app.languages import locale_of
from app.reports.audit_tables import Cells, TableShape
from app.reports.transform import TermWords

MEASURE_WORDS: Final[Mapping[str, str]] = {
    "people": N_("Godparents so far"),
    "godparenthoods": N_("Godparenthoods so far"),
    "people_on_day": N_("Godparents on the day"),
    "godparenthoods_on_day": N_("Godparenthoods on the day"),
    "active": N_("Active of these"),
    "countries": N_("Countries"),
    "chambers": N_("Chambers"),
}
MEANINGS: Final = (
    (
        MEASURE_WORDS["people"],
        N_(
            "People who had taken on at least one godparenthood by that day, each counted once, also where it"
            " has ended since."
        ),
    ),
    (
        MEASURE_WORDS["godparenthoods"],
        N_(
            "Taken on by that day, also where they have ended since. One person can stand up for several"
            " prisoners, and several people for one."
        ),
    ),
    (
        MEASURE_WORDS["people_on_day"],
        N_("People with at least one godparenthood on that day."),
    ),
    (
        MEASURE_WORDS["godparenthoods_on_day"],
        N_("Taken on by that day and not ended by it. A pause is no end."),
    ),
    (
        N_("Active"),
        N_(
            "A godparenthood on the day for which the godparent did something in the twelve months up to"
            " it: a post, a speech, a question, a visit, a letter, a call. What was done for no prisoner in"
            " particular counts for each of theirs."
        ),
    ),
    (
        N_("Countries and chambers"),
        N_("Those of the godparents so far. Where none is written down, none is counted."),
    ),
    (
        N_("Not counted"),
        N_("What was only proposed, declined, or entered by mistake."),
    ),
    (
        N_("Months and years"),
        N_(
            "A beginning without a day counts from the last day it can mean, an end from the first: nobody"
            " counts before it is sure that they had begun."
        ),
    ),
)
"""The fixed definitions, printed in every report."""
DEFINITIONS: Final = "meanings"
"""The table they stand in."""


def day_words(day: date, language: str) -> str:
    """A day as a report writes it."""
    return str(format_date(day, "long", locale=locale_of(language)))


def short_day(day: date, language: str) -> str:
    """A day under a bar: the year alone where it is the last of it."""
    if (day.month, day.day) == (12, 31):
        return str(day.year)
    return str(format_date(day, "medium", locale=locale_of(language)))


def span_words(first: date, last: date, language: str) -> str:
    """A year, or the days of a part of one."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    return str(format_interval(first, last, "yMMMd", locale=locale_of(language)))


def country_words(code: str, language: str) -> str:
    """The name of a country."""
    locale = Locale.parse(locale_of(language))
    return str(locale.territories.get(code, code))


def _day(key: str, translate: Translator, _term: TermWords) -> str:
    return day_words(date.fromisoformat(key), translate.language)


def _span(key: str, translate: Translator, _term: TermWords) -> str:
    first, _, last = key.partition("/")
    return span_words(date.fromisoformat(first), date.fromisoformat(last), translate.language)


def _country(key: str, translate: Translator, _term: TermWords) -> str:
    return country_words(key, translate.language) if key else translate(N_("No country written down"))


def _chamber(key: str, translate: Translator, _term: TermWords) -> str:
    country, _, chamber = key.partition("/")
    if not chamber:
        return translate(N_("No chamber"))
    return f"{chamber}, {country_words(country, translate.language)}" if country else chamber


def _kind(key: str, translate: Translator, term: TermWords) -> str:
    return term("godparent_kind", key, translate.language) if key else translate(N_("Nothing written down"))


def _itself(key: str, _translate: Translator, _term: TermWords) -> str:
    return key


_SO_FAR: Final = N_("So far")
_ON_DAY: Final = N_("On the day")
_BY: Final = (_SO_FAR, _ON_DAY, MEASURE_WORDS["godparenthoods_on_day"])
MEASURES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "years": ("people", "people_on_day", "countries", "chambers"),
    "godparenthoods": ("godparenthoods", "godparenthoods_on_day", "active"),
}
"""What stands in the columns of tables by day."""
GROWTH_TABLES: Final[Mapping[str, TableShape]] = {
    "years": TableShape(
        (_SO_FAR, _ON_DAY, MEASURE_WORDS["countries"], MEASURE_WORDS["chambers"]), _day, of_families=False
    ),
    "godparenthoods": TableShape((_SO_FAR, _ON_DAY, MEASURE_WORDS["active"]), _day, of_families=False),
    "moves": TableShape((N_("Taken on"), N_("Ended"), N_("Ended with a mandate")), _span, of_families=False),
    "countries": TableShape(_BY, _country, of_families=False),
    "chambers": TableShape(_BY, _chamber, of_families=False),
    "kinds": TableShape(_BY, _kind, of_families=False),
    "quoted": TableShape(
        (N_("In the words of the source"), N_("Source"), N_("Counted here")),
        _itself,
        of_families=False,
        cells=Cells.FACTS,
    ),
    "restated": TableShape(
        (N_("Told before"), N_("Told now"), N_("Why")), _itself, of_families=False, cells=Cells.FACTS
    ),
    DEFINITIONS: TableShape((N_("What it means"),), _itself, of_families=False, cells=Cells.FACTS),
}
"""Every table there is; tables of facts have texts side by side, all others figures."""
