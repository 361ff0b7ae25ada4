"""Something a button does that may take seconds: what, how far it is, a way to stop, and no second press."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from app.domain.progress import Progress
from ui.tasks import Tasks, Ticket
from ui.widgets.working import WorkingStrip
from ui.worker import Failed, Failure

T = TypeVar("T")


class CarryingOut(WorkingStrip):
    """Carries out one thing at a time and tells of it.

    Args:
        tasks: where it is done.
        buttons: what cannot be pressed meanwhile.
    """

    def __init__(self, tasks: Tasks, buttons: QWidget) -> None:
        super().__init__()
        self._tasks, self._buttons = tasks, buttons
        self._ticket: Ticket | None = None
        self.cancel_pressed.connect(self._on_cancel_pressed)

    def carry_out(
        self, words: str, work: Callable[[Progress], T], *, done: Callable[[T], None], failed: Failed
    ) -> None:
        """Do it, unless something is being done.

        Args:
            words: what is done, as a sentence.
            work: on the worker; its result says what changed.
            failed: told of what went wrong, not of what was stopped.
        """
        if self._ticket is not None:
            return
        self._buttons.setEnabled(False)
        self.start(words)

        def on_done(result: T) -> None:
            self._over()
            done(result)

        def on_failed(failure: Failure) -> None:
            self._over()
            if not failure.cancelled:
                failed(failure)

        self._ticket = self._tasks.long(
            work, initiator=self, done=on_done, failed=on_failed, step=self.set_progress, announces=True
        )

    def _over(self) -> None:
        self._ticket = None
        self.finish()
        self._buttons.setEnabled(True)

    def _on_cancel_pressed(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
