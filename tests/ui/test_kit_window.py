"""The frame of the window and when it locks by itself: pages, keys, rail, focus ring, idleness."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QWidget,
)

from tests.ui.hands import in_front
from ui.idle_lock import IdleLock
from ui.views.main_window import MainWindow, PageSpec

pytestmark = pytest.mark.window


class Clocks:
    """Two clocks a test moves."""

    def __init__(self) -> None:
        self.wall = self.steady = 1000.0


def test_idleness_counts_sleep_and_cannot_be_set_back() -> None:
    clocks, locked = Clocks(), list[bool]()
    idle = IdleLock(
        lambda: locked.append(True), 300, wall_s=lambda: clocks.wall, steady_s=lambda: clocks.steady
    )
    idle.start()
    clocks.wall += 299
    idle.look()
    assert locked == []
    clocks.wall += 1  # asleep: only the clock of the wall went on
    idle.look()
    assert locked == [True]
    idle.start()
    clocks.wall -= 5000  # set back
    clocks.steady += 300
    idle.look()
    assert locked == [True, True]


def test_the_first_touch_after_a_long_sleep_locks() -> None:
    clocks, locked = Clocks(), list[bool]()
    idle = IdleLock(
        lambda: locked.append(True), 300, wall_s=lambda: clocks.wall, steady_s=lambda: clocks.steady
    )
    idle.start()
    clocks.wall += 301
    field = QLineEdit()
    QTest.keyClick(field, Qt.Key.Key_A)
    assert locked == [True]
    idle.stop()


class Quiet(QWidget):
    """A page that counts how often it came to the front."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def opened(self) -> None:
        self.times += 1


@pytest.fixture
def window() -> MainWindow:
    pages = [
        PageSpec("prisoners", "Prisoners", "mdi6.account-outline", Quiet),
        PageSpec("log", "Log", "mdi6.clipboard-list-outline", Quiet, group=1, help="the-log"),
    ]
    made = MainWindow(pages, case_file="Case file Vilnius", role="Coordinator")
    made.resize(1440, 900)
    in_front(made)
    return made


def test_pages_are_built_when_first_opened_and_kept(window: MainWindow) -> None:
    assert window.page("log") is None
    window.go("log")
    first = window.page("log")
    window.go("prisoners")
    window.go("log")
    assert window.page("log") is first
    assert isinstance(first, Quiet)
    assert first.times == 2
    window.go("a page nobody declared")
    assert window.current_key == "log"


def test_keys_work_from_anywhere(window: MainWindow) -> None:
    heard: list[str] = []
    window.lock_requested.connect(lambda: heard.append("lock"))
    window.help_requested.connect(heard.append)
    window.scale_requested.connect(lambda scale: heard.append(f"{scale:.2f}"))
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_2, control)
    assert window.current_key == "log"
    QTest.keyClick(window, Qt.Key.Key_F1)
    QTest.keyClick(window, Qt.Key.Key_Plus, control)
    QTest.keyClick(window, Qt.Key.Key_Minus, control)
    QTest.keyClick(window, Qt.Key.Key_K, control)
    assert QApplication.focusWidget() is window.search
    QTest.keyClick(window.search, Qt.Key.Key_L, control)
    assert heard == ["the-log", "1.10", "0.92", "lock"]


def test_the_search_finds_pages_and_actions(window: MainWindow) -> None:
    keys = [found.key for found in window.found_pages("lo")]
    assert keys == ["page:log", "action:lock"]
    assert window.found_pages("duplic") == [], "what cannot be done here is not offered"
    heard: list[bool] = []
    window.lock_requested.connect(lambda: heard.append(True))
    window.search.chosen.emit("action:lock")
    window.search.chosen.emit("page:log")
    assert heard == [True]
    assert window.current_key == "log"


def test_the_rail_folds_on_a_small_screen(window: MainWindow) -> None:
    wide = window.rail.width()
    window.resize(1093, 574)
    QApplication.processEvents()
    assert window.rail.width() < wide / 2


def test_a_ring_shows_where_the_keys_are_and_goes_with_the_mouse(window: MainWindow) -> None:
    window.go("prisoners")
    window.lock.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.lock, Qt.Key.Key_Shift)
    assert window.ring.isVisible()
    corner = window.lock.mapTo(window, QPoint(0, 0))
    assert window.ring.geometry().topLeft() == corner - QPoint(4, 4)
    QTest.mouseClick(window.rail, Qt.MouseButton.LeftButton)
    assert not window.ring.isVisible()
