"""Small signs drawn with a painter: state marks, arrows, patterns. Shape and colour, never colour alone."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPen, QPolygonF

from ui import theme
from ui.states import State
from ui.theme import Role

MARK_PX: Final = 18


def paint_mark(painter: QPainter, box: QRectF, state: State, ink: QColor | None = None) -> None:
    """Draw a state's mark into a square: ✓ ! ✕ filled, ? and … outlined; `ink` replaces its own colour."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = ink or look.state_colour(state)
    if state in (State.UNASKED, State.WAITS, State.COUNTING):
        _outlined(painter, box, colour, state)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(box)
        pen = QPen(look.colour("mark_glyph"), box.width() * 0.115)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _glyph(painter, box, state)
    painter.restore()


def stamp_mark(painter: QPainter, box: QRectF, state: State, ink: QColor) -> None:
    """The same from a picture made once, for tables: dozens are in sight at a time."""
    to_pixels = painter.deviceTransform()
    scale, right, down = to_pixels.m11(), to_pixels.dx(), to_pixels.dy()
    x, y = box.x() * scale + right, box.y() * scale + down
    left, top = floor(x), floor(y)
    # What is left of whole pixels is part of the picture, so that it is as sharp as if it were drawn here.
    rest = round(x - left, 2), round(y - top, 2)
    image = _picture(theme.current(), box.width(), rest, state, ink.rgba(), scale)
    painter.drawImage(QPointF((left - right) / scale, (top - down) / scale), image)


@lru_cache(maxsize=128)
def _picture(
    look: theme.Theme, size: float, rest: tuple[float, float], state: State, ink: int, scale: float
) -> QImage:
    """A mark; the look is in its name because the sign inside the mark has a colour of its own."""
    side = ceil(size * scale) + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(0)
    painter = QPainter(image)
    box = QRectF(rest[0] / scale, rest[1] / scale, size, size)
    paint_mark(painter, box, state, QColor.fromRgba(ink))
    painter.end()
    return image


def _outlined(painter: QPainter, box: QRectF, colour: QColor, state: State) -> None:
    width = max(1.0, box.width() * 0.07)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
    if state is State.COUNTING:
        return
    if state is State.WAITS:
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        dot = box.width() * 0.055
        for place in (0.3, 0.5, 0.7):
            painter.drawEllipse(QPointF(box.x() + box.width() * place, box.center().y()), dot, dot)
        return
    font = QFont(theme.current().font(Role.BOLD))
    font.setPointSizeF(theme.points(box.width() * 0.6))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")


def _glyph(painter: QPainter, box: QRectF, state: State) -> None:
    def at(x: float, y: float) -> QPointF:
        return QPointF(box.x() + box.width() * x, box.y() + box.height() * y)

    if state is State.YES:
        painter.drawPolyline(QPolygonF([at(0.30, 0.52), at(0.44, 0.65), at(0.70, 0.37)]))
    elif state is State.NO:
        painter.drawLine(at(0.36, 0.36), at(0.64, 0.64))
        painter.drawLine(at(0.64, 0.36), at(0.36, 0.64))
    else:
        painter.drawLine(at(0.5, 0.27), at(0.5, 0.54))
        painter.drawPoint(at(0.5, 0.73))


def paint_arrow(painter: QPainter, centre: QPointF, colour: QColor, *, up: bool = False) -> None:
    """Draw the small filled triangle that stands for "opens" or for the order of a column."""
    look = theme.current()
    half, high = look.px(8) / 2, look.px(5)
    sign = -1 if up else 1
    top = centre.y() - sign * high / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(centre.x() - half, top),
                QPointF(centre.x() + half, top),
                QPointF(centre.x(), top + sign * high),
            ]
        )
    )
    painter.restore()


def paint_area(painter: QPainter, area: QRectF, state: State) -> None:
    """Fill an area that stands for a state; each has its own pattern so that it reads in black and white."""
    look = theme.current()
    painter.fillRect(area, look.state_fill(state))
    veil = QColor(look.colour("on_fill"))
    veil.setAlpha(72)
    step = look.px(4)
    if state is State.NO:
        for x in range(int(area.left()) + step // 2, int(area.right()), step):
            painter.fillRect(QRectF(x, area.top(), 1, area.height()), veil)
    elif state is State.WAITS:
        for y in range(int(area.top()) + step // 2, int(area.bottom()), step):
            painter.fillRect(QRectF(area.left(), y, area.width(), 1), veil)
    elif state is State.ENDS:
        painter.fillRect(area, QBrush(veil, Qt.BrushStyle.BDiagPattern))
