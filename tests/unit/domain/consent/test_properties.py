"""The properties consent.md lists, on ledgers Hypothesis makes (500 each) and on a seeded sample."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.consent import LATEST, decide
from tests.unit.domain.consent.ledger_maker import TODAY, Maker
from tests.unit.domain.consent.ledgers import PROPERTIES, Property, ledgers


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: str(holds.__name__))
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False, note_method_calls=False))
def test_property(holds: Property, chance: random.Random) -> None:
    make = Maker(chance)
    facts = make.facts()
    request = make.request(facts)
    assert holds(make, facts, request, decide(request, facts, TODAY, LATEST))


def test_a_seeded_sample_breaks_nothing_and_allows_enough_to_mean_something() -> None:
    allowed = 0
    for make, facts, request in ledgers(1500, seed=7):
        decision = decide(request, facts, TODAY, LATEST)
        allowed += decision.allowed
        for holds in PROPERTIES:
            assert holds(make, facts, request, decision), holds.__name__
    assert allowed > 100
