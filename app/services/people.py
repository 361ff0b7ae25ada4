"""The list of people: who can open the case file and as what; adding somebody, alone or with a second person.

What a grant must look like to count is said in `app.casefile.roster_rules` and nowhere else; here the grants
are made, `granting` stores them. A person gets a slot first and grants after it: a slot without grants
opens a case file in which nothing may be done.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

import attrs

from app.casefile.access import add_person_slot, new_person, remove_person_slots
from app.casefile.grants import Granter
from app.crypto.keys import PersonKeys
from app.crypto.passphrase import check_strength
from app.domain.case_file import CaseFileFacts
from app.domain.errors import Code, KnownError
from app.domain.ids import DeskId, OriginId
from app.domain.report import Desk
from app.domain.roles import OPENERS, Action, Role
from app.domain.rows import DeskRow, PersonRow
from app.services import granting
from app.services.context import Context, Saved
from app.services.granting import Made

DESK_ROLES: Final = frozenset({Role.COORDINATOR, Role.OFFICER})
"""Roles that come with the key of the desk."""
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
                PASSPHRASE_IN_USE, HEADER_FULL, ROSTER_REPLACED, REMOVAL_UNFINISHED, NO_SPACE, CANNOT_WRITE;
                NEEDS_SECOND_PERSON: kept, somebody else confirms it (`confirm`).
        """
        self._ctx.require(Action.MANAGE_PEOPLE)
        if self._ctx.keys.renewal_pending:  # they would get a key that has ended
            raise KnownError(Code.REMOVAL_UNFINISHED)
        name, roles = checked_name(self._ctx, command.name), checked_roles(command.roles)
        check_strength(command.passphrase, (name, self._ctx.case_file_name))
        keyring = self._ctx.keys
        newcomer = new_person(keyring.opened(), keyring.roster)
        made = self._grants(newcomer, name, roles)
        keyring.unlocked = add_person_slot(
            keyring.opened(), newcomer, command.passphrase, not_from=(name, self._ctx.case_file_name)
        )
        try:
            return granting.store(self._ctx, newcomer.person, made)
        except KnownError as error:
            if error.code is not Code.NEEDS_SECOND_PERSON:
                keyring.unlocked = remove_person_slots(keyring.opened(), newcomer.person)
            raise

    def confirm(self, proposal: str, *, granted: bool) -> Saved:
        """Say yes or no to grants that wait; a yes signs them as the second person.

        Raises:
            KnownError: NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE, NOT_ALLOWED, NEEDS_DESK_KEY,
                PERSON_NAME_TAKEN.
        """
        return granting.confirm(self._ctx, proposal, granted=granted)

    # parts

    def _grants(self, newcomer: PersonKeys, name: str, roles: frozenset[Role]) -> Made:
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
        entry = [place, alone.main(who, public, unlocked.main)]
        with_desk = attrs.evolve(alone, one_person=one_for_desk)
        desks = [with_desk.desk(who, public, key) for key in ctx.keys.desks] if roles & DESK_ROLES else []
        if officer and not one_for_officer:
            return Made((), (*entry, *desks))
        return Made((*entry, *desks), ()) if one_for_desk or not desks else Made((*entry,), (*desks,))


def checked_roles(untrusted_roles: Iterable[str]) -> frozenset[Role]:
    """At least one role of somebody who can open the case file. Raises KnownError INVALID_FIELD."""
    try:
        roles = frozenset(Role(role) for role in untrusted_roles)
    except ValueError as error:
        raise KnownError(Code.INVALID_FIELD, "roles", field="roles") from error
    if not roles or not roles <= OPENERS:
        raise KnownError(Code.INVALID_FIELD, "roles", field="roles")
    return roles


def checked_name(ctx: Context, untrusted_name: str) -> str:
    """A name for the list of people. Raises KnownError INVALID_FIELD, PERSON_NAME_TAKEN."""
    name = " ".join(unicodedata.normalize("NFC", untrusted_name).split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise KnownError(Code.INVALID_FIELD, "name", field="name")
    if granting.name_taken(ctx, name):
        raise KnownError(Code.PERSON_NAME_TAKEN)
    return name
