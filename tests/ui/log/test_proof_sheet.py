"""Protects: proof lines are made, compared and signed in the window; an officer settles a doubt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs
import pytest

from app.services.clock_repairs import ProposeRepair
from tests.services.office import COORDINATOR, OFFICER, Office, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from ui.views.log import proof_sheet
from ui.views.log.clock_sheet import ClockSheet
from ui.views.log.notices import _Known
from ui.views.log.page import LogPage
from ui.views.log.proof_sheet import ProofSheet
from ui.views.log.restored_sheet import RestoredSheet
from ui.widgets.buttons import Button
from ui.widgets.frames import Notice

Desk = OnePage[LogPage]
Open = Callable[[Path, str], Desk]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "casefile")


@pytest.fixture
def open_page(until: Until) -> Iterator[Open]:
    desks: list[Desk] = []

    def opened(folder: Path, passphrase: str) -> Desk:
        desk = open_one_page(folder, passphrase, LogPage, until)
        desks.append(desk)
        desk.page.opened()
        until(lambda: desk.page.model.total > 0 and not desk.tasks.busy)
        return desk

    yield opened
    for desk in desks:
        desk.close()


def _sheet(desk: Desk) -> ProofSheet:
    desk.page.proof_button.click()
    sheet = desk.page.notices.sheet
    assert isinstance(sheet, ProofSheet)
    desk.until(lambda: bool(sheet.mine.toPlainText()))
    return sheet


def _said(sheet: ProofSheet) -> str:
    return f"{sheet.said.accessibleName()} {sheet.advice.text()}"


def _notices(desk: Desk) -> list[str]:
    return [box.accessibleName() for box in desk.page.notices.findChildren(Notice) if box.isVisible()]


def _press(desk: Desk, words: str) -> None:
    sheet = desk.page.notices.sheet
    assert sheet is not None
    next(one for one in sheet.findChildren(Button) if one.text() == words).click()


def test_my_line_fits_and_is_kept_on_a_stick(office: Office, open_page: Open, tmp_path: Path) -> None:
    desk = open_page(office.folder, OFFICER)
    sheet = _sheet(desk)
    sheet.other.setPlainText(sheet.mine.toPlainText())
    sheet.compare.click()
    desk.until(lambda: "fits" in _said(sheet))
    assert "Vera O." in _said(sheet)
    place = tmp_path / "line.txt"
    sheet.keep_at(place)
    desk.until(place.exists)
    desk.until(lambda: str(place) in sheet.place_words.text())
    sheet.other.setPlainText("hello")
    sheet.compare.click()
    desk.until(lambda: "not a proof line" in _said(sheet))


def test_an_old_copy_stops_and_the_officer_settles(
    office: Office, open_page: Open, tmp_path: Path, until: Until
) -> None:
    copy = tmp_path / "old"
    shutil.copytree(office.folder, copy)
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        line = session.proofs.line()
    desk = open_page(copy, OFFICER)
    sheet = _sheet(desk)
    sheet.other.setPlainText(line)
    sheet.compare.click()
    until(lambda: bool(_notices(desk)))
    assert "1 entry is missing here" in _notices(desk)[0]
    assert "nothing leaves the house" in _notices(desk)[0]
    sheet.reject()
    desk.page.notices._on_restored()
    restored = desk.page.notices.sheet
    assert isinstance(restored, RestoredSheet)
    until(restored.sign.isEnabled)
    assert "no journal of noes here" in restored.told.text()
    _press(desk, "Sign it")
    until(lambda: not _notices(desk))


def test_a_wrong_clock_is_confirmed_by_the_second_person(office: Office, open_page: Open) -> None:
    with office.as_person(COORDINATOR) as session:
        head = session.log.state().entries
        session.clock_repairs.propose(ProposeRepair(head, head))
    desk = open_page(office.folder, OFFICER)
    desk.until(lambda: bool(_notices(desk)))
    box = next(one for one in desk.page.notices.findChildren(Notice) if one.isVisible())
    box.findChildren(Button)[0].click()
    sheet = desk.page.notices.sheet
    assert isinstance(sheet, ClockSheet)
    _press(desk, "Sign it too")
    desk.until(lambda: not _notices(desk))


def test_a_clock_behind_says_who_signed_already(office: Office, open_page: Open) -> None:
    """Whoever signed alone was told to sign, with no word that it waited for somebody else."""
    with office.as_person(COORDINATOR) as session:
        head = session.log.state().entries
        session.clock_repairs.propose(ProposeRepair(head, head))
    desk = open_page(office.folder, COORDINATOR)
    repairs = desk.page._workplace.session.clock_repairs
    known: list[_Known] = []
    desk.tasks.query(
        lambda: _Known((), attrs.evolve(repairs.state(), behind=True), repairs.rows()),
        initiator=None,
        done=known.append,
    )
    desk.until(lambda: bool(known))
    desk.page.notices._on_known(known[0])
    said = " ".join(_notices(desk))
    assert "is behind the newest entry" in said
    assert "Hanna K. signed that it was wrong; a second person is missing." in said


def test_all_six_lines_are_seen_in_a_low_window(office: Office, open_page: Open) -> None:
    desk = open_page(office.folder, OFFICER)
    desk.page.window().resize(1093, 574)
    sheet = _sheet(desk)
    assert sheet.height() <= 574
    for edit in (sheet.mine, sheet.other):
        assert edit.viewport().height() >= 6 * edit.fontMetrics().lineSpacing()


@pytest.mark.parametrize("content", [b"", b"\0" * 100_000, b"%PDF-1.7 \xff\xfe", b"poruch/log/1\n7\n"])
def test_a_file_that_is_no_proof_line_is_told_at_once(
    office: Office, open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    """It was shown as boxes, or nothing was said at all; the lines of another file stood beside the words."""
    path = tmp_path / "file"
    path.write_bytes(content)
    desk = open_page(office.folder, OFFICER)
    sheet = _sheet(desk)
    sheet.other.setPlainText("the lines of another file")
    monkeypatch.setattr(proof_sheet, "choose_text_file", lambda _parent, _title: path)
    sheet.open_file.click()
    desk.until(lambda: "This is not a proof line." in _said(sheet))
    assert not sheet.other.toPlainText()
    assert not sheet.compare.isEnabled()
    sheet.reject()


def test_a_line_of_somebody_else_is_signed_and_saved(
    office: Office, open_page: Open, tmp_path: Path, until: Until
) -> None:
    with office.as_person(COORDINATOR) as session:
        theirs = session.proofs.line()
    desk = open_page(office.folder, OFFICER)
    sheet = _sheet(desk)
    sheet.other.setPlainText(theirs)
    assert not sheet.save_signed.isVisible(), "nothing is signed yet"
    sheet.sign.click()
    until(sheet.save_signed.isVisible)
    out = tmp_path / "signed.txt"
    sheet.save_signed_at(out)
    until(out.exists)
    until(lambda: "Saved" in _said(sheet))
    other = tmp_path / "letter.txt"
    other.write_text("Dear all", "utf-8")
    sheet.save_signed_at(other)
    until(lambda: "written over" in _said(sheet))
    assert other.read_text("utf-8") == "Dear all"
    sheet.other.setPlainText(out.read_text("utf-8"))
    assert not sheet.save_signed.isVisible(), "what stands there now was not signed here"
    sheet.compare.click()
    until(lambda: "Hanna K." in _said(sheet) and "Vera O." in _said(sheet))


def test_what_was_done_with_my_own_line_stands_below_it(
    office: Office, open_page: Open, tmp_path: Path, until: Until
) -> None:
    sheet = _sheet(open_page(office.folder, OFFICER))
    sheet.save_at(tmp_path / "mine.txt")
    until(lambda: "Saved" in sheet.told.accessibleName())
    assert not sheet.said.isVisible(), "it stood below the other line"
