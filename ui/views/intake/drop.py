"""A list dropped onto a page opens the sheet that brings it in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from ui.views.intake.choose_step import dropped_file


class ListDrop(QObject):
    """Watches a page for files dropped onto it.

    Args:
        page: the page.
        opens: called with the file.
    """

    def __init__(self, page: QWidget, opens: Callable[[Path], object]) -> None:
        super().__init__(page)
        self._opens = opens
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        # A drag coming in is a drop event that has not ended yet.
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        path = dropped_file(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._opens(path)
        return True
