"""Changes of a record that would allow more than today: seen by deciding before and after, kept for two.

The change itself is tried inside the transaction; when it widens the transaction is left without a commit
and the values wait in a `Proposal`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.consent import EITHER, ConsentRequest, decide_in
from app.domain.consent_answers import ALONE_WAITS, Ledger
from app.domain.consent_facts import Facts
from app.domain.consent_purposes import ALL_GODPARENTS, PUBLIC, purposes
from app.domain.consent_widening import widening
from app.domain.errors import BugError, Code, KnownError
from app.domain.field_values import value_from_plain, value_to_plain
from app.domain.fields import Field, fields_of, noun_of
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.proposal import Proposal, ProposalStep
from app.domain.relative import Relative
from app.domain.roles import Action
from app.services import editing, occasions
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import read_ledger
from app.services.second import Second, at_the_keyboard
from app.services.written_once import written_once_by

FieldValues = Mapping[Field, object]
ALONE: Final[timedelta] = ALONE_WAITS
_CHANGES: Final[Mapping[str, tuple[type[Prisoner] | type[Relative], Act]]] = {
    "prisoner": (Prisoner, Act.PRISONER_CHANGED),
    "relative": (Relative, Act.SEALED_CHANGED),
}


def facts_now(ctx: Context, reader: Reader, prisoner: str) -> Facts:
    """The facts about a prisoner and family as this transaction sees them. Raises KnownError NOT_FOUND."""
    found = read_ledger(ctx, reader, [prisoner])
    if prisoner not in found.prisoners:
        raise KnownError(Code.NOT_FOUND, prisoner)
    return found.facts(prisoner)


def widens(ctx: Context, before: Facts, after: Facts) -> bool:
    """Whether `after` allows more than `before`, or longer; as `widened` says, also under a stop."""
    return any(True for _audience in widened(ctx, before, after))


def widened(ctx: Context, before: Facts, after: Facts) -> Iterator[str]:
    """The audiences for which more is allowed, or would be but for what stops or pauses it today.

    Otherwise one person could change under a stop what two decide, and who lifts the stop would not see it.
    """
    yield from _allowed_more(ctx, before, after)
    if before.holds or after.holds:
        yield from _allowed_more(ctx, attrs.evolve(before, holds=()), attrs.evolve(after, holds=()))


def _allowed_more(ctx: Context, before: Facts, after: Facts) -> Iterator[str]:
    was, now, on = Ledger(before, ctx.now()), Ledger(after, ctx.now()), ctx.today()
    people = {before.prisoner, *before.people, *after.people}
    for purpose in purposes().values():
        subjects = {before.prisoner} if purpose.of_prisoner else people
        for audience in (ALL_GODPARENTS, PUBLIC):
            for subject in sorted(subjects):
                request = ConsentRequest(subject, purpose.code, audience, purpose.fields, grounds=EITHER)
                new = decide_in(now, request, on)
                if new.allowed and widening(decide_in(was, request, on), new, audience):
                    yield audience


def propose(
    ctx: Context, cls: type[Record], record: str, base_version: int, values: Mapping[str, object]
) -> Saved:
    """Keep a change for a second person.

    Raises:
        KnownError: NEEDS_SECOND_PERSON, always, once it is kept.
    """
    proposal = proposal_of(ctx, cls, record, base_version, values)
    with ctx.writing() as work:
        work.add(proposal)
        work.commit(Act.SEALED_CHANGED)
    raise KnownError(Code.NEEDS_SECOND_PERSON, proposal.id)


def propose_all(ctx: Context, changes: Iterable[tuple[type[Record], str, Mapping[str, object]]]) -> None:
    """Keep changes of several records for a second person, in one entry; of nothing nothing is kept.

    Raises:
        KnownError: NEEDS_SECOND_PERSON, always.
    """
    with ctx.writing() as work:
        kept = [
            proposal_of(ctx, cls, record, work.get(cls, record).version, values)
            for cls, record, values in changes
            if values
        ]
        if kept:
            work.add_many(kept)
            work.commit(Act.SEALED_CHANGED)
    raise KnownError(Code.NEEDS_SECOND_PERSON, *(one.id for one in kept))


def proposal_of(
    ctx: Context, cls: type[Record], record: str, base_version: int, values: Mapping[str, object]
) -> Proposal:
    """A change as it waits for a second person, not stored yet."""
    declared = fields_of(cls)
    plain: dict[str, Plain] = {name: value_to_plain(declared[name], value) for name, value in values.items()}
    return Proposal(
        ctx.lasting_id(),
        on_noun=noun_of(cls),
        on_id=record,
        base_version=base_version,
        changed_values=canonical_bytes(plain).decode("utf-8"),
        proposed_by=ctx.me,
        proposed_at=ctx.now(),
    )


def decide_change(ctx: Context, proposal: str, *, granted: bool, second: Second | None = None) -> Saved:
    """Say yes or no to a change that waits; a yes makes it, with conflicts per field as in any edit.

    Args:
        ctx: the session.
        proposal: id of the change.
        granted: yes or no.
        second: who says it, where that is not me.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE, CONFLICT.
    """
    ctx.require(Action.WIDER_YES)
    second = second or at_the_keyboard(ctx)
    second.require(Action.WIDER_YES)
    with ctx.writing() as work:
        second.enter(work)
        waiting = work.get(Proposal, proposal)
        if waiting.on_noun not in _CHANGES or is_decided(work, waiting):
            raise KnownError(Code.ALREADY_DONE, proposal)
        cls, act = _CHANGES[waiting.on_noun]
        prisoner = _prisoner_of(work, waiting)
        before = facts_now(ctx, work, prisoner)
        if granted:
            base = waiting.base_version or 0
            made = editing.change_of(work, cls, waiting.on_id, base, values_of(waiting))
            work.save(made.after, made.after.version)
            occasions.after_any(ctx, work, made.before, made.after)
        _check_second(ctx, second, waiting, set(widened(ctx, before, facts_now(ctx, work, prisoner))))
        work.add(decision_on(ctx, work, waiting, granted=granted, second=second))
        renew_clearances(ctx, work, [prisoner])
        committed = work.commit(act if granted else Act.SEALED_CHANGED)
    return ctx.finish(committed, waiting.on_id, act, prisoners=[prisoner])


def is_decided(reader: Reader, proposal: Proposal) -> bool:
    """Whether somebody said yes or no to a proposal already."""
    return bool(reader.find(ProposalStep, proposal=proposal.id))


def decision_on(
    ctx: Context, reader: Reader, proposal: Proposal, *, granted: bool, second: Second | None = None
) -> ProposalStep:
    """A yes or no to a proposal, not stored yet; the proposal itself is never changed.

    Args:
        ctx: the session.
        reader: of the transaction.
        proposal: what waits.
        granted: yes or no.
        second: who says it, where that is not me.

    Raises:
        KnownError: ROW_NOT_IN_LOG, the proposal names somebody who did not sign it, or was written again.
    """
    if not written_once_by(reader, proposal.id, proposal.proposed_by):
        raise KnownError(Code.ROW_NOT_IN_LOG, proposal.id)
    second, at = second or at_the_keyboard(ctx), ctx.moment(reader)
    return ProposalStep(
        ctx.lasting_id(), proposal=proposal.id, granted=granted, by=second.person, at=at, slip=second.slip
    )


def values_of(proposal: Proposal) -> dict[str, object]:
    """The values somebody proposed. Raises KnownError RECORD_DAMAGED."""
    cls, _act = _CHANGES[proposal.on_noun]
    plain = from_canonical(proposal.changed_values.encode("utf-8"))
    if not isinstance(plain, Mapping):
        raise KnownError(Code.RECORD_DAMAGED, proposal.id)
    declared = fields_of(cls)
    return {
        name: None if value is None else value_from_plain(declared[name], value)
        for name, value in plain.items()
    }


def fields_in(proposal: Proposal) -> FieldValues:
    """What a proposal changes, by declared field. Raises KnownError RECORD_DAMAGED."""
    declared = fields_of(_CHANGES[proposal.on_noun][0])
    return {declared[name]: value for name, value in values_of(proposal).items()}


def labels_of(proposal: Proposal) -> list[str]:
    """English labels of the fields a proposal changes."""
    declared = fields_of(_CHANGES[proposal.on_noun][0])
    return [declared[name].label for name in values_of(proposal)]


def is_change(proposal: Proposal) -> bool:
    """Whether a proposal is about fields of a record."""
    return proposal.on_noun in _CHANGES


def _check_second(ctx: Context, second: Second, waiting: Proposal, audiences: set[str]) -> None:
    if waiting.proposed_by != second.person:
        return
    if waiting.proposed_at is None:
        raise BugError("a proposal says when it was made")
    waited = ctx.now() - waiting.proposed_at >= ALONE
    if not (ctx.one_person() and waited and PUBLIC not in audiences):
        raise KnownError(Code.SAME_PERSON_TWICE)


def _prisoner_of(reader: Reader, proposal: Proposal) -> str:
    if proposal.on_noun == "prisoner":
        return proposal.on_id
    return reader.get(Relative, proposal.on_id).prisoner or ""
