"""Protects: a slip is made from what waits, shows all it asks, and its answer is brought in by its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.services.consent import AnswerDraft, RecordConversation
from tests.ui.consent.conftest import COORDINATOR, OFFICER, CaseFile, Desk
from ui.views.consent import slip_opening
from ui.views.consent.slip_opening import open_slip
from ui.views.consent.slip_sheets import AnswerSlipSheet, MakeSlipSheet
from ui.views.consent.waiting import WaitingSheet, read_waiting
from ui.widgets.frames import Notice

TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


def _make(desk: Desk, mother: str, path: Path) -> None:
    command = RecordConversation(mother, TALK, (AnswerDraft("name", "given"),))
    rows: list[object] = []

    def record() -> object:
        desk.session.consent.record(command)
        return read_waiting(desk.session)

    desk.tasks.query(record, initiator=None, done=rows.append)
    desk.settle()
    sheet = WaitingSheet(desk.window, desk.page._workplace, rows[0])  # type: ignore[arg-type]
    (button,) = sheet.slip_of.values()
    button.click()
    desk.settle()
    make = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MakeSlipSheet))
    make.save_at(path)
    desk.settle()


def _answered(folder: Path, files: Path) -> str:
    """The officer opens what is asked and says yes; gives what they read."""
    second = Desk(folder, OFFICER)
    open_slip(second.window, second.page._workplace, files / "ask")
    second.settle()
    asked = second.window.findChild(AnswerSlipSheet)
    assert asked is not None
    shown = " ".join(label.text() for label in asked.findChildren(QLabel))
    asked.save_at(files / "yes", granted=True)
    second.settle()
    second.close()
    return shown


def test_from_the_queue_to_the_other_person_and_back(
    made: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "case-file"
    shutil.copytree(made.folder, folder)
    told: list[str] = []
    monkeypatch.setattr(slip_opening, "tell", lambda _parent, title, *_words: told.append(title))
    first = Desk(folder, COORDINATOR)
    _make(first, made.mother, tmp_path / "ask")
    first.close()
    assert "Signal" in _answered(folder, tmp_path)
    third = Desk(folder, COORDINATOR)
    open_slip(third.window, third.page._workplace, tmp_path / "yes")
    third.settle()
    assert told == ["Vera O. agreed. It counts from now."]
    open_slip(third.window, third.page._workplace, tmp_path / "yes")
    third.settle()
    assert told[1] == "This slip was used already. A slip works once."
    third.close()


def test_an_answer_brought_in_from_the_queue_is_seen_in_it(
    made: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line went on waiting, with *Make a slip…* beside it: the answer came in on behalf of the queue."""
    folder = tmp_path / "case-file"
    shutil.copytree(made.folder, folder)
    monkeypatch.setattr(slip_opening, "tell", lambda *_words: None)
    first = Desk(folder, COORDINATOR)
    _make(first, made.mother, tmp_path / "ask")
    first.close()
    _answered(folder, tmp_path)
    third = Desk(folder, COORDINATOR)
    third.page.list.banner.look.click()
    queue = third.window.findChild(WaitingSheet)
    assert queue is not None
    monkeypatch.setattr(slip_opening, "choose_text_file", lambda _parent, _title: tmp_path / "yes")
    (slip,) = queue.slip_of.values()
    queue.open_slip.click()
    third.settle()
    assert not slip.isVisible()
    assert "settled meanwhile" in [each.text() for each in queue.findChildren(QLabel) if each.isVisible()]
    third.close()


def test_the_queue_says_that_a_slip_was_made_and_offers_another_knowingly(
    made: CaseFile, tmp_path: Path
) -> None:
    folder = tmp_path / "case-file"
    shutil.copytree(made.folder, folder)
    desk = Desk(folder, COORDINATOR)
    _make(desk, made.mother, tmp_path / "ask")
    sheet = next(one for one in desk.window.findChildren(WaitingSheet))
    (said,), (button,) = sheet._slips_of.values(), sheet.slip_of.values()
    assert said.text().startswith("Slip for Vera O. made on ")
    assert ", until " in said.text()
    assert button.text() == "Make another slip…"
    button.click()
    desk.settle()
    another = [one for one in QApplication.topLevelWidgets() if isinstance(one, MakeSlipSheet)]
    shown = " ".join(notice.accessibleName() for one in another for notice in one.findChildren(Notice))
    assert "Slip for Vera O." in shown
    assert "only if it is lost" in shown
    for one in another:
        one.close()
    desk.close()
    again = Desk(folder, COORDINATOR)  # after a lock, too
    rows: list[object] = []
    again.tasks.query(lambda: read_waiting(again.session), initiator=None, done=rows.append)
    again.settle()
    sheet = WaitingSheet(again.window, again.page._workplace, rows[0])  # type: ignore[arg-type]
    assert [one.text().startswith("Slip for Vera O.") for one in sheet._slips_of.values()] == [True]
    again.close()
    officer = Desk(folder, OFFICER)
    officer.tasks.query(lambda: read_waiting(officer.session), initiator=None, done=rows.append)
    officer.settle()
    assert [row.slips for row in rows[1]] == [()], "whom I ask is mine to know"  # type: ignore[attr-defined]
    officer.close()
