"""What holds of every mandate on random ledgers (`ledgers`): less known or less said never allows more."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from app.domain.consent import ConsentRequest, Decision, decide
from app.domain.consent_facts import Facts, Says
from tests.unit.domain.consent.ledger_maker import MANDATES, TODAY

if TYPE_CHECKING:
    from tests.unit.domain.consent.ledger_maker import Maker


def _more(after: Decision, before: Decision) -> bool:
    return after.allowed and not (before.allowed and after.fields <= before.fields)


def where_nobody_knows_how_far_nothing_more_is_allowed(
    _: Maker, facts: Facts, request: ConsentRequest, before: Decision
) -> bool:
    """Whoever erases what somebody may decide, in the register, in talks or in both, opens nothing."""
    people = {key: attrs.evolve(one, mandate="") for key, one in facts.people.items()}
    silent = attrs.evolve(
        facts,
        people=MappingProxyType(people),
        answers=tuple(attrs.evolve(one, mandate="") for one in facts.answers),
    )
    return not _more(decide(request, silent, TODAY), before)


def a_yes_that_reaches_less_never_allows_more(
    make: Maker, facts: Facts, request: ConsentRequest, before: Decision
) -> bool:
    """A talk says less of it than before; nothing of the register changes."""
    chosen = make.chance.choice(MANDATES)
    order = {code: place for place, code in enumerate(MANDATES)}
    answers = tuple(
        attrs.evolve(one, mandate=chosen)
        if one.says is Says.YES and order.get(one.mandate, -1) >= order[chosen]
        else one
        for one in facts.answers
    )
    return not _more(decide(request, attrs.evolve(facts, answers=answers), TODAY), before)
