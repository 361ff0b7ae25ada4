"""A few sentences about one prisoner to one recipient: composed, checked, copied or saved, and in the ledger.

A message is a report of its own kind, so that deciding, the log, the ledger and calling back know it. To this
prisoner's own godparent under the newest protocol it leaves at once; to anybody else, and with own words that
nobody could search for every relative, it is kept as a draft until a second person lets it leave.

Like a report it leaves in steps that survive a cut: the intent, with its fingerprint, in the transaction that
decides again from the ledger; the clipboard or the file; done.

Source: reports.md, *Message*.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId
from app.domain.ports import Reader
from app.domain.recipient import Recipient
from app.domain.report import CheckResult, Report, ReportFile
from app.domain.roles import Action
from app.reports.compose import Composition
from app.reports.draft import MadeFile, make_files, write_one
from app.reports.kind_file import shipped_kind
from app.reports.kinds import Approval, Audience, ReportKind
from app.reports.leave import put_in_place
from app.reports.message import lines_of
from app.reports.occasions import FORMAT, MESSAGE
from app.reports.verify import verify
from app.reports.verify.opened import Opened
from app.services.addressing import letter_for, names_said
from app.services.composing import Wanted, check_wanted, compose_today
from app.services.context import Context, Saved
from app.services.locking import Leaving, leaving
from app.services.message_start import MessageStart, start_of
from app.services.message_values import COPIED, MessageSeen, SentMessage, WriteMessage
from app.services.message_words import WordsSearch, words_search
from app.services.protected_names import searches_all
from app.services.report_keeping import made_report, next_number, snapshot_of
from app.services.report_left_out import not_named_of
from app.services.report_recipients import prisoners_of
from app.services.reports import MakeReport, Reports
from app.services.same_person import root_of


@attrs.frozen
class _Ready:
    """A message that was decided, written and checked inside one reading."""

    wanted: Wanted
    composition: Composition
    files: tuple[MadeFile, ...]
    checks: tuple[CheckResult, ...]
    needs_second: bool


class Messages:
    """Use cases of messages.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def start(self, prisoner: str) -> MessageStart:
        """Whom one can write to, and about what. Raises KnownError NOT_ALLOWED, NOT_FOUND."""
        self._context.require(Action.WRITE_MESSAGE)
        with self._context.reading() as reader:
            return start_of(self._context, reader, prisoner)

    def words_search(self, prisoner: str, recipient: str) -> WordsSearch:
        """For looking at own words while they are typed; to be let go with what they are typed into."""
        self._context.require(Action.WRITE_MESSAGE)
        with self._context.reading() as reader:
            return words_search(self._context, reader, prisoner, recipient)

    def preview(self, command: WriteMessage) -> MessageSeen:
        """What it would say now; writes and keeps nothing.

        Raises:
            KnownError: NOT_ALLOWED, INVALID_FIELD, MESSAGE_NOT_THEIRS, GODPARENT_NOT_BRIEFED, RECIPIENT_….
        """
        self._context.require(Action.WRITE_MESSAGE)
        with self._context.reading() as reader:
            wanted = self._wanted(reader, command)
            composition = compose_today(self._context, reader, wanted)
            left_out, missing = not_named_of(reader, composition, self._context.name_of)
            second = self._needs_second(reader, wanted)
            to = names_said(reader, wanted.recipients, wanted.addressed)
        locked = any(one.lock for one in wanted.addressed)
        return MessageSeen(lines_of(composition), to, second, left_out, missing, locked)

    def hand_in(self, command: WriteMessage) -> Saved:
        """Keep it as a draft for a second person.

        Raises:
            KnownError: as `preview`; MESSAGE_NOT_CLEARED, MESSAGE_WORDS_NEED_KEY, MESSAGE_WORDS_REFUSED,
                REPORT_CHECK_FAILED.
        """
        self._context.require(Action.WRITE_MESSAGE)
        with self._context.reading() as reader:
            wanted = self._wanted(reader, command)
            self._look_at_words(reader, command)
            if not compose_today(self._context, reader, wanted).named:
                raise KnownError(Code.MESSAGE_NOT_CLEARED)
            order = _ordered(reader, command, wanted.kind)
        return Reports(self._context).make(order)

    def read(self, report: str) -> tuple[str, ...]:
        """The paragraphs of a kept message, read from its very file.

        Raises:
            KnownError: NOT_ALLOWED; NOT_FOUND once it left or was dropped.
        """
        content = Reports(self._context).content(report, FORMAT)
        file = Opened(MadeFile(FORMAT, "", content, ""))
        return tuple(line for line in file.mail_lines if line)

    def copy(self, command: WriteMessage) -> SentMessage:
        """Decide again and write the intent; the text may go to the clipboard now, then `copied`.

        Raises:
            KnownError: as `hand_in`; MESSAGE_NEEDS_SECOND, MESSAGE_LEAVES_LOCKED, CLOCK_BEHIND, LOG_DOUBTED.
        """
        report, ready, _going = self._intend(command, copying=True)
        return SentMessage(report, "\n\n".join(lines_of(ready.composition)) + "\n")

    def copied(self, report: str) -> Saved:
        """It is on the clipboard."""
        self._context.require(Action.WRITE_MESSAGE)
        return self._done(report)

    def save(self, command: WriteMessage, folder: Path) -> SentMessage:
        """Decide again and write it as a draft for a mail program, never over another file.

        Raises:
            KnownError: as `copy`, locked or not; REPORT_FILE_EXISTS, NO_SPACE, CANNOT_WRITE.
        """
        intent, _ready, going = self._intend(command, copying=False)
        try:
            (path, *_others) = put_in_place(going.files, folder)
        except KnownError:
            self._failed(intent.id)
            raise
        return SentMessage(self._done(intent.id), path=path, words=next(iter(going.words.values()), ""))

    # deciding

    def _wanted(self, reader: Reader, command: WriteMessage) -> Wanted:
        kind = shipped_kind(command.report_kind)
        if kind.layout != MESSAGE:
            raise KnownError(Code.REPORT_KIND_UNKNOWN)
        about = root_of(reader, command.prisoner)
        if kind.audience is Audience.GODPARENT and about not in prisoners_of(reader, command.recipient):
            raise KnownError(Code.MESSAGE_NOT_THEIRS)
        order = _ordered(reader, command, kind)
        letter = letter_for(reader, kind, order.recipients)
        wanted = Wanted(
            kind,
            command.language,
            next_number(reader, self._context.today()),
            self._context.today(),
            (about,),
            order.texts,
            letter.recipients,
            at_entry=reader.head()[0],
            counts=bool(self._context.keys.desks),
            addressed=letter.addressed,
        )
        check_wanted(wanted, order.formats)
        return wanted

    def _needs_second(self, reader: Reader, wanted: Wanted) -> bool:
        """Own words to anybody, or any message but to this prisoner's godparent; see the module."""
        if wanted.kind.approval is not Approval.OF_THE_KIND:
            return True
        return bool(wanted.texts) and not searches_all(self._context, reader)

    def _look_at_words(self, reader: Reader, command: WriteMessage) -> None:
        if not command.words.strip():
            return
        if not self._context.keys.desks:
            raise KnownError(Code.MESSAGE_WORDS_NEED_KEY)
        if words_search(self._context, reader, command.prisoner, command.recipient).look(command.words):
            raise KnownError(Code.MESSAGE_WORDS_REFUSED)

    def _ready(self, reader: Reader, command: WriteMessage) -> _Ready:
        """Decide, compose, write and check; nothing is kept."""
        if self._context.clock_is_behind(reader):
            raise KnownError(Code.CLOCK_BEHIND)
        self._context.refuse_doubted(reader)
        wanted = self._wanted(reader, command)
        composition = compose_today(self._context, reader, wanted)
        if not composition.named:
            raise KnownError(Code.MESSAGE_NOT_CLEARED)
        files = make_files(composition.report, (FORMAT,))
        checks = verify(files, composition.report, wanted.kind, write_one)
        return _Ready(wanted, composition, files, checks, self._needs_second(reader, wanted))

    # leaving

    def _intend(self, command: WriteMessage, *, copying: bool) -> tuple[Saved, _Ready, Leaving]:
        ctx = self._context
        ctx.require(Action.WRITE_MESSAGE)
        with ctx.reading() as reader:
            self._look_at_words(reader, command)
            searched_at = reader.head()[0]
        with ctx.writing() as work:
            if work.head()[0] != searched_at:  # a name may have come in after the search
                raise KnownError(Code.REPORT_CHANGED)
            ready = self._ready(work, command)
            if ready.needs_second:
                raise KnownError(Code.MESSAGE_NEEDS_SECOND)
            row = made_report(ctx, ready.wanted, (FORMAT,), "", ready.composition, ready.checks)
            bad = next((check for check in ready.checks if not check.passed), None)
            if bad is not None:
                raise KnownError(Code.REPORT_CHECK_FAILED, check=bad.check, where=bad.where)
            if copying and any(one.lock for one in ready.wanted.addressed):
                raise KnownError(Code.MESSAGE_LEAVES_LOCKED)
            going = leaving(row, ready.files)
            now = ctx.now()
            searched = bool(ready.wanted.texts)
            row = attrs.evolve(
                row,
                state="leaving",
                files=(_copied_file(ready) if copying else _kept_file(ready.files[0]),),
                locked=going.kept,
                names_searched_by=ctx.me if searched else None,
                names_searched_at=now if searched else None,
                names_searched_entry=searched_at if searched else None,
            )
            work.add(row)
            if work.has_desk_key:
                work.add(snapshot_of(ctx.lasting_id(), row, ready.composition))
            committed = work.commit(Act.REPORT_LEAVING)
            return ctx.finish(committed, row.id, Act.REPORT_LEAVING, prisoners=()), ready, going

    def _done(self, report: str) -> Saved:
        return self._end(report, "done", Act.REPORT_DONE)

    def _failed(self, report: str) -> None:
        """Nothing was written, and an entry says so."""
        self._end(report, "failed", Act.REPORT_FAILED)

    def _end(self, report: str, state: str, act: Act) -> Saved:
        ctx = self._context
        with ctx.writing() as work:
            found = work.get(Report, report)
            if found.state != "leaving" or found.made_by != ctx.me or found.approved_by:
                raise KnownError(Code.ALREADY_DONE)
            written = ctx.now() if state == "done" else None
            work.save(attrs.evolve(found, state=state, written_at=written), found.version)
            return ctx.finish(work.commit(act), RecordId(report), act, prisoners=())


def _ordered(reader: Reader, command: WriteMessage, kind: ReportKind) -> MakeReport:
    """The order; somebody else's godparent who is a recipient, too, gets it as that record says."""
    order = command.as_report
    if kind.audience is Audience.ALL_GODPARENTS:
        records = [one.id for one in reader.find(Recipient, godparent=command.recipient) if not one.left]
        if records:
            return attrs.evolve(order, recipients=(min(records),))
    return order


def _kept_file(file: MadeFile) -> ReportFile:
    return ReportFile(file.file_format, file.name, file.sha256, len(file.content))


def _copied_file(ready: _Ready) -> ReportFile:
    """The text that is copied, by its fingerprint."""
    text = ("\n\n".join(lines_of(ready.composition)) + "\n").encode("utf-8")
    return ReportFile(COPIED, "", hashlib.sha256(text).hexdigest(), len(text))
