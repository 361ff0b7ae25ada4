"""Another role for somebody who is here: what it would mean, and the doing of it.

What is taken away acts at once, by one officer: one entry with the new place on the list of people and, where
the key of a desk goes with it, the next key of every desk they worked for; what they typed and did not save
goes, and the recovery kits of whoever is no officer any more. What is given waits for a second person, with
the keys that belong to it. Widening is known by its effect (`roles.widens`), as everywhere.

What is closed stays under the key of its day, as when somebody is taken out (`removing`).

Source: security.md, *Keys* and *Who may do what*.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Final

import attrs

from app.casefile.grants import Granter, SignedGrant
from app.casefile.recovery import end_kits_of
from app.casefile.roster import DESK_ROLES, Person
from app.domain.acts import Act
from app.domain.case_file import CaseFileFacts
from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.ids import DeskId, OriginId, PersonId
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import Desk
from app.domain.roles import OPENERS, Action, Role, permission, widens
from app.domain.slip import SLIP_HOLDS, Slip, SlipUse
from app.i18n import _
from app.services import granting
from app.services.backups import Backups
from app.services.context import Context
from app.services.folding import waiting_proposals
from app.services.people import checked_roles
from app.services.removing import can_go_on, cases_of, renewed_desks, staying_but

_STEPS: Final = 2


@attrs.frozen
class ChangeRoles:
    """What somebody is to be from now on.

    Attributes:
        person: id.
        roles: words of `Role`, all of them.
    """

    person: str
    roles: tuple[str, ...]


@attrs.frozen
class RoleChange:
    """What it would mean.

    Attributes:
        person: id.
        name: as the list of people shows it.
        before, after: words of `Role`.
        takes_two: it waits until a second person agrees.
        alone: it would, but nobody else holds a desk's key yet.
        given: names of the desks whose key they get.
        lost: names of the desks whose key they lose, and which get a new one.
        kits: how many recovery kits of theirs end.
        cases: how many prisoners they stay the owner of though they hold no desk's key.
        proposals: how many things they proposed wait for a second person.
        slips: how many open slips are for them, or were made by them.
        waits: how many people or roles wait for a second person and have to be proposed anew.
    """

    person: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    takes_two: bool
    alone: bool
    given: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    kits: int = 0
    cases: int = 0
    proposals: int = 0
    slips: int = 0
    waits: int = 0


@attrs.frozen
class Changed:
    """What came of it.

    Attributes:
        change: as it was before.
        changes: for screens.
    """

    change: RoleChange
    changes: Changes


class RoleChanges:
    """Use cases of changed roles.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def look(self, command: ChangeRoles) -> RoleChange:
        """What it would mean.

        Raises:
            KnownError: NOT_ALLOWED; NOT_FOUND nobody who can open the case file; INVALID_FIELD roles;
                NOTHING_CHANGED; ROLES_OWN; ROLES_WAIT something about them waits; ROLES_BOTH_WAYS a key goes
                and something new comes; ROLES_NOBODY_TO_AGREE; REMOVE_LAST_KEY, REMOVE_NOBODY_LEFT as when
                somebody is taken out; ROSTER_REPLACED.
        """
        found, roles = self._checked(command)
        with self._ctx.reading() as reader:
            return self._looked(reader, found, roles)

    def changing(
        self, command: ChangeRoles, progress: Progress = no_progress
    ) -> Generator[None, None, Changed]:
        """Change them, in slices; or keep it for a second person.

        Args:
            command: who, and what they are to be.
            progress: may cancel until the entry is written.

        Raises:
            KnownError: as `look`; LOG_DOUBTED, CONFLICT the list of people changed meanwhile, NO_SPACE,
                CANNOT_WRITE: they are what they were. NEEDS_SECOND_PERSON: kept, somebody else agrees
                (`people.confirm`).
        """
        ctx = self._ctx
        found, roles = self._checked(command)
        with ctx.reading() as reader:
            ctx.refuse_doubted(reader)
            change = self._looked(reader, found, roles)
        if change.takes_two:
            with ctx.reading() as reader:
                grants = self._grants(reader, found, roles, change)
            granting.store(ctx, found.id, granting.Made(later=tuple(grants)))
        changes = Changes({})
        if change.lost:  # as before somebody is taken out: one key cannot take a new epoch back
            progress(0, _STEPS, _("Making a backup"))
            yield
            changes = Backups(ctx).before(part_of(progress, 0, 1, _STEPS))
        progress(1, _STEPS, _("Changing what they do here"))
        yield
        with ctx.writing() as work:
            found, roles = self._checked(command)
            grants = self._grants(work, found, roles, change)
            granting.add_grants(ctx, work, grants)
            if change.lost:
                work.drop_drafts_of(found.id)
            committed = work.commit(Act.PERSON_CHANGED)
        saved = ctx.finish(committed, found.id, Act.PERSON_CHANGED)
        try:
            granting.follow_roster(ctx, grants)
            end_kits_left(ctx)
        except KnownError as error:
            # The entry stands: what is left of it ends at an officer's next opening.
            if error.code not in (Code.NO_SPACE, Code.CANNOT_WRITE):
                raise
        return Changed(change, changes | saved.changes)

    # parts

    def _checked(self, command: ChangeRoles) -> tuple[Person, frozenset[Role]]:
        ctx = self._ctx
        ctx.require(Action.MANAGE_PEOPLE)
        roster = ctx.keys.roster
        roster.check()
        roles = checked_roles(command.roles)
        found = roster.people.get(PersonId(command.person))
        if found is None or not found.roles & OPENERS:
            raise KnownError(Code.NOT_FOUND, command.person)
        if found.id == ctx.me:
            raise KnownError(Code.ROLES_OWN)
        if found.roles == roles:
            raise KnownError(Code.NOTHING_CHANGED)
        mine = roster.people[ctx.me].desks
        gains = bool(roles & DESK_ROLES) and not found.roles & DESK_ROLES
        loses = bool(found.desks) and not roles & DESK_ROLES
        concerned = roster.desk_epochs if gains else found.desks if loses else ()
        if any(mine.get(desk) != roster.desk_epochs[desk] for desk in concerned):
            raise KnownError(Code.REMOVE_LAST_KEY)
        holds = bool(found.desks) and not loses
        if not can_go_on(roster, found.id, officer=Role.OFFICER in roles, holder=holds):
            raise KnownError(Code.REMOVE_NOBODY_LEFT)
        if widens(found.roles, roles):
            self._check_widening(found, loses=loses)
        return found, roles

    def _check_widening(self, found: Person, *, loses: bool) -> None:
        if loses:
            raise KnownError(Code.ROLES_BOTH_WAYS)
        if found.roles & DESK_ROLES and not found.desks:
            raise KnownError(Code.ROLES_WAIT)
        if self._alone(found.id):
            return
        people = self._ctx.keys.roster.people.values()
        others = (one for one in people if one.id not in (found.id, self._ctx.me))
        if not any(Role.OFFICER in one.roles or one.desks for one in others):
            raise KnownError(Code.ROLES_NOBODY_TO_AGREE)

    def _alone(self, person: PersonId) -> bool:
        roster = self._ctx.keys.roster
        return roster.founder == self._ctx.me and roster.one_person_suffices(person, desk_key=False)

    def _looked(self, reader: Reader, found: Person, roles: frozenset[Role]) -> RoleChange:
        ctx = self._ctx
        wider = widens(found.roles, roles)
        about = [one for one in waiting_proposals(reader) if one.on_noun == granting.PROPOSED]
        if wider and any(one.on_id == found.id for one in about):
            raise KnownError(Code.ROLES_WAIT)
        loses = bool(found.desks) and not roles & DESK_ROLES
        gains = bool(roles & DESK_ROLES) and not found.roles & DESK_ROLES
        desks = {DeskId(desk.id): desk.name for desk in reader.find(Desk)}
        alone = wider and self._alone(found.id)
        change = RoleChange(
            person=found.id,
            name=found.name,
            before=tuple(sorted(found.roles)),
            after=tuple(sorted(roles)),
            takes_two=wider and not alone,
            alone=alone,
            given=_names(desks, {key.desk for key in ctx.keys.desks} if gains else ()),
            lost=_names(desks, found.desks if loses else ()),
            kits=_kits(ctx, found.id) if not permission(roles, Action.RECOVERY_KIT).allowed else 0,
            waits=len({one.on_id for one in about if loses or one.on_id == found.id}),
        )
        if not loses:
            return change
        waiting = [one for one in waiting_proposals(reader) if one.proposed_by == found.id]
        return attrs.evolve(
            change,
            cases=len(cases_of(reader, found.id)),
            proposals=len(waiting),
            slips=sum(found.id in (one.recipient, one.made_by) for one in _open_slips(ctx, reader)),
        )

    def _grants(
        self, reader: Reader, found: Person, roles: frozenset[Role], change: RoleChange
    ) -> list[SignedGrant]:
        """In the order they have to stand in: the place, what comes with it, what others get anew."""
        ctx, roster = self._ctx, self._ctx.keys.roster
        origin = OriginId(reader.find(CaseFileFacts)[0].origin)
        granter = Granter(ctx.keys.opened().keys, ctx.case_file, origin, ctx.moment(reader))
        giving = attrs.evolve(granter, one_person=change.alone)
        grants = [giving.person(found.id, found.public, found.name, roles)]
        if change.given:
            grants += [giving.desk(found.id, found.public, key) for key in ctx.keys.desks]
        if change.lost:
            staying = sorted(staying_but(roster.people.values(), found.id), key=lambda one: one.id != ctx.me)
            grants += renewed_desks(granter, roster, found, staying)
        return grants


def end_kits_left(ctx: Context) -> None:
    """End the recovery kits of whoever may not have one any more; also what a cut left over.

    Raises:
        KnownError: HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    if not ctx.may(Action.RECOVERY_KIT).allowed:
        return
    vouched = ctx.keys.opened().vouched
    for person in {vouched.used[slot] for slot in vouched.kits if slot in vouched.used}:
        if not permission(ctx.roles_of(person), Action.RECOVERY_KIT).allowed:
            ctx.keys.unlocked = end_kits_of(ctx.keys.opened(), person)


def _kits(ctx: Context, person: PersonId) -> int:
    vouched = ctx.keys.opened().vouched
    return sum(vouched.used.get(slot) == person for slot in vouched.kits)


def _open_slips(ctx: Context, reader: Reader) -> list[Slip]:
    used = {use.slip for use in reader.find(SlipUse)}
    since = ctx.moment(reader) - SLIP_HOLDS
    return [
        one
        for one in reader.find(Slip)
        if one.id not in used and (one.made_at is None or one.made_at > since)
    ]


def _names(desks: dict[DeskId, str], which: Iterable[DeskId]) -> tuple[str, ...]:
    return tuple(sorted(desks.get(desk, "") for desk in which))
