"""Approval slips: made from what waits, opened and answered by a second person elsewhere, brought in again.

A slip is asked for by who proposed, answered by the one person it was made for, and counts once, within 14
days, for exactly what it showed. What it then does is done where it is done at the keyboard too.

Source: consent.md, *Widening takes two, narrowing takes one*.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Final

import attrs

from app.approval.slips import (
    Reply,
    SlipRequest,
    read_content,
    request_holds,
    signed_answer,
    signed_request,
)
from app.approval.statement import Signed, answer_holds
from app.casefile.roster import Person
from app.crypto.check_words import check_words
from app.crypto.keys import PersonKeys
from app.crypto.letters import ANY_CASE_FILE, open_letter, write_letter
from app.domain.acts import Act
from app.domain.asked import asked_of, parts_of
from app.domain.canonical import Plain
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, Record, UnitOfWork
from app.domain.rows import PersonRow, WaitingRow
from app.domain.slip import SLIP_HOLDS, Slip
from app.durable import write_durably
from app.services.asking import Asking, asking_of, may_be_second, second_people
from app.services.context import Context, Saved
from app.services.slip_answers import BroughtIn, bring_in, person_of
from app.services.slip_reading import bytes_of, check_new, records_of
from app.services.slips_made import remember

_SALT_BYTES: Final = 16


@attrs.frozen
class MakeSlip:
    """Ask one person elsewhere about one thing that waits.

    Attributes:
        row: as the queue shows it: its sentence is what they read.
        recipient: who is asked.
        path: a file that is not there yet, outside the case file.
    """

    row: WaitingRow
    recipient: str
    path: Path


@attrs.frozen
class OpenedSlip:
    """What somebody asks me in a slip.

    Attributes:
        request: what it says, signed by them.
        name: who asks, as the list of people knows them.
        records: what is asked, read back from what they signed.
        known_here: my copy of the case file has the same records; False where it does not have them yet.
        ends_at: until when an answer can be brought in.
    """

    request: SlipRequest
    name: str
    records: tuple[Record, ...]
    known_here: bool
    ends_at: datetime


class Slips:
    """Use cases of approval slips.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._ctx: Final = context

    # asking

    def people_for(self, row: WaitingRow) -> tuple[PersonRow, ...]:
        """Whom a slip about this can be made for; nobody where it is not mine to ask.

        Raises:
            KnownError: NOT_FOUND, NEEDS_DESK_KEY, ALREADY_DONE.
        """
        with self._ctx.reading() as reader:
            asking = asking_of(reader, row.what, row.id, row.part)
        if asking.proposer != self._ctx.me:
            return ()
        found = second_people(self._ctx, asking)
        return tuple(PersonRow(one.id, one.name, tuple(sorted(one.roles)), is_me=False) for one in found)

    def my_words(self) -> str:
        """The eight words a trustee compares at my first slip to them."""
        keys = self._ctx.keys.opened().keys
        return check_words(keys.person, keys.public)

    def make(self, command: MakeSlip) -> Saved:
        """Write a slip; that it was made is in the log before the file is.

        Raises:
            KnownError: NOT_FOUND, NEEDS_DESK_KEY, ALREADY_DONE, NOT_ALLOWED (not mine to ask),
                SLIP_PERSON, SLIP_PLACE, CANNOT_READ, CANNOT_WRITE, NO_SPACE.
        """
        check_new(command.path, self._ctx.folder)
        row, ctx = command.row, self._ctx
        with ctx.writing() as work:
            asking = asking_of(work, row.what, row.id, row.part)
            if asking.proposer != ctx.me:
                raise KnownError(Code.NOT_ALLOWED)
            recipient = person_of(self._ctx, command.recipient)
            if not may_be_second(asking, recipient):
                raise KnownError(Code.SLIP_PERSON)
            request = self._request(work, row, asking, recipient)
            content = signed_request(request, ctx.keys.opened().keys)
            bound = ANY_CASE_FILE if recipient.trustee else ctx.case_file
            letter = write_letter(recipient.public, bound, request.slip, recipient.id, content)
            work.add(
                Slip(
                    request.slip,
                    recipient=recipient.id,
                    made_by=ctx.me,
                    made_at=request.made_at,
                    fingerprint=request.fingerprint(),
                )
            )
            committed = work.commit(Act.SLIP_MADE)
        write_durably(command.path, letter)
        remember(ctx, row, request.slip, recipient.id, request.made_at)
        return ctx.finish(committed, request.slip, Act.SLIP_MADE, prisoners=())

    def _request(self, work: UnitOfWork, row: WaitingRow, asking: Asking, recipient: Person) -> SlipRequest:
        keys = self._ctx.keys.opened().keys
        return SlipRequest(
            slip=RecordId(new_id()),
            case_file=self._ctx.case_file,
            what=asking.what,
            record=asking.record,
            part=asking.part,
            asked=asking.asked,
            beside=asking.beside,
            about=row.about,
            detail=row.detail,
            made_by=keys.person,
            device=keys.device,
            recipient=recipient.id,
            made_at=self._ctx.moment(work),
            salt=secrets.token_bytes(_SALT_BYTES),
            asker=self._asker(keys) if recipient.trustee else None,
        )

    def _asker(self, keys: PersonKeys) -> Plain:
        """Who asks, for somebody who has no list of people to look it up in."""
        return {"name": self._ctx.name_of(keys.person), "public": keys.public.to_plain()}

    # reading

    def look(self, path: Path) -> OpenedSlip | Reply:
        """What a file holds for me: somebody's question, or the answer to mine.

        Raises:
            KnownError: CANNOT_READ, SLIP_UNREADABLE, NEWER_VERSION, SLIP_NOT_FOR_ME, SLIP_FORGED,
                SLIP_PERSON, SLIP_LATE, SLIP_CHANGED.
        """
        ctx = self._ctx
        found = read_content(open_letter(ctx.keys.opened().keys, ctx.case_file, bytes_of(path)))
        if isinstance(found, Reply):
            return self._checked_reply(found)
        return self._checked_request(*found)

    def answer(self, opened: OpenedSlip, path: Path, words: str = "", *, granted: bool) -> None:
        """Write my signed yes or no for who asked; nothing changes in this copy of the case file.

        Raises:
            KnownError: SLIP_PLACE, SLIP_PERSON, SLIP_LATE, INVALID_FIELD, CANNOT_WRITE, NO_SPACE.
        """
        check_new(path, self._ctx.folder)
        request, keys = opened.request, self._ctx.keys.opened().keys
        asker = person_of(self._ctx, request.made_by)
        with self._ctx.reading() as reader:
            at = self._ctx.moment(reader)
        if at > request.made_at + SLIP_HOLDS:
            raise KnownError(Code.SLIP_LATE)
        content = signed_answer(request, keys, at, words.strip(), granted=granted)
        write_durably(path, write_letter(asker.public, request.case_file, request.slip, asker.id, content))

    def _checked_request(self, signed: Signed, request: SlipRequest) -> OpenedSlip:
        ctx = self._ctx
        asker = person_of(self._ctx, request.made_by)
        if not request_holds(signed, asker.public.ed25519):
            raise KnownError(Code.SLIP_FORGED)
        if (request.case_file, request.recipient) != (ctx.case_file, ctx.me) or asker.id == ctx.me:
            raise KnownError(Code.SLIP_NOT_FOR_ME)
        with ctx.reading() as reader:
            now = ctx.moment(reader)
            records = records_of(request)
            known = _same_here(reader, request, records)
        if now > request.made_at + SLIP_HOLDS:
            raise KnownError(Code.SLIP_LATE)
        return OpenedSlip(request, asker.name, records, known, request.made_at + SLIP_HOLDS)

    def _checked_reply(self, reply: Reply) -> Reply:
        said = reply.statement
        if not answer_holds(reply.signed, person_of(self._ctx, said.by).public.ed25519):
            raise KnownError(Code.SLIP_FORGED)
        if said.case_file != self._ctx.case_file:
            raise KnownError(Code.SLIP_NOT_FOR_ME)
        return reply

    def bring_in(self, path: Path) -> BroughtIn:
        """Let the answer to a slip of mine count as that person's step.

        Raises:
            KnownError: what `look` and `slip_answers.bring_in` raise; a slip that is refused changes nothing.
        """
        reply = self.look(path)
        if not isinstance(reply, Reply):
            raise KnownError(Code.SLIP_UNKNOWN)
        return bring_in(self._ctx, reply)


def _same_here(reader: Reader, request: SlipRequest, records: tuple[Record, ...]) -> bool:
    """Whether this copy has what is asked; raises SLIP_CHANGED where it has something else there."""
    found = 0
    for record, part in zip(records, parts_of(records, request.part), strict=True):
        try:
            mine = reader.get_many(type(record), [record.id]).get(record.id)
        except KnownError as error:
            if error.code is not Code.NEEDS_DESK_KEY:
                raise
            continue
        if mine is None:
            continue
        if asked_of([mine], part) != asked_of([record], part):
            raise KnownError(Code.SLIP_CHANGED)
        found += 1
    return found == len(records)
