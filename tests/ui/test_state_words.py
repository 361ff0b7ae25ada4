"""Protects: whoever locks sees four words, and on unlocking whether another copy lies there now."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.services.office import COORDINATOR, OFFICER, Office, add_prisoner, an_office
from tests.ui.conftest import Until
from tests.ui.settings.desk import settings_of
from ui.main import _options
from ui.program import Program
from ui.views.log.words_sheet import WordsSheet
from ui.views.state_band import StateBand

Begin = Callable[..., Program]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "casefile")


@pytest.fixture
def begin(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Starts the program as its command line says; what it would become stands in `became`."""
    programs: list[Program] = []
    monkeypatch.setattr("ui.program.replace_process", lambda *what, **more: became.append((*what, more)))
    became.clear()

    def start(folder: Path, *more: str) -> Program:
        program = Program("en")
        programs.append(program)
        program.open(folder, _options([str(folder), *more]).words)
        return program

    yield start
    for one in programs:
        one.close()


became: list[tuple[object, ...]] = []


def _unlocked(program: Program, until: Until, passphrase: str = COORDINATOR) -> StateBand:
    page = program.start.unlock_page
    page.passphrase.setText(passphrase)
    page.unlock.click()
    until(lambda: program.shell is not None and not program.tasks.busy)
    assert program.shell is not None
    (band,) = program.shell.window.findChildren(StateBand)
    assert band.isVisible()
    return band


def _locked(program: Program) -> str:
    program.lock()
    (_folder, _language, more) = became.pop()
    assert isinstance(more, dict)
    return str(more["words"])


def _said(band: StateBand) -> str:
    return band.notice.accessibleName()


def test_the_lock_screen_shows_them_and_the_same_ones_come_back(
    office: Office, begin: Begin, until: Until
) -> None:
    first = begin(office.folder)
    assert first.start.unlock_page.left.isHidden(), "nobody has locked it here yet"
    band = _unlocked(first, until)
    assert "newest entry is #" in _said(band)
    words = _locked(first)
    assert len(words.split()) == 4
    second = begin(office.folder, "--words", words)
    assert second.start.unlock_page.left.isVisible()
    assert words in second.start.unlock_page.left.accessibleName()
    band = _unlocked(second, until)
    assert words in _said(band)
    assert "same four words as when it was locked" in _said(band)
    band.close_it.click()
    assert band.isHidden()


def test_a_copy_from_before_put_back_while_it_was_locked_is_said_in_red(
    office: Office, begin: Begin, until: Until, tmp_path: Path
) -> None:
    shutil.copytree(office.folder, tmp_path / "before")
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
    first = begin(office.folder)
    _unlocked(first, until)
    words = _locked(first)
    shutil.rmtree(office.folder)
    shutil.copytree(tmp_path / "before", office.folder)
    band = _unlocked(begin(office.folder, "--words", words), until)
    assert "not the case file as it was locked" in _said(band)
    assert band.notice.property("frame") == "red"


def test_a_colleagues_work_in_between_is_said_and_is_no_alarm(
    office: Office, begin: Begin, until: Until
) -> None:
    words = session_words(office)
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
    band = _unlocked(begin(office.folder, "--words", words), until)
    assert "somebody has worked since: colleagues 1 entry" in _said(band)
    assert band.notice.property("frame") == "neutral"


def session_words(office: Office) -> str:
    """The words it was left with."""
    with office.as_person(COORDINATOR) as session:
        pass
    return session.state_words.closing


def test_another_case_file_chosen_at_the_lock_is_not_compared(
    office: Office, begin: Begin, until: Until, tmp_path: Path
) -> None:
    other = an_office(tmp_path / "other")
    program = begin(office.folder, "--words", session_words(office))
    program.start.show_unlock(other.folder)
    assert program.start.unlock_page.left.isHidden()
    assert "newest entry is #" in _said(_unlocked(program, until))


def test_another_language_keeps_them(office: Office, begin: Begin) -> None:
    words = session_words(office)
    program = begin(office.folder, "--words", words)
    program.start.language_asked.emit("de")
    assert words in program.start.unlock_page.left.accessibleName()
    program.start.language_asked.emit("en")


def test_closing_by_hand_shows_them_in_a_fresh_process_unless_somebody_chose_otherwise(
    office: Office, begin: Begin, until: Until
) -> None:
    for shown in (True, False):
        program = begin(office.folder)
        _unlocked(program, until)
        assert program.shell is not None
        words = program.shell.session.state_words
        choose = partial(words.show_at_closing, shown=shown)
        program.tasks.query(choose, initiator=None, done=lambda _nothing: None)
        until(lambda program=program: not program.tasks.busy)  # type: ignore[misc]
        window = program.shell.window
        window.close()
        program.application.exec = lambda: 0  # type: ignore[method-assign]
        program.run()
        assert bool(became) is shown
        if shown:
            folder, _language, more = became.pop()
            assert folder == office.folder
            assert isinstance(more, dict)
            assert more["option"] == "--closed"
            assert more["words"] == session_words(office)


def test_the_page_after_closing_ends_or_goes_back_in(application: QApplication, tmp_path: Path) -> None:
    program = Program("en")
    program.open_closed(tmp_path, "one two three four")
    page = program.start.closed
    assert page.isVisible()
    assert page.words.text() == "one two three four"
    page.again.click()
    assert program.start.unlock_page.words_for(tmp_path) == "one two three four"
    program.open_closed(tmp_path, "one two three four")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not program.start.isVisible()
    program.close()


def test_words_on_paper_are_compared_from_settings(
    office: Office, application: QApplication, until: Until
) -> None:
    words = session_words(office)
    with settings_of(office.folder, COORDINATOR, until) as desk:
        card = desk.page.passphrase
        assert card.at_closing.isChecked()
        card.words.click()
        (sheet,) = desk.page.findChildren(WordsSheet)
        until(lambda: not desk.tasks.busy)
        assert sheet.now.text() == words
        for typed, said in (
            (words, "words of the newest entry"),
            (" ".join(reversed(words.split())), "No entry of this log has these words."),
            (" ".join(words.split()[:3]), "Four words are needed."),
        ):
            sheet.typed.setText(typed)
            QTest.keyClick(sheet.typed, Qt.Key.Key_Return)
            until(lambda: not desk.tasks.busy)
            assert said in sheet.said.accessibleName()
        sheet.reject()
