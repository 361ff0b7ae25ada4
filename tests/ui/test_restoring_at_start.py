"""Protects: a backup is put back from the start page with progress, a way to stop, and a second try."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.services.backup_places import FOLDER
from tests.services.office import OFFICER, add_prisoner, an_office
from tests.ui.conftest import Until
from ui.program import Program


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    office = an_office(tmp_path / "casefile")
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
        session.backups.make()
    (found,) = (tmp_path / FOLDER).glob("*.poruch-backup")
    return found


@pytest.fixture
def program(application: QApplication) -> Iterator[Program]:
    one = Program("en")
    one.open(None)
    yield one
    one.close()


def _restored(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in tmp_path.iterdir() if "restored" in path.name)


def _type(program: Program, passphrase: str) -> None:
    page = program.start.unlock_page
    page.passphrase.setText(passphrase)
    page.unlock.click()


def test_a_wrong_passphrase_is_asked_again_and_the_right_one_goes_in(
    program: Program, backup: Path, until: Until, tmp_path: Path
) -> None:
    start = program.start
    start.show_backup(backup)
    _type(program, "quite another passphrase")
    until(start.unlock_page.answer.isVisible)
    assert "does not open" in start.unlock_page.answer.accessibleName()
    assert _restored(tmp_path) == []
    _type(program, OFFICER)
    until(lambda: program.shell is not None)
    assert len(_restored(tmp_path)) == 1
    assert not start.isVisible()
    until(lambda: not program.tasks.busy)


def test_it_can_be_stopped_and_nothing_stays(
    program: Program, backup: Path, until: Until, tmp_path: Path
) -> None:
    start = program.start
    start.show_backup(backup)
    _type(program, OFFICER)
    start.working.cancel.click()
    until(lambda: not program.tasks.busy)
    assert start.unlock_page.isVisible()
    assert not start.unlock_page.answer.isVisible()
    assert _restored(tmp_path) == []
    assert program.shell is None
