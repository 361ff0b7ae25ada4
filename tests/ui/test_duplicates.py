"""Protects: the Duplicates sheet: side by side, one key a decision, every decision can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dates import PartialDate
from tests.services.office import COORDINATOR, REPORTS, add_mother, add_prisoner, an_office
from tests.services.test_merging import two
from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from ui.views.duplicates.opening import DuplicatesDoor, MergeWithSheet
from ui.views.duplicates.sheet import DuplicatesSheet
from ui.views.overview.doubles import DoublesLine
from ui.workplace import Workplace


class Home(QWidget):
    """A window the sheet opens over."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        self.door = DuplicatesDoor(workplace, self)


@pytest.fixture
def desk(application: QApplication, tmp_path: Path, until: Until) -> Iterator[OnePage[Home]]:
    office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        two(session)
    opened = open_one_page(office.folder, COORDINATOR, Home, until)
    yield opened
    opened.close()


def sheet_of(desk: OnePage[Home]) -> DuplicatesSheet:
    """The sheet, once everybody was compared."""
    desk.page.door.open()
    sheet = desk.page.findChild(DuplicatesSheet)
    assert sheet is not None
    settle(desk)
    return sheet


def settle(desk: OnePage[Home]) -> None:
    desk.until(lambda: not desk.tasks.busy)


def lines(sheet: DuplicatesSheet) -> dict[str, tuple[str, str, str]]:
    """Left, right and what stays, by field."""
    model = sheet.compare.model
    found = (model.row(one) for one in model.shown_ids())
    return {line.field: (line.left, line.right, line.stays) for line in found if line is not None}


