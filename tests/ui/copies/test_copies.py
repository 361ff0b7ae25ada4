"""Protects: a copy is made, listed and lost from the window; a copy says what it is and takes notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.copying_out import make_copy
from app.domain.derived_copy import CopyKind
from app.services.copies import MakeCopy
from app.services.this_copy import WriteNote
from tests.services.copies import Carried, carried
from tests.services.office import OFFICER, REPORTS, an_office
from tests.ui.conftest import Until
from tests.ui.pages import open_one_page
from tests.ui.settings.desk import Desk, settings_of
from ui.views.copies.band import CopyBand
from ui.views.copies.card import CopiesCard
from ui.views.copies.home_sheet import HomeSheet
from ui.views.copies.journey_sheet import JourneySheet
from ui.views.copies.make_sheet import MakeCopySheet
from ui.views.main_window import MainWindow
from ui.views.pages import PAGES
from ui.views.prisoners.form_sheet import FormSheet
from ui.views.prisoners.page import PrisonersPage
from ui.views.settings.page import SettingsPage
from ui.widgets.buttons import Button


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Carried:
    return carried(an_office(tmp_path_factory.mktemp("home") / "casefile"))


@pytest.fixture
def desk(home: Carried, application: QApplication, until: Until) -> Iterator[Desk]:
    with settings_of(home.office.folder, OFFICER, until) as one:
        yield one


def _card(desk: Desk) -> CopiesCard:
    assert desk.page.copies is not None
    return desk.page.copies


def test_a_copy_is_made_shown_once_listed_and_lost(
    desk: Desk, until: Until, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = _card(desk)
    before = set(card.lost)
    card.make_one()
    sheet = card.window().findChild(MakeCopySheet)
    assert isinstance(sheet, MakeCopySheet)
    until(lambda: sheet.picker.model.total == 3)
    sheet.make_in(tmp_path)
    assert list(tmp_path.iterdir()) == []  # nobody is chosen, and nobody carries it
    assert not sheet.wrong.isHidden()
    sheet.holder.setText("Ida S.")
    sheet.kind.set_value(CopyKind.REPORTS.value)
    sheet.kind.chosen.emit(CopyKind.REPORTS.value)
    assert sheet.picker.model.total == 1  # only whom something may be told of
    assert sheet._days_field.isHidden()
    sheet.picker.needle.setText("zhawny")
    sheet.picker.needle.returnPressed.emit()
    assert len(sheet.picker.chosen()) == 1
    sheet.make_in(tmp_path)
    until(lambda: hasattr(sheet, "words"))
    (folder,) = tmp_path.iterdir()
    passphrase = sheet.words.words
    assert sheet.save.isHidden()
    sheet.reject()
    copy = bootstrap.open_case_file(folder).unlock(passphrase)
    assert copy.this_copy.standing() is not None
    copy.close()
    until(lambda: len(card.lost) == len(before) + 1)
    monkeypatch.setattr("ui.views.copies.card.ask", lambda *_words, **_more: True)
    (new,) = set(card.lost) - before
    card.lost[new].click()
    until(lambda: set(card.lost) == before)


def test_a_copy_says_what_it_is_and_takes_a_note(home: Carried, tmp_path: Path, until: Until) -> None:
    with home.office.as_person(OFFICER) as session:
        made = make_copy(session, MakeCopy("travel", "Hanna K.", (home.told,)), tmp_path / "copy")
    opened = open_one_page(made.folder, made.passphrase, PrisonersPage, until)
    try:
        window = MainWindow([], case_file="Case file Vilnius", role="")
        band = CopyBand(opened.page._workplace, window)
        assert window.windowTitle().startswith("Copy")
        until(lambda: "Hanna K." in band.notice.accessibleName())
        session = opened.session
        assert [page.key for page in PAGES if page.allowed(session)] == [
            *("overview", "prisoners", "godparents", "reports", "log", "settings"),
        ]
        page = opened.page
        page.opened()
        until(lambda: page.model.total == 1)
        row = page.model.shown_ids()[0]
        page.table.select(row)
        until(lambda: page.detail.shown == row)
        words = [one.text() for one in page.detail.findChildren(Button) if not one.isHidden()]
        assert "Note to take home…" in words
        assert not any("hostile" in one.casefold() for one in words)
        page.doings.open_note(row, "Siarhei")
        until(lambda: page.doings.sheet is not None)
        sheet = page.doings.sheet
        assert isinstance(sheet, FormSheet)
        sheet.form.give("text", "The lawyer says March.")
        sheet.save()
        until(lambda: page.doings.sheet is None)
        assert opened.ask(lambda: session.this_copy.note(row).text) == "The lawyer says March."
        window.close()
        window.deleteLater()
    finally:
        opened.close()


def test_settings_of_a_copy_offer_no_copy_no_backup_no_kit(
    home: Carried, tmp_path: Path, until: Until
) -> None:
    with home.office.as_person(OFFICER) as session:
        made = make_copy(session, MakeCopy("travel", "Hanna K.", (home.told,)), tmp_path / "copy")
    opened = open_one_page(made.folder, made.passphrase, SettingsPage, until)
    try:
        page = opened.page
        assert (page.copies, page.backup, page.recovery, page.sources) == (None, None, None, None)
    finally:
        opened.close()


def test_what_came_home_is_looked_at_and_taken_in(
    home: Carried, tmp_path: Path, until: Until, application: QApplication
) -> None:
    with home.office.as_person(OFFICER) as session:
        made = make_copy(session, MakeCopy("travel", "Hanna K.", (home.told,)), tmp_path / "copy")
    with home.open(made) as session:
        session.this_copy.write(WriteNote(session.prisoners.rows()[0].id, 0, "The lawyer says March."))
    with settings_of(home.office.folder, OFFICER, until) as desk:
        card = _card(desk)
        assert card.home.isVisibleTo(card)
        card.take_home()
        sheet = card.window().findChild(HomeSheet)
        assert isinstance(sheet, HomeSheet)
        sheet.accept()
        assert not sheet.wrong.isHidden()  # no folder
        sheet.choose(made.folder)
        sheet.passphrase.setText("not the passphrase of it at all")
        sheet.accept()
        until(lambda: not sheet.wrong.isHidden() and sheet._ticket is None)
        sheet.passphrase.setText(made.passphrase)
        sheet.accept()
        until(lambda: bool(sheet.boxes))
        assert [box.isChecked() for box in sheet.boxes.values()] == [True]
        sheet.take.click()
        until(lambda: bool(desk.said))
        assert desk.said == ["1 thing taken in."]
        notes = desk.ask(lambda: desk.session.prisoners.get(home.told).prisoner.working_notes)
        assert "The lawyer says March." in notes


def test_before_a_journey_and_home_again(tmp_path: Path, until: Until, application: QApplication) -> None:
    office = an_office(tmp_path / "casefile")
    with settings_of(office.folder, OFFICER, until) as desk:
        card = _card(desk)
        card.before_a_journey()
        until(lambda: card.window().findChild(JourneySheet) is not None)
        sheet = card.window().findChild(JourneySheet)
        assert isinstance(sheet, JourneySheet)
        assert sheet.action is not None
        until(lambda: not sheet.wrong.isHidden())  # I am the last officer
        assert not sheet.action.isEnabled()
        ida = next(key for key, name in sheet._names.items() if name == "Ida S.")
        sheet.who.set_value(ida)
        sheet.who.chosen.emit(ida)
        until(sheet.action.isEnabled)
        sheet.action.click()
        until(lambda: bool(card.back))
        (said,) = desk.said
        assert said == "Their passphrase opens nothing here. Lock once, so that everything gets new keys."
    assert not office.opens(REPORTS)
    with settings_of(office.folder, OFFICER, until) as desk:
        card = _card(desk)
        until(lambda: bool(card.back))
        next(iter(card.back.values())).click()
        until(lambda: not card.back)
    assert office.opens(REPORTS)
