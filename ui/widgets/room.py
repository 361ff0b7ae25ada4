"""How large a window opens: never larger than its screen, whose lower edge holds the buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

_FRAME: Final = QSize(16, 40)
"""What the system draws around a window; how much it is, is known only once it is shown."""


def open_at(window: QWidget, wish: QSize) -> None:
    """Give a window the size it wishes for before it is shown; where that does not fit, the whole screen.

    A window that is larger than the screen would hide its foot and the buttons of the sheets over it, and one
    that just fits is still put somewhere by the system.
    """
    room = window.screen().availableGeometry().size()
    window.resize(wish.boundedTo(room - _FRAME).expandedTo(window.minimumSize()))
    if wish.width() > room.width() or wish.height() > room.height():
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
