"""What the journey of a lock does inside the program: before the lock, then in the program that came back."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QWidget

PASSPHRASE = "apple bridge candle forest garden window"
TYPED = "Halfword"


def steps() -> Iterator[Callable[[], bool]]:
    """The part that belongs to this run of the program."""
    return _after() if "--locked" in sys.argv else _before()


def _before() -> Iterator[Callable[[], bool]]:
    yield from _unlock()
    window = _window()
    window.activateWindow()  # without a window manager nobody else does
    yield window.isActiveWindow
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    yield lambda: _typing() is not None
    field = _typing()
    if field is not None:
        QTest.keyClicks(field, TYPED)
        _note("typed", field.text())
        _note("pid", os.getpid())
        QTest.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _after() -> Iterator[Callable[[], bool]]:
    _note("pid_after", os.getpid())
    shown = [window.objectName() for window in QApplication.topLevelWidgets() if window.isVisible()]
    _note("page_after", shown)
    yield from _unlock()
    yield lambda: _typing() is not None
    field = _typing()
    _note("typed_after", field.text() if field is not None else "")
    QApplication.exit(0)


def _unlock() -> Iterator[Callable[[], bool]]:
    yield lambda: _named("passphrase") is not None
    field = _named("passphrase")
    if field is not None:
        QTest.keyClicks(field, PASSPHRASE)
        QTest.keyClick(field, Qt.Key.Key_Return)
    yield lambda: getattr(_window(), "current_key", "") == "prisoners"


def _named(name: str) -> QWidget | None:
    for window in QApplication.topLevelWidgets():
        found = window.findChild(QLineEdit, name)
        if isinstance(found, QLineEdit) and found.isVisible():
            return found
    return None


def _window() -> QWidget:
    """The window in front."""
    return next(
        (one for one in QApplication.topLevelWidgets() if one.isVisible() and isinstance(one, QMainWindow)),
        QWidget(),
    )


def _typing() -> QLineEdit | None:
    """The field of the family name in the form that is open."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            for field in window.findChildren(QLineEdit):
                if field.accessibleName() == "Family name" and field.isVisible():
                    return field
    return None


def _note(key: str, value: object) -> None:
    path = Path(os.environ["PORUCH_NOTES"])
    notes = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**notes, key: value}))
