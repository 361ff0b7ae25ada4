"""Protects figures others gave: kept with source and day, changed, left out, taken in again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.dates import PartialDate
from app.services.quoting import SaveQuoted
from tests.services.office import AUDITOR, REPORTS, an_office
from tests.ui.conftest import Until
from tests.ui.settings.desk import Desk, settings_of
from ui import theme
from ui.theme import Mode
from ui.views.settings.figure_sheet import FigureSheet
from ui.views.settings.figures_card import FiguresCard
from ui.widgets.buttons import Button
from ui.widgets.labels import RunText

pytestmark = pytest.mark.window
Open = Callable[[str], Desk]


@pytest.fixture
def open_page(tmp_path: Path, application: QApplication, until: Until) -> Iterator[Open]:
    office = an_office(tmp_path / "case")
    values = {"measure": "people", "said": "over 100", "on": PartialDate(2020), "source": "Invented review"}
    with office.as_person(REPORTS) as session:
        session.quoting.save(SaveQuoted(values))
    with ExitStack() as desks:
        yield lambda passphrase: desks.enter_context(settings_of(office.folder, passphrase, until))
    theme.apply(Mode.LIGHT)


def _card(desk: Desk) -> FiguresCard:
    card = desk.page.figures
    assert card is not None
    return card


def _told(card: FiguresCard) -> str:
    return " ".join(one.accessibleName() for one in card.findChildren(RunText) if one.isVisibleTo(card))


def _press(card: FiguresCard, words: str) -> None:
    next(one for one in card.findChildren(Button) if one.text() == words and not one.isHidden()).click()


def _sheet(desk: Desk, card: FiguresCard, until: Until) -> FigureSheet:
    def open_ones() -> list[FigureSheet]:
        return [one for one in card.window().findChildren(FigureSheet) if one.isVisible()]

    until(lambda: bool(open_ones()) and not desk.tasks.busy)
    return open_ones()[0]


def test_a_figure_is_added_changed_left_out_and_taken_in_again(open_page: Open, until: Until) -> None:
    desk = open_page(REPORTS)
    card = _card(desk)
    until(lambda: "over 100" in _told(card))
    assert "2020" in _told(card)
    card.new.click()
    sheet = _sheet(desk, card, until)
    sheet.form.give("measure", "countries")
    sheet.form.give("said", "24")
    sheet.form.give("on", PartialDate(2025, 9, 30))
    sheet.form.give("source", "Invented review")
    sheet.save()
    until(lambda: "24" in _told(card))
    _press(card, "Change…")
    sheet = _sheet(desk, card, until)
    sheet.form.give("said", "24 countries")
    sheet.save()
    until(lambda: "24 countries" in _told(card))
    _press(card, "Leave out")
    until(lambda: bool([one for one in card.findChildren(Button) if one.text() == "Take in again"]))
    left = [one.said for one in desk.ask(desk.session.quoting.rows) if one.left_out]
    assert left == ["24 countries"]
    _press(card, "Take in again")
    until(lambda: not any(one.left_out for one in desk.ask(desk.session.quoting.rows)))


def test_a_new_figure_without_a_source_is_not_kept(open_page: Open, until: Until) -> None:
    desk = open_page(REPORTS)
    card = _card(desk)
    card.new.click()
    sheet = _sheet(desk, card, until)
    sheet.form.give("said", "about 1,500")
    sheet.save()
    until(lambda: not desk.tasks.busy)
    assert sheet.isVisible()
    assert len(desk.ask(desk.session.quoting.rows)) == 1
    sheet.hide()


def test_an_auditor_is_shown_none(open_page: Open) -> None:
    assert open_page(AUDITOR).page.figures is None
