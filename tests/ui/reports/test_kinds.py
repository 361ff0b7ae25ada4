"""Protects: a kind of one's own is copied, typed, refused at its line, proposed, agreed to by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.reports.own_kinds import next_text, shipped_text
from tests.services.office import COORDINATOR, OFFICER, REPORTS
from tests.ui.reports.windows import Window, Windows
from ui.views.reports import kinds_sheet
from ui.views.reports.kinds_sheet import KindsSheet
from ui.widgets.buttons import Button

OWN = next_text(shipped_text("newsletter"), "own_newsletter", 1)


def _open(window: Window) -> KindsSheet:
    landing = window.page.landing
    assert landing is not None
    _press(window, landing.kinds_button)
    sheet = window.page.kinds
    assert sheet is not None
    window.until(lambda: sheet.kind.count() > 0)
    window.settle()
    return sheet


def _press(window: Window, button: Button) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    window.settle()


def _said(sheet: KindsSheet) -> str:
    return sheet.text.said.accessibleName()


def _choose(window: Window, sheet: KindsSheet, wanted: str) -> None:
    sheet.kind.set_value(wanted)
    sheet.kind.chosen.emit(wanted)
    window.settle()


def _type(window: Window, sheet: KindsSheet, text: str) -> None:
    sheet.text.edit.setPlainText(text)
    window.until(lambda: sheet.text.typed is not None)
    sheet.text.typed.emit(text)
    window.settle()


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds_sheet, "ask", lambda *args, **more: True)
    monkeypatch.setattr(kinds_sheet, "ask_to_throw_away", lambda *args: True)


@pytest.mark.usefixtures("yes")
def test_a_copy_is_changed_proposed_and_agreed_to(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(REPORTS)
    sheet = _open(window)
    _choose(window, sheet, "shipped:newsletter")
    _press(window, sheet.copy)
    assert sheet.editing
    assert _said(sheet) == "This is a kind of report."
    wrong = OWN.replace("hide_under = 10", "hide_under = 3")
    _type(window, sheet, wrong)
    line = wrong.splitlines().index("hide_under = 3") + 1
    assert _said(sheet) == f"Line {line} cannot stay so: hide_under (hide_under = 3)."
    (mark,) = sheet.text.edit.extraSelections()
    assert mark.cursor.block().text() == "hide_under = 3"
    assert not sheet.propose.isEnabled()
    assert window.page.unfinished() == {"kind": wrong}
    _type(window, sheet, OWN.replace("width = 12", "width = 11"))
    _press(window, sheet.propose)
    window.until(lambda: not sheet.editing)
    window.settle()
    assert "waits for a second person" in sheet.standing.accessibleName()
    assert not sheet.agree.isVisible()
    window = windows.as_person(OFFICER)
    landing = window.page.landing
    assert landing is not None
    assert landing.kinds_button.text() == "Kinds… · 1 waits for you"
    sheet = _open(window)
    _press(window, sheet.agree)
    window.until(lambda: "in use" in sheet.standing.accessibleName())
    sheet.reject()
    window.settle()
    assert landing.kinds_button.text() == "Kinds…"


@pytest.mark.usefixtures("yes")
def test_the_second_person_reads_what_a_version_changes_and_refuses(windows: Windows, tmp_path: Path) -> None:
    with windows.office.as_person(COORDINATOR) as session:
        first = session.own_kinds.propose(OWN).id
    with windows.office.as_person(OFFICER) as session:
        session.own_kinds.agree(first)
    path = tmp_path / "kind.toml"
    path.write_text(
        next_text(OWN, "own_newsletter", 2).replace("width = 12", "width = 9", 1), encoding="utf-8"
    )
    window = windows.as_person(COORDINATOR)
    sheet = _open(window)
    sheet.pick_file = lambda parent, title: path
    _press(window, sheet.bring)
    _press(window, sheet.propose)
    window.until(lambda: not sheet.editing)
    window = windows.as_person(OFFICER)
    sheet = _open(window)
    shown = sheet.text.text.splitlines()
    assert [line for line in shown if line[:1] in "+-"] == [
        "- version = 1",
        "+ version = 2",
        "- width = 12",
        "+ width = 9",
    ]
    _press(window, sheet.end)
    window.until(lambda: "not used" in sheet.standing.accessibleName())
    _choose(window, sheet, first)
    assert "in use" in sheet.standing.accessibleName()


@pytest.mark.usefixtures("yes")
def test_what_was_typed_comes_back_after_a_lock(windows: Windows) -> None:
    window = windows.as_person(REPORTS)
    window.page.take_up({"kind": OWN + "# more"})
    window.until(lambda: window.page.kinds is not None and window.page.kinds.editing)
    sheet = window.page.kinds
    assert sheet is not None
    assert sheet.typed == OWN + "# more"
    sheet.reject()
    assert not sheet.editing
    sheet.reject()
    assert window.page.kinds is None
