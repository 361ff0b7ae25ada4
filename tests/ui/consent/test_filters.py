"""Protects: the filters show whom they say, are remembered, fit a small screen, and open nobody."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.services.consent import AnswerDraft, RecordConversation
from tests.ui.consent.conftest import CaseFile, Desk, OpenDesk, says
from tests.ui.consent.test_choosing import opened

pytestmark = pytest.mark.window
_TALK = {"channel": "signal", "direction": "they_came"}


def _family_apart(desk: Desk, made: CaseFile) -> None:
    """The mother says yes over a channel nobody checked, to which the sister says no."""
    session = desk.session

    def record() -> None:
        for relative, kind, checked in ((made.mother, "given", "voice"), (made.sister, "refused", "voice")):
            talk = {**_TALK, "verified_by": checked}
            session.consent.record(RecordConversation(relative, talk, (AnswerDraft("name", kind, "public"),)))
        talk = {**_TALK, "verified_by": "not_verified", "pressure": "possible"}
        answers = (AnswerDraft("letters", "given", "all_godparents"),)
        session.consent.record(RecordConversation(made.mother, talk, answers))

    desk.tasks.query(record, initiator=None, done=lambda _nothing: None, failed=desk.failed.append)
    desk.settle()
    assert not desk.failed


def _tick(desk: Desk, *values: str) -> None:
    """As a person ticks them in the list under the chip."""
    chip = desk.page.list.chips.care
    for value, action in chip._actions:
        if (value in values) != action.isChecked():
            action.trigger()
    desk.settle()


def test_each_shows_whom_it_says_and_why(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    _family_apart(page, made)
    page = desk()
    before, chips, model = opened(page), page.page.list.chips, page.page.list.model
    assert chips.care.text() == "Take care · 2"
    for value, shown in (
        ("conflicting", {made.mother, made.sister}),
        ("at_risk", {made.mother}),
        ("unverified", {made.mother}),
    ):
        _tick(page, value)
        assert set(model.shown_ids()) == shown, value
        assert chips.care.text().endswith(f" · {len(shown)}")
    _tick(page, "at_risk", "unverified")
    assert chips.care.text() == "Take care · 1", "people, not filters"
    index = model.index(0, len(model.columns) - 1)
    spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert "signs of pressure, conflicting, unverified channel" in spoken
    assert opened(page) == before, "a filter opens nobody"
    page.page.list.table.select(made.mother)
    page.settle()
    for words in ("There were signs of pressure", "another no: name.", "nobody checked who was speaking"):
        assert says(page, words)


def test_they_are_where_they_were_after_unlocking(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    _family_apart(page, made)
    page.page.list.chips.noes.click()
    _tick(page, "conflicting")
    page.page.list.chips.mine.click()
    page.settle(900)
    page = desk()
    chips = page.page.list.chips
    assert (chips.noes.isChecked(), chips.care.values(), chips.mine.isChecked()) == (
        True,
        ("conflicting",),
        False,
    )
    assert set(page.page.list.model.shown_ids()) == {made.mother, made.sister}


def test_what_is_remembered_and_does_not_read_hides_nobody(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    layout = page.session.layout
    page.tasks.query(
        lambda: layout.put("relatives/filters", '{"care": ["nobody knows"], "on": 5, "mine": 1}'),
        initiator=None,
        done=lambda _nothing: None,
    )
    page.settle()
    page = desk()
    assert set(page.page.list.model.shown_ids()) == {made.mother, made.sister}


@pytest.mark.parametrize("width", [1037, 1208])
def test_title_and_every_filter_are_whole(desk: OpenDesk, width: int) -> None:
    page = desk()
    page.window.resize(width, 700)
    page.page.resize(width, 700)
    page.settle()
    listed = page.page.list
    assert listed.width() == width, "the head does not keep the window wide"
    assert listed.head.title.width() >= listed.head.title.sizeHint().width()
    for chip in listed.chips.widgets:
        right = chip.mapTo(listed, chip.rect().topRight()).x()
        assert chip.isVisible()
        assert right <= width - 16


def test_somebody_looked_for_is_found_behind_every_filter(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    _tick(page, "unverified")
    assert not page.page.list.model.shown_ids()
    page.page.show_record(made.mother)
    page.settle()
    assert page.page.list.table.chosen_id() == made.mother
