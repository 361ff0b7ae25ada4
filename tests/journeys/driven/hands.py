"""What every script does inside the program: unlock, find a field, note what was seen."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMainWindow, QWidget

from ui.views.keeping import Keeping

PASSPHRASE = "apple bridge candle forest garden window"


def unlock() -> Iterator[Callable[[], bool]]:
    yield lambda: _named("passphrase") is not None
    field = _named("passphrase")
    if field is not None:
        QTest.keyClicks(field, PASSPHRASE)
        QTest.keyClick(field, Qt.Key.Key_Return)
    yield lambda: getattr(window(), "current_key", "") == "prisoners"


def _named(name: str) -> QWidget | None:
    for window in QApplication.topLevelWidgets():
        found = window.findChild(QLineEdit, name)
        if isinstance(found, QLineEdit) and found.isVisible():
            return found
    return None


def window() -> QWidget:
    """The window in front."""
    return next(
        (one for one in QApplication.topLevelWidgets() if one.isVisible() and isinstance(one, QMainWindow)),
        QWidget(),
    )


def typing() -> QLineEdit | None:
    """The field of the family name in the form that is open."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            for field in window.findChildren(QLineEdit):
                if field.accessibleName() == "Family name" and field.isVisible():
                    return field
    return None


def field() -> QLineEdit:
    """The same, where it has to be open."""
    found = typing()
    if found is None:
        raise LookupError("the form is not open")
    return found


def kept(place: str) -> str:
    """What lies in the case file of a page, "nothing" for nothing, empty while something is under way."""
    keeping = window().findChild(Keeping)
    if keeping is None or keeping._tasks.busy:
        return ""
    return keeping._keeper._stored.get(place, "nothing")


def note(key: str, value: object) -> None:
    path = Path(os.environ["PORUCH_NOTES"])
    notes = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**notes, key: value}))
