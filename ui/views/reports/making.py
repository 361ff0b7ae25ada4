"""The five steps of a report: kind, people and text, review, checks, approve."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.errors import Code
from app.domain.progress import Progress
from app.i18n import _
from ui import theme
from ui.messages import told_of
from ui.tasks import Failure, Ticket
from ui.views.reports import work
from ui.views.reports.approving import Approving
from ui.views.reports.asked import Asked
from ui.views.reports.nobody import Nobody
from ui.views.reports.plan import Plan
from ui.views.reports.sources import SourcesSheet
from ui.views.reports.step_checks import ChecksStep
from ui.views.reports.step_kind import KindStep
from ui.views.reports.step_people import PeopleStep
from ui.views.reports.step_review import ReviewStep
from ui.views.reports.work import Seen, Start
from ui.widgets.buttons import Button, Look
from ui.widgets.frames import Notice, PageFrame, Tone
from ui.widgets.labels import PageHead
from ui.widgets.steps import StepHead
from ui.widgets.working import WorkingStrip
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.services.context import Saved
    from app.services.report_views import Choice

COMPACT_BELOW = 1000
_FACTS = ("prisoner", "relative", "conversation", "countersign", "hold", "relative_hold", "trust", "claim")


class Step(IntEnum):
    """The steps, from 0."""

    KIND = 0
    PEOPLE = 1
    REVIEW = 2
    CHECKS = 3
    APPROVE = 4


class Making(PageFrame):
    """One report on its way.

    Signals:
        left(): back to all reports.
    """

    left = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.start: Start | None = None
        self.plan = Plan()
        self.seen: Seen | None = None
        self.step = Step.KIND
        self._began = Plan()
        self._seen_plan: Plan | None = None
        self._entry = Step.KIND
        self._picked_for: tuple[str, str] | None = None
        self._ticket: Ticket | None = None
        self._wanted_words = ""
        self._build()
        self.approving = Approving(self, workplace, self.review.approve, self._run)
        self._connect()

    def _build(self) -> None:
        names = (_("Kind"), _("People and text"), _("Review"), _("Checks"), _("Approve"))
        self.head = PageHead(_("New report"))
        self.steps = StepHead(names)
        self.head.add_centre(self.steps)
        self.back = Button(_("Back"), description=_("One step back (Esc)"))
        self.primary = Button("", Look.PRIMARY, description=_("Go on (Ctrl+Enter)"))
        self.head.add(self.back, self.primary)
        self.add(self.head)
        self.strip = WorkingStrip()
        self.add(self.strip)
        self._wrong = Notice("", Tone.RED)
        self._wrong.hide()
        self.add(self._wrong)
        self.kind, self.people, self.review = KindStep(), PeopleStep(), ReviewStep()
        self.checks, self.asked = ChecksStep(), Asked()
        self.nobody = Nobody(may_talk=self._workplace.session.has_desk_key)
        self._stack = QStackedWidget()
        for page in (self.kind, self.people, self.review, self.checks, self.asked, self.nobody):
            self._stack.addWidget(page)
        self.add(self._stack, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.primary.clicked.connect(self.go_on)
        self.steps.pressed.connect(self._on_step)
        self.strip.cancel_pressed.connect(self._on_cancel)
        self.people.picking.connect(self._load_people)
        self.nobody.trust_pressed.connect(self.open_sources)
        self.nobody.talk_pressed.connect(lambda: self._workplace.go("relatives", ""))
        side = self.review.approve
        side.ready_changed.connect(self._show_primary)
        side.change_pressed.connect(self._on_change)
        self.approving.failed.connect(self._on_failed)
        self.approving.over.connect(self.left)
        self._workplace.bus.committed.connect(self._on_committed)
        for keys, run in (("Ctrl+Return", self.go_on), ("Ctrl+Enter", self.go_on), ("Esc", self.go_back)):
            QShortcut(QKeySequence(keys), self, run)

    # beginning

    def begin(self, plan: Plan, *, show_pages: bool = False) -> None:
        """Make a new report from this plan; an empty one starts from nothing."""
        self.plan = self._began = plan
        self._forget()
        self._entry = Step.KIND

        def done(start: Start) -> None:
            self.start = start
            self.kind.set_kinds(tuple(start.kinds.values()))
            self.kind.set_plan(plan)
            self._show(Step.KIND)
            self.kind.focus_first()
            if show_pages:
                self._to_people()
                self._load_pages()

        session = self._workplace.session
        self._workplace.tasks.query(lambda: work.read_start(session), initiator=self, done=done)

    def open_report(self, report: str, words: str = "") -> None:
        """Look at a kept report.

        Args:
            words: what was being typed for its maker.
        """
        self._forget()
        self._wanted_words = words
        session = self._workplace.session

        def done(found: tuple[Start, Seen]) -> None:
            self.start, seen = found
            self._show_kept(
                seen, Step.CHECKS if seen.report and seen.report.state == "failed" else Step.APPROVE
            )
            self._entry = self.step
            if words:
                self.review.approve.set_typed(words)

        self._run(
            lambda progress: (work.read_start(session), work.read_report(session, report)),
            what=_("Opening the report"),
            done=done,
            failed=self._on_failed,
        )

    def _forget(self) -> None:
        self.seen = self._seen_plan = None
        self.approving.report = ""
        self._picked_for = None
        self.review.forget()
        self._wrong.hide()

    def _show_kept(self, seen: Seen, step: Step) -> None:
        if self.start is None or seen.report is None:
            return
        self.seen = seen
        self.approving.report = seen.report.id
        self.review.show_seen(seen, self.start)
        self.review.approve.show_seen(seen, self.start)
        self.checks.show_seen(seen, self.start)
        self.asked.show_seen(seen)
        self._show(step)

    @property
    def is_kept(self) -> bool:
        """Whether a report that is kept is on the screen, not a plan."""
        return self.seen is not None and self.seen.report is not None and self.seen.report.state != "failed"

    # steps

    def _show(self, step: Step) -> None:
        self.step = step
        self.steps.set_current(step)
        kept = self.seen is not None and self.seen.report is not None
        number = self.seen.number if self.seen is not None else ""
        self.head.title.setText(_("Report {number}").format(number=number) if number else _("New report"))
        pages: dict[Step, QWidget] = {
            Step.KIND: self.asked if self.is_kept else self.kind,
            Step.PEOPLE: self.asked if self.is_kept else self.people,
            Step.REVIEW: self.review if self.seen is not None else self.nobody,
            Step.CHECKS: self.checks,
            Step.APPROVE: self.review,
        }
        self._stack.setCurrentWidget(pages[step])
        self.review.show_side(approving=step is Step.APPROVE)
        if step is Step.CHECKS and kept:
            self.checks.focus_first()
        if step is Step.REVIEW and self.seen is not None:
            self.review.viewer.setFocus()
        self._show_primary()

    def _show_primary(self) -> None:
        words = {
            Step.KIND: _("People and text"),
            Step.PEOPLE: _("Show the pages"),
            Step.REVIEW: _("Look at the checks") if self.is_kept else _("Run checks"),
            Step.CHECKS: _("Approval") if self.is_kept else _("Change people or text"),
            Step.APPROVE: _("Done"),
        }[self.step]
        enabled = True
        if self.step in (Step.KIND, Step.PEOPLE) and self.is_kept:
            words = _("Look at the pages")
        if self.step is Step.REVIEW and self.seen is None:
            words, enabled = _("Look again"), True
        if self.step is Step.APPROVE and self._approves:
            words, enabled = _("Approve and write"), self.review.approve.is_ready
        self.primary.setText(words)
        self.primary.setEnabled(enabled and self._ticket is None)
        self.back.setEnabled(self._ticket is None)

    @property
    def _approves(self) -> bool:
        return self.seen is not None and self.seen.may_approve and self.review.approve.names is not None

    def go_on(self) -> None:
        """The primary button."""
        if not self.primary.isEnabled():
            return
        self._wrong.hide()
        match self.step:
            case Step.KIND | Step.PEOPLE if self.is_kept:
                self._show(Step.REVIEW)
            case Step.KIND if self.kind.is_complete():
                self._to_people()
            case Step.PEOPLE if self.people.is_complete():
                self._load_pages()
            case Step.REVIEW if self.is_kept:
                self._show(Step.CHECKS)
            case Step.REVIEW if self.seen is None:
                self._load_pages()
            case Step.REVIEW:
                self._make()
            case Step.CHECKS if self.is_kept:
                self._show(Step.APPROVE)
            case Step.CHECKS:
                self._on_step(Step.PEOPLE)
            case Step.APPROVE if self._approves:
                self.approving.approve()
            case Step.APPROVE:
                self.left.emit()

    def go_back(self) -> None:
        """One step back, and from the first one out."""
        if self._ticket is not None:
            self._on_cancel()
        elif self.step in (Step.KIND, self._entry):
            self._take()
            self.left.emit()
        else:
            self._on_step(self.step - 1)

    def _on_step(self, place: int) -> None:
        if self._ticket is not None:
            return
        self._wrong.hide()
        self._take()
        if place == Step.PEOPLE and not self.is_kept:
            self._to_people()
        elif place == Step.REVIEW and not self.is_kept and self._seen_plan != self.plan:
            self._load_pages()
        else:
            if place == Step.KIND and not self.is_kept:
                self.kind.set_plan(self.plan)
            self._show(Step(place))

    def _take(self) -> None:
        """Read what is chosen and typed on the step in front."""
        if self.is_kept or self.start is None:
            return
        if self.step is Step.KIND:
            self.plan = self.kind.taken(self.plan)
        elif self.step is Step.PEOPLE:
            self.plan = self.people.taken(self.plan)

    def _to_people(self) -> None:
        self._take()
        kind = self.start.kinds.get(self.plan.kind) if self.start is not None else None
        if kind is None or self.start is None:
            return
        self._show(Step.PEOPLE)
        self.people.set_plan(self.plan, kind, len(self.start.mine), self.start.everyone)
        self.people.focus_first()

    def _on_change(self) -> None:
        """Make it again with other people or texts; the old draft goes when the new one is kept."""
        if self.seen is not None and self.seen.report is not None:
            self.begin(Plan.of(self.seen.report, replaces=True))

    # work

    def _run(
        self,
        method: Callable[[Progress], object],
        *,
        what: str,
        done: Callable[..., None],
        failed: Callable[[Failure], None],
        announces: bool = False,
    ) -> Ticket | None:
        """Run long work with the strip; only one at a time."""
        if self._ticket is not None:
            return None

        def over(then: Callable[..., None]) -> Callable[..., None]:
            def run(result: object) -> None:
                self._ticket = None
                self.strip.finish()
                self._show_primary()
                then(result)

            return run

        self.strip.start(what)
        self._ticket = self._workplace.tasks.long(
            method,
            initiator=self,
            done=over(done),
            failed=over(failed),
            step=self.strip.set_progress,
            announces=announces,
        )
        self._show_primary()
        return self._ticket

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _load_people(self) -> None:
        """The list to choose from, for this kind and this reader."""
        wanted = (self.plan.kind, self.plan.recipient.strip())
        if self._picked_for == wanted or not wanted[0]:
            return
        session = self._workplace.session
        recipients = (wanted[1],) if wanted[1] else ()

        def done(everybody: tuple[Choice, ...]) -> None:
            self._picked_for = wanted
            self.people.picker.set_everybody(everybody)

        self._run(
            lambda progress: session.reports.people(wanted[0], recipients, progress),
            what=_("Deciding what may be told"),
            done=done,
            failed=self._on_failed,
        )

    def _load_pages(self) -> None:
        self._take()
        session, plan = self._workplace.session, self.plan

        def done(seen: Seen) -> None:
            if self.start is None:
                return
            self.seen, self._seen_plan = seen, plan
            self.review.show_seen(seen, self.start)
            self._show(Step.REVIEW)

        self._run(
            lambda progress: work.preview(session, plan, progress),
            what=_("Writing the pages"),
            done=done,
            failed=self._on_failed,
        )

    def _make(self) -> None:
        session, plan = self._workplace.session, self.plan

        def done(saved: Saved) -> None:
            self._after(saved.id)

        self._run(
            lambda progress: work.make(session, plan, progress),
            what=_("Opening and checking every file"),
            done=done,
            failed=self._on_failed,
            announces=True,
        )

    def _after(self, report: str) -> None:
        """Show a report that was just made or refused."""
        session = self._workplace.session

        def done(seen: Seen) -> None:
            self._entry = Step.REVIEW if seen.report and seen.report.state != "failed" else Step.KIND
            self._seen_plan = None
            self._show_kept(seen, Step.CHECKS)

        self._workplace.tasks.query(lambda: work.read_report(session, report), initiator=self, done=done)

    def _on_failed(self, failure: Failure) -> None:
        if failure.cancelled:
            self._workplace.say(_("Stopped. Nothing was kept."))
            return
        error = failure.error
        if error is not None and error.code is Code.REPORT_CARRIES_NOBODY:
            self.seen = self._seen_plan = None
            self._show(Step.REVIEW)
            self.nobody.trust.setFocus()
            return
        if error is not None and error.code is Code.REPORT_CHECK_FAILED and error.ids and not self.is_kept:
            self._after(error.ids[0])
            return
        told = told_of(failure)
        advice = f"{told.advice} {told.reference}".strip()
        self._wrong.set_text(advice, lead=told.happened)
        self._wrong.show()

    # what changes elsewhere

    def open_sources(self) -> None:
        """Trust a source, then look again."""
        sheet = SourcesSheet(self.window(), self._workplace)
        sheet.list_wanted.connect(lambda: self._workplace.go("prisoners", ""))
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if initiator is self:
            return
        if changes.touches(*_FACTS):
            self._seen_plan = self._picked_for = None
            if self.step is Step.REVIEW and self.seen is None and self.isVisible() and self._ticket is None:
                self._load_pages()
        kept = self.approving.report
        if kept and kept in changes.ids("report") and self.isVisible() and self._ticket is None:
            step = self.step
            session = self._workplace.session
            self._workplace.tasks.query(
                lambda: work.read_report(session, kept),
                initiator=self,
                done=lambda seen: self._show_kept(seen, step),
            )

    # keeping

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The plan, or the words for a maker; None where nothing was typed."""
        if self.is_kept:
            words = self.review.approve.typed.strip()
            return {"report": self.approving.report, "words": words} if words else None
        self._take()
        if self.start is None or (self.plan == self._began and not self.plan.blocks):
            return None
        return {"plan": self.plan.plain(), "pages": self.step is Step.REVIEW}

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Go on where the lock came."""
        plan = values.get("plan")
        if isinstance(plan, Mapping):
            self.begin(Plan.read(plan), show_pages=bool(values.get("pages")))
            self._began = Plan()
        else:
            self.open_report(str(values.get("report") or ""), str(values.get("words") or ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.set_compact(compact=self.width() < theme.current().px(COMPACT_BELOW))
