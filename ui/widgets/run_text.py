"""Lines of several weights, colours and marks that wrap as one text. Plain words in, drawn here."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.states import State
from ui.theme import Role
from ui.widgets.marks import MARK_PX, paint_mark

_NARROW = "\u00a0"


@attrs.frozen
class Run:
    """A piece of a line.

    Attributes:
        text: plain words.
        role: weight and colour.
        state: gives the piece the mark and colour of a state.
        tone: a colour of the palette by name, or "".
    """

    text: str
    role: Role = Role.BASE
    state: State | None = None
    tone: str = ""


class RunText(QWidget):
    """Lines of several weights and marks that wrap as one text ("✓ may  mother, 8 months ago").

    Args:
        runs: the pieces, joined without anything between them.
    """

    def __init__(self, runs: Sequence[Run] = (), *, line_height: float = 1.38, centred: bool = False) -> None:
        super().__init__()
        self._centred = centred
        self._runs: tuple[Run, ...] = ()
        self._heights: dict[tuple[float, int], int] = {}  # by text size and width: Qt asks again and again
        self._line_height = line_height
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_runs(runs)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show other words."""
        self._runs = tuple(runs)
        self._heights.clear()
        self.setAccessibleName("".join(run.text for run in self._runs))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt
        asked = theme.current().scale, width
        if asked not in self._heights:
            self._heights[asked] = self._lay_out(width)[1]
        return self._heights[asked]

    def sizeHint(self) -> QSize:
        layout, height, _ = self._lay_out(100_000)
        return QSize(int(layout.maximumWidth()) + 2, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(72), self.heightForWidth(self.width() or 100_000))

    def paintEvent(self, event: QPaintEvent) -> None:
        layout, _, marks = self._lay_out(self.width())
        painter = QPainter(self)
        painter.setPen(theme.current().colour("text"))
        layout.draw(painter, QPointF(0, 0))
        size = theme.current().px(MARK_PX)
        for position, state in marks:
            line = layout.lineForTextPosition(position)
            left = _x_of(line, position)
            top = line.y() + (line.height() - size) / 2
            paint_mark(painter, QRectF(left, top, size, size), state)

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def _lay_out(self, width: int) -> tuple[QTextLayout, int, list[tuple[int, State]]]:
        look = theme.current()
        pieces: list[str] = []
        formats: list[QTextLayout.FormatRange] = []
        marks: list[tuple[int, State]] = []
        length = 0
        for run in self._runs:
            text = run.text
            if run.state is not None:
                marks.append((length, run.state))
                text = self._mark_room() + text
            formats.append(_format(run, length, _utf16(text)))
            pieces.append(text)
            length += _utf16(text)
        layout = QTextLayout("".join(pieces), look.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if self._centred:
            option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.setTextOption(option)
        layout.setFormats(formats)
        return layout, self._break_lines(layout, width), marks

    def _break_lines(self, layout: QTextLayout, width: int) -> int:
        step = theme.current().size(Role.BASE) * self._line_height
        top = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top + (step - line.height()) / 2))
            top += step
        layout.endLayout()
        return int(max(top, step) + 0.999)

    def _mark_room(self) -> str:
        look = theme.current()
        space = QFontMetricsF(look.font()).horizontalAdvance(_NARROW)
        return _NARROW * round((look.px(MARK_PX) + look.px(6)) / space)


def paragraph(words: str, role: Role = Role.BASE, *, centred: bool = False) -> RunText:
    """Plain words that wrap, with the line height of running text."""
    return RunText([Run(words, role)], centred=centred)


def _x_of(line: QTextLine, position: int) -> float:
    found: object = line.cursorToX(position)  # x, or x and the position it was found at
    first = found[0] if isinstance(found, tuple) else found
    return float(first) if isinstance(first, int | float) else 0.0


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _format(run: Run, start: int, length: int) -> QTextLayout.FormatRange:
    look = theme.current()
    style = QTextCharFormat()
    style.setFont(look.font(run.role))
    if run.tone:
        style.setForeground(look.colour(run.tone))
    elif run.state is not None:
        style.setForeground(look.state_colour(run.state))
    else:
        style.setForeground(look.text_colour(run.role))
    piece = QTextLayout.FormatRange()
    piece.start, piece.length, piece.format = start, length, style
    return piece
