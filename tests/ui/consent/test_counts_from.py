"""Protects: a yes of a later day is not shown as one that counts."""

from __future__ import annotations

from datetime import date

from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.ids import RecordId
from app.i18n import set_language
from ui.states import State
from ui.views.consent.said import said_lines


def test_a_yes_that_counts_from_a_later_day_says_so_and_a_no_acts() -> None:
    set_language("en")
    answers = (
        Answer(answer="a", kind="given", purpose="contact", audience="internal"),
        Answer(answer="b", kind="refused", purpose="photo", audience="public"),
    )
    talk = Conversation(RecordId("talk"), held_on=PartialDate(2026, 11, 25), answers=answers)
    lines = said_lines([talk], {}, (), counts_from={"talk": date(2026, 11, 28)})
    assert [(one.state, one.word) for one in lines] == [
        (State.WAITS, "counts from 28 Nov 2026"),
        (State.NO, "no"),
    ]
