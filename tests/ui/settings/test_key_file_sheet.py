"""Protects: a key file is taken and given up in Settings, asked for at unlocking, remembered nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.casefile.key_file import make_key_file
from app.domain.progress import at_once
from app.services.own_passphrase import ChangePassphrase
from app.storage.store import CaseStore
from tests.services.office import COORDINATOR, OFFICER, Office, an_office
from tests.ui.conftest import Until
from tests.ui.settings.desk import Desk, settings_of
from ui.program import Program
from ui.views.settings.key_file_sheet import NONE, TAKE, KeyFileSheet


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "casefile")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "key.dat"


@pytest.fixture
def program(application: QApplication, office: Office) -> Iterator[Program]:
    one = Program("en")
    one.open(office.folder)
    yield one
    one.close()


def _sheet(desk: Desk) -> KeyFileSheet:
    desk.page.passphrase.key_file.click()
    return desk.page.findChildren(KeyFileSheet)[-1]


def _with_key(office: Office, stick: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        command = ChangePassphrase(COORDINATOR, COORDINATOR, None, stick, make_key=True)
        at_once(session.own_passphrase.changing(command))


def _unlock(program: Program, until: Until, ended: Callable[[], bool], key: Path | None) -> None:
    page = program.start.unlock_page
    page.passphrase.setText(COORDINATOR)
    page.key.take(key)
    page.unlock.click()
    until(ended)


def test_one_is_made_by_keys_alone_and_needed_from_then_on(
    office: Office, stick: Path, application: QApplication, until: Until
) -> None:
    with settings_of(office.folder, COORDINATOR, until) as desk:
        sheet = _sheet(desk)
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        assert sheet.isVisible(), "nothing is typed and nothing is chosen"
        sheet.now.setText(COORDINATOR)
        sheet.take(stick)
        until(sheet.care.isVisible)  # it lies on the drive of the case file
        QTest.keyClick(sheet, Qt.Key.Key_Return)
        until(lambda: not sheet.isVisible())
        assert "Copy it to a second place" in desk.said[-1]
    assert not office.opens(COORDINATOR)
    bootstrap.open_case_file(office.folder).unlock(COORDINATOR, key_file=stick).close()


def test_giving_it_up_takes_the_key_file_itself(
    office: Office, stick: Path, application: QApplication, until: Until
) -> None:
    other = stick.with_name("other.dat")
    make_key_file(other, office.folder)
    with settings_of(office.folder, COORDINATOR, until) as desk:
        sheet = _sheet(desk)
        sheet.kind.set_value(TAKE)
        sheet.kind.chosen.emit(TAKE)
        sheet.now.setText(COORDINATOR)
        sheet.take(other)
        sheet.accept()
        until(lambda: not sheet.isVisible())
        sheet = _sheet(desk)
        sheet.kind.set_value(NONE)
        sheet.kind.chosen.emit(NONE)
        sheet.now.setText(COORDINATOR)
        sheet.accept()
        assert sheet.isVisible(), "the key file of now is missing"
        sheet.key.take(other)
        sheet.accept()
        until(lambda: not sheet.isVisible())
    assert office.opens(COORDINATOR)


def test_unlocking_asks_for_it_and_says_what_can_be_said(
    office: Office, stick: Path, program: Program, until: Until
) -> None:
    _with_key(office, stick)
    page = program.start.unlock_page
    _unlock(program, until, page.answer.isVisible, None)
    assert "If you use a key file" in page.answer.accessibleName()
    page.answer.hide()
    _unlock(program, until, page.answer.isVisible, stick.with_name("gone.dat"))
    assert "The key file is not there." in page.answer.accessibleName()
    assert page.unlock.isVisible(), "another one can be tried"
    _unlock(program, until, lambda: program.shell is not None and not program.tasks.busy, stick)


def test_nothing_of_its_place_is_written_or_kept(
    office: Office, stick: Path, program: Program, until: Until
) -> None:
    _with_key(office, stick)
    _unlock(program, until, lambda: program.shell is not None and not program.tasks.busy, stick)
    program.start.show_unlock(office.folder)
    assert program.start.unlock_page.key.path is None
    folder = office.folder
    program.close()
    with office.as_person(OFFICER) as session:
        store = session.context.store
        assert isinstance(store, CaseStore)
        rows = list(store._core.connection.execute("SELECT * FROM local_setting"))
        assert rows, "the page this person was on, for one"
        assert not any(stick.name in str(row) for row in rows)
    assert {path.name.split(".")[0] for path in folder.iterdir()} == {"cases", "keys"}
