"""Protects: a case file exchanged or moved under an open window is told by itself, with the way on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.domain.errors import Code, KnownError
from app.services.backup_places import FOLDER
from tests.services.office import Office, an_office
from tests.ui.backups.test_backups import Window
from tests.ui.conftest import Until
from ui.views.backups.beneath_watch import BeneathSheet, BeneathWatch
from ui.widgets.labels import Text
from ui.worker import Failure


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "casefile")


@pytest.fixture
def desk(office: Office, application: QApplication, until: Until) -> Iterator[Window]:
    desk = Window(office, until)
    yield desk
    desk.end()


def _watch(desk: Window) -> BeneathWatch:
    found = desk.shell.window.findChild(BeneathWatch)
    assert found is not None
    found.start()
    return found


def _sheets(desk: Window) -> list[BeneathSheet]:
    return [one for one in desk.shell.window.findChildren(BeneathSheet) if one.isVisible()]


def _told(sheet: BeneathSheet) -> str:
    return "\n".join(one.text() for one in sheet.findChildren(Text) if not one.isHidden())


def test_an_exchanged_file_is_told_a_backup_made_and_locking_offered(
    desk: Window, office: Office, until: Until, tmp_path: Path
) -> None:
    watch = _watch(desk)
    watch.look()
    desk.settle()
    assert not _sheets(desk)
    older = tmp_path / "older.db"
    shutil.copyfile(office.folder / "cases.db", older)
    desk.save_something()
    os.replace(older, office.folder / "cases.db")  # noqa: PTH105 - in one step
    QCoreApplication.sendEvent(desk.shell.window, QEvent(QEvent.Type.WindowActivate))
    until(lambda: bool(_sheets(desk)))
    sheet = _sheets(desk)[0]
    assert sheet.action is not None
    until(sheet.action.isEnabled)
    assert "is whole, in a new backup" in _told(sheet)
    assert list((office.folder.parent / FOLDER).glob("*.poruch-backup"))
    watch.look()
    desk.settle()
    assert len(_sheets(desk)) == 1
    asked: list[bool] = []
    desk.shell.window.lock_requested.connect(lambda: asked.append(True))
    sheet.action.click()
    assert asked == [True]


def test_work_behind_the_window_that_fails_of_it_is_not_told_apart(
    desk: Window, office: Office, until: Until
) -> None:
    _watch(desk)
    (office.folder / "cases.db").touch()
    desk.shell.workplace.tasks.failed.emit(Failure(KnownError(Code.CASE_FILE_EXCHANGED)))
    until(lambda: bool(_sheets(desk)))
    desk.settle()
    assert len(_sheets(desk)) == 1


def test_bytes_written_over_it_are_told_with_other_advice(desk: Window, office: Office, until: Until) -> None:
    watch = _watch(desk)
    (office.folder / "cases.db").touch()
    watch.look()
    until(lambda: bool(_sheets(desk)))
    assert "put the newest backup back" in _told(_sheets(desk)[0])
    assert not list((office.folder.parent / FOLDER).glob("*.poruch-backup"))


def test_a_folder_that_goes_and_comes_back_is_told_both_times(
    desk: Window, office: Office, until: Until, tmp_path: Path
) -> None:
    watch = _watch(desk)
    office.folder.rename(tmp_path / "away")
    watch.look()
    until(lambda: bool(_sheets(desk)))
    assert "Put it back where it was" in _told(_sheets(desk)[0])
    (tmp_path / "away").rename(office.folder)
    watch.look()
    until(lambda: not _sheets(desk))
    assert "Saving works again" in desk.shell.window.toast.accessibleName()
    desk.save_something()
