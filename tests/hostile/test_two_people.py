"""Protects: whoever takes two halves is two people who may, for every act that takes two, with every role.

The table below names every action that takes two, who may begin it and who may finish it. A new one without
a line fails; so does a new kind of second half without a check of who signed it.
"""

from __future__ import annotations

import typing
from datetime import UTC, datetime
from itertools import chain, combinations
from typing import Final

import pytest

from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.fields import fields_of
from app.domain.hold import Hold, HoldStep
from app.domain.ids import RecordId, new_id
from app.domain.port_values import Written
from app.domain.roles import Action, Limit, Need, Role, pair_allowed, permission
from app.domain.slip import SlipUse
from app.domain.source import Trust, TrustStep
from app.domain.two_people import CONFIRMED, GRANTED, PROPOSED, stops_after, trusts_after
from app.services.pauses import PauseRecords
from app.services.slip_steps import SecondHalf
from app.services.vouched import check_two_people
from app.storage.layout import NOUNS

C, O, R, A, T = Role.COORDINATOR, Role.OFFICER, Role.REPORTS, Role.AUDITOR, Role.TRUSTEE  # noqa: E741 - columns


def _pair(*pairs: tuple[Role, Role]) -> frozenset[frozenset[Role]]:
    return frozenset(frozenset(one) for one in pairs)


# Every action that takes two: the pairs of single roles that may do it together.
TABLE: Final = {
    Action.WIDER_YES: _pair((C, C), (C, O), (O, O), (C, T), (O, T), (T, T)),
    Action.CANCEL_NO: _pair((C, C), (C, O), (O, O), (C, T), (O, T), (T, T)),
    Action.LIFT_STOP: _pair((C, O), (O, O), (O, T)),
    Action.BYPASS: _pair((C, O), (O, O), (O, T)),
    Action.TRUST_SOURCE: _pair((C, O), (O, O), (R, O), (T, O)),
    Action.CHANGE_REPORT_KIND: _pair((C, O), (O, O), (R, O)),
    Action.NEW_OFFICER: _pair((O, O)),
    Action.GRANT_DESK_KEY: _pair((O, O)),
    Action.ADD_TRUSTEE: _pair((O, O)),
    Action.CORRECT_CLOCK: _pair((C, O), (O, O)),
    Action.SETTLE_RESTORE: _pair((C, O), (O, O)),
    Action.ERASE_PERSON: _pair((C, O), (O, O)),
}
"""A trustee begins nothing (they open no case file), so (T, T) never comes about."""
ALONE_AFTER_ANOTHER: Final = {Action.APPROVE_REPORT}
"""Alone, but never the maker: the second half is a role, the first is another person's report."""


def _combinations() -> list[frozenset[Role]]:
    roles = sorted(Role)
    found = chain.from_iterable(combinations(roles, count) for count in range(1, len(roles) + 1))
    return [frozenset(one) for one in found]


def test_every_act_that_takes_two_stands_in_the_table() -> None:
    takes_two = (Need.TWO, Need.PROPOSE)
    two = {action for action in Action for role in Role if permission(role, action).need in takes_two}
    assert two == TABLE.keys()
    not_the_maker = {a for a in Action if permission(O, a).limit is Limit.NOT_THE_MAKER}
    assert not_the_maker == ALONE_AFTER_ANOTHER


@pytest.mark.parametrize("action", TABLE)
def test_combined_roles_make_the_pairs_their_single_roles_make(action: Action) -> None:
    """Coordinator and officer and reports staff in one: never more than one of these roles could do."""
    held = _combinations()
    for first in held:
        for second in held:
            expected = any(frozenset({one, two}) in TABLE[action] for one in first for two in second)
            # (C, C) is a pair of one role: a set of one.
            assert pair_allowed(first, second, action) is expected, (first, second)


# a second half that names the first person, or one who may not, counts for nobody


class Everybody:
    """A list of people whose keys sign nothing elsewhere."""

    def signing_key(self, person: str) -> bytes | None:
        return None


class Signed:
    """A log in which each record was truly signed by one person, who held these roles all along."""

    def __init__(self, by: dict[str, str], held: dict[str, frozenset[Role]]) -> None:
        self._by, self._held = by, held

    def roles_at(self, person: str, _sequence: int = 0) -> frozenset[Role]:
        return self._held[person]

    def written(self, record: str) -> list[Written]:
        return [Written(1, self._by[record])] if record in self._by else []


@pytest.mark.parametrize("roles", _combinations(), ids=lambda held: "+".join(sorted(held)))
def test_one_person_with_any_roles_is_never_both_halves(roles: frozenset[Role]) -> None:
    """Folded from steps: the same person proposes and confirms, whatever they are."""
    me, at = new_id(), datetime(2026, 11, 22, tzinfo=UTC)
    hold = Hold(RecordId(new_id()), 1, "prisoner", new_id(), "danger", me, at)
    taken = (PROPOSED, GRANTED, PROPOSED, GRANTED)
    steps = [HoldStep(RecordId(new_id()), 1, hold.id, step, me, at) for step in taken]
    (stop,) = stops_after([hold], steps)
    assert stop.active
    trust = Trust(RecordId(new_id()), 1, source=new_id(), proposed_by=me, proposed_at=at)
    (trusted,) = trusts_after([trust], [TrustStep(RecordId(new_id()), 1, trust.id, CONFIRMED, me, at)])
    assert not trusted.acts
    assert roles


def test_every_second_half_is_checked_by_who_signed_it() -> None:
    """Each noun that can come through a slip is one `vouched` looks at; each keeps who, and the slip."""
    halves = set(typing.get_args(SecondHalf))
    keeping = {cls for cls in NOUNS if {"slip", "by"} <= fields_of(cls).keys() and cls is not SlipUse}
    assert {cls.__name__ for cls in keeping - halves} == {"ProposalStep"}, (
        "a change is made by its own entry: the record is written by whoever brings the answer in"
    )


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ((C,), (C,), False),
        ((C,), (O,), True),
        ((O,), (T,), True),
        ((C,), (T,), False),
        ((C, R), (C, A), False),
        ((O,), (R,), False),
    ],
)
def test_a_bypass_signed_by_two_who_may_not_counts_for_nobody(
    first: tuple[Role, ...], second: tuple[Role, ...], counts: bool
) -> None:
    """Both halves truly signed by whom they name; only their roles are wrong."""
    one, two = new_id(), new_id()
    held = {one: frozenset(first), two: frozenset(second)}

    answer = Answer("a", "bypassed", "health", "named_institution", ("Clinic",))
    talk = Conversation(RecordId(new_id()), 1, new_id(), new_id(), answers=(answer,), recorded_by=one)
    sign = Countersign(RecordId(new_id()), 1, "a", talk.id, granted=True, by=two)
    refused: tuple[str, ...] = ()
    try:
        check_two_people(
            Signed({talk.id: one, sign.id: two}, held),  # type: ignore[arg-type]
            Everybody(),
            trusts=(),
            stops=(),
            conversations=(talk,),
            countersigns=(sign,),
            pauses=PauseRecords(),
        )
    except KnownError as error:
        if error.code is not Code.ROW_NOT_IN_LOG:
            raise
        refused = error.ids
    assert refused == (() if counts else (sign.id,))
