"""Protects: one's own passphrase is changed from Settings, and a wrong one of now says so and waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.services.own_passphrase import ChangePassphrase
from tests.services.office import AUDITOR, Office, an_office
from tests.services.test_own_passphrase import NEW
from tests.ui.conftest import Until
from tests.ui.settings.desk import Desk, settings_of
from ui.views.attempts_notice import tell_attempts
from ui.views.main_window import MainWindow, PageSpec
from ui.views.settings.passphrase_sheet import ChangePassphraseSheet
from ui.widgets.dialogs import Sheet
from ui.widgets.frames import Card
from ui.widgets.labels import Text


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "casefile")


@pytest.fixture
def desk(office: Office, application: QApplication, until: Until) -> Iterator[Desk]:
    with settings_of(office.folder, AUDITOR, until) as one:
        yield one


def _sheet(desk: Desk) -> ChangePassphraseSheet:
    desk.page.passphrase.change.click()
    return desk.page.findChildren(ChangePassphraseSheet)[-1]


def _type(sheet: ChangePassphraseSheet, now: str, new: str, again: str) -> None:
    sheet.now.setText(now)
    for name, words in (("first", new), ("second", again)):
        field = sheet.new.findChild(QLineEdit, name)
        assert field is not None
        field.setText(words)


def test_an_auditor_changes_theirs_by_keys_alone(desk: Desk, office: Office, until: Until) -> None:
    sheet = _sheet(desk)
    _type(sheet, AUDITOR, NEW, NEW)
    QTest.keyClick(sheet, Qt.Key.Key_Return)
    until(lambda: not sheet.isVisible())
    assert desk.said[-1] == "Your new passphrase opens the case file from now on."
    desk.close()
    with office.as_person(NEW) as session:
        assert session.own_passphrase.changed_at() is not None


def test_a_wrong_one_of_now_is_said_and_what_is_new_stays_typed(
    desk: Desk, office: Office, until: Until
) -> None:
    sheet = _sheet(desk)
    for _time in range(4):
        _type(sheet, "not mine", NEW, NEW)
        sheet.accept()
        until(lambda: bool(_error(sheet)))
        assert _error(sheet) == "This is not your passphrase of now."
        assert sheet.new.typed() == NEW
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    sheet.reject()
    assert sheet.new.typed() == ""
    desk.close()
    with office.as_person(AUDITOR) as session:
        assert session.own_passphrase.wrong_attempts == 4


def test_two_that_differ_and_an_empty_one_of_now_go_nowhere(desk: Desk) -> None:
    sheet = _sheet(desk)
    _type(sheet, "", NEW, NEW)
    sheet.accept()
    _type(sheet, AUDITOR, NEW, "another one")
    sheet.accept()
    assert sheet.isVisible()
    assert not desk.tasks.busy
    assert NEW not in repr(ChangePassphrase(AUDITOR, NEW))
    sheet.reject()


def _error(sheet: ChangePassphraseSheet) -> str:
    found = [one.text() for one in sheet.findChildren(Text) if one.isVisible() and "not your" in one.text()]
    return found[0] if found else ""


@pytest.mark.parametrize(("count", "sheets", "toast"), [(0, 0, False), (2, 0, True), (3, 1, False)])
def test_wrong_passphrases_before_are_told_to_whoever_unlocks(
    application: QApplication, count: int, sheets: int, toast: bool
) -> None:
    window = MainWindow([PageSpec("prisoners", "Prisoners", "", Card)], case_file="Case", role="Officer")
    window.show()
    tell_attempts(window, count)
    assert len([one for one in window.findChildren(Sheet) if one.isVisible()]) == sheets
    assert window.toast.isVisible() is toast
    for one in window.findChildren(Sheet):
        one.reject()
    window.close()
