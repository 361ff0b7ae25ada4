"""Closing the window makes a backup first: how far it is, and a way to close without one."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.services.backups import Made
from ui.messages import told_of
from ui.tasks import Ticket
from ui.theme import Role
from ui.views.backups.words import made_words
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import Text
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

_READ_MS = 1200


class ClosingSheet(Sheet):
    """Makes one and says when the window may close. Locking never waits for it.

    Signals:
        ended(bool): True: close now; False: the person wants to stay.
    """

    ended = Signal(bool)

    def __init__(self, workplace: Workplace, parent: QWidget) -> None:
        super().__init__(
            parent,
            _("Backing up before closing"),
            _("Close without a backup"),
            dangerous=True,  # Enter waits
            width=460,
            way_out=_("Keep the window open"),
        )
        self._workplace = workplace
        self._ticket: Ticket | None = None
        self._over = False
        self._words = Text(_("What you saved is safe already. This makes a second copy of it."), wrap=True)
        self.add(self._words)
        self._strip = WorkingStrip()
        policy = self._strip.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._strip.setSizePolicy(policy)
        self.add(self._strip)
        self._why = Text("", Role.SMALL, tone="error", wrap=True)
        self._why.hide()
        self.add(self._why)
        self.accepted.connect(lambda: self._end(close=True))
        self.rejected.connect(lambda: self._end(close=False))

    def start(self) -> None:
        """Begin."""
        self._strip.start(_("Making a backup"), can_cancel=False)
        backups = self._workplace.session.backups
        self._ticket = self._workplace.tasks.long(
            lambda progress: backups.making(progress, automatic=True, rotate=False),
            initiator=self,
            done=self._on_made,
            failed=self._on_failed,
            step=self._strip.set_progress,
            announces=True,
        )

    def _on_made(self, made: Made) -> None:
        self._strip.finish()
        self._ticket = None
        self._words.setText(made_words(made))
        # Something that went wrong has to be read; the rest closes at once.
        QTimer.singleShot(_READ_MS if made.failed else 0, self, self.accept)

    def _on_failed(self, failure: Failure) -> None:
        self._strip.finish()
        self._ticket = None
        if not failure.cancelled:
            self._why.setText(told_of(failure).text)
            self._why.show()

    def _end(self, *, close: bool) -> None:
        if self._over:
            return
        self._over = True
        if self._ticket is not None:
            self._ticket.cancel()
        self.ended.emit(close)
        self.deleteLater()
