"""The recovery kit of an open case file: made, handed out, thrown away, tried; and what is seen of it.

A kit opens the keys of the officer who makes it. It is written down before the header lets anybody in with
it, and so is its use: whoever comes in that way is told to everybody. The words exist in `NewKit` and
nowhere else; getting in with them is `app.recovering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from app.casefile.recovery import add_kit_slot, end_kits, opened_by_kit
from app.casefile.roster import desk_keys
from app.crypto.check_words import kit_words
from app.crypto.shares import Share, join, split
from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.recovery import (
    RecoveryDrill,
    RecoveryKit,
    RecoveryState,
    RecoveryUse,
    Standing,
    state_of,
)
from app.domain.relative import Relative
from app.domain.report import Desk
from app.domain.roles import Action, Role, permission
from app.services.context import Context, Saved


@attrs.frozen
class NewKit:
    """A kit just made; the only place its words stand.

    Attributes:
        id: of its record, for `keep` and `drop`.
        number: of the kit.
        check_words: three words that stand for the kit.
        shares: five times twenty words.
    """

    id: str
    number: int
    check_words: str
    shares: tuple[tuple[str, ...], ...] = attrs.field(repr=False)
    changes: Changes


@attrs.frozen
class Opened:
    """What three shares opened.

    Attributes:
        kit: number of the kit.
        person: as whom they let somebody in.
        prisoners, relatives: how many could be read; None without a key that opens families.
        desks, of_desks: how many desks' families they open, and how many this session does.
    """

    kit: int
    person: str
    prisoners: int
    relatives: int | None
    desks: int
    of_desks: int


class Recovery:
    """Use cases of the recovery kit.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def state(self) -> RecoveryState:
        """Whether there is a kit, whether it was tried, whether somebody came in. Raises NOT_ALLOWED."""
        self._ctx.require(Action.RECOVERY_KIT)
        with self._ctx.reading() as reader:
            return self._state(reader)

    def check_words(self) -> str:
        """The three words of the kit that works, "" without one. Raises KnownError NOT_ALLOWED."""
        kit = self.state().kit
        return "" if kit is None else kit_words(self._ctx.case_file, kit.id)

    def make(self) -> NewKit:
        """Make a kit of mine; until it is kept (`keep`), an older one works as well.

        Raises:
            KnownError: NOT_ALLOWED, LOG_DOUBTED, ROSTER_REPLACED, HEADER_FULL, HEADER_DAMAGED, NO_SPACE,
                CANNOT_WRITE.
        """
        ctx = self._ctx
        ctx.require(Action.RECOVERY_KIT)
        ctx.keys.roster.check()
        with ctx.writing() as work:
            state = self._state(work)
            numbers = [one.number or 0 for one in work.find(RecoveryKit)]
            number = max([0, *numbers, *self._opening()]) + 1
            kit = RecoveryKit(RecordId(new_id()), number=number, by=ctx.me, made_at=ctx.moment(work))
            work.add(kit)
            committed = work.commit(Act.RECOVERY_MADE)
        saved = ctx.finish(committed, kit.id, Act.RECOVERY_MADE, prisoners=())
        secret, shares = split(ctx.case_file, number)
        if state.begun is not None:  # its sheets were never handed out: nobody waits for it
            ctx.keys.unlocked = end_kits(ctx.keys.opened(), but=_number(state.kit))
        ctx.keys.unlocked = add_kit_slot(ctx.keys.opened(), secret, number)
        return NewKit(kit.id, number, kit_words(ctx.case_file, kit.id), shares, saved.changes)

    def keep(self, kit: str) -> Saved:
        """Say that its sheets are handed out: from here on no older kit opens the case file.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, ALREADY_DONE, LOG_DOUBTED, HEADER_DAMAGED, NO_SPACE,
                CANNOT_WRITE.
        """
        ctx = self._ctx
        ctx.require(Action.RECOVERY_KIT)
        with ctx.writing() as work:
            found = self._begun(work, kit)
            # First the older kit ends: after a cut this one works, and is asked about once more.
            ctx.keys.unlocked = end_kits(ctx.keys.opened(), but=found.number)
            work.save(attrs.evolve(found, kept_at=ctx.moment(work)), found.version)
            committed = work.commit(Act.RECOVERY_KEPT)
        ctx.keys.keep_slots(ctx.keys.opened())
        return ctx.finish(committed, kit, Act.RECOVERY_KEPT, prisoners=())

    def drop(self, kit: str) -> Saved:
        """Throw a kit away whose sheets were not handed out; an older one works on.

        Raises:
            KnownError: as `keep`.
        """
        ctx = self._ctx
        ctx.require(Action.RECOVERY_KIT)
        with ctx.writing() as work:
            found = self._begun(work, kit)
            ctx.keys.unlocked = end_kits(ctx.keys.opened(), but=_number(self._state(work).kit))
            work.save(attrs.evolve(found, dropped_at=ctx.moment(work)), found.version)
            committed = work.commit(Act.RECOVERY_DROPPED)
        ctx.keys.keep_slots(ctx.keys.opened())
        return ctx.finish(committed, kit, Act.RECOVERY_DROPPED, prisoners=())

    def drill(self, shares: Sequence[Share]) -> Opened:
        """See that three sheets open this case file; writes that it was tried, and nothing else.

        Raises:
            KnownError: NOT_ALLOWED, LOG_DOUBTED, what `join` raises, RECOVERY_KIT_ENDED,
                RECOVERY_PERSON_LEFT, HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
        """
        ctx = self._ctx
        ctx.require(Action.RECOVERY_KIT)
        seen = opened_by_kit(ctx.keys.opened(), join(shares, ctx.case_file))
        number = seen.vouched.kits.get(seen.slot.slot.hex(), 0)
        self._check_person(seen.keys.person)
        theirs = {(key.desk, key.epoch, key.raw) for key in desk_keys(ctx.keys.roster, seen.keys)}
        ours = {(key.desk, key.epoch, key.raw) for key in ctx.keys.desks}
        less = {desk for desk, _epoch, _raw in ours - theirs}
        desks = {desk for desk, _epoch, _raw in ours}
        with ctx.writing() as work:
            prisoners, relatives = read_something(work)
            row = RecoveryDrill(RecordId(new_id()), kit=number, by=ctx.me, at=ctx.moment(work))
            work.add(row)
            committed = work.commit(Act.RECOVERY_TRIED)
        ctx.finish(committed, row.id, Act.RECOVERY_TRIED, prisoners=())
        name = ctx.name_of(seen.keys.person)
        return Opened(number, name, prisoners, relatives, len(desks - less), len(desks))

    # coming in with a kit; `app.recovering` calls these in this order

    def look(self, kit: int) -> Opened:
        """Open real records with what three shares gave, before anything is written.

        Raises:
            KnownError: RECOVERY_PERSON_LEFT, ROSTER_REPLACED, ROW_NOT_IN_LOG, RECORD_DAMAGED.
        """
        ctx = self._ctx
        ctx.keys.roster.check()
        self._check_person(ctx.me)
        ctx.store.open_registers(lambda *_step: None)
        with ctx.reading() as reader:
            prisoners, relatives = read_something(reader)
        desks = len({key.desk for key in ctx.keys.desks})
        return Opened(kit, ctx.name_of(ctx.me), prisoners, relatives, desks, desks)

    def note_use(self, kit: int) -> None:
        """Write down that somebody came in; also in an older copy, where nothing else may be written."""
        ctx = self._ctx
        with ctx.writing(about_the_copy=True) as work:
            row = RecoveryUse(RecordId(new_id()), kit=kit, by=ctx.me, at=ctx.moment(work))
            work.add(row)
            committed = work.commit(Act.RECOVERY_USED)
        ctx.finish(committed, row.id, Act.RECOVERY_USED, prisoners=())

    # parts

    def _state(self, reader: Reader) -> RecoveryState:
        ctx = self._ctx
        people = ctx.keys.roster.people.values()
        officers = {one.id for one in people if permission(one.roles, Action.RECOVERY_KIT).allowed}
        return state_of(
            self._opening(),
            reader.in_order(reader.find(RecoveryKit)),
            reader.in_order(reader.find(RecoveryDrill)),
            reader.in_order(reader.find(RecoveryUse)),
            officers,
            ctx.now(),
        )

    def _opening(self) -> frozenset[int]:
        return frozenset(self._ctx.keys.opened().vouched.kits.values())

    def _begun(self, reader: Reader, kit: str) -> RecoveryKit:
        found = reader.get(RecoveryKit, kit)
        if found.kept_at is not None or found.number not in self._opening():
            raise KnownError(Code.ALREADY_DONE)
        return found

    def _check_person(self, person: str) -> None:
        if Role.OFFICER not in self._ctx.roles_of(person):
            raise KnownError(Code.RECOVERY_PERSON_LEFT)


def read_something(reader: Reader) -> tuple[int, int | None]:
    """Open a real record of every sort this key opens and compare it with the log; how many there are.

    Raises:
        KnownError: ROW_NOT_IN_LOG, RECORD_DAMAGED.
    """
    desks = reader.find(Desk)  # there is always one
    reader.check_rows(Desk, [one.id for one in desks[:1]])
    prisoners = reader.find(Prisoner)
    reader.check_rows(Prisoner, [one.id for one in prisoners[:1]])
    if not reader.has_desk_key:
        return len(prisoners), None
    relatives = reader.find(Relative)
    reader.check_rows(Relative, [one.id for one in relatives[:1]])
    return len(prisoners), len(relatives)


def _number(kit: RecoveryKit | None) -> int | None:
    return None if kit is None else kit.number


__all__ = ["NewKit", "Opened", "Recovery", "Standing", "read_something"]
