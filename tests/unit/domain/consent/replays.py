"""What holds of every replay on random ledgers (`ledgers`): a decision as it would have been at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, TypeVar

import attrs

from app.domain.consent import ConsentRequest, Decision, Ground, decide
from app.domain.consent_facts import Facts, Says
from tests.unit.domain.consent.ledger_maker import STRANGER, TODAY, Maker, at

T = TypeVar("T")
_BEFORE_EVERYTHING: Final = at(TODAY - timedelta(days=5000))


def _moment(make: Maker) -> datetime:
    """Often between two facts of one world, or just when one was recorded."""
    return at(
        TODAY - timedelta(days=make.chance.choice((0, 1, 2, 30, 40, 100, 200, 400))),
        make.chance.choice((8, 12, 20)),
    )


def _at(request: ConsentRequest, facts: Facts, moment: datetime) -> Decision:
    return decide(request, facts, moment.date(), moment)


def what_was_recorded_later_does_not_exist_yet(
    make: Maker, facts: Facts, request: ConsentRequest, _: Decision
) -> bool:
    """A replay decides as if later answers and countersigns had never been written."""
    moment = _moment(make)
    late = [one for one in facts.answers if one.recorded_at is not None and one.recorded_at > moment]
    if any(one.by == STRANGER for one in late):
        return True  # a stranger who has said nothing yet is nobody
    then = attrs.evolve(
        facts,
        answers=tuple(one for one in facts.answers if one not in late),
        countersigns=tuple(one for one in facts.countersigns if one.at is not None and one.at <= moment),
    )
    return _at(request, facts, moment) == _at(request, then, moment)


def nobody_had_agreed_before_anything_was_recorded(
    _: Maker, facts: Facts, request: ConsentRequest, __: Decision
) -> bool:
    if request.purpose == "statistics":
        return True  # counted without names, unless somebody said no
    now = decide(request, facts, TODAY, _BEFORE_EVERYTHING)
    return not now.allowed or now.ground not in (Ground.AGREED, Ground.BYPASSED)


def only_what_was_known_then_is_used(make: Maker, facts: Facts, request: ConsentRequest, _: Decision) -> bool:
    moment = _moment(make)
    recorded = {one.id: one.recorded_at for one in facts.answers}
    used = [recorded[one] for one in _at(request, facts, moment).used if one in recorded]
    return all(when is not None and when <= moment for when in used)


def a_no_known_then_never_allowed_then(
    make: Maker, facts: Facts, request: ConsentRequest, _: Decision
) -> bool:
    moment = _moment(make)
    no = attrs.evolve(
        make.answer(90, Says.NO), recorded_by="maks", recorded_at=moment, recorded_on=moment.date()
    )
    before, after = (
        _at(request, one, moment) for one in (facts, attrs.evolve(facts, answers=(*facts.answers, no)))
    )
    return not after.allowed or (before.allowed and after.fields <= before.fields)


def order_does_not_matter_then_either(
    make: Maker, facts: Facts, request: ConsentRequest, _: Decision
) -> bool:
    def mixed(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(make.chance.sample(items, len(items)))

    moment = _moment(make)
    shuffled = attrs.evolve(
        facts,
        answers=mixed(facts.answers),
        countersigns=mixed(facts.countersigns),
        holds=mixed(facts.holds),
        trusted=mixed(facts.trusted),
    )
    return _at(request, shuffled, moment) == _at(request, facts, moment)


REPLAYS: Final = (
    what_was_recorded_later_does_not_exist_yet,
    nobody_had_agreed_before_anything_was_recorded,
    only_what_was_known_then_is_used,
    a_no_known_then_never_allowed_then,
    order_does_not_matter_then_either,
)
