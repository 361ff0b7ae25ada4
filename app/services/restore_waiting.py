"""Prisoners whose decisions wait since a backup was put back: who they are, and the two who settle each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.prisoner import Prisoner, display_name
from app.domain.restore import RestoreStep, Waiting, still
from app.domain.roles import Action, Role, pair_allowed
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.restores import read_restores
from app.services.written_once import roles_when_writing


@attrs.frozen
class WaitingRow:
    """One prisoner who waits.

    Attributes:
        since: when the backup was put back.
        proposed_by: who said that nothing is missing; empty while nobody did.
        may_confirm: whether I may be the second.
    """

    prisoner: str
    name: str
    since: datetime | None
    proposed_by: str = ""
    may_confirm: bool = False


class RestoreWaiting:
    """Use cases of waiting prisoners.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def rows(self) -> tuple[WaitingRow, ...]:
        """Everybody who waits, by name. Raises KnownError NOT_ALLOWED."""
        self._ctx.require(Action.SETTLE_RESTORE)
        with self._ctx.reading() as reader:
            people = {one.id: one for one in reader.find(Prisoner)}
            waiting = self._standing(reader, people)
            rows = [self._row(reader, people[RecordId(one)], found) for one, found in waiting.items()]
        return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.prisoner)))

    def count(self) -> int:
        """How many wait."""
        with self._ctx.reading() as reader:
            return len(self._standing(reader, (one.id for one in reader.find(Prisoner))))

    def propose(self, prisoners: Collection[str]) -> Saved:
        """Say that nothing is missing about these since the backup; a second person confirms.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, ALREADY_DONE where nobody of them waits for that.
        """
        return self._take(prisoners, "proposed", Act.RESTORE_PROPOSED)

    def confirm(self, prisoners: Collection[str]) -> Saved:
        """Confirm it as the second person: what was agreed before the backup counts again.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, SAME_PERSON_TWICE, NEEDS_SECOND_PERSON where we may not
                together, ALREADY_DONE.
        """
        return self._take(prisoners, "confirmed", Act.RESTORE_CONFIRMED)

    def keep(self, prisoners: Collection[str]) -> Saved:
        """Do not confirm it: they wait on. Raises KnownError as `propose`."""
        return self._take(prisoners, "kept", Act.RESTORE_KEPT)

    def _take(self, prisoners: Collection[str], step: str, act: Act) -> Saved:
        self._ctx.require(Action.SETTLE_RESTORE)
        if not self._ctx.keys.desks:
            raise KnownError(Code.NEEDS_DESK_KEY)
        with self._ctx.writing() as work:
            waiting = self._standing(work, prisoners)
            now = self._ctx.moment(work)
            about = [one for found in waiting.values() for one in found if _open_to(one, step)]
            if not about:
                raise KnownError(Code.ALREADY_DONE)
            if step == "confirmed":
                self._check_pairs(work, about)
            for one in about:
                work.add(
                    RestoreStep(
                        RecordId(new_id()),
                        restore=one.restore.id,
                        prisoner=one.prisoner,
                        step=step,
                        by=self._ctx.me,
                        at=now,
                    )
                )
            concerned = sorted({one.prisoner for one in about})
            if step == "confirmed":
                renew_clearances(self._ctx, work, concerned)
            committed = work.commit(act)
        return self._ctx.finish(committed, concerned[0], act, prisoners=concerned)

    def _check_pairs(self, work: UnitOfWork, about: Iterable[Waiting]) -> None:
        for one in about:
            if one.proposed is not None and one.proposed.by == self._ctx.me:
                raise KnownError(Code.SAME_PERSON_TWICE)
            if not pair_allowed(_proposed_as(work, one), self._ctx.roles, Action.SETTLE_RESTORE):
                raise KnownError(Code.NEEDS_SECOND_PERSON)
            work.check_rows(RestoreStep, [one.proposed.id] if one.proposed is not None else [])

    def _standing(self, reader: Reader, prisoners: Iterable[str]) -> dict[str, tuple[Waiting, ...]]:
        wanted = tuple(prisoners)
        records = read_restores(reader, wanted)
        found = {one: still(records.of(one)) for one in wanted} if records.restores else {}
        return {one: waiting for one, waiting in found.items() if waiting}

    def _row(self, reader: Reader, prisoner: Prisoner, waiting: tuple[Waiting, ...]) -> WaitingRow:
        first = waiting[0]
        by = first.proposed.by if first.proposed is not None else None
        roles = _proposed_as(reader, first)
        pair = by not in (None, self._ctx.me) and pair_allowed(roles, self._ctx.roles, Action.SETTLE_RESTORE)
        return WaitingRow(
            prisoner.id, display_name(prisoner), first.restore.made_at, self._ctx.name_of(by), pair
        )


def _proposed_as(reader: Reader, one: Waiting) -> frozenset[Role]:
    """What whoever proposed to settle it was then; nothing where nobody did."""
    if one.proposed is None:
        return frozenset()
    return roles_when_writing(reader, one.proposed.id, one.proposed.by)


def _open_to(one: Waiting, step: str) -> bool:
    """Whether this step may be taken now: said once, then confirmed or kept."""
    return (one.proposed is None) == (step == "proposed")
