"""Protects: what is kept of a decision is shown only as long as time alone cannot have changed it."""

from __future__ import annotations

import random
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.consent import LATEST, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts, Says
from app.domain.consent_lights import light_of
from app.domain.consent_lines import lines_in
from app.domain.consent_turning import good_through
from app.domain.review_due import Listener, Said, dated, same_reviews_through
from tests.unit.domain.consent.ledger_maker import TODAY, Maker


def _lights(facts: Facts, on: date) -> object:
    """Everything a screen keeps of a family, ages apart."""
    said = Ledger(facts, LATEST)
    people = [*facts.people, facts.prisoner]
    return [
        [(state.light, [part.light for part in state.purposes]) for state in lines_in(said, one, on)]
        for one in people
    ]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 400))
def test_lights_stay_as_they_are_up_to_that_day(seed: int, later: int) -> None:
    maker = Maker(random.Random(seed))
    facts = maker.facts()
    request = maker.request(facts)
    last = good_through(facts, TODAY)
    day = min(TODAY + timedelta(days=later), last)
    assert _lights(facts, day) == _lights(facts, TODAY)
    said = Ledger(facts, LATEST)
    assert (
        light_of(decide_in(said, request, day), day)[0] == light_of(decide_in(said, request, TODAY), TODAY)[0]
    )


def test_every_day_the_facts_name_is_looked_at() -> None:
    """A new day in the facts must be added to `consent_turning`: this test counts them."""
    days = {
        (cls.__name__, field.name)
        for cls in _fact_classes()
        for field in attrs.fields(cls)
        if str(field.type).startswith("date") and not str(field.type).startswith("datetime")
    }
    assert days == {
        *(("AnswerFact", name) for name in ("recorded_on", "first", "last", "ends_on", "event_on")),
        *(("AnswerFact", name) for name in ("begins", "stands", "end", "spoken")),
        ("PersonFact", "adult_since"),
        ("HoldFact", "placed_on"),
        ("HoldFact", "until_on"),
        ("UnsureFact", "since_on"),
        ("UnsureFact", "until_on"),
        ("TrustedFact", "since_on"),
        ("TrustedFact", "until_on"),
        ("StatusSpan", "first"),
        ("StatusSpan", "last"),
        ("Facts", "adult_since"),
        ("Side", "adult_since"),
    }


def _fact_classes() -> list[type[attrs.AttrsInstance]]:
    from app.domain import consent_facts

    found = [one for one in vars(consent_facts).values() if isinstance(one, type) and attrs.has(one)]
    return [one for one in found if one.__module__ == consent_facts.__name__]


@pytest.mark.parametrize(("days", "expected"), [(31, 0), (32, 1), (100, 69)])
def test_an_end_that_comes_near_is_a_day_of_its_own(days: int, expected: int) -> None:
    from app.domain.consent_facts import PersonFact

    birthday = TODAY + timedelta(days=days)
    facts = Facts("prisoner", people={"one": PersonFact("one", adult_since=birthday)})
    assert good_through(facts, TODAY) == TODAY + timedelta(days=expected)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 500))
def test_reviews_by_date_stay_as_they_are_up_to_that_day(seed: int, later: int) -> None:
    chance = random.Random(seed)
    listener = _listener(chance)
    last = same_reviews_through([listener], TODAY)
    day = min(TODAY + timedelta(days=later), last)
    assert _raised(listener, day) == _raised(listener, TODAY)


def _raised(listener: Listener, day: date) -> list[tuple[str, str]]:
    return [(one.cause, one.because) for one in dated(listener, day)]


def _listener(chance: random.Random) -> Listener:
    """Somebody who said a few things around today, perhaps turning 18 about now."""

    def near() -> date:
        return TODAY + timedelta(days=chance.randrange(-500, 500))

    said = tuple(
        Said(
            str(number),
            chance.choice(("given", "refused", "bypassed")),
            chance.choice((Says.YES, Says.NO)),
            chance.choice(("contact", "name")),
            "public",
            near(),
            near(),
        )
        for number in range(chance.randrange(4))
    )
    adult = near() if chance.random() < 0.5 else None
    return Listener("one", "prisoner", "", "mother", None, "", adult, said)
