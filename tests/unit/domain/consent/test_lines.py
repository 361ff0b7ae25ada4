"""The five columns of Relatives & consent, and what the sheet needs to fill itself in."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

from app.domain.consent_facts import AnswerFact
from app.domain.consent_lines import default_end, last_answer, lines_of, purposes_on
from app.domain.rows import Light
from tests.unit.domain.consent.families import (
    ME,
    MOTHER,
    SISTER,
    days_ago,
    family,
    no,
    yes,
)
from tests.unit.domain.consent.ledger_maker import TODAY

YES, ENDS, NO, NOT_ASKED, WAITS = Light.YES, Light.ENDS, Light.NO, Light.NOT_ASKED, Light.WAITS
SOON = TODAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], (NOT_ASKED,) * 5),
        ([yes("mother", "contact", "internal")], (YES, NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED)),
        ([yes("mother", "name")], (NOT_ASKED, NOT_ASKED, NOT_ASKED, YES, NOT_ASKED)),
        ([yes("mother", "name", ends_on=SOON)], (NOT_ASKED, NOT_ASKED, NOT_ASKED, ENDS, NOT_ASKED)),
        ([no("mother", "health")], (NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED, NO)),
        ([no("mother", "contact", "internal")], (NO, NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED)),
        (
            [yes("mother", "letters", "internal"), no("mother", "contact", "internal")],
            (NO, NO, NOT_ASKED, NOT_ASKED, NOT_ASKED),
        ),
        ([yes("mother", "name", ends_on=days_ago(1))], (NOT_ASKED,) * 5),
        ([yes("mother", "photo"), no("mother", "health")], (NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED, YES)),
        ([yes("mother", "health"), no("mother", "photo")], (NOT_ASKED, NOT_ASKED, NOT_ASKED, NOT_ASKED, NO)),
        (
            [yes("mother", "letters", "named_godparent", recipients=frozenset({"x"}))],
            (NOT_ASKED, YES, NOT_ASKED, NOT_ASKED, NOT_ASKED),
        ),
    ],
)
def test_the_five_lines(answers: list[AnswerFact], expected: tuple[Light, ...]) -> None:
    facts = family(*answers, no("sister"), people=(ME, MOTHER, SISTER))
    assert tuple(line.light for line in lines_of(facts, "mother", TODAY)) == expected


def test_a_yes_that_waits_for_a_second_person_says_so() -> None:
    facts = family(yes("mother", "name"), unsigned=True)
    assert lines_of(facts, "mother", TODAY)[3].light is WAITS


@pytest.mark.parametrize(
    "said",
    [
        attrs.evolve(yes("mother", "name"), verified=False),
        attrs.evolve(yes("mother", "name"), conditional=True),
    ],
    ids=["nobody checked", "only if"],
)
def test_a_yes_that_is_still_to_be_settled_is_not_shown_as_never_asked(said: AnswerFact) -> None:
    """A colleague would call the mother again for nothing."""
    assert lines_of(family(said), "mother", TODAY)[3].light is WAITS
    assert lines_of(family(said, no("mother", "name")), "mother", TODAY)[3].light is NO
    ended = attrs.evolve(said, ends_on=days_ago(1))
    assert lines_of(family(ended), "mother", TODAY)[3].light is NOT_ASKED
    pressed = attrs.evolve(said, free=False)
    assert lines_of(family(pressed), "mother", TODAY)[3].light is NOT_ASKED


def test_a_line_tells_until_when_and_how_old_it_is() -> None:
    line = lines_of(family(yes("mother", "name", ago=100, ends_on=SOON)), "mother", TODAY)[3]
    assert (line.until, line.answered_on, line.age_days) == (SOON, days_ago(100), 100)
    ended = lines_of(family(yes("mother", "name", ago=100, ends_on=days_ago(3))), "mother", TODAY)[3]
    assert (ended.light, ended.until) == (NOT_ASKED, days_ago(3))


def test_a_yes_ends_soon_for_thirty_days() -> None:
    def light(days: int) -> Light:
        facts = family(yes("mother", "name", ends_on=TODAY + timedelta(days=days)))
        return lines_of(facts, "mother", TODAY)[3].light

    assert [light(days) for days in (0, 30, 31)] == [ENDS, ENDS, YES]


def test_somebody_nobody_knows_was_never_asked() -> None:
    assert {line.light for line in lines_of(family(), "nobody", TODAY)} == {NOT_ASKED}


def test_the_last_answer() -> None:
    facts = family(
        yes("mother", ago=20, kind="given"), no("mother", "photo", ago=5, kind="withdrawn"), no("me")
    )
    newest = last_answer(facts, "mother")
    assert newest is not None
    assert (newest.on, newest.kind, newest.purpose) == (days_ago(5), "withdrawn", "photo")
    assert last_answer(facts, "sister") is None


@pytest.mark.parametrize(
    ("purpose", "day", "end"),
    [
        ("name", date(2026, 11, 22), date(2027, 11, 22)),
        ("name", date(2024, 2, 29), date(2025, 2, 28)),
        ("direct_contact", date(2026, 8, 31), date(2027, 2, 28)),
        ("call", date(2026, 11, 22), date(2027, 11, 22)),
        ("colour", date(2026, 11, 22), date(2026, 11, 22)),
    ],
)
def test_the_end_a_yes_has_unless_less_was_said(purpose: str, day: date, end: date) -> None:
    assert default_end(purpose, day) == end


def test_one_key_on_a_line_answers_its_usual_purposes_and_a_no_all_of_them() -> None:
    assert purposes_on("support", says_yes=True) == ("letters", "parcels")
    assert purposes_on("support", says_yes=False) == ("letters", "parcels", "money", "call", "direct_contact")
    assert "own_name" not in purposes_on("personal", says_yes=True)
