"""What the journey of a lock does inside the program: before the lock, then in the program that came back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.driven.hands import note, typing, unlock, window

TYPED = "Halfword"


def steps() -> Iterator[Callable[[], bool]]:
    """The part that belongs to this run of the program."""
    return _after() if "--locked" in sys.argv else _before()


def _before() -> Iterator[Callable[[], bool]]:
    yield from unlock()
    frame = window()
    frame.activateWindow()  # without a window manager nobody else does
    yield frame.isActiveWindow
    QTest.keyClick(frame, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    yield lambda: typing() is not None
    field = typing()
    if field is not None:
        QTest.keyClicks(field, TYPED)
        note("typed", field.text())
        note("pid", os.getpid())
        QTest.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _after() -> Iterator[Callable[[], bool]]:
    note("pid_after", os.getpid())
    shown = [each.objectName() for each in QApplication.topLevelWidgets() if each.isVisible()]
    note("page_after", shown)
    yield from unlock()
    yield lambda: typing() is not None
    field = typing()
    note("typed_after", field.text() if field is not None else "")
    QApplication.exit(0)
