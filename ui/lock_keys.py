"""Keys heard everywhere, to lock and for help: Qt gives no shortcut of a window below a dialog its chance."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from ui import actions
from ui.actions import ActionSpec


class HeardKeys(QObject):
    """Listens to the whole program.

    Args:
        run: what to do when the keys are pressed.
        spec: whose keys.
    """

    def __init__(self, run: Callable[[], None], spec: ActionSpec = actions.LOCK) -> None:
        super().__init__()
        self._run = run
        self._keys = QKeySequence(spec.shortcut)
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
        QTimer.singleShot(0, self._run)
        return True
