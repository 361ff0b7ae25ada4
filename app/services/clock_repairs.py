"""Two people sign that the clock was wrong from one entry to another; one of them is an officer.

After that reports go by the entries whose clock was right. What a wrong clock dated never turns into a yes
(`app.domain.righted`); nothing that was recorded is changed.

Source: consent.md, *Clock*.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.correction import ClockRepair, ClockRepairStep
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.roles import Action, Need, pair_allowed
from app.domain.two_people import CONFIRMED, REFUSED, WrongClock, clocks_after
from app.services.context import Context, Saved
from app.services.folding import clocks_in
from app.services.written_once import roles_when_writing


@attrs.frozen
class RepairRow:
    """A repair that waits or was signed.

    Attributes:
        state: `waits`, `signed` or `refused`.
        may_decide: whether I may say yes or no to it now.
    """

    id: str
    first_entry: int
    last_entry: int
    first_moment: datetime | None
    last_moment: datetime | None
    state: str
    proposed_by: str
    proposed_at: datetime | None
    confirmed_by: str
    may_decide: bool


@attrs.frozen
class ProposeRepair:
    """The clock was wrong from this entry to that one."""

    first_entry: int
    last_entry: int


@attrs.frozen
class ClockState:
    """What the clock shows beside what the log knows.

    Attributes:
        behind: whether reports wait because the clock shows less than the log.
        latest: the latest moment the log knows, repaired entries apart.
        jumps: first and last entry of what looks like a wrong clock, to begin with; None for nothing.
        alone: nobody else who takes part may sign together with me.
    """

    now: datetime
    behind: bool
    latest: datetime
    jumps: tuple[int, int] | None
    alone: bool = False


class ClockRepairs:
    """Use cases of the repair.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._ctx: Final = context

    def state(self) -> ClockState:
        """What to offer: whether the clock is behind, and which entries are later than now."""
        with self._ctx.reading() as reader:
            latest, now = self._ctx.righting.latest_moment(reader), self._ctx.now()
            jumps = self._jump(reader, now) if now < latest else None
        return ClockState(now, now < latest, latest, jumps, alone=not self._another())

    def _another(self) -> bool:
        """Whether somebody else who takes part may be the second person."""
        people = self._ctx.keys.roster.people.values()
        return any(
            one.active
            and one.id != self._ctx.me
            and pair_allowed(self._ctx.roles, one.roles, Action.CORRECT_CLOCK)
            for one in people
        )

    def _jump(self, reader: Reader, now: datetime) -> tuple[int, int] | None:
        """The entries dated after this moment that no repair covers yet."""
        repairs = self._ctx.righting.repairs(reader)
        later = [
            entry.sequence
            for entry in reader.entries()
            if entry.moment > now and not any(one.covers(entry.sequence) for one in repairs)
        ]
        return (later[0], later[-1]) if later else None

    def rows(self) -> tuple[RepairRow, ...]:
        """Every repair, the newest first."""
        with self._ctx.reading() as reader:
            head = reader.head()[0]
            signed = {one.id for one in self._ctx.righting.repairs(reader)}
            rows = [self._row(reader, head, one, signed) for one in clocks_in(reader)]
        return tuple(sorted(rows, key=lambda row: str(row.proposed_at), reverse=True))

    def propose(self, command: ProposeRepair) -> Saved:
        """Say that the clock was wrong; it counts once a second person says so too.

        Raises:
            KnownError: NOT_ALLOWED, CLOCK_ENTRIES.
        """
        if self._ctx.may(Action.CORRECT_CLOCK).need is Need.NEVER:
            raise KnownError(Code.NOT_ALLOWED)
        with self._ctx.writing() as work:
            if not 1 <= command.first_entry <= command.last_entry <= work.head()[0]:
                raise KnownError(Code.CLOCK_ENTRIES)
            repair = ClockRepair(
                RecordId(new_id()),
                first_entry=command.first_entry,
                last_entry=command.last_entry,
                proposed_by=self._ctx.me,
                proposed_at=self._ctx.now(),
            )
            work.add(repair)
            committed = work.commit(Act.CLOCK_PROPOSED)
        return self._ctx.finish(committed, repair.id, Act.CLOCK_PROPOSED, prisoners=())

    def decide(self, repair: str, *, granted: bool) -> Saved:
        """Confirm, as the second person, that the clock was wrong; or say that it was not.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE, ROW_NOT_IN_LOG.
        """
        if self._ctx.may(Action.CORRECT_CLOCK).need is Need.NEVER:
            raise KnownError(Code.NOT_ALLOWED)
        with self._ctx.writing() as work:
            found = work.get(ClockRepair, repair)
            steps = work.in_order(work.find(ClockRepairStep, clock_repair=repair))
            if clocks_after([found], steps)[0].decided is not None:
                raise KnownError(Code.ALREADY_DONE)
            if granted:
                self._check_pair(work, found)
            work.check_rows(ClockRepair, [repair])
            if not self._ctx.righting.proposed(work, found):
                raise KnownError(Code.ROW_NOT_IN_LOG, repair)
            step = CONFIRMED if granted else REFUSED
            work.add(
                ClockRepairStep(
                    RecordId(new_id()), clock_repair=repair, step=step, by=self._ctx.me, at=self._ctx.now()
                )
            )
            act = Act.CLOCK_REPAIRED if granted else Act.CLOCK_REFUSED
            committed = work.commit(act)
        return self._ctx.finish(committed, repair, act)

    def _check_pair(self, reader: Reader, found: ClockRepair) -> None:
        if found.proposed_by == self._ctx.me:
            raise KnownError(Code.SAME_PERSON_TWICE)
        first = roles_when_writing(reader, found.id, found.proposed_by)
        if not pair_allowed(first, self._ctx.roles, Action.CORRECT_CLOCK):
            raise KnownError(Code.NOT_ALLOWED)

    def _row(self, reader: Reader, head: int, clock: WrongClock, signed: set[str]) -> RepairRow:
        one = clock.repair
        first, last = one.first_entry or 0, one.last_entry or 0
        known = 1 <= first <= last <= head
        decided = clock.decided
        mine = one.proposed_by == self._ctx.me
        first_half = roles_when_writing(reader, one.id, one.proposed_by)
        allowed = pair_allowed(first_half, self._ctx.roles, Action.CORRECT_CLOCK)
        return RepairRow(
            id=one.id,
            first_entry=first,
            last_entry=last,
            first_moment=reader.entry(first).moment if known else None,
            last_moment=reader.entry(last).moment if known else None,
            state="signed" if one.id in signed else "refused" if decided else "waits",
            proposed_by=self._ctx.name_of(one.proposed_by),
            proposed_at=one.proposed_at,
            confirmed_by=self._ctx.name_of(decided.by if decided else None),
            may_decide=decided is None and not mine and allowed,
        )
