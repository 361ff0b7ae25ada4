"""The cover page: kind, number, day and rules for handling, in the language of who gets it. Names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

import attrs
from babel.dates import format_date

from app.i18n import N_, translator
from app.languages import IN_REPORTS, locale_of
from app.reports.compose import Composition
from app.reports.composed import Cover
from app.reports.kinds import Audience, ReportKind
from app.reports.text import plain_line


class Covered(Protocol):
    """What somebody asked a report to be, as far as its cover needs it."""

    @property
    def kind(self) -> ReportKind:
        """Of which kind it is."""

    @property
    def language(self) -> str:
        """Which language it speaks."""

    @property
    def number(self) -> str:
        """`2026-031`."""

    @property
    def day(self) -> date:
        """Of the report."""


_FOR_EVERYBODY: Final = (
    N_("You may publish it as a whole. Say its number and day, and add nothing to it."),
    N_("People take their yes back: use the newest report, and take down what we call back by its number."),
    N_("Do not contact the families of those it names."),
)
_FOR_SOME: Final = (
    N_("It is for you. Pass it on to nobody without asking us first."),
    N_("Publish nothing from it: it was decided for you who may be named in it, not for everybody."),
    N_("Keep it locked away, and delete every copy when your work with it is done."),
    N_("When we call it back by its number, delete every copy and tell us."),
    N_("Do not contact the families of those it names."),
)
_HEAD: Final = N_("Rules for handling")
_NUMBER: Final = N_("Report {number}")


def covers_for(request: Covered, languages: Sequence[str]) -> tuple[Cover, ...]:
    """A cover in each language, once; in the report's own where nobody says another that we speak."""
    wanted = [one for one in languages if one in IN_REPORTS] or [request.language]
    return tuple(_cover(request, language) for language in dict.fromkeys(wanted))


def with_covers(composition: Composition, request: Covered, languages: Sequence[str]) -> Composition:
    """The same composition with covers before everything else."""
    covers = covers_for(request, languages)
    return attrs.evolve(composition, report=attrs.evolve(composition.report, covers=covers))


def _cover(request: Covered, language: str) -> Cover:
    words = translator(language)
    day = format_date(request.day, "long", locale=locale_of(language))
    number = words(_NUMBER).replace("{number}", request.number)
    rules = _FOR_EVERYBODY if request.kind.audience is Audience.PUBLIC else _FOR_SOME
    return Cover(
        language,
        plain_line(words(request.kind.heading)),
        plain_line(f"{number} · {day}"),
        words(_HEAD),
        tuple(words(rule) for rule in rules),
    )
