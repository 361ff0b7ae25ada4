"""Protects the sheet that places a stop: nothing is chosen for anybody, Enter loses nothing, it says whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.services.office import COORDINATOR, Office, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.settings.desk import Desk, settings_of
from ui.views.settings.stop_sheet import PlaceStopSheet


@pytest.fixture
def desk(tmp_path: Path, application: QApplication, until: Until) -> Iterator[Desk]:
    office: Office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, family_name="Krapiva", status="held", country="")
    with settings_of(office.folder, COORDINATOR, until) as found:
        yield found


def _sheet(desk: Desk, until: Until) -> PlaceStopSheet:
    card = desk.page.stops
    assert card is not None
    card.place.click()
    window = card.window()
    until(lambda: bool([one for one in window.findChildren(PlaceStopSheet) if one.isVisible()]))
    until(lambda: not desk.tasks.busy)
    return next(one for one in window.findChildren(PlaceStopSheet) if one.isVisible())


def test_nobody_chooses_a_reason_for_somebody(desk: Desk, until: Until) -> None:
    sheet = _sheet(desk, until)
    assert sheet.action is not None
    sheet.kind.set_value("case_file")
    assert sheet.reason.value() == ""
    assert not sheet.action.isEnabled()
    sheet.reason.set_value("danger")
    assert sheet.action.isEnabled()
    sheet.reject()


def test_enter_in_its_search_goes_on_and_closes_nothing(desk: Desk, until: Until) -> None:
    sheet = _sheet(desk, until)
    QTest.keyClicks(sheet.search.line, "krapiva")
    until(lambda: sheet.search.value() != "")
    QTest.keyClick(sheet.search.line, Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert sheet.reason.hasFocus()
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)  # nothing is said yet: Enter does nothing
    assert sheet.isVisible()
    sheet.reason.set_value("danger")
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    until(lambda: bool(desk.ask(desk.session.consent.stops)))
    assert [row.noun for row in desk.ask(desk.session.consent.stops)] == ["prisoner"]


def test_it_says_whom_it_reaches_because_nobody_wrote_it_down(desk: Desk, until: Until) -> None:
    sheet = _sheet(desk, until)
    sheet.kind.set_value("country")
    sheet.which.set_value("BY")
    until(lambda: sheet.reach.text() != "")
    assert sheet.reach.text() == "It stops 1 prisoner. Of 1 of them nobody wrote down the country."
    sheet.reject()
