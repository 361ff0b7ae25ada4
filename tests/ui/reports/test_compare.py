"""Protects: two reports are put side by side from the ledger by a button, and another can be chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.report import TextBlock
from app.services.reports import MakeReport
from tests.services.office import COORDINATOR, REPORTS
from tests.ui.reports.windows import Window, Windows
from ui.views.reports.compare_sheet import CompareSheet, others_of
from ui.widgets.labels import Text
from ui.widgets.run_text import RunText

NEWS = MakeReport("newsletter", "en", ("pdf",))


def _opened(window: Window) -> CompareSheet:
    landing = window.page.landing
    assert landing is not None
    window.until(lambda: landing.detail.compare is not None and landing.detail.compare.isVisible())
    assert landing.detail.compare is not None
    landing.detail.compare.setFocus()
    QTest.keyClick(landing.detail.compare, Qt.Key.Key_Space)
    sheet = next(one for one in QApplication.topLevelWidgets() if isinstance(one, CompareSheet))
    window.until(lambda: sheet.found is not None)
    return sheet


def _said(sheet: CompareSheet) -> str:
    runs = [one.accessibleName() for one in sheet.findChildren(RunText)]
    return "\n".join([*runs, *(one.text() for one in sheet.findChildren(Text))])


def test_two_newsletters_are_compared_and_a_third_can_be_chosen(windows: Windows) -> None:
    with windows.office.as_person(COORDINATOR) as session:
        first = session.reports.make(NEWS).id
        texts = (TextBlock("paragraph", "They wait for letters."),)
        session.reports.make(MakeReport("newsletter", "en", ("pdf",), texts=texts))
        session.reports.make(MakeReport("newsletter", "en", ("pdf", "html"), texts=texts))
    window = windows.as_person(REPORTS)
    sheet = _opened(window)
    said = _said(sheet)
    assert "2026-002  →  2026-003" in said, "the one before it first"
    assert "Nothing is other." in said
    assert "They wait for letters." not in said
    sheet.other.set_value(first)
    sheet.other.chosen.emit(first)
    window.until(lambda: sheet.found is not None)
    said = _said(sheet)
    assert "2026-001  →  2026-003" in said
    assert "They wait for letters." in said
    assert "not made" in said
    sheet.reject()


def test_a_report_without_another_of_its_kind_offers_no_comparing(windows: Windows) -> None:
    with windows.office.as_person(COORDINATOR) as session:
        session.reports.make(NEWS)
        session.reports.make(MakeReport("public_list", "en", ("csv",)))
        rows = session.reports.rows()
    assert others_of(rows[0], rows) == []
    window = windows.as_person(COORDINATOR)
    landing = window.page.landing
    assert landing is not None
    window.until(lambda: landing.detail.again is not None)
    assert landing.detail.compare is None
