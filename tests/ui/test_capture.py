"""Protects: no window is in a picture of the screen where a system can be asked; an exception ends by itself.

The systems themselves are not here: what they are asked is compared with what their documentation says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget

from tests.ui.conftest import Until
from ui.capture import CaptureGuard, Shown
from ui.capture_system import (
    SHARING_NONE,
    SHARING_READ_ONLY,
    WDA_EXCLUDEFROMCAPTURE,
    WDA_MONITOR,
    WDA_NONE,
    macos_hide,
    system_hide,
    windows_hide,
)
from ui.views.capture_band import CaptureBand
from ui.views.main_window import MainWindow, PageSpec
from ui.views.settings.capture_card import CaptureCard

Make = Callable[..., CaptureGuard]


class Screen:
    """A system that remembers which windows it was asked to hide."""

    def __init__(self, *, willing: bool = True) -> None:
        self.hidden: dict[int, bool] = {}
        self._willing = willing

    def hide(self, handle: int, *, hidden: bool) -> bool:
        self.hidden[handle] = hidden
        return self._willing

    def sees(self, window: QWidget) -> bool:
        return not self.hidden.get(int(window.winId()), False)


@pytest.fixture
def guarded(application: QApplication) -> Iterator[Make]:
    made: list[CaptureGuard] = []

    def make(screen: Screen | None, allowed_s: float = 60.0) -> CaptureGuard:
        guard = CaptureGuard(application, screen.hide if screen is not None else None, allowed_s)
        made.append(guard)
        return guard

    yield make
    for guard in made:
        application.removeEventFilter(guard)
        guard.deleteLater()


def _main() -> MainWindow:
    return MainWindow([PageSpec("only", "Only", "mdi6.account-outline", QWidget)], case_file="X", role="Y")


def test_every_window_is_hidden_menus_and_dialogs_that_come_later_too(guarded: Make) -> None:
    screen, there = Screen(), QLabel("there")
    there.show()
    guard = guarded(screen)
    assert not screen.sees(there)
    dialog, menu = QDialog(), QMenu()
    menu.addAction("one")
    dialog.show()
    menu.popup(dialog.pos())
    assert not screen.sees(dialog)
    assert not screen.sees(menu)
    assert guard.shown is Shown.NOBODY
    for window in (there, dialog, menu):
        window.close()


def test_the_exception_is_seen_and_ends_by_itself(guarded: Make, until: Until) -> None:
    screen, window = Screen(), _main()
    guard = guarded(screen, 0.3)
    band = CaptureBand(window, guard)
    window.show()
    assert band.isHidden()
    guard.allow()
    later = QLabel("later")
    later.show()
    assert screen.sees(window)
    assert screen.sees(later)
    assert band.isVisible()
    assert "allowed until" in band.notice.accessibleName()
    until(lambda: guard.shown is Shown.NOBODY)
    until(band.isHidden)
    assert not screen.sees(window)
    assert not screen.sees(later)
    later.close()
    window.close()


def test_the_exception_ends_when_somebody_ends_it(guarded: Make) -> None:
    screen, window = Screen(), _main()
    guard = guarded(screen)
    band, card = CaptureBand(window, guard), CaptureCard(guard)
    window.show()
    card.allow.click()
    assert guard.left_s > 50
    assert card.end.isVisibleTo(card)
    assert not card.allow.isVisibleTo(card)
    band.end.click()
    assert guard.shown is Shown.NOBODY
    assert guard.left_s == 0
    assert not screen.sees(window)
    assert card.allow.isVisibleTo(card)
    window.close()


def test_a_system_that_says_no_is_told(guarded: Make) -> None:
    window = QLabel("seen")
    window.show()
    card = CaptureCard(guarded(Screen(willing=False)))
    assert "said no" in card.words.accessibleName()
    window.close()


def test_linux_says_plainly_that_nothing_can_be_asked(guarded: Make) -> None:
    if sys.platform.startswith("linux"):
        assert system_hide() is None
    guard = guarded(None)
    card = CaptureCard(guard)
    assert "every other program can take a picture" in card.words.accessibleName()
    assert not card.allow.isVisibleTo(card)
    guard.allow()
    assert guard.shown is Shown.CANNOT_HIDE


class _Call:
    """A function of a library, made by hand."""

    def __init__(self, answer: Callable[..., int]) -> None:
        self._answer = answer
        self.argtypes: object = None
        self.restype: object = None

    def __call__(self, *what: object) -> int:
        return self._answer(*what)


class User32:
    """user32 of a Windows that knows these values."""

    def __init__(self, *known: int) -> None:
        self.asked: list[tuple[int, int]] = []
        self._known = known
        self.SetWindowDisplayAffinity = _Call(self._set)

    def _set(self, window: int, affinity: int) -> int:
        self.asked.append((window, affinity))
        return int(affinity in self._known)


def test_windows_is_asked_for_what_it_knows() -> None:
    new = User32(WDA_NONE, WDA_MONITOR, WDA_EXCLUDEFROMCAPTURE)
    hide = windows_hide(new)
    assert hide(7, hidden=True)
    assert hide(7, hidden=False)
    assert new.asked == [(7, 0x11), (7, 0)]
    old = User32(WDA_NONE, WDA_MONITOR)
    assert windows_hide(old)(7, hidden=True)
    assert old.asked == [(7, 0x11), (7, 1)]
    assert not windows_hide(User32())(7, hidden=True)


class Objc:
    """libobjc with one NSView (7) in one NSWindow (70)."""

    def __init__(self, *, stubborn: bool = False) -> None:
        self.sharing = SHARING_READ_ONLY
        self._stubborn = stubborn
        self._names: list[bytes] = []
        self.sel_registerName = _Call(self._register)
        self.objc_msgSend = _Call(self._send)

    def _register(self, name: bytes) -> int:
        self._names.append(name)
        return len(self._names)

    def _send(self, whom: int, name: int, *values: int) -> int:
        said = self._names[name - 1]
        if said == b"window":
            return 70 if whom == 7 else 0
        assert whom == 70
        if said == b"setSharingType:" and not self._stubborn:
            (self.sharing,) = values
        return self.sharing


def test_macos_is_asked_by_the_window_of_the_view() -> None:
    system = Objc()
    hide = macos_hide(system)
    assert hide(7, hidden=True)
    assert system.sharing == SHARING_NONE
    assert hide(7, hidden=False)
    assert system.sharing == SHARING_READ_ONLY
    assert not hide(8, hidden=True), "a view in no window"
    assert not macos_hide(Objc(stubborn=True))(7, hidden=True)
