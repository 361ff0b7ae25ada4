"""The list of pairs and the two records of one: side by side, or one above the other where it is narrow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui import theme

_NARROW: Final = 810
_BESIDE, _BELOW = (500, 780), (150, 260)
"""Shares of the list and of the two records."""


class PairSplit(QSplitter):
    """Both parts."""

    def __init__(self, pairs: QWidget, compare: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(16)
        self.addWidget(pairs)
        self.addWidget(compare)
        self.setSizes(_BESIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_NARROW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.orientation() is not way:
            self.setOrientation(way)
            self.setSizes(_BELOW if narrow else _BESIDE)
