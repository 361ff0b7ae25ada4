"""The first line of the Log page: title, how far the log was checked, buttons. In a narrow window the state
goes below, so that nothing is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from ui.widgets.buttons import Button
from ui.widgets.labels import PageHead
from ui.widgets.run_text import Run, RunText

_GAP: Final = 10
_MARK: Final = 40
"""Room for the mark before the words of the state, and for air behind them."""


class LogHead(QWidget):
    """A head whose state is beside the title where there is room, else below."""

    def __init__(self) -> None:
        super().__init__()
        self.line = PageHead(_("Log"))
        self.beside, self.below = RunText(), RunText()
        self.line.add_beside_title(self.beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.below)
        self.below.hide()

    def add(self, *widgets: QWidget) -> None:
        """Put controls on the right, the primary button last."""
        self.line.add(*widgets)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a control among those on the right, counted from the left."""
        self.line.insert(place, widget)

    def set_state(self, runs: Sequence[Run]) -> None:
        """Say how far the log was checked."""
        self.beside.set_runs(runs)
        self.below.set_runs(runs)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        buttons = [one for one in self.line.findChildren(Button, options=direct) if not one.isHidden()]
        taken = sum(one.sizeHint().width() + _GAP for one in buttons)
        title = self.line.title.sizeHint().width()
        words = self.beside.fontMetrics().horizontalAdvance(self.beside.accessibleName())
        narrow = title + taken + words + _MARK > self.width()
        self.beside.setVisible(not narrow)
        self.below.setVisible(narrow)
