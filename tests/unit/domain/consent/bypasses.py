"""What holds of every bypass on random ledgers (`ledgers`): two sign it, it is short, never public."""

from __future__ import annotations

from datetime import timedelta

import attrs

from app.domain.consent import ConsentRequest, Decision, Ground, decide
from app.domain.consent_facts import AnswerFact, Facts, Says
from tests.unit.domain.consent.ledger_maker import TODAY


def _bypasses(facts: Facts) -> dict[str, AnswerFact]:
    return {one.id: one for one in facts.answers if one.says is Says.BYPASS}


def a_bypass_is_for_two_named_and_short(
    _: object, facts: Facts, request: ConsentRequest, now: Decision
) -> bool:
    """Never public, never without an officer and another person, never beyond its review."""
    found = _bypasses(facts)
    for used in now.used:
        one = found.get(used)
        if one is None:
            continue
        signs = {sign.by for sign in facts.countersigns if sign.answer == used and sign.granted}
        if request.audience in ("all_godparents", "public") or not signs - {one.recorded_by, None}:
            return False
        if not (signs | {one.recorded_by}) & facts.officers or not request.recipients <= one.recipients:
            return False
        if one.recorded_on is None or one.recorded_on + timedelta(days=7) < TODAY:
            return False
    return True


def without_its_ground_a_bypass_does_nothing(
    _: object, facts: Facts, request: ConsentRequest, now: Decision
) -> bool:
    """No kind of report can rest on one: only who asks for it by name is told of it."""
    without = tuple(one for one in facts.answers if one.says is not Says.BYPASS)
    plain = attrs.evolve(request, grounds=request.grounds - {Ground.BYPASSED})
    if not plain.grounds:
        return True
    taken_back = any(one.cancels in _bypasses(facts) for one in facts.answers if one.says is Says.TAKES_BACK)
    same = decide(plain, facts, TODAY) == decide(plain, attrs.evolve(facts, answers=without), TODAY)
    return same or taken_back or len({one.id for one in facts.answers}) != len(facts.answers)
