"""The withdrawal journey by keys: under a minute, nothing unticked, nothing lost at a lock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from app.domain.dates import PartialDate
from app.domain.rows import Light
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from tests.ui.consent.conftest import CaseFile, Desk, OpenDesk, says, words_of
from ui.views.consent.as_of import AsOfSheet
from ui.views.consent.withdrawal import WithdrawalSheet

pytestmark = pytest.mark.window


def _run(page: Desk, method: Callable[[], object]) -> object:
    found: list[object] = []
    page.tasks.query(method, initiator=None, done=found.append)
    page.settle()
    return found[0]


def _godparenthood(page: Desk, made: CaseFile) -> str:
    """Somebody stands up for her daughter; gives the godparenthood."""
    session = page.session

    def make() -> str:
        prisoner = session.relatives.row(made.mother).prisoner
        values = {"family_name": "Muster", "given_name": "Anna", "language": "de"}
        godparent = session.godparents.create(CreateGodparent(values)).id
        return session.godparents.propose(StartGodparenthood(prisoner, godparent, "active")).id

    return str(_run(page, make))


def _open(page: Desk, relative: str) -> WithdrawalSheet:
    page.page.show_record(relative)
    page.settle()
    page.page.list.detail.more_pressed.emit("withdraw")
    page.settle()
    sheet = page.page.withdrawals.sheet
    assert sheet is not None
    return sheet


def test_a_withdrawal_takes_at_most_twelve_keys(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    bond = _godparenthood(page, made)
    keys = 3  # More, Down to "Withdrawal…", Enter
    sheet = _open(page, made.mother)
    assert list(sheet.effect.bonds) == [bond]
    assert sheet.effect.bonds[bond].text() == "Pause: Muster, Anna (active)"
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)  # record what is ticked: everything
    keys += 1
    page.settle()
    row = page.page.list.model.row(made.mother)
    assert row is not None
    assert set(row.lines) == {Light.NO}
    assert sheet.recorded.isVisible()
    assert page.session.godparents is not None
    assert len(sheet.journey.notes) == 1
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)  # copy the note
    keys += 1
    page.settle()
    assert QGuiApplication.clipboard().text().startswith("Guten Tag,")
    assert QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")
    page.page.withdrawals.copies.clear()
    assert QGuiApplication.clipboard().text() == ""
    assert [note.made_at is not None for note in sheet.journey.notes] == [True]
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Escape)
    keys += 1
    page.settle()
    assert page.page.withdrawals.sheet is None
    assert keys <= 12
    assert not page.failed


def test_what_nobody_ticked_stays_as_it_is(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    bond = _godparenthood(page, made)
    sheet = _open(page, made.mother)
    sheet.effect.bonds[bond].setChecked(False)
    for line, tick in sheet.form.lines.items():
        tick.setChecked(line == "godparent")
    page.settle()
    assert not sheet.effect.bonds[bond].isChecked()
    sheet.do_next()
    page.settle()
    row = page.page.list.model.row(made.mother)
    assert row is not None
    assert row.lines[0] is Light.YES
    assert row.lines[2] is Light.NO
    rows = _run(page, lambda: page.session.godparents.godparenthood(bond).state)
    assert rows == "active"
    assert sheet.tick.isVisible()
    sheet.effect.bonds[bond].setChecked(True)
    sheet.record()
    page.settle()
    assert _run(page, lambda: page.session.godparents.godparenthood(bond).state) == "paused"
    sheet.reject()


def test_nothing_ticked_cannot_be_recorded(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    sheet = _open(page, made.mother)
    for tick in sheet.form.lines.values():
        tick.setChecked(False)
    page.settle()
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    sheet.reject()


def test_a_lock_in_the_middle_loses_nothing(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    sheet = _open(page, made.mother)
    sheet.form.lines["support"].setChecked(False)
    sheet.form.when.setText("20.11.2026")
    sheet.form.when.editingFinished.emit()
    sheet.form.note.setText("Through a neighbour.")
    sheet.form.note.textEdited.emit("Through a neighbour.")
    page.settle()
    kept = page.page.unfinished()
    sheet.reject()
    assert kept is not None
    again = desk(unfinished=dict(kept))
    back = again.page.withdrawals.sheet
    assert back is not None
    assert not back.form.lines["support"].isChecked()
    assert back.form.lines["godparent"].isChecked()
    assert back.form.when.date() == PartialDate(2026, 11, 20)
    assert back.form.note.text() == "Through a neighbour."
    back.reject()


def test_notes_are_saved_as_text_and_never_over_a_file(
    desk: OpenDesk, made: CaseFile, tmp_path: Path
) -> None:
    page = desk()
    _godparenthood(page, made)
    sheet = _open(page, made.mother)
    sheet.do_next()
    page.settle()
    path = tmp_path / "notes.txt"
    sheet.pick_file = lambda parent, title, name: path
    path.write_text("something of theirs", encoding="utf-8")
    sheet.save.click()
    page.settle()
    assert sheet.problem.isVisible()
    assert path.read_text(encoding="utf-8") == "something of theirs"
    path.unlink()
    sheet.save.click()
    page.settle()
    assert path.read_text(encoding="utf-8").startswith("Guten Tag,")
    assert sheet.journey.notes[0].made_at is not None
    sheet.reject()


def test_after_a_talk_that_said_no_the_journey_is_offered(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    bond = _godparenthood(page, made)
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("lln")
    page.settle()
    page.talk.save_by_keys()
    page.settle()
    sheet = page.page.withdrawals.sheet
    assert sheet is not None
    assert sheet.recorded.isVisible()
    assert not sheet.form.isVisible()
    assert [(one.row.id, one.proposed) for one in sheet.journey.bonds] == [(bond, "")]  # it pauses by itself
    sheet.reject()
    page.page.start_conversation(made.mother)
    page.settle()
    page.press("y")
    page.settle()
    page.talk.save_by_keys()
    page.settle()
    assert page.page.withdrawals.sheet is None


def test_somebody_elses_change_is_seen_while_it_is_open(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    bond = _godparenthood(page, made)
    sheet = _open(page, made.mother)
    session = page.session
    command = ChangeGodparenthood(bond, 1, {"state": "ended", "reason": "moved_on"})
    page.tasks.command(session.godparents.change, command, initiator=page.page)
    page.settle()
    assert sheet.effect.bonds == {}
    sheet.reject()


def test_what_we_knew_on_a_day(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.more_pressed.emit("as_of")
    page.settle()
    sheet = page.window.findChild(AsOfSheet)
    assert sheet is not None
    assert any("entry" in words for words in words_of(sheet))
    assert not says(page, "Nobody had recorded them yet.")
    sheet.when.setText("2019")
    sheet.when.editingFinished.emit()
    page.settle()
    assert says(page, "Nobody had recorded them yet.")
    sheet.reject()


def test_one_key_withdraws_one_line_alone_and_the_button_says_what(desk: OpenDesk, made: CaseFile) -> None:
    """A slip costs little, and nothing stays open by one: everything is ticked until a key says otherwise."""
    page = desk()
    sheet = _open(page, made.mother)
    assert sheet.action is not None
    assert sheet.action.text() == "Withdraw everything"

    def ticked() -> list[str]:
        return [line for line, tick in sheet.form.lines.items() if tick.isChecked()]

    page.press("2")
    assert (ticked(), sheet.action.text()) == (["support"], "Withdraw: Letters, parcels")
    page.press("3")
    assert (ticked(), sheet.action.text()) == (["support", "godparent"], "Withdraw 2 lines")
    page.press("2")
    assert ticked() == ["godparent"]
    page.press("0")
    assert (len(ticked()), sheet.action.text()) == (5, "Withdraw everything")
    sheet.form.note.setFocus()
    QTest.keyClicks(sheet.form.note, "2 letters")
    assert len(ticked()) == 5, "digits that are typed are typed"
    page.settle()
    sheet.reject()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31.02.2026", "This is no date. Write 2021, 06.2021 or 14 June 2021."),
        ("2099", "This talk lies in the future. Give the day it was, or roughly: “ca. June 2026”."),
    ],
)
def test_what_is_wrong_with_a_day_is_said_and_survives_a_lock(
    desk: OpenDesk, made: CaseFile, typed: str, words: str
) -> None:
    """The button went dark without a word, and a lock forgot what was typed."""
    page = desk()
    sheet = _open(page, made.mother)
    sheet.form.when.setFocus()
    QTest.keyClicks(sheet.form.when, typed)
    QTest.keyClick(sheet.form.when, Qt.Key.Key_Tab)
    page.settle()
    assert says(page, words) or sheet.problem.accessibleName() == words
    kept = page.page.unfinished()
    sheet.reject()
    assert kept is not None
    again = desk(unfinished=dict(kept))
    back = again.page.withdrawals.sheet
    assert back is not None, "a wrong day keeps no draft from coming back"
    again.settle()
    assert back.form.when.text() == typed
    assert not back.form.is_valid() or back.problem.accessibleName() == words
    back.reject()
