"""Protects: a stop on the whole case file is said above every page; one can be placed from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.domain.stop_row import StopRow
from app.services.prisoners import PlaceHold
from app.services.session import Session
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, an_office
from tests.ui.conftest import Until
from ui.change_bus import ChangeBus
from ui.tasks import Tasks
from ui.views.settings.stop_sheet import PlaceStopSheet
from ui.views.shell import Shell

Open = Callable[[str], Shell]


@pytest.fixture
def opened(tmp_path: Path, until: Until) -> Iterator[Open]:
    folder = tmp_path / "casefile"
    an_office(folder)
    shells: list[tuple[Shell, Tasks]] = []

    def close() -> None:
        while shells:
            shell, tasks = shells.pop()
            shell.put_away(locking=False)
            tasks.stop(shell.close_session)

    def open_as(passphrase: str) -> Shell:
        close()
        bus, found = ChangeBus(), list[Session]()
        tasks = Tasks(bus)
        unlock = lambda: bootstrap.open_case_file(folder).unlock(passphrase)  # noqa: E731
        tasks.query(unlock, initiator=None, done=found.append)
        until(lambda: bool(found))
        shell = Shell(found[0], tasks, bus, lock=lambda: None, leave=lambda: None, other=lambda _folder: None)
        shells.append((shell, tasks))
        shell.show()
        until(lambda: not tasks.busy)
        return shell

    yield open_as
    close()


def _stop_everything(shell: Shell, until: Until) -> None:
    shell._tasks.command(
        shell.session.prisoners.place_hold, PlaceHold("case_file", "", "danger"), initiator=None
    )
    until(lambda: not shell._tasks.busy)


def test_it_is_said_above_every_page_at_once_and_after_unlocking(opened: Open, until: Until) -> None:
    shell = opened(OFFICER)
    assert shell.stop_band.band.isHidden()
    _stop_everything(shell, until)
    for passphrase in (OFFICER, COORDINATOR, REPORTS):
        if passphrase != OFFICER:
            shell = opened(passphrase)
        for page in shell.window.page_keys:
            shell.window.go(page)
            assert shell.stop_band.band.isVisible(), page
        said = shell.stop_band.notice.accessibleName()
        assert "The whole case file" in said
        assert "danger" in said


def test_the_band_leads_to_the_stops_and_says_when_somebody_asked_to_lift(opened: Open, until: Until) -> None:
    shell = opened(OFFICER)
    _stop_everything(shell, until)
    (row,) = _asked(shell, until)
    shell._tasks.command(shell.session.prisoners.lift_hold, row.id, initiator=None)
    until(lambda: "asked to lift it" in shell.stop_band.notice.accessibleName())
    shell.workplace.go("settings", "stops")
    until(lambda: not shell._tasks.busy)
    assert shell.window.current_key == "settings"


def _asked(shell: Shell, until: Until) -> list[StopRow]:
    found: list[StopRow] = []
    shell._tasks.query(lambda: shell.session.consent.stops("case_file"), initiator=None, done=found.extend)
    until(lambda: bool(found))
    return found


def test_a_copy_that_is_in_doubt_is_said_above_every_page_with_the_way_to_the_log(
    opened: Open, until: Until
) -> None:
    shell = opened(OFFICER)
    shell._tasks.command(lambda nothing: shell.session.doubts.put_back(), None, initiator=None)
    until(lambda: not shell._tasks.busy)
    shell = opened(COORDINATOR)
    assert shell.stop_band.band.isVisible()
    assert "newest copy" in shell.stop_band.notice.accessibleName()
    shell.stop_band.look.click()
    assert shell.window.current_key == "log"


def test_somebody_who_reads_figures_only_sees_no_band(opened: Open) -> None:
    assert opened(AUDITOR).stop_band.band.isHidden()


def test_a_stop_is_found_by_its_word_from_any_page(opened: Open, until: Until) -> None:
    shell = opened(OFFICER)
    (found,) = [one for one in shell.window.found_pages("stop") if one.key == "action:stop"]
    assert found.label.startswith("Place a stop")
    action = next(one for one in shell.window.findChildren(QAction) if one.objectName() == "stop")
    action.trigger()
    until(lambda: isinstance(QApplication.activeModalWidget(), PlaceStopSheet))
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, PlaceStopSheet)
    sheet.reject()
