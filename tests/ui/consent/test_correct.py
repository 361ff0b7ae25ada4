"""Protects: one named answer is taken back, and a life saved, from the detail; by two where two must."""

from __future__ import annotations

from app.domain.rows import Light
from tests.ui.consent.conftest import OFFICER, CaseFile, OpenDesk
from ui.views.consent.correct import BypassSheet, TakeBackSheet


def test_a_yes_is_taken_back_at_once_after_a_reason(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.more_pressed.emit("take_back")
    sheet = page.window.findChild(TakeBackSheet)
    assert sheet is not None
    assert sheet.action is not None
    sheet.action.click()
    assert sheet.problem.text()
    sheet.which.set_value(next(iter(sheet._answers)))
    sheet.kinds["invalidated"].setChecked(True)
    sheet.reason.setText("seized phone")
    sheet.action.click()
    page.settle()
    view = page.page.list.detail.view
    assert view is not None
    assert view.conversations[0].answers[0].kind == "invalidated"
    assert view.may_contact is not Light.NO


def test_a_bypass_waits_for_an_officer(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.more_pressed.emit("bypass")
    sheet = page.window.findChild(BypassSheet)
    assert sheet is not None
    sheet.purpose.set_value("health")
    sheet.who.setText("Clinic")
    sheet.reason.setText("insulin")
    assert sheet.action is not None
    sheet.action.click()
    page.settle()
    assert page.page.list.banner.isVisible()
    officer = desk(OFFICER)
    assert [row.may_decide for row in officer.page._waiting] == [True]


def test_only_an_officer_allows_one_contact(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    assert "allow_contact" not in dict(page.page.list.detail.more._choices)


def test_the_press_is_no_institution_and_what_was_typed_stays(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.more_pressed.emit("bypass")
    sheet = page.window.findChild(BypassSheet)
    assert sheet is not None
    sheet.purpose.set_value("health")
    sheet.who.setText("the Press")
    sheet.reason.setText("insulin")
    assert sheet.action is not None
    sheet.action.click()
    page.settle()
    assert "never for everybody" in sheet.problem.text()
    assert (sheet.isVisible(), sheet.reason.text()) == (True, "insulin")
    assert not page.page.list.banner.isVisible(), "nothing was stored"
    sheet.reject()
