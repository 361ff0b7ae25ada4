"""Protects: a kit is made, handed out, tried and used from the window, and no word of it stays anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.crypto.shares import read_share
from app.recovering import recover
from app.services.recovery import NewKit
from tests.services.office import COORDINATOR, OFFICER, Office, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from tests.ui.settings.desk import Desk, settings_of
from ui.program import Program
from ui.views.overview.page import OverviewPage
from ui.views.recovery.card import RecoveryCard
from ui.views.recovery.drill_sheet import DrillKitSheet
from ui.views.recovery.make_sheet import MakeKitSheet
from ui.views.recovery.words_edit import SheetField, ThreeSheets
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice

NEW = "walnut ribbon glacier tulip anchor velvet"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = an_office(tmp_path / "casefile")
    with made.as_person(OFFICER) as session:
        add_prisoner(session)
    return made


def kit_of(office: Office) -> NewKit:
    with office.as_person(OFFICER) as session:
        kit = session.recovery.make()
        session.recovery.keep(kit.id)
        return kit


@pytest.fixture
def desk(office: Office, application: QApplication, until: Until) -> Iterator[Desk]:
    with settings_of(office.folder, OFFICER, until) as one:
        yield one


def card(desk: Desk) -> RecoveryCard:
    assert desk.page.recovery is not None
    return desk.page.recovery


def make_sheet(desk: Desk) -> MakeKitSheet:
    card(desk).make.click()
    return next(one for one in desk.page.window().findChildren(MakeKitSheet) if one.isVisible())


def drill_sheet(desk: Desk, until: Until) -> DrillKitSheet:
    until(card(desk).drill.isVisible)
    card(desk).drill.click()
    return next(one for one in desk.page.window().findChildren(DrillKitSheet) if one.isVisible())


def said(desk: Desk) -> str:
    return card(desk).state.accessibleName()


def test_made_saved_handed_out_and_the_files_are_gone(desk: Desk, until: Until, tmp_path: Path) -> None:
    assert "There is no recovery kit" in said(desk)
    sheet = make_sheet(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    sheet.languages[1].set_value("de")
    sheet.save_in(stick)
    until(sheet.handed.isVisible)
    assert len(list(stick.iterdir())) == 5
    assert len(sheet.check_words.words.split()) == 3
    sheet.handed.click()
    until(lambda: not sheet.isVisible())
    assert not list(stick.iterdir())
    until(lambda: "Three of the five sheets of kit 1 (made by Vera O.) open this case file." in said(desk))
    assert card(desk).check_words.words == sheet.check_words.words
    assert card(desk).drill.isVisible()


def test_put_off_it_waits_in_settings(desk: Desk, until: Until, tmp_path: Path) -> None:
    sheet = make_sheet(desk)
    sheet.save_in(tmp_path)
    until(sheet.later.isVisible)
    sheet.later.click()
    until(lambda: "nobody said that its sheets are handed out" in said(desk))
    card(desk).handed.click()
    until(lambda: "Three of the five sheets of kit 1" in said(desk))
    assert not card(desk).handed.isVisible()


def test_a_place_that_refuses_leaves_no_kit(desk: Desk, until: Until, tmp_path: Path) -> None:
    sheet = make_sheet(desk)
    (tmp_path / "sheet-1-3.pdf").write_bytes(b"somebody's")
    sheet.save_in(tmp_path)
    until(sheet.wrong.isVisible)
    assert "sheets of this name" in sheet.wrong.text()
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    sheet.reject()
    assert desk.ask(lambda: desk.session.recovery.state().begun) is None


def typed(field: SheetField, words: tuple[str, ...]) -> None:
    field.edit.setPlainText(" ".join(words))


def test_a_drill_says_what_it_opened_and_forgets(
    office: Office, application: QApplication, until: Until
) -> None:
    kit = kit_of(office)
    with settings_of(office.folder, OFFICER, until) as desk:
        sheet = drill_sheet(desk, until)
        for field, place in zip(sheet.sheets.fields, (4, 0, 2), strict=True):
            typed(field, kit.shares[place])
        sheet.start.click()
        until(sheet.answer.isVisible)
        assert "open this case file as Vera O.: 1 prisoner" in sheet.answer.accessibleName()
        assert [field.edit.toPlainText() for field in sheet.sheets.fields] == ["", "", ""]
        assert not sheet.sheets.fields[0].edit.document().isUndoAvailable()
        sheet.way_out.click()
        until(lambda: "Last tried:" in said(desk))


def test_wrong_sheets_are_said_and_stay_to_be_corrected(
    office: Office, application: QApplication, until: Until
) -> None:
    kit = kit_of(office)
    with settings_of(office.folder, OFFICER, until) as desk:
        sheet = drill_sheet(desk, until)
        first, second, third = sheet.sheets.fields
        sheet.start.click()
        assert "there are 0 words" in first.state.text()
        second.edit.setPlainText("academic acadmic ")
        assert "word 2 is not in the list of words. Like it: academic" in second.state.text()
        for field, place in ((first, 0), (second, 1), (third, 1)):
            typed(field, kit.shares[place])
        sheet.start.click()
        until(sheet.wrong.isVisible)
        assert "Sheets B and C are the same sheet." in sheet.wrong.accessibleName()
        assert third.edit.toPlainText() == " ".join(kit.shares[1])
        sheet.reject()
        assert [one.edit.toPlainText() for one in sheet.sheets.fields] == ["", "", ""]
        assert desk.ask(lambda: desk.session.recovery.state().tried) is None


class TestTyping:
    """The field of one sheet."""

    @pytest.fixture
    def field(self, application: QApplication) -> Iterator[SheetField]:
        three = ThreeSheets()
        three.show()
        three.fields[0].setFocus()
        yield three.fields[0]
        three.close()

    def test_four_letters_write_the_rest_and_space_takes_it(self, field: SheetField) -> None:
        QTest.keyClicks(field.edit, "acad")
        assert field.edit.toPlainText() == "academic"
        assert field.edit.textCursor().selectedText() == "emic"
        QTest.keyClick(field.edit, Qt.Key.Key_Space)
        QTest.keyClicks(field.edit, "acid")
        assert field.edit.toPlainText() == "academic acid"
        assert field.state.text() == "2 of 20 words"

    def test_another_letter_replaces_what_was_written_ahead(self, field: SheetField) -> None:
        QTest.keyClicks(field.edit, "acadx")
        assert field.edit.toPlainText() == "acadx"

    def test_enter_goes_on_to_the_next_word(self, field: SheetField) -> None:
        QTest.keyClicks(field.edit, "unkn")
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
        assert "\n" not in field.edit.toPlainText()

    def test_nothing_is_copied_out(self, field: SheetField, application: QApplication) -> None:
        application.clipboard().setText("before")
        QTest.keyClicks(field.edit, "acid ")
        field.edit.selectAll()
        QTest.keyClick(field.edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert "acid" not in application.clipboard().text()


def _is_quiet(one: OnePage[OverviewPage]) -> bool:
    return not one.tasks.busy


def test_the_overview_says_that_there_is_none_to_officers_only(
    office: Office, application: QApplication, until: Until
) -> None:
    for passphrase, told in ((OFFICER, True), (COORDINATOR, False)):
        one = open_one_page(office.folder, passphrase, OverviewPage, until)
        try:
            one.page.opened()
            until(partial(_is_quiet, one))
            words = " ".join(notice.accessibleName() for notice in one.page.findChildren(Notice))
            assert ("There is no recovery kit" in words) is told
            if told:
                buttons = [b for b in one.page.findChildren(Button) if "recovery kit" in b.text()]
                buttons[0].click()
                assert one.went[-1] == ("settings", "recovery")
        finally:
            one.close()


def test_the_overview_says_that_somebody_came_in(
    office: Office, application: QApplication, until: Until
) -> None:
    kit = kit_of(office)
    shares = [read_share(" ".join(kit.shares[place]), "ABC"[place]) for place in range(3)]
    session, _opened = recover(office.folder, shares, NEW)
    session.close()
    one = open_one_page(office.folder, NEW, OverviewPage, until)
    try:
        one.page.opened()
        until(partial(_is_quiet, one))
        words = " ".join(notice.accessibleName() for notice in one.page.findChildren(Notice))
        assert "somebody came in with kit 1 as Vera O. and set a new passphrase." in words
        assert "treat this case file as read by others" in words
        assert "There is no recovery kit" in words
    finally:
        one.close()


class TestAtTheStart:
    """The passphrase is lost."""

    @pytest.fixture
    def program(self, application: QApplication) -> Iterator[Program]:
        one = Program("en")
        one.open(None)
        yield one
        one.close()

    def fill(self, program: Program, kit: NewKit, places: tuple[int, ...], passphrase: str = NEW) -> None:
        page = program.start.recover
        assert page.sheets is not None
        assert page.secret is not None
        for field, place in zip(page.sheets.fields, places, strict=True):
            typed(field, kit.shares[place])
        page.secret._first.setText(passphrase)
        page.secret._second.setText(passphrase)
        page.come_in.click()

    def test_three_sheets_and_a_new_passphrase(self, program: Program, office: Office, until: Until) -> None:
        kit = kit_of(office)
        program.start.show_unlock(office.folder)
        until(lambda: not program.tasks.busy)
        program.start.unlock_page.kit.click()
        self.fill(program, kit, (0, 1, 0))
        until(program.start.recover.answer.isVisible)
        assert "Sheets A and C are the same sheet." in program.start.recover.answer.accessibleName()
        self.fill(program, kit, (0, 1, 3))
        until(lambda: program.shell is not None)
        assert program.start.recover.sheets is not None
        assert [one.edit.toPlainText() for one in program.start.recover.sheets.fields] == ["", "", ""]
        until(lambda: not program.tasks.busy)
        program.close()
        bootstrap.open_case_file(office.folder).unlock(NEW).close()

    def test_going_back_forgets_what_was_typed(self, program: Program, office: Office, until: Until) -> None:
        kit = kit_of(office)
        program.start.show_unlock(office.folder)
        program.start.unlock_page.kit.click()
        page = program.start.recover
        assert page.sheets is not None
        typed(page.sheets.fields[0], kit.shares[0])
        page.back.click()
        assert page.sheets.fields[0].edit.toPlainText() == ""
        assert program.start.unlock_page.isVisible()
        until(lambda: not program.tasks.busy)

    def test_from_a_backup(self, program: Program, office: Office, until: Until, tmp_path: Path) -> None:
        kit = kit_of(office)
        with office.as_person(OFFICER) as session:
            session.backups.make()
        (backup,) = tmp_path.rglob("*.poruch-backup")
        program.start.show_backup(backup)
        program.start.unlock_page.kit.click()
        self.fill(program, kit, (4, 3, 2))
        until(lambda: program.shell is not None)
        assert len([path for path in tmp_path.iterdir() if "restored" in path.name]) == 1
        until(lambda: not program.tasks.busy)
