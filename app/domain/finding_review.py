"""That somebody looked at findings, and how many there are: the first sealed, the second open for an auditor.

A review says which findings by digest, with words; it is written once. A figure names a rule and numbers and
nothing else, so that whoever may not see a relative still sees whether anybody looks after them.

Source: consent.md, *What the security officer gets*; security.md, *Who may do what*.
"""

from __future__ import annotations

from datetime import date, datetime

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL = FieldClass.INTERNAL
_SENSITIVE = FieldClass.SENSITIVE


@noun("finding_review")
@attrs.frozen
class FindingReview:
    """Findings an officer looked at together, and what they say about them."""

    id: RecordId
    version: int = 0
    rule: str = stored(N_("Finding"), Kind.TEXT, _SENSITIVE, required=True)
    findings: tuple[str, ...] = stored(N_("Which"), Kind.WORDS, _SENSITIVE, required=True)
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _SENSITIVE, required=True)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)


@attrs.frozen
class FindingSeen:
    """That an officer reviewed some findings of a rule; what they found out stays closed."""

    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    on: date | None = stored(N_("When"), Kind.DAY, _INTERNAL)
    count: int | None = stored(N_("How many"), Kind.NUMBER, _INTERNAL)


@noun("finding_figure")
@attrs.frozen
class FindingFigure:
    """How many findings of one rule are open and how many somebody reviewed, on the day it changed last.

    `oldest` is the day of the oldest that waits, where that is the day somebody did something: when an answer
    ends says where somebody is.
    """

    id: RecordId
    version: int = 0
    rule: str = stored(N_("Finding"), Kind.TEXT, _INTERNAL, required=True)
    waiting: int | None = stored(N_("To review"), Kind.NUMBER, _INTERNAL)
    reviewed: int | None = stored(N_("Reviewed"), Kind.NUMBER, _INTERNAL)
    counted_on: date | None = stored(N_("Counted"), Kind.DAY, _INTERNAL)
    oldest: date | None = stored(N_("Oldest to review"), Kind.DAY, _INTERNAL)
    seen: tuple[FindingSeen, ...] = stored(N_("Who reviewed"), Kind.PARTS, _INTERNAL, parts=FindingSeen)
