"""What was just done, with the way back, for a few seconds at the foot of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from app.i18n import _
from ui import theme
from ui.widgets.buttons import Button, Look
from ui.widgets.labels import Text

STAY_MS: Final = 8_000
_EDGE: Final = 16
_HEIGHT: Final = 40


class Toast(QFrame):
    """A bar at the lower right of its parent that goes away by itself.

    It lies over the line at the foot and the edge of the page: what a page says stays in sight.

    Signals:
        undo_pressed(): the person wants it back.
    """

    undo_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._back: Callable[[], None] | None = None
        self.setProperty("frame", "toast")
        row = self._row = QHBoxLayout(self)
        row.setSpacing(16)
        self._words = Text()
        self._undo = Button(_("Undo"), Look.TOAST, description=_("Take back what was just done"))
        self._undo.clicked.connect(self._on_undo)
        row.addWidget(self._words)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        if isinstance(parent, QStackedWidget):
            parent.currentChanged.connect(self.raise_)  # a stack puts its page in front of everything in it
        self.hide()

    def say(self, words: str, *, undo: bool | Callable[[], None] = False, stay_ms: int = STAY_MS) -> None:
        """Show words, with or without the way back: a way of its own, or that of what was saved last."""
        self._back = undo if callable(undo) else None
        self._words.setText(words)
        self.setAccessibleName(words)
        self._undo.setVisible(bool(undo))
        self._row.setContentsMargins(16, 4, 6 if undo else 16, 4)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(stay_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        if event.type() is QEvent.Type.ChildAdded and self.isVisible():
            self.raise_()  # a page made meanwhile lies above it
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        home = self._home
        self.adjustSize()
        wide = min(self.sizeHint().width(), home.width() - 2 * _EDGE)
        self.resize(wide, max(self.sizeHint().height(), theme.current().px(_HEIGHT)))
        self.move(home.width() - wide - _EDGE, home.height() - self.height() - 1)

    def _on_undo(self) -> None:
        self._timer.stop()
        self.hide()
        if self._back is not None:
            self._back()
        else:
            self.undo_pressed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(STAY_MS // 2)
        super().leaveEvent(event)
