"""Protects: less than everything is withdrawn by a key each, everything is the default, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.consent_purposes import purposes
from tests.ui.consent.conftest import CaseFile, Desk, OpenDesk
from ui.views.consent.withdrawal import WithdrawalSheet
from ui.views.consent.withdrawal_draft import NAMED, WithdrawalDraft, purposes_in
from ui.views.consent.words import LINES


def _open(page: Desk, relative: str) -> WithdrawalSheet:
    page.page.show_record(relative)
    page.settle()
    page.page.list.detail.more_pressed.emit("withdraw")
    page.settle()
    sheet = page.page.withdrawals.sheet
    assert sheet is not None
    return sheet


def _words(sheet: WithdrawalSheet) -> str:
    assert sheet.action is not None
    return sheet.action.text()


@pytest.mark.window
def test_one_purpose_and_one_audience_by_keys_alone(desk: OpenDesk, made: CaseFile) -> None:
    """Six keys, the button says each time what it does, and 0 is everything again."""
    page = desk()
    sheet = _open(page, made.mother)
    assert _words(sheet) == "Withdraw everything"
    assert not sheet.form.less._head.isVisible(), "nothing more to look at while everything is ticked"
    page.press("4")
    assert _words(sheet) == "Withdraw: In public"
    page.press("b")
    assert _words(sheet) == "Withdraw: case detail"
    page.press("7")
    assert _words(sheet) == "Withdraw: case detail (not for all godparents)"
    page.press("a")
    assert _words(sheet) == "Withdraw 2 things (not for all godparents)"
    page.press("0")
    assert _words(sheet) == "Withdraw everything"
    page.press("4b6")
    page.settle()
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    page.settle()
    assert sheet.recorded.isVisible()
    view = page.page.list.detail.view
    assert view is not None
    (answer,) = view.conversations[0].answers
    assert (answer.purpose, answer.audience, answer.kind) == ("case_detail", "public", "refused")
    sheet.reject()


@pytest.mark.window
def test_the_line_only_about_us_has_no_audience(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    sheet = _open(page, made.mother)
    page.press("1")
    assert not sheet.form.less._audience.isVisible()
    page.press("6")
    assert sheet.draft.command().audience == ""
    assert _words(sheet) == "Withdraw: Stay in touch"
    sheet.reject()


@pytest.mark.window
def test_a_lock_keeps_what_is_left_out(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    sheet = _open(page, made.mother)
    page.press("4b6")
    page.settle()
    kept = page.page.unfinished()
    sheet.reject()
    assert kept is not None
    again = desk(unfinished=dict(kept))
    again.settle()
    back = again.page.withdrawals.sheet
    assert back is not None
    assert _words(back) == "Withdraw: case detail (not in public)"
    assert [code for code, tick in back.form.less.purposes.items() if tick.isChecked()] == ["case_detail"]
    back.reject()


@given(
    kept=st.sets(st.sampled_from(LINES)),
    spared=st.sets(st.sampled_from(tuple(purposes()))),
    audience=st.sampled_from(("", "public", "all_godparents", *NAMED)),
    whom=st.sampled_from(("", "OSCE")),
)
def test_what_is_recorded_is_what_is_ticked(
    kept: set[str], spared: set[str], audience: str, whom: str
) -> None:
    """Never a line that was left alone, never more for whoever is not meant; a lock changes nothing."""
    draft = WithdrawalDraft("ab" * 16, kept, spared=spared, audience=audience, whom=whom)
    plain = from_canonical(canonical_bytes(draft.to_plain()))
    assert isinstance(plain, dict)
    assert WithdrawalDraft.from_plain(plain) == draft
    if not draft.is_complete():
        return
    command = draft.command()
    ticked = set(purposes_in(draft.ticked()))
    meant = set(command.purposes) or set(purposes_in(command.lines or LINES))
    assert meant
    assert meant <= ticked
    if not command.purposes:
        assert meant == ticked
        assert command.audience == ""
    if command.audience:
        assert not any(purposes()[one].inside for one in meant)
        assert bool(command.recipients) == (command.audience in NAMED)
    elif len(draft.ticked()) > 1:
        assert meant == ticked
