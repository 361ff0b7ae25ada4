"""Protects: hostile attention is recorded, reviewed and planned for by hand; the sheet says it before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.review import Outcome
from app.services.overview import overview
from tests.services.office import COORDINATOR, REPORTS, an_office
from tests.services.test_reviews import agreed_in_public, smear
from tests.ui.conftest import Until
from tests.ui.pages import OnePage, open_one_page
from ui.views.attention.sheet import AttentionSheet, read_targets
from ui.views.consent.page import RelativesPage
from ui.views.consent.review_sheet import ReviewSheet
from ui.views.overview.page import OverviewPage
from ui.views.overview.plan_sheet import PlanSheet
from ui.workplace import Workplace

Open = Callable[..., OnePage[QWidget]]


@pytest.fixture
def family(tmp_path: Path) -> tuple[Path, str, str]:
    office = an_office(tmp_path / "casefile")
    prisoner, mother = agreed_in_public(office)
    return office.folder, prisoner, mother


@pytest.fixture
def open_page(family: tuple[Path, str, str], until: Until) -> Iterator[Open]:
    desks: list[OnePage[QWidget]] = []

    def opened(make: Callable[[Workplace], QWidget], passphrase: str = COORDINATOR) -> OnePage[QWidget]:
        desks.append(open_one_page(family[0], passphrase, make, until))
        return desks[-1]

    yield opened
    for desk in desks:
        desk.close()


def kept(places: list[Workplace], page: Callable[[Workplace], QWidget]) -> Callable[[Workplace], QWidget]:
    """Makes the page and keeps the workplace it was given."""

    def make(workplace: Workplace) -> QWidget:
        places.append(workplace)
        return page(workplace)

    return make


def test_the_sheet_says_what_it_will_pause_before_it_does(
    family: tuple[Path, str, str], open_page: Open, until: Until
) -> None:
    _folder, prisoner, mother = family
    places: list[Workplace] = []
    desk = open_page(kept(places, RelativesPage))
    targets = desk.ask(lambda: read_targets(desk.session, "relative", mother))
    sheet = AttentionSheet(desk.page, places[0], targets, has_key=True)
    assert sheet.what.value() == "", "nobody chose what happened"
    assert "Choose what happened." in sheet.effect.accessibleName()
    sheet.what.set_value("smear")
    until(lambda: sheet.action is not None and sheet.action.isEnabled())
    assert "1 family" in sheet.effect.accessibleName()
    assert sheet.way_out.isDefault(), "the safe side is the default"
    sheet.accept()
    until(lambda: bool(desk.said))
    rows = desk.ask(desk.session.reviews.due)
    assert [row.prisoner for row in rows] == [prisoner]


def test_reviews_are_gone_through_in_one_sheet(
    family: tuple[Path, str, str], open_page: Open, until: Until
) -> None:
    _folder, prisoner, _mother = family
    places: list[Workplace] = []
    desk = open_page(kept(places, RelativesPage))
    desk.ask(lambda: desk.session.attention.record(smear(prisoner)))
    page = desk.page
    assert isinstance(page, RelativesPage)
    page.opened()
    until(lambda: "1" in page.list.chips.reviews.text())
    rows = desk.ask(desk.session.reviews.due)
    sheet = ReviewSheet(page, places[0], rows)
    sheet.note.setPlainText("Asked the MP")
    sheet.decide(Outcome.STOP)
    assert desk.ask(desk.session.consent.stops) == (), "nobody said why"
    QTest.keyClick(sheet.doings[Outcome.ASK_AGAIN], Qt.Key.Key_Return)
    until(lambda: bool(desk.said))
    assert desk.ask(desk.session.reviews.due)[0].asking
    until(
        lambda: sheet not in page.window().findChildren(ReviewSheet)
    )  # nothing is asked: all of it is saved


def test_many_reviews_are_chosen_and_decided_by_keys(
    family: tuple[Path, str, str], open_page: Open, until: Until
) -> None:
    """Two things happened to one family: everything with Ctrl+A, then the keyboard is at what is left."""
    _folder, prisoner, _mother = family
    places: list[Workplace] = []
    desk = open_page(kept(places, RelativesPage))
    for _time in range(2):
        desk.ask(lambda: desk.session.attention.record(smear(prisoner)))
    sheet = ReviewSheet(desk.page, places[0], desk.ask(desk.session.reviews.due))
    sheet.open()
    sheet.activateWindow()
    until(sheet.isActiveWindow)
    QTest.keyClick(sheet, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(sheet.chosen()) == len(sheet.boxes) == 2
    first, second = sheet.boxes.values()
    second.setChecked(False)
    QTest.keyClick(sheet.doings[Outcome.ASK_AGAIN], Qt.Key.Key_Return)
    until(lambda: not first.isEnabled())
    assert sheet.focusWidget() is second, "the next Enter closes nothing"
    sheet.choose_all()
    assert [one.isChecked() for one in (first, second)] == [False, True], "what is decided stays so"
    sheet.close()


@pytest.mark.parametrize("passphrase", [COORDINATOR, REPORTS])
def test_the_overview_shows_what_a_role_may_see(
    family: tuple[Path, str, str], open_page: Open, until: Until, passphrase: str
) -> None:
    places: list[Workplace] = []
    desk = open_page(kept(places, OverviewPage), passphrase)
    page = desk.page
    assert isinstance(page, OverviewPage)
    page.opened()
    until(lambda: bool(page.cards))
    found = desk.ask(lambda: overview(desk.session.context))
    assert (found.plan is not None) is (passphrase == COORDINATOR)
    assert (found.reviews is None) is (passphrase == REPORTS)
    if found.plan is not None:
        PlanSheet(page, places[0], found.plan, {}).close()
