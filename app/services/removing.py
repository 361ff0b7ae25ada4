"""Taking a person out of the case file: what that means, and the doing of it.

In this order, each step safe by itself: a backup; one entry with their place on the list ended, a new key of
the database for everybody who stays, and new keys of the desks they worked for; their ways in leave the
header. What is left, the database itself under the new key, is done where no session is in its way: at the
next opening (`app.bootstrap.opened_again`, `app.casefile.renewal`).

What is closed stays under the key of its day. Whoever left could read all of it on the day they left, and may
have kept it; what is written from now on they cannot.

Source: security.md, *Keys* and *Operations that must survive a cut* (revoke).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Final

import attrs

from app.casefile.access import remove_person_slots
from app.casefile.grants import Granter, SignedGrant
from app.casefile.roster import DESK_ROLES, Person, Roster
from app.crypto.keys import DeskKey, MainKey
from app.domain.acts import Act
from app.domain.case_file import CaseFileFacts
from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.ids import DeskId, OriginId, PersonId
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress, part_of
from app.domain.proposal import Proposal
from app.domain.report import Desk
from app.domain.roles import OPENERS, Action, Role
from app.i18n import _
from app.services import granting, widening
from app.services.backups import Backups
from app.services.context import Context, Saved

_STEPS: Final = 2


@attrs.frozen
class Leaving:
    """What taking somebody out would mean.

    Attributes:
        person: id.
        name: as the list of people shows it.
        roles: words of `Role`.
        desks: names of the desks that get a new key.
        kits: how many recovery kits of theirs end.
        cases: how many prisoners they are the owner of.
        proposals: how many things they proposed still wait for a second person.
        newcomers: how many people wait for a second person and have to be added anew.
        staying: names of everybody who stays.
    """

    person: str
    name: str
    roles: tuple[str, ...]
    desks: tuple[str, ...]
    kits: int
    cases: int
    proposals: int
    newcomers: int
    staying: tuple[str, ...]


@attrs.frozen
class Removed:
    """What came of it.

    Attributes:
        leaving: as it was before.
        changes: for screens.
    """

    leaving: Leaving
    changes: Changes


class Removing:
    """Use cases of somebody's leave.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    @property
    def unfinished(self) -> bool:
        """Whether the database still lies under the key of somebody who was taken out."""
        return self._ctx.keys.renewal_pending

    def look(self, person: str) -> Leaving:
        """What it would mean.

        Raises:
            KnownError: NOT_ALLOWED; NOT_FOUND nobody who can open the case file; REMOVE_ONESELF;
                REMOVE_LAST_KEY nobody here would open the families of one of their desks; REMOVE_NOBODY_LEFT
                no two people would be left who can let anybody else in.
        """
        found = self._checked(person)
        with self._ctx.reading() as reader:
            return self._leaving(reader, found)

    def removing(self, person: str, progress: Progress = no_progress) -> Generator[None, None, Removed]:
        """Take somebody out, in slices. From the entry on they have no part in anything.

        Args:
            person: who.
            progress: may cancel until the entry is written.

        Raises:
            KnownError: as `look`; LOG_DOUBTED, ROSTER_REPLACED, CONFLICT the list of people changed
                meanwhile, NO_SPACE, CANNOT_WRITE. In every case they take part as before.
        """
        ctx, found = self._ctx, self._checked(person)
        with ctx.reading() as reader:
            ctx.refuse_doubted(reader)
            leaving = self._leaving(reader, found)
        progress(0, _STEPS, _("Making a backup"))
        yield
        changes = Backups(ctx).before(part_of(progress, 0, 1, _STEPS))
        progress(1, _STEPS, _("Making new keys for everybody who stays"))
        yield
        with ctx.writing() as work:
            grants = self._grants(work, self._checked(person))
            granting.add_grants(ctx, work, grants)
            committed = work.commit(Act.PERSON_REMOVED)
        saved = ctx.finish(committed, person, Act.PERSON_REMOVED)
        try:
            granting.follow_roster(ctx, grants)
            ctx.keys.unlocked = remove_person_slots(ctx.keys.opened(), PersonId(person))
        except KnownError as error:
            # The entry stands: they have no part any more, and their ways in end at the next opening.
            if error.code not in (Code.NO_SPACE, Code.CANNOT_WRITE):
                raise
        return Removed(leaving, changes | saved.changes)

    def hand_over(self, person: str, to: str) -> Saved:
        """Give every case of somebody who left, or holds no desk's key any more, to somebody who is here.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND `to` cannot open the case file, NOTHING_CHANGED there is no
                case, NEEDS_DESK_KEY, LOG_DOUBTED.
        """
        ctx = self._ctx
        ctx.require(Action.MANAGE_PEOPLE)
        if not ctx.knows(to) or ctx.roles_of(person) & DESK_ROLES:
            raise KnownError(Code.NOT_FOUND, to)
        with ctx.writing() as work:
            cases = cases_of(work, person)
            if not cases:
                raise KnownError(Code.NOTHING_CHANGED)
            for one in cases:
                work.save(attrs.evolve(one, owner=to), one.version)
            committed = work.commit(Act.PRISONER_CHANGED)
        return ctx.finish(committed, cases[0].id, Act.PRISONER_CHANGED, undo=True, prisoners=())

    # parts

    def _checked(self, person: str) -> Person:
        ctx = self._ctx
        ctx.require(Action.MANAGE_PEOPLE)
        ctx.keys.roster.check()
        found = ctx.keys.roster.people.get(PersonId(person))
        if found is None or not found.roles & OPENERS:
            raise KnownError(Code.NOT_FOUND, person)
        if person == ctx.me:
            raise KnownError(Code.REMOVE_ONESELF)
        mine = ctx.keys.roster.people[ctx.me].desks
        if any(mine.get(desk) != ctx.keys.roster.desk_epochs[desk] for desk in found.desks):
            raise KnownError(Code.REMOVE_LAST_KEY)
        if not can_go_on(ctx.keys.roster, found.id):
            raise KnownError(Code.REMOVE_NOBODY_LEFT)
        return found

    def _leaving(self, reader: Reader, found: Person) -> Leaving:
        ctx = self._ctx
        people = ctx.keys.roster.people.values()
        vouched = ctx.keys.opened().vouched
        waiting = [one for one in reader.find(Proposal) if not widening.is_decided(reader, one)]
        return Leaving(
            person=found.id,
            name=found.name,
            roles=tuple(sorted(found.roles)),
            desks=tuple(sorted(desk.name for desk in reader.find(Desk) if DeskId(desk.id) in found.desks)),
            kits=sum(vouched.used.get(slot) == found.id for slot in vouched.kits),
            cases=len(cases_of(reader, found.id)),
            proposals=sum(one.proposed_by == found.id for one in waiting),
            newcomers=len({one.on_id for one in waiting if one.on_noun == granting.PROPOSED}),
            staying=tuple(sorted(one.name for one in staying_but(people, found.id))),
        )

    def _grants(self, reader: Reader, leaver: Person) -> list[SignedGrant]:
        """In the order they have to stand in: the officer's own first, who then knows what they give."""
        ctx, roster = self._ctx, self._ctx.keys.roster
        origin = OriginId(reader.find(CaseFileFacts)[0].origin)
        granter = Granter(ctx.keys.opened().keys, ctx.case_file, origin, ctx.moment(reader))
        staying = sorted(staying_but(roster.people.values(), leaver.id), key=lambda one: one.id != ctx.me)
        grants = [granter.person(leaver.id, leaver.public, leaver.name, ())]
        main = MainKey.generate(roster.main_epoch + 1)
        grants += [granter.main(one.id, one.public, main) for one in staying]
        return [*grants, *renewed_desks(granter, roster, leaver, staying)]


