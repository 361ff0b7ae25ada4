"""The list of people: who can open the case file and as what; adding somebody, alone or with a second person.

What a grant must look like to count is said in `app.casefile.roster` and nowhere else; here the grants are
made, kept while they wait, and stored. A person gets a slot first and grants after it: a slot without grants
opens a case file in which nothing may be done.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from app.casefile.access import accept_roster, add_person_slot, new_person, remove_person_slots
from app.casefile.grants import Granter, GrantKind, SignedGrant, countersign
from app.casefile.roster import Roster, desk_keys, verify_roster
from app.crypto.keys import PersonKeys
from app.crypto.passphrase import check_strength
from app.domain.acts import Act
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.case_file import CaseFileFacts, StoredGrant
from app.domain.errors import Code, KnownError
from app.domain.ids import DeskId, OriginId, PersonId, RecordId
from app.domain.ports import Reader, UnitOfWork
from app.domain.proposal import Proposal
from app.domain.report import Desk
from app.domain.roles import Action, Role
from app.domain.rows import DeskRow, PersonRow
from app.services import widening
from app.services.context import Context, Saved

DESK_ROLES: Final = frozenset({Role.COORDINATOR, Role.OFFICER})
"""Roles that come with the key of the desk."""
PROPOSED: Final = "person"
"""`Proposal.on_noun` of grants that wait for a second person."""
_LONGEST_NAME: Final = 80


@attrs.frozen
class AddPerson:
    """Let somebody open the case file.

    Attributes:
        name: as the list of people shows it.
        roles: words of `Role`, at least one.
        passphrase: typed by them.
    """

    name: str
    roles: tuple[str, ...]
    passphrase: str = attrs.field(repr=False)


@attrs.frozen
class _Made:
    now: tuple[SignedGrant, ...]
    later: tuple[SignedGrant, ...]


class People:
    """Use cases of the list of people."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def rows(self) -> tuple[PersonRow, ...]:
        """Everybody who can open the case file, by name."""
        return self._ctx.person_rows()

    def desks(self) -> tuple[DeskRow, ...]:
        """Every desk with who holds its key now, by name."""
        people = [one for one in self._ctx.keys.roster.people.values() if one.active]
        with self._ctx.reading() as reader:
            desks = reader.find(Desk)
        rows = [
            DeskRow(
                desk.id,
                desk.name,
                desk.country,
                tuple(sorted((one.name for one in people if DeskId(desk.id) in one.desks), key=str.casefold)),
            )
            for desk in desks
        ]
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))

    def add(self, command: AddPerson) -> Saved:
        """Add somebody with a slot, a place in the list and the keys their roles come with.

        Raises:
            KnownError: NOT_ALLOWED, INVALID_FIELD (name, roles), PERSON_NAME_TAKEN, PASSPHRASE_TOO_WEAK,
                PASSPHRASE_IN_USE, HEADER_FULL, ROSTER_REPLACED, NO_SPACE, CANNOT_WRITE;
                NEEDS_SECOND_PERSON: kept, somebody else confirms it (`confirm`).
        """
        self._ctx.require(Action.MANAGE_PEOPLE)
        name, roles = self._checked_name(command.name), _checked_roles(command.roles)
        check_strength(command.passphrase, (name, self._ctx.case_file_name))
        keyring = self._ctx.keys
        newcomer = new_person(keyring.opened(), keyring.roster)
        made = self._grants(newcomer, name, roles)
        keyring.unlocked = add_person_slot(
            keyring.opened(), newcomer, command.passphrase, not_from=(name, self._ctx.case_file_name)
        )
        try:
            return self._store(newcomer.person, made)
        except KnownError as error:
            if error.code is not Code.NEEDS_SECOND_PERSON:
                keyring.unlocked = remove_person_slots(keyring.opened(), newcomer.person)
            raise

    def confirm(self, proposal: str, *, granted: bool) -> Saved:
        """Say yes or no to grants that wait; a yes signs them as the second person.

        Raises:
            KnownError: NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE, NOT_ALLOWED, NEEDS_DESK_KEY.
        """
        ctx = self._ctx
        with ctx.writing() as work:
            waiting = work.get(Proposal, proposal)
            if waiting.on_noun != PROPOSED or widening.is_decided(work, waiting):
                raise KnownError(Code.ALREADY_DONE, proposal)
            if waiting.proposed_by == ctx.me:
                raise KnownError(Code.SAME_PERSON_TWICE)
            if not ctx.keys.desks and Role.OFFICER not in ctx.roles:
                raise KnownError(Code.NOT_ALLOWED)
            fresh = [self._seconded(one) for one in read_grants(waiting)] if granted else []
            self._add_grants(work, fresh)
            work.add(widening.decision_on(ctx, work, waiting, granted=granted))
            act = Act.PERSON_ADDED if granted else Act.SEALED_CHANGED
            committed = work.commit(act)
        if fresh:
            self._follow_roster(fresh)
        return ctx.finish(committed, waiting.on_id, act)

    # parts

    def _checked_name(self, untrusted_name: str) -> str:
        name = " ".join(unicodedata.normalize("NFC", untrusted_name).split())
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise KnownError(Code.INVALID_FIELD, "name", field="name")
        if any(name.casefold() == row.name.casefold() for row in self._ctx.person_rows()):
            raise KnownError(Code.PERSON_NAME_TAKEN)
        return name

    def _grants(self, newcomer: PersonKeys, name: str, roles: frozenset[Role]) -> _Made:
        """Grants in the order they have to stand in; those that take two, and what needs them, wait."""
        ctx, roster = self._ctx, self._ctx.keys.roster
        unlocked = ctx.keys.opened()
        with ctx.reading() as reader:
            origin = OriginId(reader.find(CaseFileFacts)[0].origin)
        alone = Granter(unlocked.keys, ctx.case_file, origin, ctx.now())
        founder = roster.founder == ctx.me
        officer = Role.OFFICER in roles
        one_for_officer = founder and roster.one_person_suffices(newcomer.person, desk_key=False)
        one_for_desk = founder and roster.one_person_suffices(newcomer.person, desk_key=True)
        who, public = newcomer.person, newcomer.public
        place = attrs.evolve(alone, one_person=officer and one_for_officer).person(who, public, name, roles)
        entry = [place, alone.main(who, public, unlocked.main, newcomer.wrapped_main)]
        with_desk = attrs.evolve(alone, one_person=one_for_desk)
        desks = [with_desk.desk(who, public, key) for key in ctx.keys.desks] if roles & DESK_ROLES else []
        if officer and not one_for_officer:
            return _Made((), (*entry, *desks))
        return _Made((*entry, *desks), ()) if one_for_desk or not desks else _Made((*entry,), (*desks,))

    def _store(self, person: PersonId, made: _Made) -> Saved:
        ctx = self._ctx
        proposal: Proposal | None = None
        with ctx.writing() as work:
            self._add_grants(work, made.now)
            if made.later:
                proposal = work.add(_proposal(ctx, person, made.later))
            act = Act.PERSON_ADDED if made.now else Act.SEALED_CHANGED
            committed = work.commit(act)
        if made.now:
            self._follow_roster(made.now)
        saved = ctx.finish(committed, person, act)
        if proposal is not None:
            raise KnownError(Code.NEEDS_SECOND_PERSON, proposal.id)
        return saved

    def _add_grants(self, work: UnitOfWork, grants: Sequence[SignedGrant]) -> None:
        """Store grants after which the list of people still follows from the trust root."""
        if not grants:
            return
        roster = self._followed([*self._grants_now(work), *grants])
        if roster.replaced:
            # Somebody was granted a key meanwhile: what one person could do then takes two now.
            raise KnownError(Code.CONFLICT, "roles")
        work.add_many([stored_grant(grant) for grant in grants])

    def _grants_now(self, reader: Reader) -> list[SignedGrant]:
        order = {grant.id: place for place, grant in enumerate(self._ctx.keys.roster.grants)}
        found = sorted(reader.find(StoredGrant), key=lambda one: order.get(one.id, len(order)))
        return [signed_grant(one) for one in found]

    def _followed(self, grants: Sequence[SignedGrant]) -> Roster:
        keys = self._ctx.keys.opened().keys
        return verify_roster(grants, self._ctx.case_file, keys.trust_root, keys.roster)

    def _seconded(self, signed: SignedGrant) -> SignedGrant:
        grant = signed.grant()
        takes_two = grant.kind is GrantKind.DESK or Role.OFFICER in grant.roles
        return countersign(signed, self._ctx.keys.opened().keys) if takes_two else signed

    def _follow_roster(self, fresh: Sequence[SignedGrant]) -> None:
        """Take the new list of people as mine, and remember it in my slot."""
        keyring = self._ctx.keys
        with self._ctx.reading() as reader:
            known = {grant.id for grant in fresh}
            before = [grant for grant in self._grants_now(reader) if grant.id not in known]
        roster = self._followed([*before, *fresh])
        roster.check()
        keyring.signers.roster = roster
        keyring.unlocked = accept_roster(keyring.opened(), roster)
        keyring.desks = desk_keys(roster, keyring.opened().keys)


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


def _checked_roles(untrusted_roles: Iterable[str]) -> frozenset[Role]:
    try:
        roles = frozenset(Role(role) for role in untrusted_roles)
    except ValueError as error:
        raise KnownError(Code.INVALID_FIELD, "roles", field="roles") from error
    if not roles:
        raise KnownError(Code.INVALID_FIELD, "roles", field="roles")
    return roles
