"""Protects: an officer makes a consent audit in the window, for a period, and nobody else is offered it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.services.office import COORDINATOR, OFFICER
from tests.ui.reports.windows import Window, Windows
from ui.views.reports.doors import NEW
from ui.views.reports.periods import ready_of, ready_periods, span_of
from ui.views.reports.plan import Plan
from ui.views.reports.steps import Step

_TODAY = date(2026, 11, 22)


def _open(windows: Windows) -> Window:
    window = windows.as_person(OFFICER)
    window.page.show_record(f"{NEW}consent_audit")
    window.settle()
    return window


def test_ready_periods_are_over_and_found_again() -> None:
    for code, words in ready_periods():
        first, last = span_of(code, _TODAY)
        assert words
        assert first <= last <= _TODAY
        assert ready_of((first, last), _TODAY) == code
    assert span_of("last_quarter", _TODAY) == (date(2026, 7, 1), date(2026, 9, 30))
    assert span_of("last_month", date(2026, 1, 3)) == (date(2025, 12, 1), date(2025, 12, 31))
    assert ready_of((_TODAY, _TODAY), _TODAY) == ""


def test_the_log_page_opens_it_with_the_last_quarter(windows: Windows) -> None:
    window = _open(windows)
    kind = window.page.making.kind
    assert kind.kind is not None
    assert kind.kind.name == "consent_audit"
    assert kind.period.days() == (date(2026, 7, 1), date(2026, 9, 30))
    assert kind.ready.value() == "last_quarter"
    assert not kind.recipient.isVisible()
    assert kind.period.isVisible()


def test_it_is_made_checked_and_let_go_by_the_only_officer(windows: Windows, tmp_path: Path) -> None:
    window = _open(windows)
    making = window.page.making
    making.kind.ready.set_value("this_year")
    making.kind.ready.chosen.emit("this_year")
    window.go_on()
    assert window.step() is Step.PEOPLE
    assert not any(card.isVisible() for card in making.people.cards.values())
    window.go_on()
    assert window.step() is Step.REVIEW
    assert making.seen is not None
    assert making.seen.pages.startswith(b"%PDF")
    window.go_on()
    assert window.step() is Step.CHECKS
    assert making.seen.report is not None
    assert all(check.passed for check in making.seen.checks)
    assert making.seen.report.period_from == date(2026, 1, 1)
    window.go_on()
    side = making.review.approve
    assert side.names is not None
    assert side.search is not None
    side.search.click()
    window.settle()
    side.set_folder(tmp_path / "out")
    assert side.is_ready
    window.go_on()
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".pdf"]


def test_a_period_that_is_not_over_is_said_at_its_field(windows: Windows) -> None:
    window = _open(windows)
    kind = window.page.making.kind
    kind.period.set_days(_TODAY, date(2026, 12, 1))
    window.go_on()
    assert window.step() is Step.KIND
    kind.period.set_days(_TODAY, date(2026, 11, 1))
    assert not kind.is_complete()
    kind.period.last.setText("nonsense")
    assert not kind.is_complete()
    kind.period.set_days(date(2026, 11, 1), _TODAY)
    assert kind.is_complete()


def test_a_plan_keeps_its_days_over_a_lock(application: QApplication) -> None:
    plan = Plan(kind="consent_audit", first=date(2026, 1, 1), last=date(2026, 3, 31))
    assert Plan.read(plan.plain()) == plan
    assert Plan.read({"first": "soon"}).first is None


def test_others_are_not_offered_it_and_see_only_the_ledger(windows: Windows) -> None:
    window = _open(windows)
    for _step in range(3):
        window.go_on()
    window = windows.as_person(COORDINATOR)
    window.begin(Plan(kind="consent_audit"))
    offered = set(window.page.making.kind._cards)
    assert {"public_list", "parliament_briefing"} <= offered
    assert "consent_audit" not in offered
    window.page.making.left.emit()
    window.settle()
    landing = window.page.landing
    assert landing is not None
    (report,) = landing.model.shown_ids()
    row = landing.model.row(report)
    assert row is not None
    assert landing.is_closed(row)
    landing.table.select(report)
    window.settle()
    assert landing.detail.open is None
