"""Backups that were put back, read once per transaction: whose decisions wait, and what two people settled.

A row can name anybody. A step counts here only if whom it names signed it, once, and a confirmation only if
the two may settle it together; what does not count leaves the prisoner waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from app.domain.ports import Reader, Record
from app.domain.restore import Restore, RestoreStep, Waiting, concerns, waiting_after
from app.domain.roles import Action, Role, pair_allowed
from app.services.written_once import roles_when_writing, written_once_by


@attrs.frozen
class RestoreRecords:
    """What the waiting of prisoners is computed from.

    Attributes:
        restores: backups put back, as the journal was read then.
        steps: those that count, by restore and prisoner, in the order of the log.
        came_later: prisoners, by restore, who were added to the file afterwards.
    """

    restores: tuple[Restore, ...] = ()
    steps: Mapping[tuple[str, str], Sequence[RestoreStep]] = attrs.field(factory=dict)
    came_later: Mapping[str, frozenset[str]] = attrs.field(factory=dict)

    def of(self, prisoner: str) -> tuple[Waiting, ...]:
        """Why this prisoner waits or waited."""
        return tuple(
            waiting_after(one, prisoner, self.steps.get((one.id, prisoner), ()))
            for one in self.restores
            if concerns(one, prisoner, prisoner not in self.came_later.get(one.id, frozenset()))
        )

    def check(self, reader: Reader) -> None:
        """Compare with the log. Raises KnownError ROW_NOT_IN_LOG."""
        reader.check_rows(Restore, (one.id for one in self.restores))
        reader.check_rows(RestoreStep, (step.id for found in self.steps.values() for step in found))

    def known(self, was: Callable[[Record], bool]) -> RestoreRecords:
        """The same as it was known once; `was` says what was there then."""
        steps = {key: tuple(step for step in found if was(step)) for key, found in self.steps.items()}
        there = tuple(one for one in self.restores if was(one))
        return RestoreRecords(there, steps, self.came_later)

    def righted(self, made: Callable[[Record], Sequence[datetime]]) -> RestoreRecords:
        """The same with the dates of a wrong clock: what waits has always waited; settled when two said so.

        Args:
            made: moments of repairs signed after a record was written.
        """
        restores = tuple(
            attrs.evolve(one, made_at=None) if _wrong(one.made_at, made(one)) else one
            for one in self.restores
        )
        steps = {
            key: tuple(_righted(step, made(step)) for step in found) for key, found in self.steps.items()
        }
        return RestoreRecords(restores, steps, self.came_later)


def read_restores(reader: Reader, prisoners: Iterable[str]) -> RestoreRecords:
    """Everything about these prisoners; nothing at all where no backup was ever put back."""
    restores = reader.find(Restore)
    if not restores:
        return RestoreRecords()
    wanted = frozenset(prisoners)
    steps: dict[tuple[str, str], list[RestoreStep]] = {}
    for step in reader.in_order(reader.find(RestoreStep)):
        if step.prisoner in wanted and (step.by is not None):
            steps.setdefault((step.restore or "", step.prisoner), []).append(step)
    counting = {key: _counting(reader, found) for key, found in steps.items()}
    return RestoreRecords(
        tuple(restores), counting, {one.id: _later(reader, one, wanted) for one in restores}
    )


def _counting(reader: Reader, steps: list[RestoreStep]) -> tuple[RestoreStep, ...]:
    """One that is being written has no entry yet."""
    found: list[RestoreStep] = []
    proposer: frozenset[Role] = frozenset()
    for step in steps:
        if reader.written(step.id) and not written_once_by(reader, step.id, step.by):
            continue
        if step.step == "proposed":
            proposer = roles_when_writing(reader, step.id, step.by)
        elif step.step == "confirmed":
            second = roles_when_writing(reader, step.id, step.by)
            if not pair_allowed(proposer, second, Action.SETTLE_RESTORE):
                continue
        found.append(step)
    return tuple(found)


def _later(reader: Reader, restore: Restore, prisoners: frozenset[str]) -> frozenset[str]:
    written = reader.written(restore.id)
    if not restore.everybody or not written:
        return frozenset()
    entry = written[0].sequence
    return frozenset(one for one in prisoners if reader.version_at(one, entry) == 0)


def _wrong(at: datetime | None, repairs: Sequence[datetime]) -> bool:
    return at is not None and any(at > repair for repair in repairs)


def _righted(step: RestoreStep, repairs: Sequence[datetime]) -> RestoreStep:
    later = [repair for repair in repairs if step.at is not None and step.at > repair]
    return attrs.evolve(step, at=min(later)) if later else step
