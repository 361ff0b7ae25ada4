"""Protects: no window opens larger than the screen: the foot and the buttons of sheets stay within reach."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.room import open_at


def a_window(wish: QSize) -> QWidget:
    window = QWidget()
    open_at(window, wish)
    window.show()
    return window


def test_what_fits_opens_at_the_size_it_wishes_for(application: QApplication) -> None:
    window = a_window(QSize(600, 500))
    assert window.size() == QSize(600, 500)
    assert not window.windowState() & Qt.WindowState.WindowMaximized
    window.close()


def test_what_is_larger_than_the_screen_takes_the_whole_screen(application: QApplication) -> None:
    screen = application.primaryScreen()
    window = a_window(screen.size() + QSize(100, 1))
    room = screen.availableGeometry().size()
    assert window.windowState() & Qt.WindowState.WindowMaximized
    assert window.size().boundedTo(room) == window.size()
    window.showNormal()
    assert window.size().boundedTo(room - QSize(1, 1)) == window.size()
    window.close()
