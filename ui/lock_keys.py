"""The keys that lock, heard everywhere: Qt gives no shortcut of a window below a dialog its chance."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from ui import actions


class LockKeys(QObject):
    """Listens to the whole program.

    Args:
        lock: what to do when the keys are pressed.
    """

    def __init__(self, lock: Callable[[], None]) -> None:
        super().__init__()
        self._lock = lock
        self._keys = QKeySequence(actions.LOCK.shortcut)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def stop(self) -> None:
        """Listen no more."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if QKeySequence(event.keyCombination()) != self._keys:
            return False
        QTimer.singleShot(0, self._lock)
        return True
