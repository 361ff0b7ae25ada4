"""Stacked bars with their numbers in words and patterns, readable in black and white and by ear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from ui import theme
from ui.states import State
from ui.theme import Role
from ui.widgets.cells import paint_badge
from ui.widgets.laid_words import LaidWords
from ui.widgets.marks import MARK_PX, paint_area

ORDER: Final = (State.YES, State.WAITS, State.ENDS, State.NO, State.UNASKED)


@attrs.frozen
class Bar:
    """One line of the chart.

    Attributes:
        label: what it counts.
        counts: how many in each state; missing ones are none.
    """

    label: str
    counts: dict[State, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


def state_words() -> dict[State, str]:
    """The words under a chart."""
    return {
        State.YES: _("yes"),
        State.ENDS: _("ends soon"),
        State.NO: _("no"),
        State.UNASKED: _("not asked"),
        State.WAITS: _("waits"),
    }


_LEGEND: Final = 24


class StackedBars(QWidget):
    """Bars of equal length, one per line, and a legend.

    Args:
        name: what the chart shows.
        bars: the lines.
    """

    def __init__(self, name: str, bars: Sequence[Bar] = ()) -> None:
        super().__init__()
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self._words = LaidWords()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other numbers."""
        self._bars = tuple(bars)
        words = state_words()
        spoken = "; ".join(
            f"{bar.label}: "
            + ", ".join(f"{bar.counts[state]} {words[state]}" for state in ORDER if bar.counts.get(state))
            for bar in self._bars
        )
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(spoken)
        self.setToolTip(spoken.replace("; ", "\n"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        legend = look.px(_LEGEND) * len(self.legend_rows())
        return QSize(look.px(360), look.px(26) * len(self._bars) + legend + look.px(6))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(220), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        step, high = look.px(26), look.px(18)
        metrics = QFontMetrics(look.font(Role.SMALL))
        longest = max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0)
        label = min(max(longest + look.px(16), look.px(110)), self.width() // 2)
        for place, bar in enumerate(self._bars):
            top = place * step + (step - high) // 2
            painter.setFont(look.font(Role.SMALL))
            painter.setPen(look.colour("muted"))
            box = QRect(0, top, label - look.px(8), high)
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)
            self._paint_bar(painter, QRectF(label, top, self.width() - label, high), bar)
        self._paint_legend(painter, step * len(self._bars) + look.px(6))

    def _paint_bar(self, painter: QPainter, box: QRectF, bar: Bar) -> None:
        look = theme.current()
        if not bar.total:
            painter.fillRect(box, look.colour("line"))
            return
        font = look.font(Role.TINY)
        metrics = QFontMetrics(font)
        left = box.x()
        for state, width in _widths(bar, box.width(), least=look.px(16)):
            area = QRectF(left, box.y(), width, box.height())
            paint_area(painter, area, state)
            number = str(bar.counts[state])
            painter.setFont(font)
            if metrics.horizontalAdvance(number) + 4 <= width:
                painter.setPen(look.colour("on_fill"))
                self._back(painter, area, metrics.horizontalAdvance(number), state)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number)
            left += width

    @staticmethod
    def _back(painter: QPainter, area: QRectF, width: int, state: State) -> None:
        """Calm the pattern behind a number."""
        look = theme.current()
        wide = min(width + look.px(6), area.width())
        centre = area.center()
        painter.fillRect(QRectF(centre.x() - wide / 2, area.y(), wide, area.height()), look.state_fill(state))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # a narrow chart needs another line for its legend

    def legend_rows(self) -> list[list[tuple[State, str, QRect]]]:
        """Where each state and its word stand below the bars, in as many lines as they need."""
        look, metrics = theme.current(), QFontMetrics(theme.current().font())
        rows: list[list[tuple[State, str, QRect]]] = [[]]
        left = 0
        for state, words in state_words().items():
            if state is State.WAITS and not any(bar.counts.get(state) for bar in self._bars):
                continue
            width = look.px(MARK_PX + 6) + metrics.horizontalAdvance(words) + 2
            if rows[-1] and left + width > self.width():
                rows.append([])
                left = 0
            top = look.px(_LEGEND) * (len(rows) - 1)
            rows[-1].append((state, words, QRect(left, top, width, look.px(22))))
            left += width + look.px(14)
        return rows

    def _paint_legend(self, painter: QPainter, top: int) -> None:
        for row in self.legend_rows():
            for state, words, box in row:
                paint_badge(painter, box.translated(0, top), state, words, self._words)


def _widths(bar: Bar, whole: float, *, least: float) -> list[tuple[State, float]]:
    """Widths in order, small ones wide enough for their number, the rest in proportion."""
    counts = [(state, bar.counts.get(state, 0)) for state in ORDER if bar.counts.get(state)]
    small = {state for state, count in counts if whole * count / bar.total < least}
    left = whole - least * len(small)
    of = sum(count for state, count in counts if state not in small) or 1
    return [(state, least if state in small else left * count / of) for state, count in counts]
