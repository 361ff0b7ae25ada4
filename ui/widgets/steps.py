"""The steps of a task that has an order: done, now, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.i18n import _
from ui import theme
from ui.theme import Role


class StepHead(QWidget):
    """Numbers in circles with their words.

    Args:
        steps: words of the steps, in order.

    Signals:
        pressed(int): a step already reached was pressed, from 0.
    """

    pressed = Signal(int)

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = [_Step(place, words) for place, words in enumerate(steps)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(24))
        for step in self._steps:
            row.addWidget(step)
            step.clicked.connect(lambda _=False, place=step.place: self.pressed.emit(place))
        self.set_current(0)

    def set_current(self, place: int) -> None:
        """Say which step is now, from 0; those before it are done."""
        for step in self._steps:
            step.set_reached(now=step.place == place, done=step.place < place, all_steps=len(self._steps))

    def set_compact(self, *, compact: bool) -> None:
        """Show words only for the step that is now (narrow windows)."""
        for step in self._steps:
            step.set_compact(compact=compact)


class _Step(QAbstractButton):
    def __init__(self, place: int, words: str) -> None:
        super().__init__()
        self.place = place
        self._words = words
        self._now = self._done = self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_reached(self, *, now: bool, done: bool, all_steps: int) -> None:
        self._now, self._done = now, done
        self.setEnabled(now or done)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if done else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(
            _("Step {number} of {all}: {name}").format(number=self.place + 1, all=all_steps, name=self._words)
        )
        self.setAccessibleDescription(_("now") if now else _("done") if done else _("to come"))
        self.updateGeometry()
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        self._compact = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        width = look.px(22)
        if self._now or not self._compact:
            width += look.px(8) + QFontMetrics(look.font(Role.BOLD)).horizontalAdvance(self._words)
        return QSize(width, look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        reached = self._now or self._done
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(22)
        circle = QRectF(0, (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent" if reached else "step_idle"))
        painter.drawEllipse(circle)
        painter.setFont(look.font(Role.STRONG))
        painter.setPen(look.colour("on_accent" if reached else "muted_selected"))
        painter.drawText(circle.translated(QPointF(0, 0)), Qt.AlignmentFlag.AlignCenter, str(self.place + 1))
        if self._now or not self._compact:
            painter.setFont(look.font(Role.BOLD if self._now else Role.BASE))
            painter.setPen(look.colour("accent_text" if reached else "muted"))
            box = QRect(size + look.px(8), 0, self.width(), self.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self._words)
