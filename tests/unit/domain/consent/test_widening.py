"""Widening takes two, narrowing takes one, and the sheet says which is which before it is saved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import attrs
import pytest

from app.domain.consent import Decision, Reason
from app.domain.consent_facts import AnswerFact, Facts, Says
from app.domain.consent_widening import Effect, Turn, effect_of, waits_for_second, widening
from tests.unit.domain.consent.families import ME, MOTHER, family, no, signed, takes_back, trusts, yes
from tests.unit.domain.consent.ledger_maker import TODAY

DENIED = Decision(allowed=False, reason=Reason.NOBODY_ASKED)
SHORT = Decision(allowed=True, reason=Reason.AGREED, until=TODAY)
LONG = attrs.evolve(SHORT, until=TODAY + timedelta(days=1))
EVER = attrs.evolve(SHORT, until=None)
MORE = attrs.evolve(SHORT, fields=frozenset({"born"}))


@pytest.mark.parametrize("audience", ["all_godparents", "public"])
@pytest.mark.parametrize(
    ("before", "after", "widens"),
    [
        (DENIED, SHORT, True),
        (SHORT, DENIED, False),
        (DENIED, DENIED, False),
        (SHORT, LONG, True),
        (LONG, SHORT, False),
        (LONG, EVER, True),
        (EVER, LONG, False),
        (SHORT, MORE, True),
        (MORE, SHORT, False),
        (SHORT, SHORT, False),
    ],
)
def test_widening_is_known_by_its_effect(
    audience: str, before: Decision, after: Decision, *, widens: bool
) -> None:
    assert widening(before, after, audience) is widens


@pytest.mark.parametrize("audience", ["internal", "named_godparent", "named_institution"])
def test_up_to_a_named_one_it_is_not_widening(audience: str) -> None:
    assert not widening(DENIED, EVER, audience)


NAMED: dict[str, Any] = {"audience": "named_godparent", "recipients": frozenset({"x"})}
OLD_NO = no("mother", ago=50)
OLD_YES = yes("mother", ago=50)


@pytest.mark.parametrize(
    ("before", "answer", "waits"),
    [
        ((), yes("mother", audience="public"), True),
        ((), yes("mother", audience="all_godparents"), True),
        ((), attrs.evolve(yes("mother"), **NAMED), False),
        ((), yes("mother", audience="internal"), False),
        ((), no("mother"), False),
        ((OLD_NO,), attrs.evolve(yes("mother"), **NAMED), False),  # she said not in public, and still says so
        ((attrs.evolve(OLD_NO, audience="internal"),), attrs.evolve(yes("mother"), **NAMED), True),
        ((attrs.evolve(OLD_NO, by="me"),), attrs.evolve(yes("mother"), **NAMED), False),
        ((OLD_NO,), takes_back(OLD_NO), True),
        ((OLD_YES,), takes_back(OLD_YES), False),
    ],
)
def test_which_answers_wait(before: tuple[AnswerFact, ...], answer: AnswerFact, *, waits: bool) -> None:
    facts = family(*before, answer, unsigned=True, countersigns=signed(*before))
    assert waits_for_second([answer], facts) == ((answer.id,) if waits else ())


def effect(before: Facts, *answers: AnswerFact) -> Effect:
    after = attrs.evolve(before, answers=(*before.answers, *answers))
    return effect_of(answers, before, after, TODAY)


def told(found: Effect) -> set[tuple[str, str, str, str]]:
    return {(str(one.turn), one.subject, one.purpose, one.audience) for one in found.changes}


def test_a_no_stops_at_once_what_it_denies_and_what_needs_it() -> None:
    before = family(yes("mother", "name"), yes("mother", "case_detail"), people=(MOTHER,))
    found = effect(before, no("mother", "name", ago=0))
    assert told(found) == {
        ("stops", "prisoner", "name", "public"),
        ("stops", "prisoner", "case_detail", "public"),
    }
    assert not found.waits


def test_a_no_stops_what_is_published() -> None:
    before = family(trusted=(trusts(),))
    stops = told(effect(before, no("mother", "name", "internal", ago=0)))
    assert ("stops", "prisoner", "name", "public") in stops


def test_a_yes_inside_the_house_starts_at_once() -> None:
    found = effect(family(), yes("mother", "contact", "internal", ago=0))
    assert told(found) == {("starts", "mother", "contact", "internal")}
    assert not found.waiting


def test_a_public_yes_waits_and_says_what_it_will_open() -> None:
    answer = yes("me", "name", ago=0)
    found = effect(family(people=(ME,)), answer)
    assert not found.changes
    assert found.waits == (answer.id,)
    assert {(one.turn, one.audience) for one in found.waiting} == {
        (Turn.WAITS, audience) for audience in ("internal", "all_godparents", "public")
    }


def test_a_renewal_lasts_longer() -> None:
    before = family(yes("mother", "contact", "internal", ago=300))
    assert told(effect(before, yes("mother", "contact", "internal", ago=0))) == {
        ("longer", "mother", "contact", "internal")
    }


def test_later_changes_nothing() -> None:
    later = attrs.evolve(yes("mother", ago=0), id="later")
    found = effect(family(), attrs.evolve(later, says=Says.NOTHING))
    assert found == Effect((), (), ())


def test_taking_back_a_no_waits() -> None:
    before = family(yes("mother", "name", ago=80), no("mother", "name", ago=50))
    back = takes_back(before.answers[1], ago=0)
    found = effect(before, back)
    assert found.waits == (back.id,)
    assert {one.audience for one in found.waiting} >= {"public"}
