"""A withdrawal from end to end: recorded, then what it denies, whom it concerns, what is called back.

The no acts at once and needs one person and no evidence. Everything else is found and proposed; only what a
person ticked is paused, ended or planned, in the same transaction, and nothing is ever taken away.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256
from pathlib import Path

import attrs

from app.domain import withdrawal
from app.domain.acts import Act
from app.domain.call_back import CallBack
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparenthood
from app.domain.ports import Reader, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.roles import Action
from app.services.calling_back import Note, together
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.withdrawal_journey import Bond, Journey, Told, Withdraw, journey_of, told_of, unfinished_of

__all__ = ["Bond", "Journey", "Withdraw", "Withdrawing"]


class Withdrawing:
    """Use cases of the withdrawal journey."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def look(self, command: Withdraw) -> Journey:
        """What follows, or would follow; nothing is written.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_NO)
        with self._ctx.reading() as reader:
            journey = journey_of(self._ctx, reader, told_of(self._ctx, reader, command), command.conversation)
            if command.conversation:
                return journey
            return attrs.evolve(journey, unfinished=unfinished_of(self._ctx, reader, command.relative))

    def record(self, command: Withdraw) -> Saved:
        """Record it, and do what is ticked, in one transaction; the no acts at once.

        Returns:
            `id` is the conversation it is recorded in.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND, NOTHING_CHANGED (recorded already and nothing
                ticked) and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_NO)
        with self._ctx.writing() as work:
            found = told_of(self._ctx, work, command)
            if not command.conversation:
                work.add(found.talk)
            self._settle(work, found, command)
            if not work.has_changes:
                raise KnownError(Code.NOTHING_CHANGED)
            renew_clearances(self._ctx, work, [found.prisoner.id])
            committed = work.commit(Act.SEALED_CHANGED)
        undo = not command.conversation
        return self._ctx.finish(
            committed, found.talk.id, Act.SEALED_CHANGED, undo=undo, prisoners=[found.prisoner.id]
        )

    def made(self, conversation: str, recipients: Collection[str]) -> Saved:
        """Record that notes for these recipients were copied or saved; a second note is a second record.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED, NOT_FOUND, NOTHING_CHANGED (no note is for them).
        """
        self._ctx.require(Action.RECORD_NO)
        with self._ctx.writing() as work:
            return self._made(work, conversation, self._chosen(work, conversation, recipients))

    def save(self, conversation: str, recipients: Collection[str], path: Path) -> Saved:
        """Write notes into a new text file, and record that they were made.

        Raises:
            KnownError: as `made`; REPORT_FILE_EXISTS (never over another file), NO_SPACE, CANNOT_WRITE.
        """
        from app.reports.draft import MadeFile  # brings the writers of reports along
        from app.reports.leave import put_in_place

        self._ctx.require(Action.RECORD_NO)
        with self._ctx.writing() as work:
            notes = self._chosen(work, conversation, recipients)
            content = together(notes).encode("utf-8")
            put_in_place([MadeFile("txt", path.name, content, sha256(content).hexdigest())], path.parent)
            return self._made(work, conversation, notes)

    # parts

    def _chosen(self, reader: Reader, conversation: str, recipients: Collection[str]) -> list[Note]:
        talk = reader.get(Conversation, conversation)
        told = told_of(self._ctx, reader, Withdraw(talk.relative or "", conversation=conversation))
        journey = journey_of(self._ctx, reader, told, conversation)
        chosen = [note for note in journey.notes if note.recipient in recipients]
        if not chosen:
            raise KnownError(Code.NOTHING_CHANGED)
        return chosen

    def _made(self, work: UnitOfWork, conversation: str, notes: Sequence[Note]) -> Saved:
        ctx, now = self._ctx, self._ctx.moment(work)
        for note in notes:
            work.add(
                CallBack(
                    ctx.lasting_id(),
                    conversation=conversation,
                    recipient=note.recipient,
                    reports=note.report_ids,
                    language=note.language,
                    made_by=ctx.me,
                    made_at=now,
                )
            )
        committed = work.commit(Act.SEALED_CHANGED)
        return ctx.finish(committed, conversation, Act.SEALED_CHANGED, prisoners=())

    def _settle(self, work: UnitOfWork, found: Told, command: Withdraw) -> None:
        """Pause, end and plan what is ticked; nothing that is not proposed."""
        journey = journey_of(self._ctx, work, found, command.conversation)
        proposed = {one.row.id: one.proposed for one in journey.bonds if one.proposed}
        for key in command.bonds:
            if key not in proposed:
                raise KnownError(Code.NOT_FOUND, key)
            bond, state = work.get(Godparenthood, key), proposed[key]
            changed = attrs.evolve(bond, state=state)
            if state == "ended":
                today = PartialDate.of(self._ctx.today())
                changed = attrs.evolve(changed, reason="consent_withdrawn", ended_on=bond.ended_on or today)
            work.save(changed, bond.version)
        prisoner = work.get(Prisoner, found.prisoner.id)
        if command.plan and journey.step and journey.step != prisoner.next_step:
            day = withdrawal.sooner(self._ctx.today(), prisoner.next_step_on)
            work.save(attrs.evolve(prisoner, next_step=journey.step, next_step_on=day), prisoner.version)
