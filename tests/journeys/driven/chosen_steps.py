"""What the journey of whoever was shown does: chooses on three pages, locks, and looks again after."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journeys.driven.hands import note, unlock, window
from ui.table_contract import ID_ROLE
from ui.views.keeping import ComesBack
from ui.views.main_window import MainWindow
from ui.widgets.table import TableView

_PAGES = ("godparents", "relatives", "prisoners")


def steps() -> Iterator[Callable[[], bool]]:
    """The part that belongs to this run of the program."""
    return _after() if "--locked" in sys.argv else _before()


def _before() -> Iterator[Callable[[], bool]]:
    yield from unlock()
    frame = _frame()
    yield partial(_is_active, frame)
    for key in _PAGES:
        frame.go(key)
        yield partial(_two_are_there, key)
        last = _table(key).model().index(1, 0).data(ID_ROLE)
        _table(key).select(last)
        yield partial(_is_shown, key, last)
        note(key, last)
    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _after() -> Iterator[Callable[[], bool]]:
    yield from unlock()
    for key in _PAGES:
        _frame().go(key)
        yield partial(_two_are_there, key)
        yield lambda key=key: bool(_shown(key))  # type: ignore[misc]
        note(f"{key}_after", _shown(key))
    QApplication.exit(0)


def _is_active(frame: MainWindow) -> bool:
    """Without a window manager nobody else makes it so; a screen hears it once the window is there."""
    frame.activateWindow()
    return frame.isActiveWindow()


def _frame() -> MainWindow:
    found = window()
    if not isinstance(found, MainWindow):
        raise LookupError("no window is in front")
    return found


def _table(key: str) -> TableView:
    page = _frame().page(key)
    tables = page.findChildren(TableView) if page is not None else []
    return next(table for table in tables if table.isVisible())


def _two_are_there(key: str) -> bool:
    page = _frame().page(key)
    tables = page.findChildren(TableView) if page is not None else []
    return any(table.isVisible() and table.model().rowCount() == 2 for table in tables)


def _shown(key: str) -> str:
    page: object = _frame().page(key)
    return page.chosen_record()[1] if isinstance(page, ComesBack) else ""


def _is_shown(key: str, record: str) -> bool:
    return _shown(key) == record
