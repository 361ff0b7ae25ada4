"""The strip of tabs over a detail: words, the chosen one bold with a line under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from ui import theme
from ui.theme import Role

GAP: Final = 12


def _words_width(words: str) -> int:
    return QFontMetrics(theme.current().font(Role.BOLD)).horizontalAdvance(words)


class TabStrip(QTabBar):
    """Tabs.

    Args:
        name: what they switch, for screen readers.
        tabs: keys and words.

    Signals:
        chosen(str): key of the tab now in front.
    """

    chosen = Signal(str)

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for key, words in tabs:
            self.setTabData(self.addTab(words), key)
        self.currentChanged.connect(lambda place: self.chosen.emit(str(self.tabData(place) or "")))

    def key(self) -> str:
        """The tab in front."""
        return str(self.tabData(self.currentIndex()) or "")

    def choose(self, key: str) -> None:
        """Bring a tab to the front."""
        for place in range(self.count()):
            if self.tabData(place) == key:
                self.setCurrentIndex(place)

    def setTabVisible(self, index: int, visible: bool) -> None:  # noqa: N802 - Qt
        """Show or hide a tab. Qt forgets that it must lay out again when a later tab stays as it was."""
        if self.isTabVisible(index) != visible:
            super().setTabVisible(index, visible)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt
        look = theme.current()
        width = _words_width(self.tabText(index))
        last = index == self.count() - 1
        return QSize(width + (0 if last else look.px(GAP)), look.px(38))

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802 - Qt
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("border"))
        for place in range(self.count()):
            box = self.tabRect(place)
            front = place == self.currentIndex()
            painter.setFont(look.font(Role.BOLD if front else Role.BASE))
            painter.setPen(look.colour("accent_text" if front else "muted"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self.tabText(place))
            if front:
                under = QRect(box.x(), box.bottom() - 1, _words_width(self.tabText(place)), 2)
                painter.fillRect(under, look.colour("accent"))
