"""Protects: a restored file never allows what the original denied at its last moment.

With the journal that is so by what it writes again; without one nothing wider than internal is allowed.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.consent import LATEST, Reason, decide
from app.domain.consent_facts import AnswerFact, Facts, HoldFact, Says, UnsureFact
from app.domain.consent_purposes import INTERNAL
from tests.unit.domain.consent.ledger_maker import TODAY, Maker, at

AFTER = at(TODAY, 23) + timedelta(hours=1)


def _known(facts: Facts, moment: datetime) -> Facts:
    """The ledger as a backup of this moment holds it; who and where everybody is did not change since."""
    return attrs.evolve(
        facts,
        answers=tuple(one for one in facts.answers if not _since(one.recorded_at, moment)),
        countersigns=tuple(one for one in facts.countersigns if not _since(one.at, moment)),
        holds=tuple(_as_then(one, moment) for one in facts.holds if not _since(one.placed_at, moment)),
        unsure=tuple(one for one in facts.unsure if not _since(one.since_at, moment)),
    )


def _as_then(hold: HoldFact, moment: datetime) -> HoldFact:
    lifted = _since(hold.lifted_at, moment)
    return attrs.evolve(hold, lifted_at=None, until_on=None) if lifted else hold


def _since(moment: datetime | None, since: datetime) -> bool:
    return moment is not None and moment > since


def _from_the_journal(facts: Facts, then: datetime, backup: Facts) -> Facts:
    """What the journal writes again: noes, taking back, a second person's no, stops and pauses since."""
    noes = tuple(one for one in facts.answers if _since(one.recorded_at, then) and _narrows(one))
    refused = tuple(one for one in facts.countersigns if _since(one.at, then) and not one.granted)
    stops = tuple(
        attrs.evolve(one, lifted_at=None, until_on=None) for one in facts.holds if _since(one.placed_at, then)
    )
    unsure = tuple(one for one in facts.unsure if _since(one.since_at, then))
    return attrs.evolve(
        backup,
        answers=(*backup.answers, *noes),
        countersigns=(*backup.countersigns, *refused),
        holds=(*backup.holds, *stops),
        unsure=(*backup.unsure, *unsure),
    )


def _narrows(answer: AnswerFact) -> bool:
    return answer.says in (Says.NO, Says.TAKES_BACK)


def _case(seed: int, back: int) -> tuple[Facts, Maker, datetime]:
    make = Maker(random.Random(seed))
    return make.facts(), make, at(TODAY - timedelta(days=back), 12)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 500))
def test_with_the_journal_nothing_denied_is_allowed(seed: int, back: int) -> None:
    facts, make, then = _case(seed, back)
    request = make.request(facts)
    restored = _from_the_journal(facts, then, _known(facts, then))
    original = decide(request, facts, TODAY, LATEST)
    found = decide(request, restored, TODAY, LATEST)
    assert not (found.allowed and not original.allowed), (original, found)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 500), st.integers(0, 30))
def test_without_one_nothing_wider_than_internal(seed: int, back: int, later: int) -> None:
    facts, make, then = _case(seed, back)
    request = make.request(facts)
    since = UnsureFact(TODAY, AFTER)
    waiting = attrs.evolve(_known(facts, then), unsure=(since,))
    found = decide(request, waiting, TODAY + timedelta(days=later), LATEST)
    assert not found.allowed or request.audience == INTERNAL
    unproved = attrs.evolve(facts, unproved=True)
    assert decide(request, unproved, TODAY, LATEST).reason in (Reason.UNPROVED, Reason.UNCLEAR)


def test_the_properties_are_about_something() -> None:
    """Without the journal's part the first property fails often: what it adds is what holds it."""
    revived = 0
    for seed in range(3000):
        facts, make, then = _case(seed, 90)
        request = make.request(facts)
        denied = not decide(request, facts, TODAY, LATEST).allowed
        revived += denied and decide(request, _known(facts, then), TODAY, LATEST).allowed
    assert revived > 20


def test_a_waiting_that_was_settled_ends_on_its_day() -> None:
    day = date(2026, 3, 1)
    fact = UnsureFact(day, at(day), day + timedelta(days=3), at(day + timedelta(days=3)))
    assert fact.active(day, LATEST)
    assert not fact.active(day - timedelta(days=1), LATEST)
    assert not fact.active(day + timedelta(days=3), LATEST)
    assert fact.active(day + timedelta(days=3), at(day + timedelta(days=2)))  # as it was known before
    assert UnsureFact(None, None).active(date.min, LATEST)  # a damaged record counts always
