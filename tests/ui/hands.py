"""What a hand does: brings a window to the front, types in any script, drops files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
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


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drag these files in and let go; gives whether the widget took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    coming = QDragEnterEvent(QPoint(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)
    coming.ignore()
    QApplication.sendEvent(widget, coming)
    if not coming.isAccepted():  # then the hand sees a sign that says so, and letting go does nothing
        return False
    dropped = QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, dropped)
    return dropped.isAccepted()
