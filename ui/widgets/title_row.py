"""The head of a card with its buttons: beside the title where there is room, else below it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.labels import QuietLine

_GAP = 8
_ROWS = 6


class TitleRow(QWidget):
    """A title and what can be done with what it names.

    Args:
        buttons: left to right; their words may change.
    """

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self.title = QuietLine("", Role.SECTION)
        self._buttons = buttons
        self.is_folded = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._beside, self._below = QHBoxLayout(), QHBoxLayout()
        for row in (self._beside, self._below):
            row.setSpacing(_GAP)
            self._column.addLayout(row)
        self._beside.addWidget(self.title, 1)
        for button in buttons:
            self._beside.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_title(self, words: str) -> None:
        """Name what is shown."""
        self.title.setText(words)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(48), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()  # a button says something else now
        return super().event(event)

    def _arrange(self) -> None:
        words = QFontMetrics(theme.current().font(Role.SECTION)).horizontalAdvance(self.title.text())
        shown = [button for button in self._buttons if not button.isHidden()]
        beside = sum(button.sizeHint().width() + _GAP for button in shown)
        folded = bool(shown) and words + beside > self.width()
        if folded == self.is_folded:
            return
        self.is_folded = folded
        self._column.setSpacing(_ROWS if folded else 0)
        while self._below.count():
            self._below.takeAt(0)
        for button in self._buttons:
            (self._below if folded else self._beside).addWidget(button)
        if folded:
            self._below.addStretch(1)
