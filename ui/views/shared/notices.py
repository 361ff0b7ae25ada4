"""A column of notices above the parts of a page."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.emptying import empty

_GAP: Final = 12


class Notices(QWidget):
    """Notices, one below the other, with room below them; where there is none it takes no room at all."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(8)

    def _clear(self) -> None:
        empty(self._inside)
        self._inside.setContentsMargins(0, 0, 0, 0)

    def _put(self, notice: QWidget) -> None:
        self._inside.addWidget(notice)
        self._inside.setContentsMargins(0, 0, 0, _GAP)
