"""The facts as one of several merged records has them by itself."""

from __future__ import annotations

from typing import Any

import attrs

from app.domain.consent_facts import Facts, Side


def facts_of_side(facts: Facts, side: Side, *, every_yes: bool) -> Facts:
    """What was said and stopped is everybody's; who they are and where is the record's own.

    Args:
        facts: of everything together.
        side: one of theirs.
        every_yes: also those said about another side.
    """
    own: dict[str, Any] = {one.name: getattr(side, one.name) for one in attrs.fields(Side)}
    dropped: frozenset[str] = own.pop("elsewhere")
    answers = facts.answers
    if not every_yes:
        answers = tuple(one for one in answers if not (one.bears_alone and one.id in dropped))
    return attrs.evolve(facts, answers=answers, sides=(), **own)
