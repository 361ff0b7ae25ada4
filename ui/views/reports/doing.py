"""The work behind the steps: one thing at a time, with its strip and its way to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.progress import Progress
from app.i18n import _, ngettext
from ui.tasks import Failure, Ticket
from ui.views.reports import work
from ui.views.reports.plan import Plan
from ui.views.reports.work import Seen, Start
from ui.widgets.working import WorkingStrip
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.domain.consent_audit import Period
    from app.services.clearance_asks import AskForClearance
    from app.services.context import Saved
    from app.services.report_views import Choice


class Doing(QObject):
    """Runs what the steps ask for.

    Args:
        page: when it is gone, nobody is told.
        strip: shows how far it is.

    Signals:
        busy_changed(): something began or ended.
        started(Start): the steps may begin.
        people(tuple[Choice, ...]): the list to choose from.
        pages(Seen, Plan): what a plan would be.
        opened(Start, Seen): a kept report.
        checked(Seen): a report that was just made, or refused by a check.
        failed(Failure): anything else.
    """

    busy_changed = Signal()
    started = Signal(object)
    people = Signal(object)
    pages = Signal(object, object)
    opened = Signal(object, object)
    checked = Signal(object)
    failed = Signal(object)

    def __init__(self, page: QWidget, workplace: Workplace, strip: WorkingStrip) -> None:
        super().__init__(page)
        self._page, self._tasks, self._strip = page, workplace.tasks, strip
        self._session, self._say = workplace.session, workplace.say
        self._ticket: Ticket | None = None
        strip.cancel_pressed.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._ticket is not None

    def cancel(self) -> None:
        """Stop it at its next step."""
        if self._ticket is not None:
            self._ticket.cancel()

    def run(
        self,
        method: Callable[[Progress], object],
        *,
        what: str,
        done: Callable[..., None],
        failed: Callable[[Failure], None] | None = None,
        announces: bool = False,
    ) -> bool:
        """Run long work with the strip; False when something is under way already."""
        if self._ticket is not None:
            return False

        def over(then: Callable[..., None]) -> Callable[..., None]:
            def run(result: object) -> None:
                self._ticket = None
                self._strip.finish()
                self.busy_changed.emit()
                then(result)

            return run

        self._strip.start(what)
        self._ticket = self._tasks.long(
            method,
            initiator=self._page,
            done=over(done),
            failed=over(failed or self.failed.emit),
            step=self._strip.set_progress,
            announces=announces,
        )
        self.busy_changed.emit()
        return True

    def start(self) -> None:
        """Kinds, and how many people there are."""
        session = self._session
        self._tasks.query(lambda: work.read_start(session), initiator=self._page, done=self.started.emit)

    def open(self, report: str) -> None:
        """A kept report with its pages."""
        session = self._session

        def done(found: tuple[Start, Seen]) -> None:
            self.opened.emit(*found)

        self.run(
            lambda progress: (work.read_start(session), work.read_report(session, report)),
            what=_("Opening the report"),
            done=done,
        )

    def load_people(self, kind: str, recipient: str, period: Period | None) -> bool:
        """Everybody with how they would stand in a report of this kind."""
        session, recipients = self._session, tuple(one for one in recipient.split("\n") if one)

        def done(everybody: tuple[Choice, ...]) -> None:
            self.people.emit(everybody)

        return self.run(
            lambda progress: session.reports.people(kind, recipients, progress, period=period),
            what=_("Deciding what may be told"),
            done=done,
        )

    def load_pages(self, plan: Plan) -> None:
        """The pages of a plan."""
        session = self._session

        def done(seen: Seen) -> None:
            self.pages.emit(seen, plan)

        self.run(
            lambda progress: work.preview(session, plan, progress), what=_("Writing the pages"), done=done
        )

    def make(self, plan: Plan) -> None:
        """Make the draft and run every check."""
        session = self._session

        def done(saved: Saved) -> None:
            self.read(saved.id)

        self.run(
            lambda progress: work.make(session, plan, progress),
            what=_("Opening and checking every file"),
            done=done,
            announces=True,
        )

    def ask(self, command: AskForClearance) -> None:
        """Ask those in charge for what a report lacks."""
        session, number = self._session, len(command.about)

        def done(saved: Saved) -> None:
            words = ngettext(
                "Asked about {n} person: it is a next step.", "Asked about {n} people: next steps.", number
            )
            if not session.has_desk_key:
                words = _(
                    "Asked. It becomes a next step once somebody with the key has opened the case file."
                )
            self._say(words)

        self._tasks.command(
            session.clearance_asks.ask, command, initiator=self._page, done=done, failed=self.failed.emit
        )

    def read(self, report: str) -> None:
        """A report whose checks just ran."""
        session = self._session
        self._tasks.query(
            lambda: work.read_report(session, report), initiator=self._page, done=self.checked.emit
        )
