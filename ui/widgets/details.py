"""What is known about one record: quiet labels, values beside them, states with their marks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.theme import Role
from ui.widgets.labels import Run, RunText, Text

Value = str | Sequence[Run] | QWidget


class DetailGrid(QWidget):
    """Pairs of label and value in two columns.

    Args:
        label_width: px at scale 1 of the labels.
    """

    def __init__(self, label_width: int = 150) -> None:
        super().__init__()
        self._label_width = label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, theme.current().px(label_width))

    def add(self, label: str, *values: Value) -> None:
        """Put a pair below the others; several values stand one below the other.

        Args:
            label: what it is.
            values: words, runs, or a widget such as a closed value.
        """
        place = self._grid.rowCount()
        name = Text(label, Role.MUTED, wrap=True)
        name.setMaximumWidth(theme.current().px(self._label_width) - 8)
        self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        for offset, value in enumerate(values):
            widget = self._widget(value)
            if not widget.accessibleDescription():
                widget.setAccessibleDescription(label)
            self._grid.addWidget(widget, place + offset, 1)
            if offset:
                self._grid.setRowMinimumHeight(place + offset, 0)

    def set_pairs(self, pairs: Sequence[tuple[str, Value]]) -> None:
        """Show these pairs instead of what stands there."""
        self.clear()
        for label, value in pairs:
            self.add(label, value)

    def clear(self) -> None:
        """Take every pair away."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    @staticmethod
    def _widget(value: Value) -> QWidget:
        if isinstance(value, QWidget):
            return value
        return RunText([Run(value or "—")] if isinstance(value, str) else value)
