"""Protects: a backup is tried, or put back beside, from Settings; three clicks at most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.services.backup_places import FOLDER
from tests.services.office import OFFICER, Office, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.settings.desk import Desk, settings_of
from ui.views.backups.card import BackupCard
from ui.views.backups.drill_sheet import DrillSheet
from ui.views.backups.restore_sheet import RestoreSheet
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice
from ui.widgets.labels import RunText
from ui.workplace import CASE_FILE


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = an_office(tmp_path / "casefile")
    with made.as_person(OFFICER) as session:
        add_prisoner(session)
        session.backups.make()
    return made


@pytest.fixture
def desk(office: Office, application: QApplication, until: Until) -> Iterator[Desk]:
    with settings_of(office.folder, OFFICER, until) as one:
        yield one


def _card(desk: Desk) -> BackupCard:
    assert desk.page.backup is not None
    return desk.page.backup


def _told(card: BackupCard) -> str:
    return "\n".join(one.accessibleName() for one in card.findChildren(RunText) if not one.isHidden())


def _drill_sheet(desk: Desk) -> DrillSheet:
    _card(desk).drill.click()
    return next(one for one in desk.page.window().findChildren(DrillSheet) if one.isVisible())


def _restore_sheet(desk: Desk) -> RestoreSheet:
    buttons = [one for one in _card(desk).findChildren(Button) if one.text() == "Put it back beside…"]
    assert len(buttons) == 1
    assert "Put back the backup of" in buttons[0].accessibleDescription()
    buttons[0].click()
    return next(one for one in desk.page.window().findChildren(RestoreSheet) if one.isVisible())


def test_trying_says_what_came_of_it_and_the_card_remembers(desk: Desk, until: Until, office: Office) -> None:
    card = _card(desk)
    assert "Nobody has tried yet" in _told(card)
    sheet = _drill_sheet(desk)
    QTest.keyClicks(sheet.passphrase, OFFICER)
    QTest.keyClick(sheet.passphrase, Qt.Key.Key_Return)
    assert not sheet.passphrase.text()
    until(lambda: bool(sheet.findChildren(Notice)))
    (answer,) = sheet.findChildren(Notice)
    assert "can be put back. It took" in answer.accessibleName()
    assert sheet.way_out.text() == "Close"
    sheet.way_out.click()
    until(lambda: "today: it worked." in _told(card))
    assert not list(office.folder.glob("*.new"))


def test_a_wrong_passphrase_is_said_and_asked_again(desk: Desk, until: Until) -> None:
    sheet = _drill_sheet(desk)
    sheet.start.click()
    assert sheet.isVisible()
    QTest.keyClicks(sheet.passphrase, "quite another passphrase")
    sheet.start.click()
    until(sheet.wrong.isVisible)
    assert "does not open" in sheet.wrong.text()
    assert sheet.start.isEnabled()
    sheet.reject()


def test_closing_the_sheet_stops_the_trial(desk: Desk, until: Until, office: Office) -> None:
    sheet = _drill_sheet(desk)
    QTest.keyClicks(sheet.passphrase, OFFICER)
    sheet.start.click()
    sheet.reject()
    until(lambda: not desk.tasks.busy)
    assert not list(office.folder.glob("*.new"))
    assert "Nobody has tried yet" in _told(_card(desk))


def test_put_back_beside_in_three_clicks_and_gone_over_to(desk: Desk, until: Until, office: Office) -> None:
    sheet = _restore_sheet(desk)  # the first
    folder = sheet.folder
    assert folder.parent == office.folder.parent
    QTest.keyClicks(sheet.passphrase, OFFICER)
    sheet.start.click()  # the second
    until(sheet.enter.isVisible)
    assert not list(folder.parent.glob(".poruch-restored*"))
    sheet.enter.click()  # the third
    assert desk.went[-1] == (CASE_FILE, str(folder))
    session = bootstrap.open_case_file(folder).unlock(OFFICER)
    try:
        assert session.doubts.standing()
    finally:
        session.close()


def test_another_place_and_a_place_that_fills_up_meanwhile(desk: Desk, until: Until, tmp_path: Path) -> None:
    sheet = _restore_sheet(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    sheet.take_place(stick)
    assert sheet.folder.parent == stick
    sheet.folder.mkdir()
    (sheet.folder / "letter.txt").write_text("hello")
    QTest.keyClicks(sheet.passphrase, OFFICER)
    sheet.start.click()
    until(sheet.wrong.isVisible)
    assert "already something" in sheet.wrong.text()
    assert [path.name for path in stick.iterdir()] == [sheet.folder.name]
    assert [path.name for path in sheet.folder.iterdir()] == ["letter.txt"]
    sheet.reject()


def test_a_damaged_one_has_no_button(desk: Desk, until: Until, tmp_path: Path) -> None:
    (backup,) = (tmp_path / FOLDER).glob("*.poruch-backup")
    backup.write_bytes(backup.read_bytes()[:-700])
    _card(desk).load()
    until(lambda: "Damaged" in _told(_card(desk)))
    texts = [one.text() for one in _card(desk).findChildren(Button) if one.isVisible()]
    assert "Put it back beside…" not in texts
    sheet = _drill_sheet(desk) if _card(desk).drill.isEnabled() else None
    assert sheet is None  # nothing good is left to try
