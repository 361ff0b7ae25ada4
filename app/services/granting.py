"""Storing grants: at once, or as a proposal a second person signs; the list of people still follows after.

What a grant must look like to count is said in `app.casefile.roster_rules`; who makes which, in `people` and
`trustees`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.casefile.access import accept_roster
from app.casefile.grants import GrantKind, SignedGrant, countersign
from app.casefile.roster import Roster, desk_keys
from app.casefile.roster_rules import verify_roster
from app.domain.acts import Act
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.case_file import StoredGrant
from app.domain.errors import Code, KnownError
from app.domain.ids import DeskId, PersonId, RecordId
from app.domain.ports import Reader, Record, UnitOfWork
from app.domain.proposal import Proposal
from app.domain.roles import Role
from app.services import widening
from app.services.context import Context, Saved
from app.services.written_once import roles_when_writing

PROPOSED: Final = "person"
"""`Proposal.on_noun` of grants that wait for a second person."""


@attrs.frozen
class Made:
    """Grants to store now, and those that wait for a second person."""

    now: tuple[SignedGrant, ...] = ()
    later: tuple[SignedGrant, ...] = ()


def store(ctx: Context, person: PersonId, made: Made, beside: Sequence[Record] = ()) -> Saved:
    """Store grants to one person; `beside` are records that belong to them.

    Raises:
        KnownError: CONFLICT the list of people changed meanwhile; NEEDS_SECOND_PERSON once it is kept.
    """
    proposal: Proposal | None = None
    with ctx.writing() as work:
        add_grants(ctx, work, made.now)
        work.add_many(beside)
        if made.later:
            proposal = work.add(_proposal(ctx, person, made.later))
        act = act_of(ctx.keys.roster, made.now) if made.now or not beside else Act.TRUSTEE_PROPOSED
        committed = work.commit(act)
    if made.now:
        follow_roster(ctx, made.now)
    saved = ctx.finish(committed, person, act)
    if proposal is not None:
        raise KnownError(Code.NEEDS_SECOND_PERSON, proposal.id)
    return saved


def confirm(ctx: Context, proposal: str, *, granted: bool, beside: Sequence[Record] = ()) -> Saved:
    """Say yes or no to grants that wait; a yes signs them as the second person.

    Raises:
        KnownError: NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE, ROLES_OWN, NOT_ALLOWED,
            NEEDS_DESK_KEY, PERSON_NAME_TAKEN, CONFLICT it would do something else by now.
    """
    with ctx.writing() as work:
        waiting = work.get(Proposal, proposal)
        if waiting.on_noun != PROPOSED or widening.is_decided(work, waiting):
            raise KnownError(Code.ALREADY_DONE, proposal)
        if waiting.proposed_by == ctx.me:
            raise KnownError(Code.SAME_PERSON_TWICE)
        if granted and waiting.on_id == ctx.me:
            raise KnownError(Code.ROLES_OWN)
        if not ctx.keys.desks and Role.OFFICER not in ctx.roles:
            raise KnownError(Code.NOT_ALLOWED)
        fresh = [seconded(ctx, one) for one in read_grants(waiting)] if granted else []
        _check_names(ctx, fresh)
        _check_still(ctx, work, waiting, fresh)
        if granted and _is_trustee(fresh) and not beside:
            raise KnownError(Code.WORDS_NOT_COMPARED)
        add_grants(ctx, work, fresh)
        work.add_many(beside)
        work.add(widening.decision_on(ctx, work, waiting, granted=granted))
        act = act_of(ctx.keys.roster, fresh)
        committed = work.commit(act)
    if fresh:
        follow_roster(ctx, fresh)
    return ctx.finish(committed, waiting.on_id, act)


def _check_names(ctx: Context, fresh: Sequence[SignedGrant]) -> None:
    """Two may have been proposed under one name; nobody could tell afterwards whom a slip is for."""
    for one in (signed.grant() for signed in fresh):
        if one.kind is GrantKind.PERSON and one.roles and name_taken(ctx, one.name, but=one.recipient):
            raise KnownError(Code.PERSON_NAME_TAKEN)


def _check_still(ctx: Context, reader: Reader, waiting: Proposal, fresh: Sequence[SignedGrant]) -> None:
    """Whether it would still do what was proposed: they are what they were, and no key has a newer epoch.

    Raises:
        KnownError: CONFLICT, it has to be proposed anew.
    """
    newest: dict[DeskId, int] = {}
    for one in (signed.grant() for signed in fresh):
        was = roles_when_writing(reader, waiting.id, one.recipient)
        if one.kind is GrantKind.PERSON and was != ctx.keys.roster.roles_of(one.recipient):
            raise KnownError(Code.CONFLICT, "roles")
        if one.kind is GrantKind.DESK:
            newest[DeskId(one.desk)] = max(one.epoch, newest.get(DeskId(one.desk), 0))
    if any(epoch < ctx.keys.roster.desk_epochs.get(desk, 0) for desk, epoch in newest.items()):
        raise KnownError(Code.CONFLICT, "roles")


def name_taken(ctx: Context, name: str, *, but: str = "") -> bool:
    """Whether somebody else who takes part is called that."""
    wanted, people = name.casefold(), ctx.keys.roster.people.values()
    return any(wanted == one.name.casefold() for one in people if one.active and one.id != but)


def _is_trustee(grants: Sequence[SignedGrant]) -> bool:
    return any(Role.TRUSTEE in signed.grant().roles for signed in grants)


def act_of(before: Roster, grants: Sequence[SignedGrant]) -> Act:
    """What storing these grants is called in the log; `before` is the list of people without them."""
    people = [one for one in (signed.grant() for signed in grants) if one.kind is GrantKind.PERSON]
    if any(Role.TRUSTEE in one.roles for one in people):
        alone = any(one.one_person for one in people)
        return Act.TRUSTEE_ADDED_ALONE if alone else Act.TRUSTEE_ADDED
    if any(not one.roles for one in people):
        return Act.TRUSTEE_REMOVED
    if any(before.roles_of(one.recipient) for one in people):
        return Act.PERSON_CHANGED
    return Act.PERSON_ADDED if grants else Act.SEALED_CHANGED


def add_grants(ctx: Context, work: UnitOfWork, grants: Sequence[SignedGrant]) -> None:
    """Store grants after which the list still follows from the trust root. Raises KnownError CONFLICT."""
    if not grants:
        return
    roster = _followed(ctx, [*_grants_now(ctx, work), *grants])
    if roster.replaced:
        # Somebody was granted a key meanwhile: what one person could do then takes two now.
        raise KnownError(Code.CONFLICT, "roles")
    work.add_many([stored_grant(grant) for grant in grants])


def seconded(ctx: Context, signed: SignedGrant) -> SignedGrant:
    """A grant with my signature as the second person: a place on the list of people, the key of a desk."""
    if signed.grant().kind is GrantKind.MAIN:
        return signed
    return countersign(signed, ctx.keys.opened().keys)


def follow_roster(ctx: Context, fresh: Sequence[SignedGrant]) -> None:
    """Take the new list of people as mine, and remember it in my slot."""
    keyring = ctx.keys
    with ctx.reading() as reader:
        known = {grant.id for grant in fresh}
        before = [grant for grant in _grants_now(ctx, reader) if grant.id not in known]
    roster = _followed(ctx, [*before, *fresh])
    roster.check()
    keyring.signers.roster = roster
    keyring.take_desks(desk_keys(roster, keyring.opened().keys))
    keyring.unlocked = accept_roster(keyring.opened(), roster)


def _grants_now(ctx: Context, reader: Reader) -> list[SignedGrant]:
    order = {grant.id: place for place, grant in enumerate(ctx.keys.roster.grants)}
    found = sorted(reader.find(StoredGrant), key=lambda one: order.get(one.id, len(order)))
    return [signed_grant(one) for one in found]


def _followed(ctx: Context, grants: Sequence[SignedGrant]) -> Roster:
    keys = ctx.keys.opened().keys
    return verify_roster(grants, ctx.case_file, keys.trust_root, keys.roster)


def stored_grant(signed: SignedGrant) -> StoredGrant:
    """A grant as it lies in the case file."""
    return StoredGrant(
        RecordId(signed.id),
        body=signed.body.decode("utf-8"),
        signature=signed.signature.hex(),
        second=signed.second,
        second_signature=signed.second_signature.hex(),
    )


def signed_grant(stored: StoredGrant) -> SignedGrant:
    """A stored grant as the list of people reads it; what is no hexadecimal counts as no signature."""
    try:
        signature = bytes.fromhex(stored.signature)
        second = bytes.fromhex(stored.second_signature)
    except ValueError:
        signature, second = b"", b""
    who = PersonId(stored.second) if stored.second else None
    return SignedGrant(stored.body.encode("utf-8"), signature, who, second)


def read_grants(proposal: Proposal) -> list[SignedGrant]:
    """The grants a proposal carries. Raises KnownError RECORD_DAMAGED."""
    plain = from_canonical(proposal.changed_values.encode("utf-8"))
    if not isinstance(plain, list):
        raise KnownError(Code.RECORD_DAMAGED, proposal.id)
    return [SignedGrant.from_plain(one) for one in plain]


def _proposal(ctx: Context, person: PersonId, grants: Sequence[SignedGrant]) -> Proposal:
    waiting: list[Plain] = [grant.to_plain() for grant in grants]
    return Proposal(
        ctx.lasting_id(),
        on_noun=PROPOSED,
        on_id=person,
        changed_values=canonical_bytes(waiting).decode("utf-8"),
        proposed_by=ctx.me,
        proposed_at=ctx.now(),
    )
