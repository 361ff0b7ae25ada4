"""Protects: what waits is decided line by line or talk by talk, never blind, and follows the case file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from tests.ui.consent.conftest import COORDINATOR, OFFICER, CaseFile, Desk
from ui.views.consent.waiting import WaitingSheet, read_waiting

TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
WIDE = ("name", "case_detail", "own_name")


@pytest.fixture
def officer(made: CaseFile, tmp_path: Path) -> Iterator[Desk]:
    """Looks at three answers of one talk and one of another, none of them their own."""
    folder = tmp_path / "case-file"
    shutil.copytree(made.folder, folder)
    first = Desk(folder, COORDINATOR)

    def record() -> None:
        drafts = tuple(AnswerDraft(purpose, "given") for purpose in WIDE)
        first.session.consent.record(RecordConversation(made.mother, TALK, drafts))
        first.session.consent.record(RecordConversation(made.mother, TALK, (AnswerDraft("photo", "given"),)))

    first.tasks.query(record, initiator=None, done=lambda nothing: None)
    first.settle()
    assert not first.failed
    first.close()
    desk = Desk(folder, OFFICER)
    yield desk
    desk.close()


def _sheet(desk: Desk) -> WaitingSheet:
    desk.page.list.banner.look.click()
    found = desk.window.findChild(WaitingSheet)
    assert found is not None
    return found


def _left(desk: Desk) -> int:
    found: list[int] = []
    desk.tasks.query(lambda: len(read_waiting(desk.session)), initiator=None, done=found.append)
    desk.settle()
    return found[0]


def _words(sheet: WaitingSheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]


def test_all_answers_of_one_talk_take_one_press_and_no_other_talk_is_touched(officer: Desk) -> None:
    sheet = _sheet(officer)
    (together,) = sheet.all_of.values()
    assert together.text() == "Agree to these 3 answers of the talk"
    together.click()
    officer.settle()
    assert _words(sheet).count("agreed") == len(WIDE)
    assert not together.isVisible()
    assert _left(officer) == 1


def test_one_decided_by_itself_takes_the_number_away(officer: Desk) -> None:
    sheet = _sheet(officer)
    (together,) = sheet.all_of.values()
    _agree, refuse = next(iter(sheet.buttons_of.values()))
    refuse.click()
    officer.settle()
    assert not together.isVisible()
    assert _left(officer) == len(WIDE)


def test_what_comes_in_meanwhile_is_seen_in_the_open_sheet(officer: Desk, made: CaseFile) -> None:
    sheet = _sheet(officer)
    talk, answer = next(iter(sheet.buttons_of))
    shown = len(sheet.buttons_of)
    officer.tasks.command(
        officer.session.consent.countersign, CountersignAnswer(talk, answer, granted=True), initiator=None
    )
    officer.settle()
    assert not sheet.buttons_of[(talk, answer)][0].isVisible()
    assert "settled meanwhile" in _words(sheet)
    own = RecordConversation(made.sister, TALK, (AnswerDraft("name", "given"),))
    officer.tasks.command(officer.session.consent.record, own, initiator=None)
    officer.settle()
    assert len(sheet.buttons_of) == shown, "my own is not mine to agree to"
    assert len(sheet.slip_of) == 1, "but it is there, below the others"
