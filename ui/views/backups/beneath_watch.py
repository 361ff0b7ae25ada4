"""Says it at once when another program exchanged, overwrote or moved the open case file.

The service decides what lies there and keeps what was saved; the store has refused every save since.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.domain.errors import Code
from app.i18n import _
from app.services.backups import Made
from app.services.beneath import Standing
from ui.messages import told_of
from ui.views.backups.words import made_words
from ui.views.main_window import MainWindow
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import Text
from ui.widgets.working import WorkingStrip
from ui.worker import Failure
from ui.workplace import Workplace

LOOK_MS: Final = 5_000


class BeneathWatch(QObject):
    """Looks every few seconds, and whenever somebody comes back to the window.

    Args:
        workplace: of the window.
        window: over which it is said.
    """

    def __init__(self, workplace: Workplace, window: MainWindow) -> None:
        super().__init__(window)
        self._workplace, self._window = workplace, window
        self._told = Standing.OURS
        self._sheet: BeneathSheet | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def stop(self) -> None:
        """The window goes away."""
        self._timer.stop()
        self._window.removeEventFilter(self)

    def look(self) -> None:
        """Look now, between two saves: in the middle of one the file is not as it was left."""
        beneath = self._workplace.session.beneath
        self._workplace.tasks.query(
            beneath.standing, initiator=self, done=self._on_standing, failed=lambda failure: None
        )

    def takes(self, failure: Failure) -> bool:
        """Look and say it here where something behind the window failed because of it: it is said once."""
        code = failure.error.code if failure.error is not None else None
        beneath = code in (Code.CASE_FILE_EXCHANGED, Code.CASE_FILE_MOVED) and self._timer.isActive()
        if beneath:
            self.look()
        return beneath

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.WindowActivate and self._timer.isActive():
            self.look()
        return False

    def _on_standing(self, standing: Standing) -> None:
        before, self._told = self._told, standing
        if standing is before or not self._timer.isActive():
            return
        if self._sheet is not None:
            self._sheet.close()
        if standing is Standing.OURS:
            self._workplace.say(_("The case file is back in its place. Saving works again."))
            return
        self._sheet = BeneathSheet(self._workplace, self._window, standing)
        self._sheet.accepted.connect(self._window.lock_requested)
        self._sheet.destroyed.connect(self._on_gone)
        self._sheet.open()
        self._sheet.start()

    def _on_gone(self) -> None:
        self._sheet = None


class BeneathSheet(Sheet):
    """What happened, what is kept, and the way on."""

    def __init__(self, workplace: Workplace, parent: QWidget, standing: Standing) -> None:
        moved = standing is Standing.MOVED
        super().__init__(
            parent,
            _title(standing),
            "" if moved else _("Lock and look what is there"),
            width=500,
            way_out=_("Close") if moved else _("Stay and read"),
        )
        self._workplace, self._standing = workplace, standing
        self.add(Text(_happened(standing), wrap=True))
        self._kept = Text("", wrap=True)
        self._kept.hide()
        self.add(self._kept)
        self._strip = WorkingStrip()
        self._strip.hide()
        self.add(self._strip)
        self.add(Text(_advice(standing), wrap=True))
        self.finished.connect(self.deleteLater)

    def start(self) -> None:
        """Keep what was saved in this window, where it is whole."""
        if self._standing is not Standing.EXCHANGED:
            return
        if self.action is not None:
            self.action.setEnabled(False)
        self._strip.start(_("Making a backup"), can_cancel=False)
        self._workplace.tasks.long(
            self._workplace.session.beneath.keeping,
            initiator=self,
            done=self._on_kept,
            failed=self._on_failed,
            step=self._strip.set_progress,
        )

    def _on_kept(self, made: Made) -> None:
        self._say(_("What you saved here is whole, in a new backup. {where}").format(where=made_words(made)))

    def _on_failed(self, failure: Failure) -> None:
        self._say(told_of(failure).text)

    def _say(self, words: str) -> None:
        self._strip.finish()
        self._kept.setText(words)
        self._kept.show()
        if self.action is not None:
            self.action.setEnabled(True)
            self.action.setFocus()


def _title(standing: Standing) -> str:
    if standing is Standing.MOVED:
        return _("The case file is no longer in its place")
    return _("Another program changed this case file")


def _happened(standing: Standing) -> str:
    if standing is Standing.MOVED:
        return _(
            "Its folder was moved or renamed, or lies on a stick that was pulled out. Nothing can be saved, "
            "and what you are typing is only on this screen."
        )
    return _(
        "It was exchanged while it was open here, by hand or by a program that copies files. Nothing more is "
        "saved into it. What you were typing is kept."
    )


def _advice(standing: Standing) -> str:
    if standing is Standing.MOVED:
        return _("Put it back where it was: then saving works again by itself.")
    if standing is Standing.EXCHANGED:
        return _("Lock, unlock, and look what is there. Where something is missing, put that backup back.")
    return _(
        "Lock, unlock, and look what is there. Where something is missing, or it does not open, put the "
        "newest backup back."
    )
