"""Protects: the second person lifts a stop only after they could read whom it lets out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.stop_row import Freed, LiftReach
from app.i18n import set_language
from app.services.prisoners import PlaceHold
from tests.ui.consent.conftest import COORDINATOR, OFFICER, CaseFile, Desk
from ui.views.consent.waiting import WaitingSheet
from ui.views.shared.lift_sheet import LiftSheet, lead_words, more_words

pytestmark = pytest.mark.window


@pytest.fixture
def officer(made: CaseFile, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "case-file"
    shutil.copytree(made.folder, folder)
    first = Desk(folder, COORDINATOR)

    def record() -> None:
        hold = first.session.prisoners.place_hold(PlaceHold("country", "BY", "danger")).id
        first.session.prisoners.lift_hold(hold)

    first.tasks.query(record, initiator=None, done=lambda nothing: None)
    first.settle()
    first.close()
    desk = Desk(folder, OFFICER)
    yield desk
    desk.close()


def _stops(desk: Desk) -> int:
    found: list[int] = []
    desk.tasks.query(lambda: len(desk.session.consent.stops()), initiator=None, done=found.append)
    desk.settle()
    return found[0]


def _asked(desk: Desk) -> LiftSheet:
    desk.page.list.banner.look.click()
    sheet = desk.window.findChild(WaitingSheet)
    assert sheet is not None
    ((agree, _refuse),) = sheet.buttons_of.values()
    agree.click()
    found = sheet.findChild(LiftSheet)
    assert found is not None
    assert found.action is not None
    assert not found.action.isEnabled(), "nothing is agreed to before it stands there"
    desk.settle()
    return found


def test_agreeing_shows_whom_it_lets_out_and_only_then_lifts(officer: Desk) -> None:
    lift = _asked(officer)
    assert lift.lead.text().startswith("It is on 1 prisoner.")
    assert _stops(officer) == 1
    assert lift.action is not None
    assert lift.action.isEnabled()
    lift.action.click()
    officer.settle()
    assert _stops(officer) == 0


def test_escape_leaves_it_and_enter_does_not_lift(officer: Desk) -> None:
    lift = _asked(officer)
    assert lift.way_out.isDefault(), "the safe side is the default"
    QTest.keyClick(lift, Qt.Key.Key_Escape)
    officer.settle()
    assert _stops(officer) == 1


def test_its_sentences() -> None:
    set_language("en")
    freed = (Freed("x", "Krapiva, Anna", (("name", "public"),)),)
    assert lead_words(LiftReach(23, freed)) == "It is on 23 prisoners. 1 becomes open again:"
    assert "It opens nothing" in lead_words(LiftReach(1))
    assert "those with the key" in lead_words(LiftReach(3, with_key=False))
    assert list(more_words(LiftReach(2, closed=2))) == [
        "2 stay closed: another stop, a pause or an older copy."
    ]
    assert list(more_words(LiftReach(200, freed * 103))) == ["3 more"]
