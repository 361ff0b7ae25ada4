"""One card in the middle of the first window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from ui import theme
from ui.widgets.frames import Card

_CARD_WIDTH: Final = 560


def centred(page: Card) -> QScrollArea:
    """A card in the middle that scrolls where the window is low."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inside = QWidget()
    inside.setObjectName("frame")
    grid = QGridLayout(inside)
    grid.setContentsMargins(24, 24, 24, 48)
    page.setMaximumWidth(theme.current().px(_CARD_WIDTH))
    page.setMinimumWidth(min(theme.current().px(_CARD_WIDTH), 560))
    grid.addWidget(page, 1, 1)
    for place in (0, 2):
        grid.setRowStretch(place, 1 if place == 0 else 2)
        grid.setColumnStretch(place, 1)
    area.setWidget(inside)
    return area
