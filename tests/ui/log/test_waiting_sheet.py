"""Protects: who waits since a backup was put back is listed, and two people settle it in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.services.office import COORDINATOR, OFFICER, an_office
from tests.services.restored import Restored
from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from ui.views.log.page import LogPage
from ui.views.log.waiting_sheet import WaitingSheet
from ui.views.start.backup_place import day_of, is_backup, place_for
from ui.widgets.frames import Notice

Open = Callable[[Path, str], OnePage[LogPage]]


@pytest.fixture
def family(tmp_path: Path) -> Restored:
    """Put back without its journal, and signed."""
    found = Restored(an_office(tmp_path / "casefile"), tmp_path)
    found.put_back()
    for file in found.place.glob("*.noes"):
        file.unlink()
    with found.office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke")
    return found


@pytest.fixture
def open_page(until: Until) -> Iterator[Open]:
    desks: list[OnePage[LogPage]] = []

    def opened(folder: Path, passphrase: str) -> OnePage[LogPage]:
        desk = open_one_page(folder, passphrase, LogPage, until)
        desks.append(desk)
        desk.page.opened()
        until(lambda: desk.page.model.total > 0 and not desk.tasks.busy)
        return desk

    yield opened
    for desk in desks:
        desk.close()


def _open_sheet(desk: OnePage[LogPage]) -> WaitingSheet:
    rows = desk.page.notices._shown[3]  # type: ignore[index]
    desk.page.notices._open_waiting(rows)
    sheet = desk.page.notices.sheet
    assert isinstance(sheet, WaitingSheet)
    return sheet


def test_one_says_it_and_another_signs_too(family: Restored, open_page: Open, until: Until) -> None:
    desk = open_page(family.office.folder, OFFICER)
    until(lambda: any(box.isVisible() for box in desk.page.notices.findChildren(Notice)))
    sheet = _open_sheet(desk)
    assert not sheet.propose.isEnabled()  # nobody is chosen by itself
    sheet.every.click()
    assert not sheet.confirm.isEnabled()
    sheet.propose.click()
    until(lambda: sheet.result() == WaitingSheet.DialogCode.Accepted and not desk.tasks.busy)
    desk.close()
    desk = open_page(family.office.folder, COORDINATOR)
    sheet = _open_sheet(desk)
    sheet.every.click()
    assert sheet.confirm.isEnabled()
    sheet.confirm.click()
    until(lambda: sheet.result() == WaitingSheet.DialogCode.Accepted and not desk.tasks.busy)
    desk.close()
    with family.office.as_person(COORDINATOR) as session:
        assert session.restore_waiting.count() == 0


def test_a_backup_goes_into_a_new_folder_named_by_its_day(tmp_path: Path) -> None:
    (tmp_path / "casefile").mkdir()
    (tmp_path / "casefile" / "keys.poruch").touch()
    backup = tmp_path / "backups" / "poruch-backup-2026-11-21-1802.poruch-backup"
    assert is_backup(backup)
    assert day_of(backup) == "2026-11-21"
    place = place_for(backup)
    assert place == tmp_path / "poruch-restored-2026-11-21"
    place.mkdir()
    assert place_for(backup) == tmp_path / "poruch-restored-2026-11-21-2"
