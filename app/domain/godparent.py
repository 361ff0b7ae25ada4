"""Godparents, the godparenthoods they take on, and what they do in them."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.fields import LONGEST_NAME, FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_OPEN = FieldClass.OPEN
_INTERNAL = FieldClass.INTERNAL

TERM_ENDS_SOON: Final = timedelta(days=183)
"""Half a year: long enough to ask who takes the cases over (product.md, *Mandates end*)."""


class Term(StrEnum):
    """Where the mandate of a godparent stands."""

    RUNS = "runs"
    ENDS = "ends"
    OVER = "over"


def term_on(until: PartialDate | None, today: date) -> Term | None:
    """Where a mandate stands on a day; None where nobody said how long it is."""
    if until is None:
        return None
    if until.last < today:
        return Term.OVER
    return Term.ENDS if until.last <= today + TERM_ENDS_SOON else Term.RUNS


@noun("godparent")
@attrs.frozen
class Godparent:
    """A person who speaks up for a prisoner in public, mostly a member of a parliament."""

    id: RecordId
    version: int = 0
    family_name: str = stored(
        *(N_("Family name"), Kind.TEXT, _OPEN),
        searchable=True,
        importable=True,
        required=True,
        longest=LONGEST_NAME,
    )
    given_name: str = stored(
        N_("Given name"), Kind.TEXT, _OPEN, searchable=True, importable=True, longest=LONGEST_NAME
    )
    title: str = stored(N_("Title"), Kind.TEXT, _OPEN)
    what: str = stored(N_("Kind"), Kind.TERM, _OPEN, vocabulary="godparent_kind", importable=True)
    office: str = stored(N_("Office"), Kind.TEXT, _OPEN, searchable=True, importable=True)
    chamber: str = stored(N_("Chamber"), Kind.TEXT, _OPEN, searchable=True, importable=True)
    country: str = stored(N_("Country"), Kind.COUNTRY, _OPEN, importable=True)
    party: str = stored(N_("Party"), Kind.TEXT, _OPEN, searchable=True, importable=True)
    term_from: PartialDate | None = stored(N_("Term from"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    term_until: PartialDate | None = stored(N_("Term until"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    assistant: str = stored(N_("Assistant"), Kind.TEXT, _INTERNAL, importable=True)
    email: str = stored(N_("E-mail"), Kind.EMAIL, _INTERNAL, importable=True)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _OPEN, importable=True)
    protocol_version: str = stored(N_("Protocol accepted"), Kind.TEXT, _INTERNAL)
    protocol_on: PartialDate | None = stored(N_("Protocol accepted on"), Kind.PARTIAL_DATE, _INTERNAL)
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _INTERNAL)


@noun("godparenthood")
@attrs.frozen
class Godparenthood:
    """One prisoner and one godparent, from the proposal to the end."""

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(
        N_("Prisoner"), Kind.REFERENCE, _OPEN, refers_to="prisoner", required=True, importable=True
    )
    godparent: str | None = stored(
        N_("Godparent"), Kind.REFERENCE, _OPEN, refers_to="godparent", required=True, importable=True
    )
    state: str = stored(
        N_("State"), Kind.TERM, _OPEN, vocabulary="godparenthood_state", required=True, importable=True
    )
    since: PartialDate | None = stored(N_("Since"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    ended_on: PartialDate | None = stored(N_("Ended"), Kind.PARTIAL_DATE, _OPEN, importable=True)
    reason: str = stored(N_("Why it ended"), Kind.TERM, _OPEN, vocabulary="end_reason")
    taken_over_from: str | None = stored(N_("Taken over from"), Kind.REFERENCE, _OPEN, refers_to="godparent")
    continues_after_release: bool = stored(N_("Continues after release"), Kind.FLAG, _OPEN)


@noun("godparent_action")
@attrs.frozen
class GodparentAction:
    """Something a godparent did: a post, a speech, a question, a visit, a letter, a call."""

    id: RecordId
    version: int = 0
    godparent: str | None = stored(
        N_("Godparent"), Kind.REFERENCE, _OPEN, refers_to="godparent", required=True
    )
    prisoner: str | None = stored(N_("For"), Kind.REFERENCE, _OPEN, refers_to="prisoner")
    what: str = stored(N_("What"), Kind.TERM, _OPEN, vocabulary="godparent_action", required=True)
    on: date | None = stored(N_("When"), Kind.DAY, _OPEN, required=True)
    link: str = stored(N_("Link"), Kind.LINK, _OPEN)
