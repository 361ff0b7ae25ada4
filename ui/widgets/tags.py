"""One quiet word in a rounded edge, and keys as they are printed on a keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import Role


class Tag(QWidget):
    """A word in a pill; `keys` makes it a key of a keyboard.

    Args:
        words: what it says.
        keys: squarer and smaller.
        colour: palette name of the words.
    """

    def __init__(self, words: str, *, keys: bool = False, colour: str = "text") -> None:
        super().__init__()
        self._words, self._keys, self._colour = words, keys, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def set_words(self, words: str) -> None:
        """Say something else."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        look = theme.current()
        metrics = QFontMetrics(look.font(Role.SMALL))
        padding = look.px(6 if self._keys else 10)
        width = metrics.horizontalAdvance(self._words) + 2 * padding + 1
        return QSize(width, look.px(20 if self._keys else 22))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("neutral_edge"), 1))
        painter.setBrush(look.colour("surface"))
        radius = look.px(4) if self._keys else box.height() / 2
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(look.colour(self._colour))
        painter.setFont(look.font(Role.SMALL))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
