"""Protects: who takes care is named, with everybody it is about; what ends the reason ends the name."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from app.domain.consent import LATEST
from app.domain.consent_answers import Ledger
from app.domain.consent_care import disagreements, unchecked_yeses, under_pressure
from app.domain.consent_facts import AnswerFact, Facts, Says
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.ids import RecordId
from app.domain.review_due import said_by
from tests.unit.domain.consent.families import (
    ME,
    MOTHER,
    SISTER,
    family,
    no,
    signed,
    takes_back,
    yes,
)
from tests.unit.domain.consent.ledger_maker import TODAY, Maker

BOTH = {"mother": frozenset({"name"}), "sister": frozenset({"name"})}
MINSK = "Europe/Minsk"


def apart(*answers: AnswerFact, unsigned: bool = False) -> dict[str, frozenset[str]]:
    facts = family(*answers, people=(ME, MOTHER, SISTER), unsigned=unsigned)
    return dict(disagreements(Ledger(facts, LATEST), TODAY))


def test_a_yes_and_a_no_to_the_same_name_both() -> None:
    assert apart(yes("mother"), no("sister")) == BOTH


def test_a_yes_that_waits_is_one_all_the_same() -> None:
    assert apart(yes("mother"), no("sister"), unsigned=True) == BOTH


def test_the_prisoner_in_person_is_one_of_the_family() -> None:
    assert set(apart(yes("me"), no("sister"))) == {"me", "sister"}


@pytest.mark.parametrize(
    "answers",
    [
        (yes("mother"), no("mother", ago=5)),  # one person, who changed her mind
        (yes("mother", "contact", "internal"), no("sister", "contact", "internal")),  # each for herself
        (yes("mother", "own_name"), no("sister", "own_name")),
        (yes("mother", "letters", "internal"), no("sister", "contact", "internal")),  # not the same
        (
            yes("mother", audience="named_godparent", recipients=frozenset({"a"})),
            no("sister"),
        ),  # not the same
        (yes("mother", ends_on=TODAY - timedelta(days=1)), no("sister")),  # ended
        (yes("mother", free=False), no("sister")),  # no yes at all
    ],
)
def test_what_is_no_conflict(answers: tuple[AnswerFact, ...]) -> None:
    assert apart(*answers) == {}


def test_a_no_for_fewer_is_one_for_more() -> None:
    narrow = no("sister", audience="named_godparent", recipients=frozenset({"a"}))
    assert apart(yes("mother"), narrow) == BOTH


def test_a_no_to_one_detail_is_one_to_it_alone() -> None:
    refused = no("sister", fields=frozenset({"patronymic"}))
    assert apart(yes("mother", fields=frozenset({"patronymic"})), refused) == BOTH
    assert apart(yes("mother", fields=frozenset({"given_name"})), refused) == {}


def test_taken_back_it_is_none_any_more() -> None:
    wrong = yes("mother")
    assert apart(wrong, no("sister"), takes_back(wrong)) == {}


def test_random_families_nobody_disagrees_alone_and_a_yes_taken_away_never_adds_one() -> None:
    seen = 0
    for seed in range(400):
        maker = Maker(random.Random(seed))
        facts = maker.facts()
        found = disagreements(Ledger(facts, LATEST), TODAY)
        codes = {code for said in found.values() for code in said}
        assert all(sum(code in said for said in found.values()) > 1 for code in codes)
        shuffled = attrs.evolve(facts, answers=tuple(reversed(facts.answers)))
        assert disagreements(Ledger(shuffled, LATEST), TODAY) == found
        assert not _noes_only(facts)
        seen += bool(found)
    assert seen > 20, "families that agree on everything prove nothing"


def _noes_only(facts: Facts) -> dict[str, frozenset[str]]:
    noes = tuple(one for one in facts.answers if one.says is not Says.YES)
    return dict(disagreements(Ledger(attrs.evolve(facts, answers=noes), LATEST), TODAY))


def unchecked(*answers: AnswerFact) -> list[str]:
    facts = family(*answers, people=(ME, MOTHER))
    checked = {one.id for one in answers if one.verified}
    return [one.purpose for one in unchecked_yeses(said_by("mother", facts), checked.__contains__)]


def test_a_yes_nobody_checked_is_named_until_a_newer_answer_stands_in_its_place() -> None:
    wrong = yes("mother", verified=False)
    assert unchecked(wrong) == ["name"]
    assert unchecked(wrong, yes("mother", ago=2)) == []
    assert unchecked(wrong, no("mother", ago=2)) == []
    assert unchecked(wrong, takes_back(wrong)) == []
    assert unchecked(yes("mother", "contact", "internal", verified=False)) == []
    assert unchecked(wrong, yes("mother", "photo", ago=2)) == ["name"]


def talk(number: int, pressure: str, held: PartialDate | None = None, day: int = 1) -> Conversation:
    recorded = datetime(2026, 11, day, 12, tzinfo=UTC)
    return Conversation(
        RecordId(f"talk-{number}"), held_on=held, pressure=pressure, recorded_at=recorded, recorded_by="anna"
    )


def test_only_the_newest_talk_says_whether_somebody_is_under_pressure() -> None:
    early, late = talk(1, "clear", day=1), talk(2, "none", day=2)
    assert under_pressure([early], MINSK)
    assert not under_pressure([early, late], MINSK)
    assert not under_pressure([late, early], MINSK), "the order they are read in does not matter"
    assert under_pressure([talk(1, "none", day=1), talk(2, "possible", day=2)], MINSK)
    assert not under_pressure([], MINSK)
    assert not under_pressure([talk(1, "unknown"), talk(2, "")], MINSK)


def test_of_one_day_any_talk_counts_and_a_word_nobody_knows_is_a_sign() -> None:
    assert under_pressure([talk(1, "clear"), talk(2, "none")], MINSK)
    assert under_pressure([talk(1, "from a newer version")], MINSK)


def test_a_talk_held_this_year_is_no_later_than_it_was_recorded() -> None:
    """ "2026" ends in December; recorded on the 1st it cannot hide the talk of the 2nd."""
    vague, newer = talk(1, "none", PartialDate(2026), day=1), talk(2, "clear", day=2)
    assert under_pressure([vague, newer], MINSK)


def test_a_signed_yes_and_a_no_are_a_conflict_on_every_day_both_stand() -> None:
    answers = (yes("mother", ago=30), no("sister", ago=10))
    facts = attrs.evolve(family(*answers, people=(ME, MOTHER, SISTER)), countersigns=signed(answers[0]))
    said = Ledger(facts, LATEST)

    def on(day: date) -> bool:
        return bool(disagreements(said, day))

    assert [on(TODAY - timedelta(days=ago)) for ago in (20, 10, 0)] == [False, True, True]
