"""Reports: made as drafts inside the case file, checked before anybody sees them, kept in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.consent_audit import Period
from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import Report, ReportFile, TextBlock
from app.domain.roles import Action
from app.domain.rows import ReportRow
from app.i18n import _
from app.reports.compose import Composition
from app.reports.draft import MadeFile, make_files, write_one
from app.reports.kind_file import kind_of, shipped, shipped_kind
from app.reports.kinds import ReportKind
from app.reports.kinds_in_use import own_kinds
from app.reports.occasions import MESSAGE
from app.reports.verify import verify
from app.services.addressing import letter_for, names_of, names_said
from app.services.carried import no_longer
from app.services.composing import Wanted, candidates_today, check_wanted, compose_decided, compose_today
from app.services.context import Context, Saved
from app.services.public_figures import call_figures_back, for_checks, looks_today
from app.services.recipients import addressed_views
from app.services.report_keeping import drop_bytes, made_report, next_number, snapshot_of
from app.services.report_left_out import NotNamed, not_named_of
from app.services.report_views import Choice, Preview, ReportView, choices_of, looks_of
from app.services.same_person import rooted
from app.services.since import since_of

GONE: Final = frozenset({"done", "dropped", "failed"})
"""States in which a report holds no bytes in the case file any more."""


@attrs.frozen
class MakeReport:
    """Make a report and keep it as a draft.

    Attributes:
        prisoners: ids; empty means everyone.
        recipients: ids of recipients, of mailing lists or of a godparent, or a name as it was typed; a kind
            for a named institution needs one.
        period: for a kind that counts, or is about birthdays in it.
        again_of: id of the report it is made from with today's answers, or "".
        coarser: tables of public figures to be merged further than planned, `charges:1`.
        cover: a page before it with the rules for handling, in the languages of its recipients.
    """

    report_kind: str
    language: str
    formats: tuple[str, ...]
    prisoners: tuple[str, ...] = ()
    texts: tuple[TextBlock, ...] = ()
    recipients: tuple[str, ...] = ()
    title: str = ""
    period: Period | None = None
    again_of: str = ""
    coarser: tuple[str, ...] = ()
    cover: bool = False


class Reports:
    """Making, looking at and dropping reports. What lets one leave is in `approval`.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def kinds(self) -> tuple[ReportKind, ...]:
        """Every kind there is here, also those out of use."""
        return (*shipped(), *own_kinds(retired=True))

    def offered(self) -> tuple[ReportKind, ...]:
        """The kinds I may make."""
        audits = self._context.may(Action.AUDIT_CONSENT).allowed
        return (*(kind for kind in shipped() if audits or not kind.audits), *own_kinds())

    def rows(self) -> tuple[ReportRow, ...]:
        """Drafts and ledger, newest first."""
        self._context.require_open_reading()
        name = self._context.name_of
        with self._context.reading() as reader:
            rows = reader.report_rows()
        return tuple(attrs.evolve(r, made_by=name(r.made_by), approved_by=name(r.approved_by)) for r in rows)

    def make(self, command: MakeReport, progress: Progress = no_progress) -> Saved:
        """Compose, write every format, check every file, and keep the draft.

        Raises:
            KnownError: NOT_ALLOWED, CLOCK_BEHIND, REPORT_KIND_UNKNOWN, REPORT_FORMAT_UNKNOWN, INVALID_FIELD,
                REPORT_CARRIES_NOBODY; public figures: NEEDS_DESK_KEY, REPORT_QUARTER, REPORT_TOO_FEW;
                REPORT_CHECK_FAILED (an entry says so, no file is kept).
        """
        kind = self._required(command.report_kind)
        progress(0, 100, _("Deciding what may be told"))
        with self._context.reading() as reader:
            self._refuse_late_clock(reader)
            number = next_number(reader, self._context.today())
            wanted = _wanted(self._context, reader, command, kind, number)
            check_wanted(wanted, command.formats)
            composition = compose_today(self._context, reader, wanted, part_of(progress, 0, 20))
            before = for_checks(reader, kind, command.period, number)
        _refuse_empty(kind, composition)
        files = make_files(composition.report, command.formats, part_of(progress, 20, 45))
        checks = verify(files, composition.report, wanted.kind, write_one, part_of(progress, 45, 98), before)
        progress(98, 100, _("Keeping the draft"))
        report = made_report(self._context, wanted, command.formats, command.again_of, composition, checks)
        failed = next((check for check in checks if not check.passed), None)
        if failed is not None:
            self._keep_failure(report)
            raise KnownError(Code.REPORT_CHECK_FAILED, report.id, check=failed.check, where=failed.where)
        saved = self._keep(report, files, composition)
        progress(100, 100, _("Done"))
        return saved

    def preview(self, command: MakeReport, progress: Progress = no_progress) -> Preview:
        """The very pages `make` would write today, and who is on them; writes and keeps nothing.

        Raises:
            KnownError: as `make`, but for the checks.
        """
        kind = self._required(command.report_kind)
        with self._context.reading() as reader:
            number = next_number(reader, self._context.today())
            wanted = _wanted(self._context, reader, command, kind, number)
            check_wanted(wanted, command.formats)
            composition = compose_today(self._context, reader, wanted, part_of(progress, 0, 70))
            _refuse_empty(kind, composition)
            called = names_said(reader, wanted.recipients, wanted.addressed)
            asked = made_report(self._context, wanted, command.formats, command.again_of, composition, ())
            since = since_of(reader, command.again_of, asked, composition.named, composition.marks)
            not_named = not_named_of(reader, composition, self._context.name_of)
        progress(70, 100, _("Writing the pages"))
        pages = write_one(composition.report, "pdf")
        counts = len(composition.named), len(composition.figures_only)
        in_figures = wanted.kind.counted and wanted.counts
        tables = looks_of(kind, composition)
        return Preview(number, wanted.kind, pages, *counts, *not_named, called, since, in_figures, tables)

    def people(
        self,
        report_kind: str,
        recipients: tuple[str, ...] = (),
        progress: Progress = no_progress,
        *,
        period: Period | None = None,
    ) -> tuple[Choice, ...]:
        """Everybody with how they would stand, chosen, in a report of this kind today, by name.

        Raises:
            KnownError: NOT_ALLOWED, REPORT_KIND_UNKNOWN.
        """
        kind = self._required(report_kind).made_of(chosen=True)
        if kind.counts_only:
            return ()
        with self._context.reading() as reader:
            asked = MakeReport(report_kind, kind.languages[0], (), recipients=recipients, period=period)
            wanted = _wanted(self._context, reader, asked, kind, "")
            candidates = candidates_today(self._context, reader, wanted, progress)
        return choices_of(kind, candidates, compose_decided(wanted, candidates), self._context.me)

    def kept(self, report: str) -> ReportView:
        """A report as the ledger keeps it; nothing is decided again."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            found = reader.get(Report, report)
            called = ", ".join(names_of(reader, found))
            kind = kind_of(found.report_kind, found.kind_version)
            gone = no_longer(self._context, reader, found, kind)
        return ReportView(found, kind, (), (), found.made_by == self._context.me, gone, called)

    def get(self, report: str) -> ReportView:
        """A report with who is left out of it today, as far as this role may know."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            found = reader.get(Report, report)
            kind = self._readable(kind_of(found.report_kind, found.kind_version))
            not_named: NotNamed = ((), ())
            gone = 0
            if found.state not in GONE and not kind.counts_only:
                try:
                    composition = compose_today(self._context, reader, Wanted.again(found, kind))
                except KnownError as error:
                    if error.code is not Code.GODPARENT_NOT_BRIEFED:
                        raise
                    gone = len(found.carried)  # none of it may go to them today; the draft can be dropped
                else:
                    not_named = not_named_of(reader, composition, self._context.name_of)
                    gone = len(set(rooted(reader, found.carried)) - set(composition.named))
            called = ", ".join(names_of(reader, found))
            since = since_of(reader, found.again_of, found, found.carried, found.marks)
            whom = addressed_views(self._context, reader, found)
            tables = looks_today(self._context, reader, found, kind)
        mine, kind = found.made_by == self._context.me, kind.made_of(chosen=not found.everyone)
        return ReportView(found, kind, *not_named, mine, gone, called, since, tables, whom)

    def content(self, report: str, file_format: str) -> bytes:
        """The very bytes of one file of a draft.

        Raises:
            KnownError: NOT_FOUND when the format is not there or the report has left.
        """
        self._context.require_open_reading()
        with self._context.reading() as reader:
            found = reader.get(Report, report)
            self._readable(kind_of(found.report_kind, found.kind_version))
            for file in found.files:
                if file.file_format == file_format and file.content:
                    return reader.blob_get(file.content)
        raise KnownError(Code.NOT_FOUND, report)

    def drop(self, report: str) -> Saved:
        """Drop a draft: its bytes go, the ledger keeps that it was there."""
        self._context.require(Action.COMPOSE_REPORT)
        with self._context.writing() as work:
            found = work.get(Report, report)
            if found.state in GONE or found.state == "leaving":
                raise KnownError(Code.ALREADY_DONE)
            work.save(attrs.evolve(drop_bytes(work, found), state="dropped"), found.version)
            return self._context.finish(
                work.commit(Act.REPORT_DROPPED), report, Act.REPORT_DROPPED, prisoners=()
            )

    def call_back(self, report: str, words: str) -> Saved:
        """Public figures that left are to be used no longer. Raises as `call_figures_back`."""
        self._context.refuse_in_copy()
        self._context.require(Action.COMPOSE_REPORT)
        return call_figures_back(self._context, report, words)

    # making

    def _required(self, report_kind: str) -> ReportKind:
        """A kind I may make. Raises KnownError NOT_ALLOWED, NEEDS_DESK_KEY, REPORT_KIND_UNKNOWN."""
        self._context.require(Action.COMPOSE_REPORT)
        kind = self._readable(shipped_kind(report_kind))
        if (kind.audits or kind.sized) and not self._context.keys.desks:
            raise KnownError(Code.NEEDS_DESK_KEY)
        return kind

    def _readable(self, kind: ReportKind) -> ReportKind:
        """A kind whose files I may look at. Raises KnownError NOT_ALLOWED."""
        if kind.audits:
            self._context.require(Action.AUDIT_CONSENT)
        return kind

    def _refuse_late_clock(self, reader: Reader) -> None:
        if self._context.clock_is_behind(reader):
            raise KnownError(Code.CLOCK_BEHIND)
        self._context.refuse_doubted(reader)

    def _keep_failure(self, report: Report) -> None:
        with self._context.writing() as work:
            work.add(report)
            self._context.finish(work.commit(Act.REPORT_FAILED), report.id, Act.REPORT_FAILED, prisoners=())

    def _keep(self, report: Report, files: Sequence[MadeFile], composition: Composition) -> Saved:
        with self._context.writing() as work:
            kept = tuple(
                ReportFile(
                    file.file_format, file.name, file.sha256, len(file.content), work.blob_put(file.content)
                )
                for file in files
            )
            work.add(attrs.evolve(report, state="checked", files=kept))
            if work.has_desk_key and (composition.named or composition.counted):
                work.add(snapshot_of(self._context.lasting_id(), report, composition))
            return self._context.finish(
                work.commit(Act.REPORT_MADE), report.id, Act.REPORT_MADE, prisoners=()
            )


def _refuse_empty(kind: ReportKind, composition: Composition) -> None:
    if not (composition.named or kind.counts_only):
        raise KnownError(Code.REPORT_CARRIES_NOBODY)


def _wanted(ctx: Context, reader: Reader, command: MakeReport, kind: ReportKind, number: str) -> Wanted:
    if kind.layout == MESSAGE and command.texts and not ctx.keys.desks:
        raise KnownError(Code.MESSAGE_WORDS_NEED_KEY)
    letter = letter_for(reader, kind, command.recipients)
    about = (command.prisoners, command.texts, letter.recipients, command.title, command.period)
    counts = bool(ctx.keys.desks)  # without a key nobody knows who refused to be counted
    as_asked = (*about, reader.head()[0], counts, letter.addressed, command.coarser, command.cover)
    kind = kind.made_of(chosen=bool(command.prisoners))
    return Wanted(kind, command.language, number, ctx.today(), *as_asked)
