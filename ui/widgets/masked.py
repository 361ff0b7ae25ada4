"""A closed value: always the same eight bars, whatever is behind them, and "closed" for screen readers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from ui import theme

BARS: Final = 8


def mask_width() -> int:
    """Width of the bars in px, the same for every value."""
    return (BARS - 1) * theme.current().px(8) + theme.current().px(5)


def paint_mask(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Draw the bars at the left of `box`, centred on its height."""
    look = theme.current()
    width, high, step = look.px(5), look.px(12), look.px(8)
    top = box.y() + (box.height() - high) // 2
    for place in range(BARS):
        painter.fillRect(QRectF(int(box.x()) + place * step, int(top), width, high), ink)


class MaskedText(QWidget):
    """A closed value on a page. It is never told what it hides.

    Args:
        name: what is closed ("Name", "Signal").
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}: {_('closed')}")
        self.setToolTip(_("Closed until shown"))

    def sizeHint(self) -> QSize:
        return QSize(mask_width(), theme.current().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_mask(QPainter(self), QRectF(self.rect()), theme.current().colour("muted"))
