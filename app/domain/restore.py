"""What became of a backup that was put back: what was written again, whose decisions wait, who settled each.

Written once, like everything two people decide. That an old copy was put back at all is a doubt about the log
(`correction.LogDoubt`); this is what the journal of noes said before an officer settled it.

Source: security.md, *Decided once* (restore).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_INTERNAL = FieldClass.INTERNAL


class JournalState(StrEnum):
    """What the journal of noes told about the time after the backup."""

    WHOLE = "whole"  # every record holds, and it reaches past the backup
    ABSENT = "absent"  # there was none
    SHORT = "short"  # it ends before the backup, or before what a proof line or backup shows
    DAMAGED = "damaged"  # records are missing, changed, in another order or not by us
    CLOSED = "closed"  # some of it belongs to a desk whose key was not there

    @property
    def tells_all(self) -> bool:
        """Whether what it does not say was not said."""
        return self is JournalState.WHOLE


@noun("restore", lasting=True)
@attrs.frozen
class Restore:
    """What the journal of noes said when a backup was put back.

    Attributes:
        everybody: nobody knows what is missing: all prisoners who were in the file then wait.
        prisoners: otherwise those about whom something changed that cannot be written again from the journal.
        reaches, reaches_at: the newest entry of the lost copy that the journal speaks of.
    """

    id: RecordId
    version: int = 0
    journal: str = stored(N_("Journal of noes"), Kind.TEXT, _INTERNAL, required=True)
    everybody: bool = stored(N_("Everybody waits"), Kind.FLAG, _INTERNAL)
    prisoners: tuple[str, ...] = stored(N_("Prisoners who wait"), Kind.WORDS, _INTERNAL, open_text=True)
    written_again: int | None = stored(N_("Written again"), Kind.NUMBER, _INTERNAL)
    reaches: int | None = stored(N_("Journal reaches to entry"), Kind.NUMBER, _INTERNAL)
    reaches_at: datetime | None = stored(N_("Journal reaches to"), Kind.MOMENT, _INTERNAL)
    made_by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person", required=True)
    made_at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)


@noun("restore_step", lasting=True)
@attrs.frozen
class RestoreStep:
    """Nothing is missing about one prisoner since the backup: `proposed`, `confirmed` by another, `kept`."""

    id: RecordId
    version: int = 0
    restore: str | None = stored(
        N_("Which restore"), Kind.REFERENCE, _INTERNAL, refers_to="restore", required=True
    )
    prisoner: str | None = stored(
        N_("Prisoner"), Kind.REFERENCE, _INTERNAL, refers_to="prisoner", required=True
    )
    step: str = stored(N_("Step"), Kind.TEXT, _INTERNAL, required=True)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _INTERNAL, refers_to="person", required=True)
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _INTERNAL)


@noun("replayed", lasting=True)
@attrs.frozen
class Replayed:
    """Where a record that was written again comes from: who wrote it, when, in which entry of which copy."""

    id: RecordId
    version: int = 0
    record: str = stored(N_("Record"), Kind.TEXT, _INTERNAL, required=True)
    author: str | None = stored(N_("Recorded by"), Kind.REFERENCE, _INTERNAL, refers_to="person")
    at: datetime | None = stored(N_("Recorded"), Kind.MOMENT, _INTERNAL)
    origin: str = stored(N_("Copy"), Kind.TEXT, _INTERNAL)
    entry: int | None = stored(N_("Entry there"), Kind.NUMBER, _INTERNAL)
    made_by: str | None = stored(N_("Written again by"), Kind.REFERENCE, _INTERNAL, refers_to="person")


@attrs.frozen
class Waiting:
    """One prisoner whose decisions wait since a restore.

    Attributes:
        proposed: the step that says nothing is missing; nothing while nobody said so.
        confirmed: another person's yes to it; it ends the waiting.
    """

    restore: Restore
    prisoner: str
    proposed: RestoreStep | None = None
    confirmed: RestoreStep | None = None

    @property
    def ended_at(self) -> datetime | None:
        """When two people had settled it; nothing while it waits, or where nobody wrote down when."""
        return self.confirmed.at if self.confirmed is not None else None


def waiting_after(restore: Restore, prisoner: str, steps: Iterable[RestoreStep]) -> Waiting:
    """What became of one prisoner; `steps` in the order of the log.

    A proposal waits until somebody else confirms it or anybody keeps the waiting; confirmed is confirmed.
    """
    proposed: RestoreStep | None = None
    for step in steps:
        if (step.restore, step.prisoner) != (restore.id, prisoner):
            continue
        if proposed is None:
            proposed = step if step.step == "proposed" else None
        elif step.step == "kept":
            proposed = None
        elif step.step == "confirmed" and step.by not in (None, proposed.by) and step.at is not None:
            return Waiting(restore, prisoner, proposed, step)
    return Waiting(restore, prisoner, proposed)


def concerns(restore: Restore, prisoner: str, known_then: bool) -> bool:
    """Whether this prisoner waits because of a restore.

    Args:
        restore: which.
        prisoner: whom it is about.
        known_then: whether they were in the file when it was restored.
    """
    return prisoner in restore.prisoners or (restore.everybody and known_then)


def still(waiting: Sequence[Waiting]) -> tuple[Waiting, ...]:
    """Those that nobody settled."""
    return tuple(one for one in waiting if one.ended_at is None)
