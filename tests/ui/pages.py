"""One page in a window of its own, over a real case file opened by the page's own worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import attrs
from PySide6.QtWidgets import QWidget

from app import bootstrap
from app.services.session import Session
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.worker import Failure
from ui.workplace import Workplace

P = TypeVar("P", bound=QWidget)
T = TypeVar("T")


@attrs.define
class OnePage(Generic[P]):
    """The page and what it said.

    Attributes:
        said: sentences at the foot.
        went: pages and records it went to.
    """

    page: P
    session: Session
    tasks: Tasks
    until: Until
    said: list[str]
    went: list[tuple[str, str]]
    failures: list[Failure]
    is_closed: bool = False

    def ask(self, work: Callable[[], T]) -> T:
        """Ask the session something where it lives."""
        found: list[T] = []
        self.tasks.query(work, initiator=self.page, done=found.append, failed=self.failures.append)
        self.until(lambda: bool(found) or bool(self.failures))
        return found[0]

    def close(self) -> None:
        """End of the session."""
        if not self.is_closed:
            self.is_closed = True
            self.page.window().close()
            self.tasks.stop(last=self.session.close)


def open_one_page(folder: Path, passphrase: str, make: Callable[[Workplace], P], until: Until) -> OnePage[P]:
    """Unlock a case file and show one page of it; the page is not told yet that it is in front."""
    bus, said, went = ChangeBus(), list[str](), list[tuple[str, str]]()
    failures: list[Failure] = []
    tasks = Tasks(bus)
    tasks.failed.connect(failures.append)
    found: list[Session] = []
    tasks.query(
        lambda: bootstrap.open_case_file(folder).unlock(passphrase),
        initiator=None,
        done=found.append,
        failed=failures.append,
    )
    until(lambda: bool(found or failures))
    workplace = Workplace(
        found[0],
        tasks,
        bus,
        lambda page, record: went.append((page, record)),
        lambda words, undo=False: said.append(words),
    )
    page = make(workplace)
    page.resize(1200, 800)
    page.show()
    return OnePage(page, found[0], tasks, until, said, went, failures)
