"""The photo beside the name: shown, chosen with a key or the mouse, or dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFileDialog

from app.i18n import _
from ui.widgets.details import PhotoBox

_LARGEST: Final = 30_000_000


class PhotoDrop(PhotoBox):
    """The box; `may` says whether anything can be chosen.

    Signals:
        chosen(bytes): an untrusted picture.
        unreadable(): the file could not be read.
    """

    chosen = Signal(bytes)
    unreadable = Signal()

    def __init__(self, words: str, photo: QImage | None, *, name: str, may: bool) -> None:
        super().__init__(words, photo, name=name)
        self._may = may
        if may:
            self.setAcceptDrops(True)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setToolTip(_("Choose a photo, or drop one here"))
            self.setAccessibleDescription(_("Choose a photo, or drop one here"))

    def choose(self) -> None:
        """Ask for a file."""
        kinds = _("Pictures") + " (*.jpg *.jpeg *.png *.webp)"
        name, _kind = QFileDialog.getOpenFileName(self.window(), _("Choose a photo"), "", kinds)
        if name:
            self.take(Path(name))

    def take(self, file: Path) -> None:
        """Read a file and give its content on."""
        try:
            if file.stat().st_size > _LARGEST:
                self.unreadable.emit()
                return
            self.chosen.emit(file.read_bytes())
        except OSError:
            self.unreadable.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._may and event.button() is Qt.MouseButton.LeftButton:
            self.choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._may and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take(files[0])


def image_of(content: bytes | None) -> QImage | None:
    """A stored photo as an image; None where there is none or it does not read."""
    image = QImage.fromData(content) if content else QImage()
    return None if image.isNull() else image
