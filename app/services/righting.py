"""What people signed about the log itself, as far as it counts: doubts that stand, clock repairs by two.

A row says who settled or confirmed; what counts is who signed the entries of its versions. The log is read
for that only where such a row exists, once, and then entry by entry as it grows.

Source: security.md, *Threats* (old copy put back); consent.md, *Clock*.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.correction import ClockRepair, LogDoubt
from app.domain.fields import noun_of
from app.domain.hold import Hold
from app.domain.log import Entry
from app.domain.ports import Reader, Record
from app.domain.roles import Action, Role, pair_allowed
from app.domain.two_people import Stop

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_TWICE: Final = 2
_KINDS: Final = frozenset({noun_of(LogDoubt), noun_of(ClockRepair)})

RolesEver = Callable[[str], frozenset[Role]]
"""The roles somebody ever had."""


@attrs.frozen
class Repair:
    """The clock was wrong from one entry to another; two people signed that in the entry `entry`."""

    first: int
    last: int
    entry: int
    moment: datetime

    def covers(self, sequence: int) -> bool:
        """Whether the clock was wrong at this entry."""
        return self.first <= sequence <= self.last


@attrs.frozen
class _Version:
    version: int
    sequence: int
    person: str
    act: str
    moment: datetime


class Righting:
    """Reads what was signed about the log. One for a session; what it read it does not read again.

    Args:
        roles_ever: see `RolesEver`.
    """

    def __init__(self, roles_ever: RolesEver) -> None:
        self._roles: Final = roles_ever
        self._read_to = 0
        self._moments: Final[dict[int, datetime]] = {}
        self._versions: Final[dict[str, list[_Version]]] = {}

    def doubts(self, reader: Reader) -> tuple[LogDoubt, ...]:
        """The doubts that stand: nobody, or nobody who may, has settled them."""
        found = reader.find(LogDoubt)
        if not any(one.settled_at for one in found):
            return tuple(found)
        self._follow(reader)
        return tuple(one for one in found if not self._settled(one))

    def restored_at(self, reader: Reader) -> datetime:
        """When an officer last signed that a backup was restored; long ago if never."""
        settled = [one for one in reader.find(LogDoubt) if one.settled_at]
        if settled:
            self._follow(reader)
        moments = (self._moments[self._last(one).sequence] for one in settled if self._settled(one))
        return max(moments, default=_NEVER)

    def repairs(self, reader: Reader) -> tuple[Repair, ...]:
        """Where the clock was wrong, as two people signed; in order of their signing."""
        found = [one for one in reader.find(ClockRepair) if one.confirmed_at]
        if not found:
            return ()
        self._follow(reader)
        made = (self._repair(one) for one in found)
        return tuple(sorted((one for one in made if one is not None), key=lambda one: one.entry))

    def latest_moment(self, reader: Reader) -> datetime:
        """The latest moment of an entry, those apart whose clock two people called wrong."""
        repairs = self.repairs(reader)
        if not repairs:
            return reader.latest_moment()
        right = (
            moment
            for sequence, moment in self._moments.items()
            if not any(repair.covers(sequence) for repair in repairs)
        )
        return max(right, default=_NEVER)

    def went_back(self, reader: Reader) -> frozenset[int]:
        """Entries whose clock went back and that no repair explains."""
        repairs = self.repairs(reader)
        self._follow(reader)
        newest, found = _NEVER, set[int]()
        for sequence, moment in sorted(self._moments.items()):
            if any(repair.covers(sequence) for repair in repairs):
                continue
            if moment < newest:
                found.add(sequence)
            newest = max(newest, moment)
        return frozenset(found)

    # reading

    def _follow(self, reader: Reader) -> None:
        head = reader.head()[0]
        if head <= self._read_to:
            return
        for entry in reader.entries(self._read_to + 1, head):
            self._moments[entry.sequence] = entry.moment
            for row in entry.rows:
                if row.kind in _KINDS:
                    _add(self._versions.setdefault(row.record, []), row.version, entry)
        self._read_to = head

    def _steps(self, record: str) -> list[_Version]:
        return self._versions.get(record, [])

    def _last(self, record: Record) -> _Version:
        return self._steps(record.id)[-1]

    def _settled(self, doubt: LogDoubt) -> bool:
        steps = self._steps(doubt.id)
        if doubt.settled_at is None or len(steps) != _TWICE:
            return False
        last = steps[-1]
        officer = Role.OFFICER in self._roles(last.person)
        return officer and (last.act, last.person) == (Act.BACKUP_RESTORED, doubt.settled_by)

    def _repair(self, one: ClockRepair) -> Repair | None:
        steps = self._steps(one.id)
        wanted = [(one.proposed_by, Act.CLOCK_PROPOSED), (one.confirmed_by, Act.CLOCK_REPAIRED)]
        if [(step.person, step.act) for step in steps] != wanted or one.proposed_by == one.confirmed_by:
            return None
        first, second = (self._roles(step.person) for step in steps)
        if not pair_allowed(first, second, Action.CORRECT_CLOCK) or one.refused:
            return None
        begin, end = one.first_entry or 0, one.last_entry or 0
        if not 1 <= begin <= end < steps[0].sequence:
            return None
        return Repair(begin, end, steps[-1].sequence, steps[-1].moment)


def _add(steps: list[_Version], version: int, entry: Entry) -> None:
    if not steps or steps[-1].version != version:  # an entry may also only mention what is there
        steps.append(_Version(version, entry.sequence, entry.person, entry.act, entry.moment))


def as_stop(doubt: LogDoubt) -> Stop[Hold]:
    """A doubt as what it does: a stop on the whole case file."""
    return Stop(Hold(doubt.id, on_noun="case_file", placed_by=doubt.found_by))
