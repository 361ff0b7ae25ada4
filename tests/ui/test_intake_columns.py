"""Protects: columns and tables of a list are seen, changed by keyboard, refused in words, read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from tests.ui.test_intake_sheet import Desk, desk
from ui.views.intake.sheet import IntakeSheet
from ui.widgets.buttons import Button

__all__ = ["desk"]

_LIST = "id,name,What,born,family agrees,Other\n1,Siarhei Ramonchyk,teacher,1979-12-12,yes,1979-12-13\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(_LIST, encoding="utf-8")
    return path


def _column(sheet: IntakeSheet, key: str) -> None:
    sheet.preview.tabs.choose("columns")
    sheet.preview.tables[3].select(key)


def _pick(sheet: IntakeSheet, value: str) -> None:
    """As the arrow keys do in the closed list."""
    combo = sheet.preview.column_card.combo
    assert combo is not None
    combo.set_value(value)
    combo.activated.emit(combo.currentIndex())


def _words(sheet: IntakeSheet) -> list[str]:
    return [one.accessibleName() for one in sheet.preview.column_card.findChildren(QWidget)]


def _taken_for(sheet: IntakeSheet, place: int) -> str:
    model = sheet.preview.tables[3].model()
    return str(model.data(model.index(place, 2)))


def test_a_column_is_read_as_chosen_at_once_and_the_choice_outlives_a_lock(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    _column(sheet, "0:2")
    assert "teacher" in _words(sheet)
    _pick(sheet, "occupation")
    desk.settle()
    assert _taken_for(sheet, 2) == "Occupation"
    assert sheet.preview.tabs.key() == "columns", "the page stays where it was"
    assert sheet.preview.tables[3].current_id() == "0:2"
    kept = sheet.unfinished()
    assert kept is not None
    sheet.reject()
    again = desk.open()
    again.take_up(kept)
    desk.settle()
    assert again.looking.now is not None
    assert again.looking.now.preview.rows[0].values["occupation"] == "teacher"
    again.reject()


def test_the_arrow_keys_choose(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    _column(sheet, "0:2")
    combo = sheet.preview.column_card.combo
    assert combo is not None
    combo.setFocus()
    QTest.keyClicks(combo, "Occ")
    desk.settle()
    assert sheet.looking.now is not None
    assert sheet.looking.now.how.any
    sheet.reject()


def test_a_column_of_consent_cannot_become_anything_else(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    _column(sheet, "0:4")
    combo = sheet.preview.column_card.combo
    assert combo is not None
    assert [combo.itemText(place) for place in range(combo.count())] == [
        "As the program guesses",
        "What was said of consent, kept as asked",
    ]
    assert "yes" not in _words(sheet), "its cells are closed"
    sheet.reject()


def test_two_columns_for_one_value_are_refused_in_words_with_one_way_out(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    _column(sheet, "0:5")
    _pick(sheet, "born")
    refused = sheet.preview.column_card.refused
    assert refused is not None
    assert "“born” is read as this." in refused.accessibleName()
    assert _taken_for(sheet, 5) != "Born"
    swap = sheet.preview.column_card.findChild(Button, "swap")
    assert isinstance(swap, Button)
    swap.click()
    desk.settle()
    assert (_taken_for(sheet, 5), _taken_for(sheet, 3)) == ("Born", "kept closed with the row")
    sheet.reject()


def test_how_the_last_list_was_read_is_said_and_given_up_with_one_key(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    _column(sheet, "0:2")
    _pick(sheet, "occupation")
    desk.settle()
    desk.until(sheet.next.isEnabled)
    sheet.next.click()
    desk.settle()
    sheet.reject()
    again = desk.look(people)
    assert not again.preview.memory.isHidden()
    assert _taken_for(again, 2) == "Occupation"
    QTest.keyClick(again.preview.memory.button, Qt.Key.Key_Space)
    desk.settle()
    assert _taken_for(again, 2) != "Occupation"
    QTest.keyClick(again.preview.memory.button, Qt.Key.Key_Space)
    desk.settle()
    assert _taken_for(again, 2) == "Occupation"
    again.reject()


def test_a_list_without_names_asks_for_the_column_that_has_them(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text("a1,b1\n1,Siarhei Ramonchyk\n", encoding="utf-8")
    sheet = desk.look(path)
    assert sheet.preview.tabs.key() == "columns"
    assert not sheet.next.isEnabled()
    _column(sheet, "0:1")
    _pick(sheet, "name")
    desk.settle()
    desk.until(sheet.next.isEnabled)
    assert sheet.next.text() == "Bring in 1 row"
    sheet.reject()


def _book(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["name", "born"], ["Siarhei Ramonchyk", "1979"]):
        sheet.append(row)
    old = book.create_sheet("Old")
    for row in (["name"], ["Volha Kachanovich"]):
        old.append(row)
    old.sheet_state = "hidden"
    book.save(path)
    return path


def test_a_hidden_sheet_is_brought_in_by_a_tick(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.look(_book(tmp_path / "l.xlsx"))
    assert sheet.preview.tabs.isTabVisible(4)
    sheet.preview.tabs.choose("parts")
    sheet.preview.tables[4].select("1")
    tick = sheet.preview.part_card.findChildren(QCheckBox, "switch-tables")[-1]
    assert not tick.isChecked()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    desk.settle()
    assert sheet.next.text() == "Bring in 2 rows"
    sheet.reject()


def test_tables_are_there_to_see_after_a_plain_list_was_looked_at(
    desk: Desk, people: Path, tmp_path: Path
) -> None:
    sheet = desk.look(people)
    sheet.back.click()
    sheet.choose.set_path(_book(tmp_path / "l.xlsx"))
    sheet.next.click()
    desk.settle()
    QApplication.processEvents()
    tabs = sheet.preview.tabs
    assert tabs.isTabVisible(4)
    assert tabs.tabRect(4).width() >= tabs.tabSizeHint(4).width(), "there is a place to click"
    sheet.reject()


def test_a_plain_list_has_no_tables_to_choose(desk: Desk, people: Path) -> None:
    sheet = desk.look(people)
    assert not sheet.preview.tabs.isTabVisible(4)
    sheet.reject()
