"""A report on its way through its five steps: which is in front, what comes next, what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.errors import Code
from app.i18n import _
from ui.messages import told_of
from ui.tasks import Failure
from ui.views.reports.approving import Approving
from ui.views.reports.doing import Doing
from ui.views.reports.making_frame import MakingFrame
from ui.views.reports.plan import Plan
from ui.views.reports.sources import open_sources
from ui.views.reports.steps import FACTS, OVER, PAGES, Step, primary_words, shown_at
from ui.views.reports.work import Seen, Start
from ui.workplace import Workplace


class Making(MakingFrame):
    """One report on its way.

    Signals:
        left(): back to all reports.
    """

    left = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(may_talk=workplace.session.has_desk_key)
        self._workplace = workplace
        self.start: Start | None = None
        self.plan = self._began = Plan()
        self.seen: Seen | None = None
        self.step = self._entry = Step.KIND
        self._seen_plan: Plan | None = None
        self._picked_for: tuple[str, str, object] | None = None
        self._later = ""
        self.doing = Doing(self, workplace, self.strip)
        self.approving = Approving(self, workplace, self.review.approve, self.doing)
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.primary.clicked.connect(self.go_on)
        self.steps.pressed.connect(self._on_step)
        self.people.picking.connect(self._load_people)
        self.nobody.trust_pressed.connect(lambda: open_sources(self.window(), self._workplace))
        self.nobody.talk_pressed.connect(lambda: self._workplace.go("relatives", ""))
        self.nobody.kind_pressed.connect(lambda: self._on_step(Step.KIND))
        self.review.approve.ready_changed.connect(self._show_primary)
        self.review.approve.change_pressed.connect(self._on_change)
        self.approving.failed.connect(self._on_failed)
        self.approving.over.connect(self.left)
        doing = self.doing
        self.review.review.ask_pressed.connect(doing.ask)
        self.review.review.coarser_pressed.connect(self._on_coarser)
        doing.busy_changed.connect(self._show_primary)
        doing.started.connect(self._on_started)
        doing.people.connect(self.people.picker.set_everybody)
        doing.pages.connect(self._on_pages)
        doing.opened.connect(self._on_opened)
        doing.checked.connect(self._on_checked)
        doing.failed.connect(self._on_failed)
        self._workplace.bus.committed.connect(self._on_committed)
        self.came.connect(self._see_again)
        for keys, run in (("Ctrl+Return", self.go_on), ("Ctrl+Enter", self.go_on), ("Esc", self.go_back)):
            QShortcut(QKeySequence(keys), self, run)

    # beginning

    def begin(self, plan: Plan, *, show: str = "") -> None:
        """Make a new report from this plan, and show its people or pages; an empty one starts anew."""
        self._forget()
        self.plan = self._began = plan
        self._entry, self.start = Step.KIND, None  # the steps still show the plan before: none is read off
        self._later = show
        self.doing.start()

    def _on_started(self, start: Start) -> None:
        self.start = start
        self.kind.set_kinds(tuple(start.kinds.values()))
        self.kind.set_plan(self.plan, start.today, start.godparents, start.readers)
        self._show(Step.KIND)
        self.kind.focus_first()
        if self._later == PAGES:  # without a look at the list of people: it would be read first
            self._take()
            self.doing.load_pages(self.plan)
        elif self._later:
            self._to_people()
        self._later = ""

    def open_report(self, report: str, words: str = "") -> None:
        """Look at a kept report; `words` were being typed for its maker."""
        self._forget()
        self._later = words
        self.doing.open(report)

    def _on_opened(self, start: Start, seen: Seen) -> None:
        self.start = start
        self._show_kept(seen, Step.CHECKS if seen.report and seen.report.state in OVER else Step.APPROVE)
        self._entry = self.step
        self.review.approve.set_typed(self._later)
        self._later = ""

    def _forget(self) -> None:
        self.seen = self._seen_plan = self._picked_for = None
        self.approving.report = ""
        self.review.forget()
        self.say_wrong(None)

    def _show_kept(self, seen: Seen, step: Step) -> None:
        if self.start is None or seen.report is None:
            return
        self.seen = seen
        self.approving.report = seen.report.id
        self.review.show_seen(seen, self.start)
        self.review.approve.show_seen(seen)
        self.checks.show_seen(seen, self.start)
        self.asked.show_seen(seen)
        self._show(step)

    @property
    def is_kept(self) -> bool:
        """Whether a report that is kept is on the screen, not a plan."""
        return self.seen is not None and self.seen.report is not None and not self._is_refused

    @property
    def _is_refused(self) -> bool:
        """A check said no to the plan just now: it can be changed and tried again."""
        report = self.seen.report if self.seen is not None else None
        return report is not None and report.state == "failed" and self._entry is Step.KIND

    # steps

    def _show(self, step: Step) -> None:
        self.step = step
        number = self.seen.number if self.seen is not None else ""
        self.put_in_front(step, number, kept=self.is_kept, has_pages=self.seen is not None)
        self._show_primary()

    def _show_primary(self) -> None:
        side, has = self.review.approve, self.seen is not None
        leave = side.leave_words if self.is_kept else ""
        ready = side.is_ready or not leave or self.step is not Step.APPROVE
        self.primary.setText(primary_words(self.step, kept=self.is_kept, has_pages=has, leave=leave))
        self.primary.setVisible(self.step is not Step.REVIEW or has)
        self.primary.setEnabled(ready and not self.doing.busy)
        self.back.setEnabled(not self.doing.busy)
        self.fit_steps()

    def go_on(self) -> None:
        """The primary button."""
        if not self.primary.isEnabled():
            return
        self.say_wrong(None)
        match self.step:
            case Step.KIND | Step.PEOPLE | Step.REVIEW | Step.CHECKS if self.is_kept:
                self._show(Step(max(self.step + 1, Step.REVIEW)))
            case Step.KIND if self.kind.is_complete():
                self._to_people()
            case Step.PEOPLE if self.people.is_complete():
                self._take()
                self.doing.load_pages(self.plan)
            case Step.REVIEW if self.seen is None:
                self.doing.load_pages(self.plan)
            case Step.REVIEW:
                self.doing.make(self.plan)
            case Step.CHECKS:
                self._on_step(Step.PEOPLE)
            case Step.APPROVE if self.review.approve.names is not None:
                self.approving.approve()
            case Step.APPROVE:
                self.left.emit()

    def go_back(self) -> None:
        """One step back, and from the first one out; while something runs: stop it."""
        if self.doing.busy:
            self.doing.cancel()
        elif self.step in (Step.KIND, self._entry):
            self._take()
            self.left.emit()
        else:
            self._on_step(self.step - 1)

    def _on_step(self, place: int) -> None:
        if self.doing.busy:
            return
        self.say_wrong(None)
        self._take()
        if self.is_kept:
            self._show(Step(place))
        elif place == Step.PEOPLE:
            self._to_people()
        elif place == Step.REVIEW and self._seen_plan != self.plan:
            self.doing.load_pages(self.plan)
        elif self.start is not None:
            self.kind.set_plan(self.plan, self.start.today, self.start.godparents, self.start.readers)
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

    # what came of work

    def _load_people(self) -> None:
        """The list to choose from, for this kind and this reader."""
        wanted = (self.plan.kind, self.plan.recipient.strip(), self.plan.period())
        if wanted[0] and self._picked_for != wanted and self.doing.load_people(*wanted):
            self._picked_for = wanted

    def _on_coarser(self, table: str, level: int) -> None:
        self.plan = self.plan.with_coarser(table, level)
        self.doing.load_pages(self.plan)

    def _on_pages(self, seen: Seen, plan: Plan) -> None:
        if self.start is None:
            return
        self.seen, self._seen_plan = seen, plan
        self.review.show_seen(seen, self.start)
        self._show(Step.REVIEW)

    def _on_checked(self, seen: Seen) -> None:
        self._entry = Step.KIND if seen.report and seen.report.state == "failed" else Step.REVIEW
        self._seen_plan = None
        self._show_kept(seen, Step.CHECKS)

    def _on_failed(self, failure: Failure) -> None:
        error = failure.error
        self._picked_for = None if self.step is Step.PEOPLE else self._picked_for
        if failure.cancelled:
            self._workplace.say(_("Stopped. Nothing was kept."))
        elif error is not None and error.code is Code.REPORT_CARRIES_NOBODY:
            self.seen = self._seen_plan = None
            self.nobody.show_for(self.kind.kind)
            self._show(Step.REVIEW)
            self.nobody.look(self._workplace)
        elif error is not None and error.code is Code.REPORT_CHECK_FAILED and error.ids and not self.is_kept:
            self.doing.read(error.ids[0])
        else:
            self.say_wrong(told_of(failure))

    def _on_committed(self, changes: Changes, initiator: object) -> None:
        if initiator is self or self.doing.busy:
            return
        if changes.touches(*FACTS):
            self._seen_plan = self._picked_for = None
            self.approving.look_again()
            self._see_again()

    def _see_again(self) -> None:
        """Pages that may name somebody who says no now are written anew once somebody looks at them."""
        if self.isVisible() and self.step is Step.REVIEW and not self.is_kept and self._seen_plan is None:
            self._on_step(Step.REVIEW)

    def unfinished(self) -> Mapping[str, Plain] | None:
        """The plan, or words for a maker; None where nothing was typed."""
        if self.is_kept:
            words = self.review.approve.typed.strip()
            return {"report": self.approving.report, "words": words} if words else None
        self._take()
        if self.start is None or self.plan == self._began:
            return None
        return {"plan": self.plan.plain(), "show": shown_at(self.step)}

    def take_up(self, values: Mapping[str, Plain]) -> None:
        """Go on where the lock came."""
        plan = values.get("plan")
        if isinstance(plan, Mapping):
            self.begin(Plan.read(plan), show=str(values.get("show") or ""))
            self._began = Plan()
        else:
            self.open_report(str(values.get("report") or ""), str(values.get("words") or ""))
