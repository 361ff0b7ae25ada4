"""A derived copy seen from inside: what it is and until when, and the notes in it that are to be taken home.

Source: security.md, *Derived copies*.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.clock import local_day
from app.domain.derived_copy import CopyFacts, CopyKind, CopyNote
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId
from app.domain.prisoner import Prisoner
from app.domain.roles import Action
from app.services.context import Context, Saved
from app.services.validate import with_values

_SEEN: Final = "poruch/copy-seen"
_TAG: Final = b"poruch/copy-note/1\0"


@attrs.frozen
class CopyStanding:
    """What a copy is today.

    Attributes:
        over: its last day is past: nothing in it counts as cleared any more.
        notes: how many prisoners have a note that is to be taken home.
    """

    kind: CopyKind
    holder: str
    until: date
    over: bool
    notes: int


@attrs.frozen
class WriteNote:
    """Write, change or empty the note about a prisoner."""

    prisoner: str
    base_version: int
    text: str


def notice_copy(ctx: Context) -> None:
    """Take note, when a case file opens, that it is a copy, and of the latest day it was open."""
    with ctx.reading() as reader:
        found = reader.find(CopyFacts)
        if not found:
            return
        reader.check_rows(CopyFacts, [one.id for one in found])
        latest = local_day(reader.latest_moment(), ctx.time_zone)
    ctx.copy = found[0]
    ctx.not_before = max(latest, _day(ctx.store.get_local(_SEEN, everybody=True)))


def keep_day(ctx: Context) -> None:
    """Keep the day this copy was open last, so that a clock set back brings no clearance back.

    A disk that cannot be written keeps somebody from nothing but that.
    """
    if ctx.copy is None:
        return
    today = ctx.today().isoformat()
    try:
        if ctx.store.get_local(_SEEN, everybody=True) != today:
            ctx.store.set_local(_SEEN, today, everybody=True)
    except KnownError as error:
        if error.code not in (Code.NO_SPACE, Code.CANNOT_WRITE):
            raise


def note_id(prisoner: str) -> RecordId:
    """The id of the note about a prisoner: there is never a second one."""
    return RecordId(hashlib.sha256(_TAG + prisoner.encode("ascii")).hexdigest()[:32])


class ThisCopy:
    """Use cases of whoever carries a copy.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def standing(self) -> CopyStanding | None:
        """What this copy is today; None where this is no copy."""
        facts = self._ctx.copy
        if facts is None or facts.until is None:
            return None
        with self._ctx.reading() as reader:
            notes = sum(bool(one.text) for one in reader.find(CopyNote))
        over = self._ctx.today() > facts.until
        return CopyStanding(CopyKind(facts.copy_kind), facts.holder, facts.until, over, notes)

    def note(self, prisoner: str) -> CopyNote:
        """The note about a prisoner; an empty one of version 0 where nobody wrote any."""
        with self._ctx.reading() as reader:
            found = reader.get_many(CopyNote, [note_id(prisoner)])
        return found.get(note_id(prisoner), CopyNote(note_id(prisoner), prisoner=prisoner))

    def write(self, command: WriteNote) -> Saved:
        """Keep a note to be taken home.

        Raises:
            KnownError: NOT_ALLOWED where this is no copy, NOT_FOUND, INVALID_FIELD, CONFLICT,
            NOTHING_CHANGED.
        """
        ctx = self._ctx
        if ctx.copy is None:
            raise KnownError(Code.NOT_ALLOWED)
        ctx.require(Action.READ_OPEN)
        with ctx.writing() as work:
            work.get(Prisoner, command.prisoner)
            before = self._stored(work.get_many(CopyNote, [note_id(command.prisoner)]), command.prisoner)
            note = with_values(before, {"text": command.text.strip()})
            if note == before:
                raise KnownError(Code.NOTHING_CHANGED)
            if before.version:
                work.save(note, command.base_version)
            else:
                work.add(note)
            committed = work.commit(Act.COPY_NOTED)
        return ctx.finish(committed, note.id, Act.COPY_NOTED, prisoners=())

    def _stored(self, found: dict[str, CopyNote], prisoner: str) -> CopyNote:
        return found.get(note_id(prisoner), CopyNote(note_id(prisoner), prisoner=prisoner))


def _day(kept: str | None) -> date:
    try:
        return date.fromisoformat(kept) if kept else date.min
    except ValueError:
        return date.min
