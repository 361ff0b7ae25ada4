"""Words of a table's cells, cut to their width and laid out once instead of with every repaint."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import QPainter, QStaticText

from ui import theme
from ui.theme import Role

_MOST: Final = 4_000  # a few screens full


class LaidWords:
    """Belongs to one table and goes with it, so that no word outlives the lock that closes the table."""

    def __init__(self) -> None:
        self._laid: dict[tuple[str, Role, float, int], tuple[QStaticText, QSizeF]] = {}
        self._widths: dict[tuple[str, Role, float], int] = {}

    def paint(
        self, painter: QPainter, box: QRect, words: str, role: Role = Role.BASE, *, centred: bool = False
    ) -> None:
        """Draw words in the painter's ink, centred on the height of `box`, cut where they are too long."""
        look = theme.current()
        key = words, role, look.scale, box.width()
        laid, size = self._laid.get(key) or self._lay(key)
        left = box.x() + (box.width() - size.width()) / 2 if centred else box.x()
        painter.setFont(look.face(role)[0])
        painter.drawStaticText(QPointF(left, box.y() + (box.height() - size.height()) / 2), laid)

    def width(self, words: str, role: Role) -> int:
        """How wide words are, px."""
        look = theme.current()
        key = words, role, look.scale
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= _MOST:
                self._widths.clear()
            width = self._widths[key] = look.face(role)[1].horizontalAdvance(words)
        return width

    def _lay(self, key: tuple[str, Role, float, int]) -> tuple[QStaticText, QSizeF]:
        if len(self._laid) >= _MOST:
            self._laid.clear()
        words, role, _scale, width = key
        font, metrics = theme.current().face(role)
        laid = QStaticText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, width))
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.prepare(font=font)
        self._laid[key] = laid, laid.size()
        return self._laid[key]
