"""Protects: earlier answers are gone through by keys, few of them, and nothing said is lost on the way."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dates import PartialDate
from tests.services.office import Office, an_office
from tests.ui.conftest import Until
from tests.ui.test_intake_sheet import Desk
from ui.views.intake.earlier_sheet import EarlierSheet, open_earlier
from ui.widgets.frames import Notice

_ROWS: Final = 200
_SECONDS_A_KEY: Final = 1.2
_SECONDS_TO_DECIDE: Final = 1.35
"""The slowest typist and one decision, by the keystroke-level model (Card, Moran and Newell, 1980)."""
_ASKED_SECONDS: Final = 30 * 60


@pytest.fixture
def desk(tmp_path: Path, until: Until) -> Iterator[Desk]:
    office: Office = an_office(tmp_path / "casefile")
    desk = Desk(office, until)
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(("name", "mother's phone", "consent?"))
        for at, name in enumerate(("Anton Kot", "Ala Iskra", "Piotr Ptushka", "Hanna Lipa")):
            out.writerow((name, f"+375 29 555-00-0{at}", "адмова" if at == 3 else "так"))
    session = desk.session
    done: list[object] = []
    desk.tasks.query(
        lambda: session.intake.commit(session.intake.look(path, "Office")), initiator=None, done=done.append
    )
    until(lambda: bool(done))
    yield desk
    desk.settle()
    desk.tasks.stop(last=desk.session.close)


def _open(desk: Desk) -> EarlierSheet:
    open_earlier(desk.workplace, desk.window)
    desk.settle()
    sheet = desk.window.findChild(EarlierSheet)
    assert sheet is not None
    return sheet


def _press(where: QWidget, keys: str) -> int:
    for key in keys:
        if key.isascii():
            QTest.keyClicks(where, key)
        else:  # QTest knows no keys beyond ASCII
            QApplication.sendEvent(
                where, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key)
            )
    return len(keys)


def _waits(desk: Desk) -> int:
    found: list[int] = []
    desk.tasks.query(lambda: len(desk.session.earlier.rows()), initiator=None, done=found.append)
    desk.settle()
    return found[0]


def _set_way(sheet: EarlierSheet) -> None:
    sheet.form.channel.set_value("signal")
    sheet.form.verified.set_value("voice")
    sheet.form.direction.set_value("they_came")


def test_two_hundred_rows_in_half_an_hour(desk: Desk) -> None:
    sheet = _open(desk)
    _set_way(sheet)
    keys = _press(sheet.table, "n")  # the no stands first and needs neither year nor way
    keys += _press(sheet.table, "2")  # a figure begins the year, wherever the keys are
    keys += _press(sheet.form.said_on, "026") + 1
    QTest.keyClick(sheet.form.said_on, Qt.Key.Key_Return)
    assert sheet.isVisible()  # Enter in the year closes nothing
    keys += _press(sheet.table, "y")
    keys += _press(sheet.table, "2") + _press(sheet.form.said_on, "025") + 1
    QTest.keyClick(sheet.form.said_on, Qt.Key.Key_Return)
    keys += _press(sheet.table, "y") + _press(sheet.table, "y")
    desk.settle()
    assert _waits(desk) == 0
    assert sheet.form.said_on.date() == PartialDate(2025)
    # Even if every row had a year of its own: six keys a row.
    assert keys <= 6 * 4
    assert _ROWS * (_SECONDS_TO_DECIDE + keys / 4 * _SECONDS_A_KEY) <= _ASKED_SECONDS
    sheet.close()


def test_keys_of_a_cyrillic_keyboard_say_the_same(desk: Desk) -> None:
    sheet = _open(desk)
    _set_way(sheet)
    sheet.form.said_on.set_date(PartialDate(2026))
    _press(sheet.table, "т")
    _press(sheet.table, "ы")
    _press(sheet.table, "н")
    desk.settle()
    assert _waits(desk) == 2
    sheet.close()


def test_a_yes_without_a_year_is_not_taken(desk: Desk) -> None:
    sheet = _open(desk)
    _press(sheet.table, "y")
    desk.settle()
    assert _waits(desk) == 4
    assert sheet._told.isVisible()
    sheet.close()


def test_skipped_rows_come_last_and_stay(desk: Desk) -> None:
    sheet = _open(desk)
    first = sheet.table.current_id()
    _press(sheet.table, "s")
    assert sheet.table.current_id() != first
    assert sheet.model.shown_ids()[-1] == first
    assert _waits(desk) == 4
    sheet.close()


def test_undo_brings_the_row_back(desk: Desk) -> None:
    sheet = _open(desk)
    _set_way(sheet)
    sheet.form.said_on.set_date(PartialDate(2026))
    _press(sheet.table, "s")
    row = sheet.table.current_id()
    _press(sheet.table, "y")
    desk.settle()
    assert row not in sheet.model.shown_ids()
    sheet._undo.activated.emit()
    desk.settle()
    assert sheet.table.current_id() == row
    sheet.close()


def test_the_place_is_kept_over_a_lock(desk: Desk) -> None:
    sheet = _open(desk)
    _set_way(sheet)
    sheet.form.said_on.set_date(PartialDate(2025))
    _press(sheet.table, "s")
    kept = sheet.unfinished()
    assert kept is not None
    place = sheet.table.current_id()
    sheet.close()
    again = _open(desk)
    again.take_up(kept)
    assert again.table.current_id() == place
    assert again.form.said_on.date() == PartialDate(2025)
    assert again.form.channel.value() == "signal"
    assert again.model.shown_ids()[-1] != place
    again.close()


def test_what_is_missing_is_filled_without_leaving_the_keys(desk: Desk) -> None:
    """Enter in “How” did nothing: one had to reach for the mouse, and the red sentence stayed."""
    sheet = _open(desk)
    before = _waits(desk)
    sheet.table.setFocus()
    QTest.keyClick(sheet.table, Qt.Key.Key_S)  # past the one that says no
    QTest.keyClick(sheet.table, Qt.Key.Key_Y)
    told = sheet.findChildren(Notice)[0]
    assert told.isVisible()
    QTest.keyClicks(sheet.form.said_on, "2026")
    QTest.keyClick(sheet.form.said_on, Qt.Key.Key_Return)
    assert not told.isVisible()
    QTest.keyClick(sheet.table, Qt.Key.Key_Y)
    assert told.isVisible()
    QTest.keyClick(sheet.form.channel, Qt.Key.Key_Down)
    assert not told.isVisible()
    QTest.keyClick(sheet.form.channel, Qt.Key.Key_Return)
    assert sheet.table.hasFocus()
    QTest.keyClick(sheet.table, Qt.Key.Key_Y)
    desk.settle()
    assert _waits(desk) == before - 1
