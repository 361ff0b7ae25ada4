"""Work that takes a while: what it is doing, how far it is, and a way to stop it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.i18n import _
from ui.theme import Role
from ui.widgets.buttons import Button
from ui.widgets.labels import QuietLine, Text

SHOW_AFTER_MS: Final = 300


class WorkingStrip(QWidget):
    """Words, a bar and Cancel; shows itself only when the work takes longer than 300 ms.

    Signals:
        cancel_pressed(): the person wants it stopped.
    """

    cancel_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        column = QVBoxLayout()
        column.setSpacing(6)
        line = QHBoxLayout()
        self._words = QuietLine("", Role.BASE)
        self._count = Text("", Role.SMALL)
        line.addWidget(self._words, 1)
        line.addWidget(self._count)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        column.addLayout(line)
        column.addWidget(self._bar)
        row.addLayout(column, 1)
        self.cancel = Button(_("Stop this"), description=_("Stop; nothing is changed"))
        self.cancel.clicked.connect(self._on_cancel)
        row.addWidget(self.cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def start(self, what: str, *, can_cancel: bool = True) -> None:
        """Work begins."""
        self.cancel.setVisible(can_cancel)
        self.cancel.setEnabled(True)
        self.set_progress(0, 0, what)
        self._timer.start(SHOW_AFTER_MS)

    def set_progress(self, done: int, total: int, what: str) -> None:
        """How far it is; a total of 0 means nobody can know."""
        self._words.setText(what)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(_("{done} of {total}").format(done=done, total=total) if total else "")
        self._bar.setAccessibleDescription(f"{what} {self._count.text()}".strip())

    @property
    def told(self) -> str:
        """What it says now; changes with every step."""
        return self._bar.accessibleDescription()

    def finish(self) -> None:
        """Work is over."""
        self._timer.stop()
        self.hide()

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._words.setText(_("Stopping…"))
        self.cancel_pressed.emit()
