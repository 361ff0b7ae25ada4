"""Plain lines with their numbers beside them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.fields import TextEdit

_GAP_PX: Final = 8


class NumberedEdit(TextEdit):
    """A text whose lines are spoken of by their numbers; a line that wraps has one."""

    def __init__(self, name: str, *, lines: int = 4) -> None:
        super().__init__(name, lines=lines)
        self._numbers = _Numbers(self)
        self.blockCountChanged.connect(lambda _count: self._make_room())
        self.updateRequest.connect(lambda _where, _down: self._numbers.update())
        self._make_room()

    def numbers_width(self) -> int:
        """Room for the highest number."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * theme.current().px(_GAP_PX)

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        self._place()

    def _place(self) -> None:
        inner = self.contentsRect()
        self._numbers.setGeometry(QRect(inner.left(), inner.top(), self.numbers_width(), inner.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paint_numbers(self, painter: QPainter) -> None:
        """Every line that is seen."""
        painter.setFont(self.font())
        painter.setPen(theme.current().colour("muted"))
        right = self.numbers_width() - theme.current().px(_GAP_PX)
        block = self.firstVisibleBlock()
        while block.isValid():
            where = self.blockBoundingGeometry(block).translated(self.contentOffset())
            top = round(where.top()) + self.viewport().y() - self._numbers.y()
            if top > self._numbers.height():
                return
            box = QRect(0, top, right, self.fontMetrics().lineSpacing())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), str(block.blockNumber() + 1))
            block = block.next()


class _Numbers(QWidget):
    """Where the numbers stand."""

    def __init__(self, edit: NumberedEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(self._edit.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._edit.paint_numbers(QPainter(self))
