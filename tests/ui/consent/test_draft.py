"""A talk as it is typed: what each key means, and that a lock loses nothing of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.consent_lines import purposes_on
from app.domain.dates import PartialDate
from app.domain.rows import Light
from ui.views.consent.draft import TalkDraft, kind_of, purposes_of
from ui.views.consent.words import LINES
from ui.widgets.answers import Said

RELATIVE = "ab" * 16


def test_a_yes_to_a_line_answers_its_usual_purposes_only() -> None:
    draft = TalkDraft(RELATIVE)
    draft.lines["support"].said = Said.YES
    answers = draft.command({}).answers
    assert {one.purpose_or_line for one in answers} == set(purposes_on("support", says_yes=True))
    assert {one.kind for one in answers} == {"given"}
    assert draft.raised() == 1


def test_a_no_to_a_line_answers_every_purpose_of_it() -> None:
    draft = TalkDraft(RELATIVE)
    draft.lines["personal"].said = Said.NO
    assert {one.purpose_or_line for one in draft.command({}).answers} == set(purposes_of("personal"))


def test_a_purpose_may_be_answered_apart_from_its_line() -> None:
    draft = TalkDraft(RELATIVE)
    draft.lines["support"].said = Said.YES
    draft.lines["support"].apart = {"money": Said.NO, "letters": Said.NOT_RAISED}
    kinds = {one.purpose_or_line: one.kind for one in draft.command({}).answers}
    assert kinds["money"] == "refused"
    assert "letters" not in kinds


@pytest.mark.parametrize(
    ("said", "light", "kind"),
    [
        (Said.YES, Light.NOT_ASKED, "given"),
        (Said.YES, Light.ENDS, "renewed"),
        (Said.NO, Light.YES, "withdrawn"),
        (Said.NO, Light.NO, "refused"),
        (Said.LATER, Light.YES, "deferred"),
    ],
)
def test_the_word_for_an_answer_follows_what_stood_before(said: Said, light: Light, kind: str) -> None:
    assert kind_of(said, light) == kind


def test_every_yes_of_a_talk_ends_together() -> None:
    draft = TalkDraft(RELATIVE, ends_on=date(2027, 1, 31))
    draft.lines["stay_in_touch"].said = draft.lines["godparent"].said = Said.YES
    assert {one.ends_on for one in draft.command({}).answers} == {date(2027, 1, 31)}


def test_saving_without_answers_keeps_the_talk_and_its_note() -> None:
    draft = TalkDraft(RELATIVE, values={"channel": "phone"}, note=" Call on Sunday. ")
    draft.lines["support"].said = Said.YES
    command = draft.command({}, answers=False)
    assert command.answers == ()
    assert command.values["note"] == "Call on Sunday."


_SAID = st.sampled_from(Said)


@given(
    said=st.lists(_SAID, min_size=5, max_size=5),
    apart=st.dictionaries(st.sampled_from(purposes_of("support")), _SAID),
    note=st.text(st.characters(codec="utf-8"), max_size=30),
    day=st.none() | st.builds(PartialDate, st.integers(1990, 2030), st.none() | st.integers(1, 12)),
    ends=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_a_lock_in_the_middle_keeps_everything(
    said: list[Said], apart: dict[str, Said], note: str, day: PartialDate | None, ends: date | None
) -> None:
    draft = TalkDraft(RELATIVE, "14:02", {"channel": "signal"}, day, note, ends_on=ends)
    for line, each in zip(LINES, said, strict=True):
        draft.lines[line].said = each
    draft.lines["support"].apart = apart
    plain = from_canonical(canonical_bytes(draft.to_plain()))
    assert isinstance(plain, dict)
    assert TalkDraft.from_plain(plain) == draft