def renewed_desks(
    granter: Granter, roster: Roster, loser: Person, staying: Sequence[Person]
) -> Iterator[SignedGrant]:
    """New keys of the desks somebody worked for, for whoever goes on holding them; who grants comes first."""
    for desk in sorted(loser.desks):
        epoch = roster.desk_epochs[desk]
        key = DeskKey.generate(desk, epoch + 1)
        holders = [one for one in staying if one.desks.get(desk) == epoch]
        yield from (granter.desk(one.id, one.public, key) for one in holders)


def can_go_on(roster: Roster, without: PersonId, *, officer: bool = False, holder: bool = False) -> bool:
    """Whether somebody could still be let in: by the founder, who may do so alone, or by two people.

    Args:
        roster: as it is.
        without: who is left out of it.
        officer, holder: what they go on being.
    """
    staying = staying_but(roster.people.values(), without)
    officers = [one.id for one in staying if Role.OFFICER in one.roles] + [without] * officer
    signers = [one.id for one in staying if Role.OFFICER in one.roles or one.desks]
    signers += [without] * (officer or holder)
    return roster.founder in officers or (bool(officers) and len(signers) > 1)


def staying_but(people: Iterable[Person], leaver: PersonId) -> list[Person]:
    """Everybody else who can open the case file."""
    return [one for one in people if one.roles & OPENERS and one.id != leaver]


def cases_of(reader: Reader, person: str) -> list[Prisoner]:
    """The prisoners somebody is the owner of."""
    return [one for one in reader.find(Prisoner, owner=person) if not one.merged_into]
