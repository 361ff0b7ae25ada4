"""The photo beside the name: shown, chosen, replaced or taken away by key or mouse, or dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFileDialog, QMenu

from app.i18n import _
from ui.widgets.details import PhotoBox

_LARGEST: Final = 30_000_000


class PhotoDrop(PhotoBox):
    """The box; `may` says whether anything can be chosen.

    Signals:
        chosen(bytes): an untrusted picture.
        removed(): take the photo away.
        unreadable(): the file could not be read.
    """

    chosen = Signal(bytes)
    removed = Signal()
    unreadable = Signal()

    def __init__(self, words: str, photo: QImage | None, *, name: str, may: bool) -> None:
        super().__init__(words, photo, name=name)
        self._may, self._has_photo = may, photo is not None
        if may:
            self.setAcceptDrops(True)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            hint = (
                _("Replace or remove the photo, or drop another one here")
                if self._has_photo
                else _("Choose a photo, or drop one here")
            )
            self.setToolTip(hint)
            self.setAccessibleDescription(hint)

    def press(self) -> None:
        """Choose a photo; where there is one, ask first whether to replace or remove it."""
        if self._has_photo:
            self.menu().popup(self.mapToGlobal(QPoint(0, self.height())))
        else:
            self.choose()

    def menu(self) -> QMenu:
        """What can be done with the photo that is there."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Choose another photo…")).triggered.connect(lambda _on=False: self.choose())
        menu.addAction(_("Remove the photo")).triggered.connect(lambda _on=False: self.removed.emit())
        return menu

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
            self.press()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._may and self._has_photo:
            self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._may and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.press()
            return
        if self._may and self._has_photo and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
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
