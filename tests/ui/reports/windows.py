"""The Reports page as somebody sees it, on a real case file; everybody is invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import bootstrap
from app.services.session import Session
from tests.services.office import Office
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.reports.page import ReportsPage
from ui.views.reports.plan import Plan
from ui.views.reports.steps import Step
from ui.workplace import Workplace

T = TypeVar("T")
BRIEFING = Plan(kind="parliament_briefing", language="en", formats=("pdf", "docx"), recipient="A committee")
LIST = Plan(kind="public_list", language="en", formats=("pdf", "csv"))


@attrs.define
class Window:
    """The page of one person, with what it works with."""

    page: ReportsPage
    tasks: Tasks
    session: Session
    went: list[tuple[str, str]]
    until: Until

    def step(self) -> Step:
        """The step in front."""
        return self.page.making.step

    def ask(self, method: Callable[[], T]) -> T:
        """Ask the session, on its thread."""
        found: list[T] = []
        self.tasks.query(method, initiator=None, done=found.append)
        self.until(lambda: bool(found))
        return found[0]

    def settle(self) -> None:
        """Wait for the worker."""
        self.until(lambda: not self.tasks.busy)

    def go_on(self, times: int = 1) -> None:
        """Ctrl+Enter."""
        for _time in range(times):
            QTest.keyClick(self.page.making, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            self.settle()

    def begin(self, plan: Plan) -> None:
        """Open the steps with a plan."""
        self.page.begin(plan)
        self.settle()


class Windows:
    """Opens and closes pages on one case file."""

    def __init__(self, office: Office, until: Until) -> None:
        self.office, self.until = office, until
        self.open_one: Window | None = None

    def as_person(self, passphrase: str) -> Window:
        """The page as somebody sees it; the one before is closed."""
        self.close()
        bus, went = ChangeBus(), list[tuple[str, str]]()
        tasks = Tasks(bus)
        found: list[Session] = []
        tasks.query(
            lambda: bootstrap.open_case_file(self.office.folder).unlock(passphrase, self.office.clock),
            initiator=None,
            done=found.append,
        )
        self.until(lambda: bool(found))
        place = Workplace(
            found[0], tasks, bus, lambda page, record: went.append((page, record)), lambda *a, **k: None
        )
        page = ReportsPage(place)
        page.resize(1200, 800)
        page.show()
        page.opened()
        self.open_one = Window(page, tasks, found[0], went, self.until)
        self.open_one.settle()
        return self.open_one

    def close(self) -> None:
        """Close what is open."""
        if self.open_one is not None:
            self.open_one.settle()
            self.open_one.page.close()
            self.open_one.page.deleteLater()
            assert self.open_one.tasks.stop(last=self.open_one.session.close)
            self.open_one = None
