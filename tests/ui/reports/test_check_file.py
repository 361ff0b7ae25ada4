"""Protects: a file made elsewhere is dropped on Reports and what must come out of it is said, worst first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from tests.canaries import RELATIVE_NAME
from tests.hostile import edited_files as made
from tests.services.office import OFFICER, REPORTS
from tests.ui import hands
from tests.ui.reports.windows import Window, Windows
from ui.views.reports.check_sheet import CheckFileSheet
from ui.views.reports.kept_sheet import KeptSheet
from ui.widgets.buttons import Button, FilterChip, Look
from ui.widgets.run_text import RunText


def _open(window: Window) -> CheckFileSheet:
    window.page.opened()
    window.settle()
    assert window.page.landing is not None
    window.page.landing.check.click()
    return _sheet(window)


def _sheet(window: Window) -> CheckFileSheet:
    found = window.page.findChildren(CheckFileSheet)
    assert len(found) == 1
    window.settle()
    return found[0]


def _words(sheet: CheckFileSheet) -> str:
    lines = [one.text() for one in sheet.found.findChildren(QLabel) if one.isVisible()]
    shown = (one for one in sheet.found.findChildren(RunText) if one.isVisible())
    return " ".join([*lines, *(one.accessibleName() for one in shown)])


def _bad(tmp_path: Path) -> Path:
    text = f"{RELATIVE_NAME} wrote from office@example.org."
    return made.written(tmp_path, "Newsletter 14.docx", made.word(text, change=made.tracked))


def test_what_must_come_out_stands_first_with_its_place(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(OFFICER)
    sheet = _open(window)
    sheet.take(_bad(tmp_path))
    window.settle()
    words = _words(sheet)
    assert "2 things have to come out." in sheet.verdict.accessibleName()
    assert "paragraph 1" in words
    assert words.index("Has to come out") < words.index("Look at it yourself")
    assert RELATIVE_NAME in words
    assert sheet.again.isVisible()


def test_mended_and_checked_again_nothing_is_left(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(OFFICER)
    sheet = _open(window)
    path = _bad(tmp_path)
    sheet.take(path)
    window.settle()
    path.write_bytes(made.word("All of us wrote."))
    sheet.again.click()
    window.settle()
    assert RELATIVE_NAME.casefold() not in _words(sheet).casefold()
    assert "have to come out" not in sheet.verdict.accessibleName()


def test_reports_staff_drop_it_on_the_page_and_are_told_what_was_not_searched(
    windows: Windows, tmp_path: Path
) -> None:
    window = windows.as_person(REPORTS)
    window.page.opened()
    window.settle()
    assert window.page.landing is not None
    hands.drop(window.page.landing, _bad(tmp_path))
    sheet = _sheet(window)
    assert "not for relatives" in sheet.verdict.accessibleName()
    assert RELATIVE_NAME.casefold() not in _words(sheet).casefold(), "who has no key learns no name"


def test_what_stood_there_for_other_readers_is_taken_away(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(OFFICER)
    sheet = _open(window)
    path = _bad(tmp_path)
    sheet.take(path)
    window.settle()
    sheet.readers.set_value("one")
    assert not sheet.verdict.isVisible()
    sheet.take(path)
    assert sheet.institution.hasFocus() or not sheet.doing.isVisible(), (
        "nobody reads for an unnamed institution"
    )
    sheet.institution.setText("A committee")
    sheet.take(path)
    window.settle()
    assert sheet.verdict.isVisible()


@pytest.mark.parametrize("name", ["gone.pdf", "picture.pdf"])
def test_a_file_that_cannot_be_read_is_never_called_checked(
    windows: Windows, tmp_path: Path, name: str
) -> None:
    window = windows.as_person(OFFICER)
    sheet = _open(window)
    if name == "picture.pdf":
        made.written(tmp_path, name, made.photo(with_data=False))
    sheet.take(tmp_path / name)
    window.settle()
    assert sheet.verdict.property("frame") == "red"
    assert not sheet.found.isVisible()


def _primary(sheet: CheckFileSheet) -> list[Button]:
    buttons = [one for one in sheet.findChildren(Button) if one.isVisible()]
    return [one for one in buttons if one.property("look") == Look.PRIMARY.value]


def test_one_thing_is_next(windows: Windows, tmp_path: Path) -> None:
    sheet = _open(windows.as_person(OFFICER))
    assert _primary(sheet) == [sheet.choose]
    sheet.take(_bad(tmp_path))
    assert windows.open_one is not None
    windows.open_one.settle()
    assert _primary(sheet) == [sheet.again], "mend it, then look again"


def test_a_clean_file_is_kept_and_the_second_person_lets_it_leave(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(REPORTS)
    sheet = _open(window)
    sheet.take(made.written(tmp_path, "Card.docx", made.word("All is well. Write to office@example.org.")))
    window.settle()
    assert sheet.keep.isVisible()
    assert sheet.keep.isEnabled()
    assert _primary(sheet) == [sheet.keep]
    sheet.keep.click()
    window.settle()
    window = windows.as_person(OFFICER)
    session = window.session
    (report,) = window.ask(session.approval.pending)
    window.page.open_report(report)
    window.until(lambda: bool(window.page.window().findChildren(KeptSheet)))
    (kept,) = window.page.window().findChildren(KeptSheet)
    window.settle()
    assert any("All is well." in one.text() for one in kept.findChildren(QLabel))
    kept.approving.search()
    window.settle()
    kept.side.set_folder(tmp_path / "out")
    assert not kept.approve.isEnabled(), "the address is to be looked at"
    for chip in kept.findChildren(FilterChip):
        chip.setChecked(True)
    assert kept.approve.isEnabled()
    kept.approve.click()
    window.settle()
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".docx"]
    assert [row.state for row in window.ask(session.reports.rows)] == ["done"]
    kept.reject()


def test_a_file_with_something_in_it_cannot_be_kept(windows: Windows, tmp_path: Path) -> None:
    window = windows.as_person(OFFICER)
    sheet = _open(window)
    sheet.take(_bad(tmp_path))
    window.settle()
    assert sheet.keep.isHidden()