def test_two_records_stand_side_by_side_and_one_key_merges_them(desk: OnePage[Home]) -> None:
    sheet = sheet_of(desk)
    assert sheet.pairs_model.total == 1
    assert lines(sheet)["occupation"] == ("Programmer", "Engineer", "left")
    assert lines(sheet)["labels"][2] == "both"
    assert sheet.compare.aside.text() == "same birth date, names spelled apart · Nothing else moves along."
    assert lines(sheet)["detained_on"][2] == "right"
    table = sheet.compare.table
    table.select("occupation")
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert lines(sheet)["occupation"][2] == "right"
    place = sheet.compare.model.shown_ids().index("occupation")
    for column, side in ((1, "left"), (2, "right")):
        at = table.visualRect(sheet.compare.model.index(place, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert lines(sheet)["occupation"][2] == side, "one click on a value says that it stays"
    table.select("occupation")
    QTest.keyClick(table, Qt.Key.Key_M)
    settle(desk)
    rows = desk.ask(desk.session.prisoners.rows)
    assert len(rows) == 1
    view = desk.ask(lambda: desk.session.prisoners.get(rows[0].id))
    assert view.prisoner.occupation == "Engineer"
    assert "Ctrl+Z" in sheet.notice.accessibleName()
    assert sheet.empty.isVisible()
    sheet._on_undo()
    settle(desk)
    assert len(desk.ask(desk.session.prisoners.rows)) == 2
    assert sheet.pairs_model.total == 1


def test_which_stays_is_chosen(desk: OnePage[Home]) -> None:
    sheet = sheet_of(desk)
    before = sheet.compare.found
    assert before is not None
    QTest.keyClick(sheet.compare.table, Qt.Key.Key_X)
    settle(desk)
    after = sheet.compare.found
    assert after is not None
    assert after.left.id == before.right.id


def test_not_the_same_person_is_kept_and_taken_back(desk: OnePage[Home]) -> None:
    sheet = sheet_of(desk)
    QTest.keyClick(sheet.compare.table, Qt.Key.Key_N)
    settle(desk)
    assert sheet.pairs_model.total == 0
    sheet.tabs.choose("apart")
    assert sheet.others_model.total == 1
    sheet.doings.propose.click()
    settle(desk)
    sheet.tabs.choose("pairs")
    assert sheet.pairs_model.total == 1


def test_the_marked_line_is_the_pair_in_front(
    application: QApplication, tmp_path: Path, until: Until
) -> None:
    """After each decision, and after taking it back: M and N are about what the list shows as chosen."""
    office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        for family in ("Kot", "Kott", "Kot"):
            add_prisoner(session, given_name="Anton", family_name=family, born=PartialDate(1980, 2, 3))
    desk = open_one_page(office.folder, COORDINATOR, Home, until)
    sheet = sheet_of(desk)
    QTest.keyClick(sheet.compare.table, Qt.Key.Key_N)
    settle(desk)
    assert _marked(sheet) == _in_front(sheet)
    QTest.keyClick(sheet.compare.table, Qt.Key.Key_S)
    settle(desk)
    assert _marked(sheet) == _in_front(sheet)
    QTest.keyClick(sheet.compare.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert sheet.pairs_model.total == 3
    assert _marked(sheet) == _in_front(sheet)
    desk.close()


def _in_front(sheet: DuplicatesSheet) -> set[str]:
    found = sheet.compare.found
    assert found is not None
    return {found.left.id, found.right.id}


def _marked(sheet: DuplicatesSheet) -> set[str]:
    return set(sheet.pairs.chosen_id().split(":"))


def test_a_mother_who_is_there_twice_is_told_kept_apart_and_proposed_again(desk: OnePage[Home]) -> None:
    (prisoner, *_rest) = desk.ask(desk.session.prisoners.rows)
    desk.ask(lambda: [add_mother(desk.session, prisoner.id) for _each in range(2)])
    sheet = sheet_of(desk)
    sheet.tabs.choose("relatives")
    assert sheet.others_model.total == 1
    assert "Mother of" in sheet.others_model.row(sheet.others.current_id()).left  # type: ignore[union-attr]
    assert sheet.about.isVisibleTo(sheet)
    assert not sheet.doings.merge.isVisibleTo(sheet), "relatives are never joined here"
    QTest.keyClick(sheet.others, Qt.Key.Key_N)
    settle(desk)
    assert sheet.doings.propose.isVisibleTo(sheet)
    QTest.keyClick(sheet.others, Qt.Key.Key_N)
    settle(desk)
    assert sheet.doings.propose.isVisibleTo(sheet), "said once is said"
    sheet.doings.propose.click()
    settle(desk)
    assert sheet.doings.apart.isVisibleTo(sheet)


def test_a_merge_of_long_ago_is_taken_apart(desk: OnePage[Home]) -> None:
    sheet = sheet_of(desk)
    QTest.keyClick(sheet.compare.table, Qt.Key.Key_M)
    settle(desk)
    sheet.tabs.choose("merged")
    assert sheet.others_model.total == 1
    sheet.doings.take_apart.click()
    settle(desk)
    assert len(desk.ask(desk.session.prisoners.rows)) == 2


def test_somebody_chosen_by_name_is_compared(desk: OnePage[Home]) -> None:
    rows = desk.ask(desk.session.prisoners.rows)
    desk.page.door.open(rows[0].id)
    choose = desk.page.findChild(MergeWithSheet)
    assert choose is not None
    settle(desk)
    choose.search.list.setCurrentRow(0)
    choose.accept()
    sheet = desk.page.findChild(DuplicatesSheet)
    assert sheet is not None
    settle(desk)
    found = sheet.compare.found
    assert found is not None
    assert {found.left.id, found.right.id} == {row.id for row in rows}
    assert found.left.id == rows[0].id


def test_the_overview_says_how_many(desk: OnePage[Home]) -> None:
    line = DoublesLine(desk.page.workplace)
    line.setParent(desk.page)
    line.load()
    settle(desk)
    assert not line.isHidden()
    assert line.words.text() == "1 pair of records may be of one person"


def test_brothers_are_shown_apart_with_why(application: QApplication, tmp_path: Path, until: Until) -> None:
    from tests.services.office import add_prisoner

    office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        day = PartialDate(2021, 3, 4)
        add_prisoner(session, detained_on=day)
        add_prisoner(session, given_name="Aleh", born=PartialDate(1981, 2, 2), detained_on=day)
    desk = open_one_page(office.folder, COORDINATOR, Home, until)
    sheet = sheet_of(desk)
    sheet.tabs.choose("kin")
    (shown,) = (sheet.others_model.row(one) for one in sheet.others_model.shown_ids())
    assert shown is not None
    assert shown.why == "one family, other given name"
    assert not sheet.doings.merge.isVisible()
    desk.close()


def test_where_it_is_narrow_nothing_scrolls_sideways(desk: OnePage[Home]) -> None:
    sheet = sheet_of(desk)
    for width in (1045, 852, 700):
        sheet.resize(width, 580)
        QApplication.processEvents()
        for table in (sheet.pairs, sheet.compare.table):
            assert table.horizontalScrollBar().maximum() == 0, width
        assert sheet.doings.merge.geometry().right() <= sheet.width(), width
    assert sheet.split.orientation() is Qt.Orientation.Vertical
    sheet.reject()


def test_reports_staff_have_no_way_in(application: QApplication, tmp_path: Path, until: Until) -> None:
    desk = open_one_page(an_office(tmp_path / "case").folder, REPORTS, Home, until)
    assert not desk.page.actions()
    desk.close()
