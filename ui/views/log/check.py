"""Checking the whole log from its button, with progress and a way to stop. Asks services only."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.domain.port_values import LogVerification
from app.i18n import _
from ui.messages import told_of
from ui.tasks import Ticket
from ui.views.log.state_card import StateCard
from ui.widgets.buttons import Button
from ui.widgets.dialogs import tell
from ui.worker import Failure
from ui.workplace import Workplace


class LogCheck(QObject):
    """One check at a time.

    Args:
        button: starts it.
        card: shows how it goes and what it found.

    Signals:
        started(): a check began.
        ended(): it looked at everything.
    """

    started = Signal()
    ended = Signal()

    def __init__(self, workplace: Workplace, button: Button, card: StateCard) -> None:
        super().__init__(card)
        self._workplace: Final = workplace
        self._button, self._card = button, card
        self._ticket: Ticket | None = None
        button.clicked.connect(self.verify)
        card.cancel_asked.connect(self._on_cancel)

    def verify(self) -> None:
        """Check everything, with progress and a way to stop."""
        if self._ticket is not None:
            return
        self._button.setEnabled(False)
        self.started.emit()
        self._card.strip.start(_("Verifying"))
        self._ticket = self._workplace.tasks.long(
            self._workplace.session.log.verifying,
            initiator=self,
            done=self._on_verified,
            failed=self._on_failed,
            step=self._card.strip.set_progress,
        )

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _end(self) -> None:
        self._ticket = None
        self._button.setEnabled(True)
        self._card.strip.finish()

    def _on_verified(self, found: LogVerification) -> None:
        self._end()
        self._card.show_found(found)
        self._workplace.bus.announce(Changes({"log_checked": {""}}), self)  # the foot says when
        self.ended.emit()

    def _on_failed(self, failure: Failure) -> None:
        self._end()
        if failure.cancelled:
            self._card.show_cancelled()
            return
        told = told_of(failure)
        tell(self._card.window(), told.happened, told.advice, told.reference)
