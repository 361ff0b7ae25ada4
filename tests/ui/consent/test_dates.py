"""Protects: every sentence about a day is about what stands in its field now, not about what stood there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.dates import PartialDate
from app.i18n import set_language
from tests.ui.consent.conftest import CaseFile, Desk, OpenDesk
from ui.views.attention.sheet import AttentionSheet, read_targets
from ui.views.consent.as_of import AsOfSheet
from ui.views.consent.withdrawal import WithdrawalSheet
from ui.views.intake.earlier_form import EarlierForm
from ui.views.quarter.start_card import StartCard
from ui.widgets.date_edit import DateEdit
from ui.widgets.fields import Field
from ui.widgets.frames import Notice

pytestmark = pytest.mark.window

_FUTURE = "lies in the future"
_IMPOSSIBLE = ("31.02.2026", "2026-13")


def _retype(field: DateEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def _talk(page: Desk, made: CaseFile) -> DateEdit:
    page.page.start_conversation(made.mother)
    page.settle()
    page.talk.before.more.click()
    page.talk.start()
    page.press("y")
    page.settle()
    return page.talk.before.day


@pytest.mark.parametrize("typed", _IMPOSSIBLE)
def test_in_a_talk(desk: OpenDesk, made: CaseFile, typed: str) -> None:
    page = desk()
    field = _talk(page, made)
    _retype(field, "2099")
    page.settle()
    assert _FUTURE in page.talk.talk.changes.accessibleName()
    _retype(field, typed)
    page.settle()
    assert "is no date yet" in page.talk.talk.changes.accessibleName()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    page.settle()
    assert "This is no date." in page.talk.talk.changes.accessibleName()
    _retype(field, "2025")
    page.settle()
    said = page.talk.talk.changes.accessibleName()
    assert "no date" not in said
    assert _FUTURE not in said


def test_in_a_talk_without_answers(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    page.talk.before.more.click()
    _retype(page.talk.before.day, "31.02.2026")
    assert "is no date yet" in page.talk.talk.changes.accessibleName()
    _retype(page.talk.before.day, "2026")
    assert "no answer" in page.talk.talk.changes.accessibleName()


@pytest.mark.parametrize("typed", _IMPOSSIBLE)
def test_the_day_of_an_event(desk: OpenDesk, made: CaseFile, typed: str) -> None:
    """What was typed before counted on: a call on a day that is not in the calendar was agreed to."""
    page = desk()
    page.page.start_conversation(made.mother)
    page.settle()
    popup = page.talk.talk.lines.open_line("support")
    named = popup.named
    _retype(named.day, "2026-12-12")
    assert page.talk.draft.lines["support"].event_on is not None
    _retype(named.day, typed)
    assert page.talk.draft.lines["support"].event_on is None
    popup.close()


@pytest.mark.parametrize("typed", _IMPOSSIBLE)
def test_in_a_withdrawal(desk: OpenDesk, made: CaseFile, typed: str) -> None:
    page = desk()
    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.more_pressed.emit("withdraw")
    page.settle()
    sheet = page.page.withdrawals.sheet
    assert isinstance(sheet, WithdrawalSheet)
    _retype(sheet.form.when, "2099")
    page.settle()
    assert _FUTURE in sheet.problem.accessibleName()
    _retype(sheet.form.when, typed)
    page.settle()
    assert not sheet.problem.isVisible()
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    sheet.reject()


@pytest.mark.parametrize("typed", _IMPOSSIBLE)
def test_in_hostile_attention_and_what_we_knew(desk: OpenDesk, made: CaseFile, typed: str) -> None:
    page = desk()
    work = page.page._workplace
    found: list[object] = []
    page.tasks.query(
        lambda: read_targets(page.session, "relative", made.mother), initiator=None, done=found.append
    )
    page.settle()
    targets = found[0]
    assert isinstance(targets, tuple)
    sheet = AttentionSheet(page.window, work, targets, has_key=True)
    sheet.open()
    sheet.what.set_value("smear")
    _retype(sheet.when, "2099")
    page.settle()
    assert sheet.action is not None
    assert not sheet.action.isEnabled()
    before = sheet.effect.accessibleName()
    _retype(sheet.when, typed)
    page.settle()
    assert "is no date yet" in sheet.effect.accessibleName() != before
    sheet.what.set_value("")  # nothing left to ask about
    QTest.keyClick(sheet, Qt.Key.Key_Escape)

    page.page.show_record(made.mother)
    page.settle()
    page.page.list.detail.more_pressed.emit("as_of")
    page.settle()
    then = page.window.findChild(AsOfSheet)
    assert then is not None
    _retype(then.when, "2099")
    page.settle()
    assert "still to come" in _shown(then)
    _retype(then.when, typed)
    page.settle()
    assert "still to come" not in _shown(then)
    then.reject()


def _shown(sheet: AsOfSheet) -> str:
    found = sheet._inside.findChildren(Notice)
    return " ".join(one.accessibleName() for one in found if one.isVisible())


def test_in_fields_that_are_judged_at_the_end() -> None:
    set_language("en")
    card = StartCard(PartialDate(2026, 11, 28).first)
    card.day.setText("31.02.2026")
    card._on_begin()
    assert card.field._is_wrong
    _retype(card.day, "2026")
    assert not card.field._is_wrong
    assert not card.day.accessibleDescription()


def test_until_when_an_earlier_yes_counts() -> None:
    set_language("en")
    form = EarlierForm(lambda day, _lines: day.first)
    _retype(form.said_on, "2026")
    assert "counts until" in form._counts.text()
    _retype(form.said_on, "2026-13")
    assert "counts until" not in form._counts.text()


def test_a_field_forgets_what_was_said_of_other_words() -> None:
    field = DateEdit("When")
    box = Field("When", field, hint="a month is enough")
    box.set_wrong("in the future")
    QTest.keyClicks(field, "3")
    assert box._hint.text() == "a month is enough"
