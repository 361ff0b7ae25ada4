"""A list and what is chosen in it: side by side, or one at a time where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.widgets.buttons import Button, Look


class MasterDetail(QWidget):
    """A list and what is chosen in it: side by side, or one at a time when it is narrow.

    Args:
        master: the list.
        detail: about the chosen row.
        detail_width: px at scale 1.
        fold_at: below this own width (px at scale 1) only one of them shows.

    Signals:
        folded(bool): the way of showing changed.
    """

    folded = Signal(bool)

    def __init__(
        self, master: QWidget, detail: QWidget, *, detail_width: int = 412, fold_at: int = 1040
    ) -> None:
        super().__init__()
        self._fold_at, self._wanted = fold_at, detail_width
        self._is_folded = False
        self._in_detail = False
        self._has_detail = True
        self._sized = False
        self._scale = theme.current().scale
        self.master, self.detail = master, detail
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        self._back = Button(_("Back to the list"), Look.QUIET)
        self._back.clicked.connect(self.show_master)
        self._back.hide()
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(14)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(master)
        self.splitter.addWidget(detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        column.addWidget(self.splitter, 1)

    @property
    def is_folded(self) -> bool:
        """Whether only one of the two shows."""
        return self._is_folded

    def show_detail(self) -> None:
        """Go to the detail (when folded)."""
        self._in_detail = True
        self._arrange()

    def show_master(self) -> None:
        """Go back to the list (when folded)."""
        self._in_detail = False
        self._arrange()
        self.master.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._back.isHidden():
            self.show_master()
            return
        super().keyPressEvent(event)

    def set_has_detail(self, has_detail: bool) -> None:
        """Whether there is a detail at all; a list that needs none has the whole breadth."""
        self._has_detail = has_detail
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        if not self._is_folded and (not self._sized or event.oldSize().width() <= 0):
            self._sized = True
            self._size_detail()

    def _fold(self) -> None:
        folded = self.width() < theme.current().px(self._fold_at)
        if folded != self._is_folded:
            self._is_folded = folded
            self._arrange()
            self.folded.emit(folded)

    def _size_detail(self) -> None:
        detail = theme.current().px(self._wanted)
        self.splitter.setSizes([self.width() - detail - self.splitter.handleWidth(), detail])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._scale != theme.current().scale:
            self._scale = theme.current().scale
            self._fold()
            self._size_detail()

    def _arrange(self) -> None:
        only_detail = self._is_folded and self._in_detail and self._has_detail
        self.master.setVisible(not only_detail)
        self.detail.setVisible(self._has_detail and (only_detail or not self._is_folded))
        self._back.setVisible(only_detail)
