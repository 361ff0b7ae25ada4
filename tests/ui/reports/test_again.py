"""Protects: the newsletter goes out again in few clicks, and both see only who is other than last time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.dates import PartialDate
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.reports import MakeReport
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, Office
from tests.ui.reports.windows import Window, Windows
from ui.views.reports.steps import Step
from ui.widgets.labels import RunText

_MOST: Final = 8
_DIALOG: Final = 1
"""The button in the system's own window, which a test does not open."""


class _Hand:
    """Clicks with the mouse, and counts."""

    def __init__(self) -> None:
        self.clicks = 0

    def press(self, window: Window, find: Callable[[], QAbstractButton | None]) -> None:
        """One button, once it is there: a page that is read anew brings others."""

        def ready() -> bool:
            button = find()
            return button is not None and button.isVisible() and button.isEnabled()

        window.until(ready)
        button = find()
        assert button is not None
        self._click(button, button.rect().center())
        window.settle()

    def choose(self, window: Window, report: str) -> None:
        """One line of the ledger."""
        landing = window.page.landing
        assert landing is not None
        table = landing.table
        place = table.model().index(landing.model.shown_ids().index(report), 0)
        self._click(table.viewport(), table.visualRect(place).center())
        window.settle()
        window.until(lambda: landing.detail.again is not None and landing.detail.again.isVisible())

    def _click(self, widget: QWidget, where: QPoint) -> None:
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def _last_month(office: Office) -> str:
    """A newsletter that left; since then two people changed, one is new and one was stopped."""
    with office.as_person(COORDINATOR) as session:
        chosen = tuple(one.id for one in session.prisoners.rows())
        report = session.reports.make(MakeReport("newsletter", "en", ("pdf", "docx"), chosen)).id
    with office.as_person(COORDINATOR) as session:
        rows = {one.name: one for one in session.prisoners.rows()}
        assert len(rows) >= len(HELD)
        first, second, third = sorted(rows)[:3]
        for name in (first, second):
            change = {"detained_on": PartialDate(2019, 1)}
            session.prisoners.edit(EditPrisoner(rows[name].id, rows[name].version, change))
        session.prisoners.place_hold(PlaceHold("prisoner", rows[third].id, "family_asked"))
    return report


def _said(page: QWidget) -> list[str]:
    return [one.accessibleName() for one in page.findChildren(RunText) if one.isVisible()]


def test_again_with_two_changed_people_takes_eight_clicks_of_two_people(
    windows: Windows, tmp_path: Path
) -> None:
    before = _last_month(windows.office)
    hand = _Hand()
    window = windows.as_person(COORDINATOR)
    hand.choose(window, before)
    assert window.page.landing is not None
    detail = window.page.landing.detail
    hand.press(window, lambda: detail.again)
    making = window.page.making
    assert window.step() is Step.REVIEW
    assert making.seen is not None
    since = making.seen.since
    assert since is not None
    assert (len(since.changed or ()), len(since.gone), len(since.new)) == (2, 1, 0)
    shown = _said(making)
    assert any(words.startswith("Told otherwise: ") for words in shown)
    assert any(words.startswith("Gone: ") for words in shown)
    hand.press(window, lambda: making.primary)
    assert making.seen.report is not None
    assert making.seen.report.again_of == before
    made = making.seen.report.id
    window = windows.as_person(OFFICER)
    making, out = window.page.making, tmp_path / "out"
    making.approving.pick_folder = lambda parent, title: out
    assert window.page.landing is not None
    waits = window.page.landing.waits
    hand.press(window, lambda: waits.buttons.get(made))
    assert making.seen is not None
    assert making.seen.since == since, "the second person sees the same"
    assert any(words.startswith("Told otherwise: ") for words in _said(making))
    hand.press(window, lambda: making.review.approve.search)
    hand.press(window, lambda: making.review.approve.choose)
    hand.press(window, lambda: making.primary)
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".pdf"]
    assert hand.clicks + _DIALOG <= _MOST


def test_the_same_people_with_the_same_answers_say_so(windows: Windows) -> None:
    with windows.office.as_person(COORDINATOR) as session:
        report = session.reports.make(MakeReport("newsletter", "en", ("pdf",))).id
        again = session.reports.preview(MakeReport("newsletter", "en", ("pdf",), again_of=report)).since
        german = session.reports.preview(MakeReport("newsletter", "de", ("pdf",), again_of=report)).since
    assert again is not None
    assert german is not None
    assert (again.new, again.gone, again.changed, again.same) == ((), (), (), len(HELD))
    assert german.changed is None, "another language says everything otherwise"


def test_who_came_with_a_new_list_is_new(windows: Windows, tmp_path: Path) -> None:
    with windows.office.as_person(COORDINATOR) as session:
        report = session.reports.make(MakeReport("newsletter", "en", ("pdf",))).id
        people = (*HELD, row(9, "Palina Harbuzava"))
        session.intake.commit(session.intake.look(write_list(tmp_path / "new.csv", people), SOURCE))
        since = session.reports.preview(MakeReport("newsletter", "en", ("pdf",), again_of=report)).since
    assert since is not None
    assert (since.new, since.gone) == (("Harbuzava, Palina",), ())
