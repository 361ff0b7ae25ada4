"""Protects: public figures are for a quarter, a key takes the coarser table, they can be called back."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.consent_audit import Period
from app.services.approval import ApproveReport
from app.services.reports import MakeReport
from tests.population import places, prisoners, put_in
from tests.services.office import COORDINATOR, OFFICER, REPORTS
from tests.ui.reports.windows import Window, Windows
from ui.views.reports.call_back import CallBackSheet
from ui.views.reports.doors import NEW
from ui.views.reports.periods import quarter_span
from ui.views.reports.steps import Step

pytestmark = pytest.mark.window


@pytest.fixture
def populated(windows: Windows) -> Windows:
    """64 more people, so that some groups are small."""
    held_at = places()
    with windows.office.as_person(COORDINATOR) as session:
        put_in(session, held_at)
        put_in(session, prisoners(random.Random(9), 64, held_at))
    return windows


def _review(windows: Windows) -> Window:
    window = windows.as_person(COORDINATOR)
    window.page.show_record(f"{NEW}public_figures")
    window.settle()
    kind = window.page.making.kind
    assert kind.quarter.value() == "2026-09-30"
    assert kind.quarter.isVisible()
    assert not kind.period.isVisible()
    window.go_on(2)
    assert window.step() is Step.REVIEW
    return window


def test_one_key_takes_the_coarser_table_and_it_is_kept(populated: Windows) -> None:
    window = _review(populated)
    making = window.page.making
    assert making.seen is not None
    looks = {one.key: one for one in making.seen.tables}
    assert looks["charges"].much_hidden
    QTest.keyClick(making, Qt.Key.Key_C)
    window.settle()
    assert making.plan.coarser == ("charges:1",)
    looks = {one.key: one for one in making.seen.tables}
    assert looks["charges"].heading == "Protests and words, or other articles"
    window.go_on()
    assert making.is_kept
    report = making.seen.report
    assert report is not None
    assert report.coarser == ("charges:1",)
    assert {one.check for one in report.checks if not one.passed} == set()
    assert making.seen.tables, "what is hidden is said of the draft too"
    QTest.keyClick(making, Qt.Key.Key_C)
    assert making.is_kept, "a draft is not made otherwise by a key"


def test_published_figures_are_called_back_with_a_word(populated: Windows, tmp_path: Path) -> None:
    quarter = Period(*(day for day in quarter_span("2026-09-30") if day is not None))
    with populated.office.as_person(COORDINATOR) as session:
        report = session.reports.make(MakeReport("public_figures", "en", ("csv",), period=quarter)).id
    with populated.office.as_person(OFFICER) as session:
        found = session.approval.search_names(report)
        judged = frozenset(one.key for one in found.to_judge)
        session.approval.approve(ApproveReport(report, tmp_path / "out", judged))
    window = populated.as_person(COORDINATOR)
    window.page.show_record(report)
    window.settle()
    landing = window.page.landing
    assert landing is not None
    assert landing.detail.call_back is not None
    QTest.mouseClick(landing.detail.call_back, Qt.MouseButton.LeftButton)
    (sheet,) = window.page.findChildren(CallBackSheet)
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    sheet.why.setText("A list was counted twice.")
    QTest.mouseClick(sheet.action, Qt.MouseButton.LeftButton)
    window.settle()
    assert landing.detail.call_back is None
    kept = window.ask(lambda: window.session.reports.kept(report)).report
    assert kept.called_back_because == "A list was counted twice."


def test_whoever_cannot_count_is_not_offered_them(windows: Windows) -> None:
    window = windows.as_person(REPORTS)
    window.page.show_record(f"{NEW}public_figures")
    window.settle()
    start = window.page.making.start
    assert start is not None
    assert "growth" in start.kinds
    assert "public_figures" not in start.kinds
