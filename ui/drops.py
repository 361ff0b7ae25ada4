"""Files and folders dragged in from outside and dropped on a part of the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Lets a widget, and what stands in it, take one local file or folder.

    Args:
        widget: takes it.
        takes: whether it wants this path; what it does not want goes on to whatever lies behind.
        opens: called with a path that was dropped.
    """

    def __init__(
        self, widget: QWidget, takes: Callable[[Path], bool], opens: Callable[[Path], object]
    ) -> None:
        super().__init__(widget)
        self._takes, self._opens = takes, opens
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        # A drag coming in is a drop event that has not ended yet.
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        untrusted_path = local_path(event.mimeData())
        if untrusted_path is None or not self._takes(untrusted_path):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._opens(untrusted_path)
        return True


def local_path(untrusted_data: QMimeData) -> Path | None:
    """The one local file or folder that is dragged or pasted; None for several and for anything else."""
    urls = untrusted_data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
