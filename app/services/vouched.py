"""Two people are two signatures: whoever a record names must have signed it, once, and nothing came after.

A row says who proposed and who confirmed, but one person with the key can write both names into it. What
two people decide is therefore written once, each half a record of its own; what counts is who signed the log
entry of that one version. Asked before anything is decided that leaves the house, after the log was followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

import attrs

from app.domain.conversation import Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold, RelativeHold
from app.domain.ports import Reader
from app.domain.roles import Action, pair_allowed
from app.domain.two_people import SourceTrust, Stop
from app.services.answer_pairs import RolesOf, pairs_not_allowed
from app.services.pauses import PauseRecords
from app.services.slip_steps import People, SecondHalf, not_from_elsewhere
from app.services.written_once import roles_when_writing, written_once_by

_NAMED: Final = 10


def check_two_people(
    reader: Reader,
    people: People,
    *,
    trusts: Iterable[SourceTrust],
    stops: Iterable[Stop[Hold] | Stop[RelativeHold]],
    conversations: Iterable[Conversation],
    countersigns: Iterable[Countersign],
    pauses: PauseRecords,
) -> None:
    """Check that everything written once was signed by whom it names, and that pairs may decide together.

    Args:
        reader: of the transaction that decides.
        people: the list of people; pairs are judged by the roles each held when they signed.

    Raises:
        KnownError: ROW_NOT_IN_LOG with the ids of records that name somebody who did not sign, that were
            written again, or that two people decided who may not.
    """
    halves = Halves(tuple(trusts), tuple(stops), tuple(conversations), tuple(countersigns), pauses)
    wrong = wrong_halves(reader, people, halves)
    if wrong:
        raise KnownError(Code.ROW_NOT_IN_LOG, *wrong[:_NAMED])


@attrs.frozen
class Halves:
    """What two people decide, each half a record of its own."""

    trusts: tuple[SourceTrust, ...]
    stops: tuple[Stop[Hold] | Stop[RelativeHold], ...]
    conversations: tuple[Conversation, ...]
    countersigns: tuple[Countersign, ...]
    pauses: PauseRecords


def wrong_halves(reader: Reader, people: People, halves: Halves) -> list[str]:
    """Ids of records that name somebody who did not sign, were written again, or whose pair may not decide.

    Args:
        reader: of one transaction.
        people: the list of people.
        halves: what is looked at.
    """
    named = dict(_named(halves.trusts, halves.stops, halves.conversations, halves.countersigns))
    pauses, roles_of = halves.pauses, partial(roles_when_writing, reader)
    named |= {one.id: one.recorded_by for one in pauses.attention}
    named |= {review.id: review.by for review in pauses.reviews}
    named |= {sign.id: sign.by for sign in pauses.confirmations if not sign.slip}
    wrong = [record for record, by in named.items() if not written_once_by(reader, record, by)]
    elsewhere = list(_from_elsewhere(halves.trusts, halves.stops, halves.countersigns, pauses))
    wrong += not_from_elsewhere(reader, elsewhere, people)
    wrong += [one.trust.id for one in halves.trusts if not _pair_of_trust(one, roles_of)]
    wrong += [one.hold.id for one in halves.stops if not _pair_of_lift(one, roles_of)]
    return [*wrong, *pairs_not_allowed(halves.conversations, halves.countersigns, roles_of)]


def maker_of(reader: Reader, record: str) -> str:
    """Who signed the first version of a record, whatever it says about itself; empty for nobody."""
    versions = reader.written(record)
    return versions[0].person if versions else ""


def _named(
    trusts: Iterable[SourceTrust],
    stops: Iterable[Stop[Hold] | Stop[RelativeHold]],
    conversations: Iterable[Conversation],
    countersigns: Iterable[Countersign],
) -> Iterator[tuple[str, str | None]]:
    """Everything written once at the keyboard, with whom it names."""
    for trust in trusts:
        yield trust.trust.id, trust.trust.proposed_by
        yield from ((step.id, step.by) for step in trust.steps if not step.slip)
    for stop in stops:
        yield stop.hold.id, stop.hold.placed_by
        yield from ((taken.id, taken.by) for taken in stop.steps if not taken.slip)
    yield from ((talk.id, talk.recorded_by) for talk in conversations)
    yield from ((sign.id, sign.by) for sign in countersigns if not sign.slip)


def _from_elsewhere(
    trusts: Iterable[SourceTrust],
    stops: Iterable[Stop[Hold] | Stop[RelativeHold]],
    countersigns: Iterable[Countersign],
    pauses: PauseRecords,
) -> Iterator[SecondHalf]:
    """Steps that came through a slip: signed in it by whom they name, brought in by somebody else."""
    for trust in trusts:
        yield from (step for step in trust.steps if step.slip)
    for stop in stops:
        yield from (taken for taken in stop.steps if taken.slip)
    yield from (sign for sign in countersigns if sign.slip)
    yield from (sign for sign in pauses.confirmations if sign.slip)


def _pair_of_trust(one: SourceTrust, roles_of: RolesOf) -> bool:
    if one.confirmed is None:
        return True
    step = one.confirmed
    pair = roles_of(one.trust.id, one.trust.proposed_by), roles_of(step.id, step.by)
    return pair_allowed(*pair, Action.TRUST_SOURCE)


def _pair_of_lift(one: Stop[Hold] | Stop[RelativeHold], roles_of: RolesOf) -> bool:
    if one.asked is None or one.granted is None:
        return True
    pair = roles_of(one.asked.id, one.asked.by), roles_of(one.granted.id, one.granted.by)
    return pair_allowed(*pair, Action.LIFT_STOP)
