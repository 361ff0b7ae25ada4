"""What the pages of Reports ask of the session: each function runs on the worker and gives plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from app.domain.changes import Changes
from app.domain.progress import Progress
from app.domain.report import CheckResult, Report, ReportFile
from app.domain.roles import Action, Need
from app.domain.rows import ReportRow, SourceRow
from app.reports.elsewhere.kinds import elsewhere_kinds
from app.reports.kinds import ReportKind
from app.reports.occasions import message_kinds
from app.services.prisoner_filter import PrisonerFilter
from app.services.session import Session
from ui.views.reports.plan import People, Plan
from ui.views.reports.readers import Reader

if TYPE_CHECKING:
    from app.services.context import Saved
    from app.services.report_views import AddressedView, LeftOut, Missing, TableLook
    from app.services.series import SeriesLook
    from app.services.since import Since


@attrs.frozen
class Landing:
    """What the first page shows.

    Attributes:
        waits: ids of reports I may approve.
        kinds: by name.
        closed: names of kinds this person may not look into.
        kinds_wait: how many kinds of this case file wait for my yes.
    """

    rows: tuple[ReportRow, ...]
    waits: frozenset[str]
    kinds: Mapping[str, ReportKind]
    closed: frozenset[str] = frozenset()
    kinds_wait: int = 0


@attrs.frozen
class Start:
    """What the steps begin with.

    Attributes:
        mine: ids of the prisoners I own.
        check_words: English words of every check, by its code.
        me: my name.
        has_key: whether I could see protected names at all.
        godparents: ids of those who accepted a protocol, with their names.
        readers: recipients and mailing lists.
        other_officer: whether an officer beside me takes part; nobody else approves what I made.
    """

    kinds: Mapping[str, ReportKind]
    mine: tuple[str, ...]
    everyone: int
    check_words: Mapping[str, str]
    me: str
    has_key: bool
    today: date
    other_officer: bool = True
    godparents: tuple[tuple[str, str], ...] = ()
    readers: tuple[Reader, ...] = ()


@attrs.frozen
class Seen:
    """A report on the screen: one that would be made, or one that is kept.

    Attributes:
        pages: the PDF, empty where there is none.
        report: None for one that is not made yet.
        made_by, approved_by: names.
        may_approve: the person at the screen is the second one.
        gone: how many people in it may not be named any more.
        in_figures: whoever is not named is counted in it.
        first, last: days of a report of figures.
        tables: what became of each table of public figures.
        series: whether an approval for three months covers it.
    """

    kind: ReportKind
    number: str
    language: str
    formats: tuple[str, ...]
    recipient: str
    named: int
    figures_only: int
    left_out: tuple[LeftOut, ...]
    missing: tuple[Missing, ...]
    pages: bytes = attrs.field(default=b"", repr=False)
    report: Report | None = None
    made_by: str = ""
    approved_by: str = ""
    made_by_me: bool = True
    may_approve: bool = False
    gone: int = 0
    in_figures: bool = True
    first: date | None = None
    last: date | None = None
    since: Since | None = None
    addressed: tuple[AddressedView, ...] = ()
    tables: tuple[TableLook, ...] = ()
    series: SeriesLook | None = None

    @property
    def by_series(self) -> bool:
        """The person at the screen may let it leave with an approval for three months."""
        return not self.may_approve and self.series is not None and self.series.may_leave

    @property
    def alone(self) -> bool:
        """Whether who made it may let it leave, because there is no other officer."""
        return self.may_approve and self.made_by_me

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """Results, none before the checks ran."""
        return self.report.checks if self.report is not None else ()

    @property
    def files(self) -> tuple[ReportFile, ...]:
        """The files, none before they are made."""
        return self.report.files if self.report is not None else ()


def read_landing(session: Session) -> Landing:
    """Drafts, ledger, what waits for me."""
    reports = {kind.name: kind for kind in session.reports.kinds()}
    mine = {kind.name for kind in session.reports.offered()}
    closed = frozenset(name for name, kind in reports.items() if kind.audits and name not in mine)
    kinds = reports | {kind.name: kind for kind in (*message_kinds(), *elsewhere_kinds())}
    waits = frozenset(session.approval.pending())
    return Landing(session.reports.rows(), waits, kinds, closed, session.own_kinds.waiting_for_me())


def read_start(session: Session) -> Start:
    """Kinds, and how many people there are."""
    from app.reports.verify import CHECK_WORDS

    rows = session.prisoners.rows(PrisonerFilter())
    return Start(
        {kind.name: kind for kind in session.reports.offered() if session.has_desk_key or not kind.sized},
        tuple(row.id for row in rows if row.mine),
        len(rows),
        CHECK_WORDS,
        session.person.name,
        session.has_desk_key,
        session.today(),
        session.context.other_officer(),
        _briefed(session),
        _readers(session),
    )


def _briefed(session: Session) -> tuple[tuple[str, str], ...]:
    """Whom a sheet can be made for."""
    if not session.may(Action.COMPOSE_REPORT).allowed:
        return ()
    rows = [row for row in session.godparents.rows() if row.protocol_version and row.godparenthoods]
    rows.sort(key=lambda row: row.name.casefold())
    return tuple((row.id, " · ".join(part for part in (row.name, row.chamber) if part)) for row in rows)


def _readers(session: Session) -> tuple[Reader, ...]:
    """Whom a report can be addressed to: mailing lists, then recipients."""
    lists = [
        Reader(one.id, one.name, report_kind=one.report_kind)
        for one in session.recipients.lists()
        if not one.left
    ]
    rows = [row.recipient for row in session.recipients.rows()]
    wanted = [one for one in rows if not one.left]
    return tuple(lists) + tuple(
        Reader(one.id, one.called, one.audience, never=frozenset(one.never)) for one in wanted
    )


def prisoners_of(session: Session, plan: Plan) -> tuple[str, ...]:
    """Whom a plan is about; empty means everyone."""
    if plan.people is People.CHOSEN:
        return plan.chosen
    if plan.people is People.MINE:
        return tuple(row.id for row in session.prisoners.rows(PrisonerFilter(mine=True)))
    return ()


def preview(session: Session, plan: Plan, progress: Progress) -> Seen:
    """The pages of a plan, as they would be kept."""
    found = session.reports.preview(plan.command(prisoners_of(session, plan)), progress)
    return Seen(
        kind=found.kind,
        number=found.number,
        language=plan.language,
        formats=plan.formats,
        recipient=found.recipient,
        named=found.named,
        figures_only=found.figures_only,
        left_out=found.left_out,
        missing=found.missing,
        pages=found.pages,
        in_figures=found.in_figures,
        first=plan.first,
        last=plan.last,
        since=found.since,
        tables=found.tables,
    )


def make(session: Session, plan: Plan, progress: Progress) -> Saved:
    """Make the draft; the one it replaces is dropped when the new one is kept."""
    saved = session.reports.make(plan.command(prisoners_of(session, plan)), progress)
    if plan.replaces and session.reports.get(plan.replaces).report.state in ("checked", "came_back"):
        session.reports.drop(plan.replaces)
    return saved


@attrs.frozen
class Left:
    """A report that left: what changed here, and where its files are (said once, kept nowhere)."""

    changes: Changes
    paths: tuple[Path, ...] = attrs.field(repr=False)
    words: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)


def let_leave(
    session: Session, report: str, folder: Path, judged: frozenset[str], progress: Progress, *, series: bool
) -> Left:
    """Approve and write; with `series` on an approval for three months."""
    from app.services.approval import ApproveReport

    allow = session.approval.leave_by_series if series else session.approval.approve
    written = allow(ApproveReport(report, folder, judged), progress)
    return Left(written.saved.changes, written.paths, written.words)


def read_report(session: Session, report: str) -> Seen:
    """A kept report with its pages, where the case file still has them."""
    view = session.reports.get(report)
    row = next(row for row in session.reports.rows() if row.id == report)
    found = view.report
    has_pages = any(file.file_format == "pdf" and file.content for file in found.files)
    return Seen(
        kind=view.kind,
        number=found.number,
        language=found.language,
        formats=found.formats,
        recipient=view.recipient,
        named=found.named or 0,
        figures_only=found.figures_only or 0,
        left_out=view.left_out,
        missing=view.missing,
        pages=session.reports.content(report, "pdf") if has_pages else b"",
        report=found,
        made_by=row.made_by,
        approved_by=row.approved_by,
        made_by_me=view.made_by_me,
        may_approve=report in session.approval.pending(),
        gone=view.gone,
        in_figures=view.kind.counted and not found.without_figures,
        first=found.period_from,
        last=found.period_to,
        since=view.since,
        addressed=view.addressed,
        tables=view.tables,
        series=session.series.look(report) if found.state == "checked" else None,
    )


@attrs.frozen
class TrustChoices:
    """The sources, and what the person at the screen may say; `may_confirm` holds ids."""

    sources: tuple[SourceRow, ...]
    me: str
    may_propose: bool
    may_confirm: frozenset[str]


def read_sources(session: Session) -> TrustChoices:
    """Every source with its trust."""
    permission = session.may(Action.TRUST_SOURCE)
    return TrustChoices(
        session.sources.rows(),
        session.person.name,
        permission.need is not Need.NEVER,
        session.sources.waiting_for_me(),
    )
