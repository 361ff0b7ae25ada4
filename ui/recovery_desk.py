"""Coming in with three sheets of the recovery kit, from the first window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.i18n import _
from ui.case_opening import coming_in_as
from ui.tasks import Tasks, Ticket
from ui.views.start.asked import ComeIn
from ui.views.start.start_window import StartWindow
from ui.worker import Failure

if TYPE_CHECKING:
    from app.services.session import Session


class RecoveryDesk:
    """Runs it on the worker.

    Args:
        start: the first window.
        tasks: the worker.
        opened: told the folder, the session and its language.
        failed: says what went wrong on the page in front.
    """

    def __init__(
        self,
        start: StartWindow,
        tasks: Tasks,
        opened: Callable[[Path, Session, str], None],
        failed: Callable[[Failure], None],
    ) -> None:
        self._start, self._tasks = start, tasks
        self._opened, self._failed = opened, failed
        self.spoken: str = ""
        self._ticket: Ticket | None = None
        start.come_in_asked.connect(self.come_in)
        start.cancel_asked.connect(self._on_cancel)

    def come_in(self, asked: ComeIn) -> None:
        """Open a case file, or one made from a backup first, with three sheets and a new passphrase."""
        start, spoken = self._start, self.spoken
        start.show_working(_("Put this backup back") if asked.backup is not None else _("Trying the sheets"))
        self._ticket = self._tasks.long(
            lambda progress: coming_in_as(asked, spoken, progress),
            initiator=start,
            done=lambda came: self._came_in(asked, came),
            failed=self._refused,
            step=start.working.set_progress,
        )

    def _came_in(self, asked: ComeIn, came: tuple[Session, str]) -> None:
        self._start.recover.forget()
        self._opened(asked.folder, *came)

    def _refused(self, failure: Failure) -> None:
        self._start.back_to_recover()
        if not failure.cancelled:
            self._failed(failure)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
