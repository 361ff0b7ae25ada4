"""Protects Settings: what is chosen acts at once and is remembered; trust ends by one person, in words."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app import VERSION
from tests.rules import ROOT
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, Office, an_office
from tests.ui.conftest import Until
from tests.ui.settings.desk import Desk, settings_of
from ui import actions, theme
from ui.theme import Mode
from ui.views.settings.look_card import LANGUAGE, MODE, SCALE
from ui.views.settings.word_sheet import WordSheet
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Sheet
from ui.widgets.labels import RunText

Open = Callable[[str], Desk]


@pytest.fixture
def trusted(tmp_path: Path) -> Office:
    """A list is in and two people trust its source."""
    office = an_office(tmp_path / "case")
    file = write_list(tmp_path / "list.csv", HELD)
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(file, SOURCE))
        session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(OFFICER) as session:
        session.sources.trust(session.sources.rows()[0].id)
    return office


@pytest.fixture
def open_page(trusted: Office, application: QApplication, until: Until) -> Iterator[Open]:
    with ExitStack() as desks:
        yield lambda passphrase: desks.enter_context(settings_of(trusted.folder, passphrase, until))
    theme.apply(Mode.LIGHT)


def _button(desk: Desk, words: str) -> Button | None:
    found = [
        one for one in desk.page.findChildren(Button) if one.text().startswith(words) and not one.isHidden()
    ]
    return found[0] if found else None


def test_colours_size_and_language_act_and_are_remembered(open_page: Open) -> None:
    desk = open_page(COORDINATOR)
    desk.page.look.mode.chosen.emit(Mode.DARK.name)
    assert theme.mode() is Mode.DARK
    desk.page.look.larger.click()
    assert theme.current().scale > 1.0
    desk.page.look.language.chosen.emit("de")
    layout = desk.session.layout
    kept = desk.ask(lambda: (layout.get(MODE), layout.get(SCALE), layout.get(LANGUAGE)))
    assert kept == ("DARK", "110", "de")


def test_a_yes_to_a_source_is_seen_to_be_under_way_and_cannot_be_pressed_twice(
    open_page: Open, until: Until
) -> None:
    desk = open_page(OFFICER)
    sources, card = desk.session.sources, desk.page.sources
    assert card is not None
    desk.ask(lambda: sources.end_trust(sources.rows()[0].id))
    card.load()
    until(lambda: _button(desk, "Say yes first") is not None)
    button = _button(desk, "Say yes first")
    assert button is not None
    button.click()
    assert not button.isEnabled()
    assert "yes" in card.work.told
    until(lambda: _button(desk, "Take the yes back") is not None)
    assert not card.work.isVisible()


def test_one_person_ends_trust_after_one_question(open_page: Open, until: Until) -> None:
    desk = open_page(OFFICER)
    button = _button(desk, "End trust")
    assert button is not None
    asked: list[str] = []

    def say_yes() -> None:
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, Sheet) and sheet.action is not None:
            asked.append(sheet.windowTitle())
            sheet.action.click()
        elif isinstance(sheet, QDialog):
            sheet.reject()

    QTimer.singleShot(50, say_yes)
    button.click()
    until(lambda: _button(desk, "Say yes first") is not None)
    assert asked == [f"End trust in {SOURCE}?"]
    assert desk.ask(lambda: desk.session.sources.rows()[0].trust) == "not_trusted"


def test_who_may_not_trust_has_no_sources(open_page: Open) -> None:
    desk = open_page(AUDITOR)
    assert desk.page.sources is None


def test_the_version_shown_is_the_version_built() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert built == VERSION


def test_keys_are_shown_whole() -> None:
    shown = [spec.keys for spec in (actions.LARGER, actions.SMALLER, actions.LOCK, actions.CONVERSATION)]
    assert shown == ["Ctrl +", "Ctrl -", "Ctrl L", "Ctrl Shift C"]


def test_an_officer_adds_a_word_hides_one_and_sees_it(open_page: Open, until: Until) -> None:
    desk = open_page(OFFICER)
    card = desk.page.words
    assert card is not None
    card.of.set_value("regime")
    card.of.chosen.emit("regime")
    until(lambda: not desk.tasks.busy)
    card.new.click()
    (sheet,) = (one for one in card.window().findChildren(WordSheet) if one.isVisible())
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    sheet.lines["english"].setText("House arrest, strict")
    QTest.keyClick(sheet.lines["english"], Qt.Key.Key_Return)
    until(lambda: not any(one.isVisible() for one in card.window().findChildren(WordSheet)))
    until(lambda: "House arrest, strict" in _told(desk.page))
    assert "added here" in _told(desk.page)
    _button_of(card, "Hide", "House arrest, strict").click()
    until(lambda: "hidden" in _told(desk.page))


def test_others_read_the_words_and_change_none(open_page: Open) -> None:
    card = open_page(COORDINATOR).page.words
    assert card is not None
    assert card.new.isHidden()
    assert not [one for one in card.findChildren(Button) if one.text() == "Hide"]


def _told(page: QWidget) -> str:
    return " ".join(one.accessibleName() for one in page.findChildren(RunText) if one.isVisibleTo(page))


def _button_of(card: QWidget, words: str, about: str) -> Button:
    found = (one for one in card.findChildren(Button) if one.text() == words and not one.isHidden())
    return next(one for one in found if about in one.accessibleDescription())
