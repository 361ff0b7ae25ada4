"""Protects: an approval for three months is given, used and ended by keys, and says what it leaves out."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.report import TextBlock
from app.services.approval import ApproveReport
from app.services.reports import MakeReport
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, REPORTS
from tests.ui.reports.windows import Window, Windows
from ui.views.reports import series_sheet
from ui.views.reports.series_sheet import SeriesSheet
from ui.widgets.buttons import Button
from ui.widgets.labels import Text
from ui.widgets.run_text import RunText

NEWS = MakeReport("newsletter", "en", ("pdf",))


def _said(widget: object) -> str:
    runs = [one.accessibleName() for one in widget.findChildren(RunText)]  # type: ignore[attr-defined]
    return "\n".join([*runs, *(one.text() for one in widget.findChildren(Text))])  # type: ignore[attr-defined]


def _press(window: Window, button: Button | None) -> None:
    assert button is not None
    window.until(lambda: button.isVisible() and button.isEnabled())
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def _series_button(window: Window) -> Button:
    landing = window.page.landing
    assert landing is not None
    window.until(lambda: landing.detail.series is not None)
    assert landing.detail.series is not None
    return landing.detail.series


@pytest.fixture
def begun(windows: Windows, tmp_path: Path) -> str:
    """A newsletter that left, approved for three months in the window."""
    with windows.office.as_person(COORDINATOR) as session:
        report = session.reports.make(NEWS).id
    with windows.office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "first"))
    window = windows.as_person(OFFICER)
    _press(window, _series_button(window))
    sheet = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SeriesSheet))
    _press(window, sheet.action)
    window.settle()
    landing = window.page.landing
    assert landing is not None
    window.until(lambda: "22 February 2027" in _said(landing.detail))
    windows.close()
    return report


def test_the_next_one_leaves_without_a_second_person(windows: Windows, begun: str, tmp_path: Path) -> None:
    with windows.office.as_person(REPORTS) as session:
        report = session.reports.make(attrs.evolve(NEWS, again_of=begun)).id
    window = windows.as_person(REPORTS)
    window.page.open_report(report)
    window.settle()
    side = window.page.making.review.approve
    assert "Waits for the search." in _said(window.page.making)
    assert side.names is None
    window = windows.as_person(COORDINATOR)
    making = window.page.making
    window.page.open_report(report)
    window.settle()
    side = making.review.approve
    assert "Approved for three months: Vera O." in _said(making)
    assert making.primary.text() == "Write the files"
    assert not making.primary.isEnabled()
    making.approving.pick_folder = lambda parent, title: tmp_path / "out"
    _press(window, side.search)
    window.settle()
    _press(window, side.choose)
    window.settle()
    window.until(making.primary.isEnabled)
    window.go_on()
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".pdf"]


def test_both_read_what_it_does_not_cover(windows: Windows, begun: str, tmp_path: Path) -> None:
    texts = (TextBlock("paragraph", "They wait."),)
    with windows.office.as_person(COORDINATOR) as session:
        people = (*HELD, row(9, "Palina Harbuzava"))
        session.intake.commit(session.intake.look(write_list(tmp_path / "new.csv", people), SOURCE))
        report = session.reports.make(attrs.evolve(NEWS, again_of=begun, texts=texts)).id
    for passphrase in (COORDINATOR, OFFICER):
        window = windows.as_person(passphrase)
        window.page.open_report(report)
        window.settle()
        said = _said(window.page.making)
        assert "New: Harbuzava, Palina" in said
        assert "Another title or other texts." in said
        side = window.page.making.review.approve
        assert (side.names is not None) is (passphrase == OFFICER), "only the second person goes on"


def test_it_is_ended_from_the_ledger(windows: Windows, begun: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series_sheet, "ask", lambda *args, **more: True)
    window = windows.as_person(REPORTS)
    _press(window, _series_button(window))
    window.settle()
    landing = window.page.landing
    assert landing is not None
    window.until(lambda: "It was ended. (Ida S.)" in _said(landing.detail))
    assert landing.detail.series is None
    assert begun
