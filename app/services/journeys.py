"""Before a journey and home again: somebody's way in is taken off, and given back by an officer.

First the entry, with what lay in their slot kept inside; then the header. A cut between the two leaves a way
in that the next opening by another officer takes off. Whoever is away keeps their place, their role and
their cases.

Source: security.md, *Keys*; the issue's *before a journey*.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.casefile.grants import Granter, SignedGrant
from app.casefile.journey import has_way_in, put_back, take_off, ways_in
from app.casefile.roster import Person
from app.crypto.keys import MainKey
from app.domain.acts import Act
from app.domain.backup import Backup
from app.domain.case_file import CaseFileFacts
from app.domain.errors import Code, KnownError
from app.domain.ids import OriginId, PersonId, RecordId, new_id
from app.domain.journey import Journey, JourneyRow
from app.domain.ports import Reader
from app.domain.roles import OPENERS, Action, Role
from app.services import granting
from app.services.context import Context, Saved


@attrs.frozen
class Going:
    """What taking somebody's way in off would mean.

    Attributes:
        me: it is my own: I cannot come back in by myself.
        officers: who can give it back: security officers who open the case file.
        kits: how many recovery kits of theirs still open it.
        backups: how many backups the log tells of; each opens with the passphrase of its day.
    """

    person: str
    name: str
    me: bool
    officers: tuple[str, ...]
    kits: int
    backups: int


class Journeys:
    """Use cases of journeys, for officers.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def rows(self) -> tuple[JourneyRow, ...]:
        """Everybody who is away, who left last first. Raises KnownError NOT_ALLOWED, HEADER_DAMAGED."""
        self._ctx.require(Action.MANAGE_PEOPLE)
        with self._ctx.reading() as reader:
            found = [one for one in reader.in_order(reader.find(Journey)) if one.back_at is None]
        return tuple(
            JourneyRow(one.id, self._ctx.name_of(one.person), one.began_at, not self._is_in(one.person or ""))
            for one in reversed(found)
        )

    def look(self, person: str) -> Going:
        """What it would mean.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, JOURNEY_AWAY, JOURNEY_NOBODY_LEFT.
        """
        ctx, found = self._ctx, self._checked(person)
        said = ctx.keys.opened().vouched
        with ctx.reading() as reader:
            if _away(reader, person) is not None and not self._is_in(person):
                raise KnownError(Code.JOURNEY_AWAY)
            backups = reader.count(Backup)
        return Going(
            person=found.id,
            name=found.name,
            me=found.id == ctx.me,
            officers=tuple(sorted((one.name for one in self._officers_but(found.id)), key=str.casefold)),
            kits=sum(said.used.get(slot) == found.id for slot in said.kits),
            backups=backups,
        )

    def go(self, person: str) -> Saved:
        """Take their way in off; where an earlier try was cut, finish it.

        The next opening by an officer brings the database under a new MAIN: an older header, in a backup or
        in somebody's hands, opens that of today no more. After one's own, lock: this session can do nothing
        more to the header.

        Raises:
            KnownError: as `look`; LOG_DOUBTED, NO_SPACE, CANNOT_WRITE.
        """
        ctx, who = self._ctx, PersonId(self.look(person).person)
        grants: list[SignedGrant] = []
        with ctx.writing() as work:
            begun = _away(work, person)
            if begun is None and not ctx.keys.renewal_pending:
                grants = self._new_main(work)
                granting.add_grants(ctx, work, grants)
            kept = ways_in(ctx.keys.opened(), who)
            if begun is None:
                record = work.add(
                    Journey(
                        RecordId(new_id()),
                        person=who,
                        slots=kept,
                        began_by=ctx.me,
                        began_at=ctx.moment(work),
                    )
                )
            else:
                record = work.save(attrs.evolve(begun, slots=kept, began_at=ctx.moment(work)), begun.version)
            committed = work.commit(Act.PERSON_WENT_AWAY)
        saved = ctx.finish(committed, record.id, Act.PERSON_WENT_AWAY, prisoners=())
        if grants:
            granting.follow_roster(ctx, grants)
        ctx.keys.unlocked = take_off(ctx.keys.opened(), who)
        return saved

    def back(self, journey: str) -> Saved:
        """Give somebody who is home their way in back: their passphrase opens the case file again.

        Where a recovery kit gave them a new one meanwhile, that one stays and the old one has ended.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND they were taken out meanwhile, ALREADY_DONE, HEADER_FULL,
                REMOVAL_UNFINISHED, LOG_DOUBTED, NO_SPACE, CANNOT_WRITE.
        """
        ctx = self._ctx
        ctx.require(Action.MANAGE_PEOPLE)
        ctx.keys.roster.check()
        if ctx.keys.renewal_pending:
            raise KnownError(Code.REMOVAL_UNFINISHED)
        with ctx.reading() as reader:
            reader.check_rows(Journey, [journey])
            found = reader.get(Journey, journey)
        if found.back_at is not None:
            raise KnownError(Code.ALREADY_DONE)
        person = ctx.keys.roster.people.get(PersonId(found.person or ""))
        if person is None or not person.roles & OPENERS:
            raise KnownError(Code.NOT_FOUND, found.person or "")
        if not has_way_in(ctx.keys.opened(), person.id):
            ctx.keys.unlocked = put_back(ctx.keys.opened(), person.id, person.public, found.slots)
        with ctx.writing() as work:
            home = attrs.evolve(found, slots=(), back_by=ctx.me, back_at=ctx.moment(work))
            work.save(home, found.version)
            committed = work.commit(Act.PERSON_CAME_BACK)
        return ctx.finish(committed, journey, Act.PERSON_CAME_BACK, prisoners=())

    # parts

    def _new_main(self, reader: Reader) -> list[SignedGrant]:
        """The next MAIN for everybody, who is away too: it lies behind the one they cannot come to."""
        ctx, roster = self._ctx, self._ctx.keys.roster
        origin = OriginId(reader.find(CaseFileFacts)[0].origin)
        granter = Granter(ctx.keys.opened().keys, ctx.case_file, origin, ctx.moment(reader))
        people = [one for one in roster.people.values() if one.roles & OPENERS]
        main = MainKey.generate(roster.main_epoch + 1)
        ordered = sorted(people, key=lambda one: one.id != ctx.me)  # who grants comes first
        return [granter.main(one.id, one.public, main) for one in ordered]

    def _checked(self, person: str) -> Person:
        ctx = self._ctx
        ctx.require(Action.MANAGE_PEOPLE)
        ctx.keys.roster.check()
        found = ctx.keys.roster.people.get(PersonId(person))
        if found is None or not found.roles & OPENERS:
            raise KnownError(Code.NOT_FOUND, person)
        if not self._officers_but(found.id):
            raise KnownError(Code.JOURNEY_NOBODY_LEFT)
        return found

    def _officers_but(self, person: PersonId) -> list[Person]:
        """Other officers whose passphrase opens this case file today."""
        people = self._ctx.keys.roster.people.values()
        others = [one for one in people if Role.OFFICER in one.roles and one.id != person]
        return [one for one in others if self._is_in(one.id)]

    def _is_in(self, person: str) -> bool:
        return has_way_in(self._ctx.keys.opened(), PersonId(person))


def take_off_left(ctx: Context) -> None:
    """Take off the ways in of others who are away, where that was cut.

    Raises:
        KnownError: HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    if not ctx.may(Action.MANAGE_PEOPLE).allowed:
        return
    with ctx.reading() as reader:
        away = [one for one in reader.find(Journey) if one.back_at is None and one.person != ctx.me]
    said = ctx.keys.opened().vouched
    for one in away:
        kept = {slot[:32] for slot in one.slots}  # a slot begins with its id
        if kept & said.used.keys():
            ctx.keys.unlocked = take_off(ctx.keys.opened(), PersonId(one.person or ""))


def _away(reader: Reader, person: str) -> Journey | None:
    return next((one for one in reader.find(Journey) if one.person == person and one.back_at is None), None)
