"""Looks at every page as somebody over the shoulder would: pictures, and whatever a screen reader is told.

Nothing is shown on purpose here, so every closed name and number has to stay closed. Each page is looked at
twice, then the window is made small, then it locks.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from tests.journeys.driven import whole_steps
from tests.journeys.driven.hands import note, window
from ui.table_contract import ID_ROLE
from ui.views.main_window import MainWindow
from ui.widgets.table import TableView

_DEEP = 40
_MANY = 4000


def steps() -> Iterator[Callable[[], bool]]:
    """The part that belongs to this run of the program."""
    return _locked() if "--locked" in sys.argv else _open()


def _place() -> Path:
    return Path(os.environ["PORUCH_NOTES"]).parent


def _open() -> Iterator[Callable[[], bool]]:
    yield from whole_steps.opened()
    frame = window()
    frame.resize(1440, 900)
    for button in frame.findChildren(QAbstractButton):
        if button.text() == "Seen":  # the four words are other words in every case file
            button.click()
    if isinstance(frame, MainWindow):
        for key in (*frame.page_keys, *frame.page_keys):
            frame.go(key)
            yield whole_steps.idle
            _choose(frame.page(key))
            yield whole_steps.still(12)
            frame.grab().save(str(_place() / f"{key}.png"))
            _keep(key)
    frame.showMinimized()
    yield whole_steps.still(5)
    _keep("minimised")
    frame.showNormal()
    yield whole_steps.still(5)
    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _choose(page: QWidget | None) -> None:
    """The first row of a table, so that its case stands beside it."""
    for table in page.findChildren(TableView) if page is not None else []:
        if table.isVisible() and table.model().rowCount():
            table.select(table.model().index(0, 0).data(ID_ROLE))


def _locked() -> Iterator[Callable[[], bool]]:
    yield whole_steps.still(10)
    _keep("locked")
    note("looked", 1)
    QApplication.exit(0)


def _keep(name: str) -> None:
    """Everything told beside the pixels."""
    told: list[str] = []
    for one in QApplication.topLevelWidgets():
        told += [one.windowTitle(), one.windowIconText(), one.windowFilePath()]
        for child in [one, *one.findChildren(QWidget)]:
            told += [child.toolTip(), child.statusTip(), child.whatsThis()]
            told += [child.accessibleName(), child.accessibleDescription()]
        _read(QAccessible.queryAccessibleInterface(one), told, 0)
    (_place() / f"{name}.json").write_text(json.dumps([text for text in told if text]))


def _read(part: QAccessibleInterface | None, told: list[str], deep: int) -> None:
    """What a screen reader gets of a part and what is in it."""
    if part is None or not part.isValid() or deep > _DEEP or len(told) > _MANY * 20:
        return
    kinds = QAccessible.Text
    told += [part.text(kind) for kind in (kinds.Name, kinds.Description, kinds.Value, kinds.Help)]
    for number in range(min(part.childCount(), _MANY)):
        _read(part.child(number), told, deep + 1)
