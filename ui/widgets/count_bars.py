"""Plain bars with their numbers beside them: readable in black and white and by ear."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import Role


@attrs.frozen
class CountBar:
    """One line.

    Attributes:
        label: what it counts.
        count: how many.
        other: a second number, drawn as a hatched bar under the first; None for none.
    """

    label: str
    count: int
    other: int | None = None


class CountBars(QWidget):
    """Bars, one under the other, in proportion to the longest.

    Args:
        name: what the chart shows.
        counted, others: words for the two numbers, for screen readers.
    """

    def __init__(self, name: str, *, counted: str = "", others: str = "") -> None:
        super().__init__()
        self._name, self._counted, self._others = name, counted, others
        self._bars: tuple[CountBar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bars(self, bars: Sequence[CountBar]) -> None:
        """Show these numbers."""
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(self._spoken(bar) for bar in self._bars))
        self.updateGeometry()
        self.update()

    def _spoken(self, bar: CountBar) -> str:
        first = f"{bar.label}: {bar.count} {self._counted}".strip()
        return first if bar.other is None else f"{first}, {bar.other} {self._others}".strip()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(320), look.px(24) * max(len(self._bars), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font(Role.SMALL))
        metrics = QFontMetrics(look.font(Role.SMALL))
        longest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        label = min(longest + look.px(12), self.width() // 2)
        numbers = [_numbers(bar) for bar in self._bars]
        right = max((metrics.horizontalAdvance(words) for words in numbers), default=0) + look.px(10)
        most = max((max(bar.count, bar.other or 0) for bar in self._bars), default=0) or 1
        room = max(self.width() - label - right, look.px(20))
        step, high = look.px(24), look.px(14)
        for place, bar in enumerate(self._bars):
            top = place * step + (step - high) // 2
            painter.setPen(look.colour("muted"))
            box = QRect(0, place * step, label - look.px(8), step)
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)
            wide = room * bar.count / most
            if bar.other is not None:
                hatched = QRectF(label, top, room * bar.other / most, high)
                painter.fillRect(hatched, QBrush(look.colour("muted"), Qt.BrushStyle.BDiagPattern))
            bar_high = high if bar.other is None else high * 0.6
            painter.fillRect(QRectF(label, top, wide, bar_high), look.colour("accent"))
            painter.setPen(look.colour("text"))
            after = int(label + max(wide, room * (bar.other or 0) / most) + look.px(6))
            painter.drawText(
                QRect(after, place * step, right, step), int(Qt.AlignmentFlag.AlignVCenter), numbers[place]
            )


def _numbers(bar: CountBar) -> str:
    return str(bar.count) if bar.other is None else f"{bar.count} / {bar.other}"
