"""The properties consent.md lists, on a thousand ledgers Hypothesis makes and on a seeded sample."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.consent import LATEST, decide
from tests.unit.domain.consent.ledger_maker import TODAY, Maker
from tests.unit.domain.consent.ledgers import PROPERTIES, ledgers


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False, note_method_calls=False), seed=st.integers(0, 2**32))
def test_every_property(chance: random.Random, seed: int) -> None:
    """Hypothesis makes the ledger, once for all; what the properties add to it comes from a seed."""
    make = Maker(chance)
    facts = make.facts()
    request = make.request(facts)
    decision = decide(request, facts, TODAY, LATEST)
    for place, holds in enumerate(PROPERTIES):
        make.chance = random.Random(seed + place)
        assert holds(make, facts, request, decision), holds.__name__


def test_a_seeded_sample_breaks_nothing_and_allows_enough_to_mean_something() -> None:
    allowed = 0
    for make, facts, request in ledgers(1500, seed=7):
        decision = decide(request, facts, TODAY, LATEST)
        allowed += decision.allowed
        for holds in PROPERTIES:
            assert holds(make, facts, request, decision), holds.__name__
    assert allowed > 100
