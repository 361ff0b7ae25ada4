"""Derived copies: case files of their own with some prisoners in them and nothing closed, made to be carried.

What stands here is what both sides know of one: the office keeps a `DerivedCopy`, the copy itself a
`CopyFacts` in its first entry and a `CopyNote` for whatever is to be taken home. Ids in a copy are made from
those at home and a secret that stays there: whoever has the copy cannot tell which records they were, the
office can.

Source: security.md, *Derived copies*.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL: Final = FieldClass.INTERNAL

CLEARED_FOR: Final = timedelta(days=7)
"""So long clearances count in a copy for reports staff; it ends with them."""
LONGEST: Final = timedelta(days=60)
"""So long a copy for a journey may be meant to last."""
USUAL: Final = timedelta(days=14)


class CopyKind(StrEnum):
    """What a copy is for."""

    REPORTS = "reports"  # for reports staff elsewhere: with clearances that lapse
    TRAVEL = "travel"  # for a journey: no clearances at all


class CopyState(StrEnum):
    """What the office knows of one."""

    MAKING = "making"  # begun; where it stays so, nobody ever learnt its passphrase
    OUT = "out"
    HOME = "home"
    LOST = "lost"


@attrs.frozen
class DerivedRow:
    """One copy for screens: who holds it, until when, what became of it."""

    id: str
    copy_kind: str
    holder: str
    state: str
    until: date | None
    prisoners: int
    cleared: int
    made_by: str
    made_at: datetime | None
    ended_at: datetime | None


@noun("derived_copy", lasting=True)
@attrs.frozen
class DerivedCopy:
    """A copy as the office that made it keeps it.

    Attributes:
        holder: who carries it, in words.
        prisoners: ids of who is in it.
        cleared: how many clearances went along.
        at_entry: the newest entry when it was made.
        copy_file: the id of the copy's own case file.
        root: what its list of people has to begin with.
        first: the hash of its first entry; a copy that does not begin so is another one.
        seed: secret; ids in the copy are made with it (`app.services.copy_contents`).
        drafts: ids in the copy of drafts of reports that were made again at home.
    """

    id: RecordId
    version: int = 0
    copy_kind: str = stored(N_("Kind of copy"), Kind.TEXT, _INTERNAL, required=True)
    holder: str = stored(N_("For whom"), Kind.TEXT, _INTERNAL, required=True)
    state: str = stored(N_("State"), Kind.TEXT, _INTERNAL, required=True)
    until: date | None = stored(N_("Until"), Kind.DAY, _INTERNAL)
    prisoners: tuple[str, ...] = stored(N_("Who is in it"), Kind.WORDS, _INTERNAL, open_text=True)
    cleared: int | None = stored(N_("Clearances in it"), Kind.NUMBER, _INTERNAL)
    made_by: str | None = stored(N_("Made by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    made_at: datetime | None = stored(N_("Made"), Kind.MOMENT, _INTERNAL)
    at_entry: int | None = stored(N_("Up to entry"), Kind.NUMBER, _INTERNAL)
    copy_file: str = stored(N_("Its case file"), Kind.TEXT, _INTERNAL)
    root: str = stored(N_("Its list of people"), Kind.TEXT, _INTERNAL)
    first: str = stored(N_("Its first entry"), Kind.TEXT, _INTERNAL)
    seed: str = stored(N_("What its ids were made with"), Kind.TEXT, _INTERNAL)
    drafts: tuple[str, ...] = stored(N_("Drafts made again"), Kind.WORDS, _INTERNAL, open_text=True)
    ended_by: str | None = stored(N_("Ended by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    ended_at: datetime | None = stored(N_("Ended"), Kind.MOMENT, _INTERNAL)

    def row(self, made_by: str) -> DerivedRow:
        """For screens, with the name of who made it."""
        return DerivedRow(
            *(self.id, self.copy_kind, self.holder, self.state, self.until, len(self.prisoners)),
            *(self.cleared or 0, made_by, self.made_at, self.ended_at),
        )


@noun("copy_facts", lasting=True)
@attrs.frozen
class CopyFacts:
    """What a copy says of itself in its first entry; no other case file has one.

    Attributes:
        came_from: tells the office, and nobody else, from which entry of its log this was made.
    """

    id: RecordId
    version: int = 0
    copy_kind: str = stored(N_("Kind of copy"), Kind.TEXT, _INTERNAL, required=True)
    holder: str = stored(N_("For whom"), Kind.TEXT, _INTERNAL, required=True)
    until: date | None = stored(N_("Until"), Kind.DAY, _INTERNAL, required=True)
    made_at: datetime | None = stored(N_("Made"), Kind.MOMENT, _INTERNAL)
    came_from: str = stored(N_("Made from entry"), Kind.TEXT, _INTERNAL, required=True)


@noun("copy_note")
@attrs.frozen
class CopyNote:
    """What somebody wrote into a copy about a prisoner, to be taken home; one for each."""

    id: RecordId
    version: int = 0
    prisoner: str | None = stored(
        N_("Prisoner"), Kind.REFERENCE, _INTERNAL, refers_to="prisoner", required=True
    )
    text: str = stored(N_("Note to take home"), Kind.FREE_TEXT, _INTERNAL, open_text=True)


def until_for(kind: CopyKind, made_on: date, wanted: date | None) -> date | None:
    """The last day of a copy; None where the day that was asked for cannot be one."""
    if kind is CopyKind.REPORTS:
        return made_on + CLEARED_FOR
    last = wanted or made_on + USUAL
    return last if made_on <= last <= made_on + LONGEST else None
