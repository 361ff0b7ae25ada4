"""What people signed about the log itself, as far as it counts: doubts that stand, clock repairs by two.

A row says who proposed, settled or confirmed; what counts is who signed the entry of its one version. The log
is read for that only where such a row exists, once, and then entry by entry as it grows.

Source: security.md, *Threats* (old copy put back); consent.md, *Clock*.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.correction import ClockRepair, ClockRepairStep, LogDoubt, LogDoubtStep
from app.domain.errors import Code, KnownError
from app.domain.fields import noun_of
from app.domain.log import Entry
from app.domain.ports import Reader, Record
from app.domain.restore import Restore
from app.domain.roles import Action, Role, pair_allowed
from app.domain.two_people import REFUSED, DoubtedLog, WrongClock
from app.services.folding import clocks_in, doubts_in

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_RESTORE: Final = noun_of(Restore)
_KINDS: Final = frozenset(map(noun_of, (LogDoubt, LogDoubtStep, ClockRepair, ClockRepairStep)))
_NAMED: Final = 10


@attrs.frozen
class Repair:
    """The clock was wrong from one entry to another; two people signed that in the entry `entry`."""

    id: str
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
    """Reads what was signed about the log. One for a session; what it read it does not read again."""

    def __init__(self) -> None:
        self._read_to = 0
        self._signed_as: Final[dict[int, frozenset[Role]]] = {}
        self._moments: Final[dict[int, datetime]] = {}
        self._versions: Final[dict[str, list[_Version]]] = {}
        self._looked_up: Final[list[int]] = []

    def doubts(self, reader: Reader) -> tuple[LogDoubt, ...]:
        """The doubts that stand: nobody, or nobody who may, has settled them."""
        found = doubts_in(reader)
        if any(one.steps for one in found):
            self._follow(reader)
        return tuple(one.doubt for one in found if not self._settled_in(one))

    def restored_at(self, reader: Reader) -> datetime:
        """When an officer last signed that a backup was restored; long ago if never."""
        found = doubts_in(reader)
        if any(one.steps for one in found):
            self._follow(reader)
        settled = (sequence for one in found for sequence in self._settled_in(one))
        return max((self._moments[sequence] for sequence in settled), default=_NEVER)

    def repairs(self, reader: Reader) -> tuple[Repair, ...]:
        """Where the clock was wrong, as two people signed; in order of their signing."""
        found = [one for one in clocks_in(reader) if one.confirmed]
        if not found:
            return ()
        self._follow(reader)
        made = (self._repair(one) for one in found)
        return tuple(sorted((one for one in made if one is not None), key=lambda one: one.entry))

    def proposed(self, reader: Reader, repair: ClockRepair) -> bool:
        """Whether this stands as the person it names signed it."""
        self._follow(reader)
        return self._once(repair, repair.proposed_by, Act.CLOCK_PROPOSED) is not None

    def check(self, reader: Reader) -> None:
        """Compare all of it with the log, before something is decided that leaves the house.

        Raises:
            KnownError: ROW_NOT_IN_LOG with the ids of what was changed or names somebody who did not sign it.
        """
        clocks, doubted = clocks_in(reader), doubts_in(reader)
        if not clocks and not doubted:
            return
        self._follow(reader)
        reader.check_rows(ClockRepair, (one.repair.id for one in clocks))
        reader.check_rows(ClockRepairStep, (step.id for one in clocks for step in one.steps))
        reader.check_rows(LogDoubt, (one.doubt.id for one in doubted))
        reader.check_rows(LogDoubtStep, (step.id for one in doubted for step in one.steps))
        wrong = [
            record.id
            for record, by, act in _written_once(clocks, doubted)
            if self._once(record, by, act) is None
        ]
        if wrong:
            raise KnownError(Code.ROW_NOT_IN_LOG, *wrong[:_NAMED])

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
                if row.kind == _RESTORE or row.kind in _KINDS:
                    self._signed_as[entry.sequence] = reader.roles_at(entry.person, entry.sequence)
                if row.kind == _RESTORE and row.version == 1 and self._by_officer(entry.sequence):
                    self._looked_up.append(entry.sequence)
                if row.kind in _KINDS:
                    _add(self._versions.setdefault(row.record, []), row.version, entry)
        self._read_to = head

    def _once(self, record: Record, by: str | None, act: Act) -> int | None:
        """The entry this record was written in, if once, by whom it names and as this act."""
        found = self._versions.get(record.id, [])
        if [(one.version, one.person, one.act) for one in found] != [(1, by, act)]:
            return None
        return found[0].sequence

    def _settled_in(self, one: DoubtedLog) -> list[int]:
        """The entries in which somebody who may settled a doubt, after the journal of noes was asked."""
        found = (self._once(step, step.by, Act.BACKUP_RESTORED) for step in one.steps)
        since = min((version.sequence for version in self._versions.get(one.doubt.id, ())), default=0)
        return [
            sequence
            for sequence in found
            if sequence is not None
            and self._by_officer(sequence)
            and any(since < asked < sequence for asked in self._looked_up)
        ]

    def _by_officer(self, sequence: int) -> bool:
        """Whether whoever signed this entry was an officer then."""
        return Role.OFFICER in self._signed_as.get(sequence, ())

    def _repair(self, one: WrongClock) -> Repair | None:
        repair, step = one.repair, one.decided
        if step is None or not one.confirmed:
            return None
        proposed = self._once(repair, repair.proposed_by, Act.CLOCK_PROPOSED)
        confirmed = self._once(step, step.by, Act.CLOCK_REPAIRED)
        if proposed is None or confirmed is None or not proposed < confirmed:
            return None
        pair = self._signed_as[proposed], self._signed_as[confirmed]
        begin, end = repair.first_entry or 0, repair.last_entry or 0
        if not pair_allowed(*pair, Action.CORRECT_CLOCK) or not 1 <= begin <= end < proposed:
            return None
        return Repair(repair.id, begin, end, confirmed, self._moments[confirmed])


def _written_once(
    clocks: list[WrongClock], doubted: list[DoubtedLog]
) -> Iterator[tuple[Record, str | None, Act]]:
    """Everything here with whom it names and the act it is signed as."""
    for clock in clocks:
        yield clock.repair, clock.repair.proposed_by, Act.CLOCK_PROPOSED
        for step in clock.steps:
            yield step, step.by, Act.CLOCK_REFUSED if step.step == REFUSED else Act.CLOCK_REPAIRED
    for one in doubted:
        yield one.doubt, one.doubt.found_by, Act.LOG_DOUBTED
        yield from ((step, step.by, Act.BACKUP_RESTORED) for step in one.steps)


def _add(steps: list[_Version], version: int, entry: Entry) -> None:
    if not steps or steps[-1].version != version:  # an entry may also only mention what is there
        steps.append(_Version(version, entry.sequence, entry.person, entry.act, entry.moment))
