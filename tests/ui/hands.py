"""What a hand does: brings a window to the front, types in any script."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)


def in_front(widget: QWidget) -> None:
    """Show a window and wait until it has the keyboard."""
    widget.show()
    widget.activateWindow()
    assert QTest.qWaitForWindowActive(widget, 2_000)


def type_into(widget: QWidget, words: str) -> None:
    """Type letters of any script (QTest knows Latin only)."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            modifiers = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_unknown, modifiers, letter))
