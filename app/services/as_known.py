"""The facts about people as they were known once an earlier entry was written.

Not only what was said by then: also whose status, birth, place and relation were recorded how, which claims
stood in their sources, and which repairs of the log were signed. What came later does not exist in here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypeVar

import attrs

from app.domain.correction import LogDoubt, LogDoubtStep
from app.domain.port_values import RelativeFacts
from app.domain.ports import Reader, Record
from app.domain.replay import replayed
from app.domain.signposts import Signposts, is_signpost
from app.domain.two_people import H, SourceTrust, Stop, stops_after, trusts_after
from app.services.context import Context
from app.services.facts import CaseLedger, raw_ledger, righted
from app.services.pauses import PauseRecords
from app.services.same_person import rooted

T = TypeVar("T", bound=Record)
V = TypeVar("V")


def entry_at(reader: Reader, moment: datetime) -> int:
    """The last entry of this moment or before it; 0 for none.

    Moments of entries do not go back but where a clock was wrong; there the earlier entries are taken.
    """
    low, high = 0, reader.head()[0]
    while low < high:
        middle = (low + high + 1) // 2
        if reader.entry(middle).moment <= moment:
            low = middle
        else:
            high = middle - 1
    return low


class Then:
    """Records as one entry left them.

    Args:
        reader: of one transaction.
        sequence: of the entry.

    Attributes:
        lost: whether something that was asked for cannot be known any more.
    """

    def __init__(self, reader: Reader, sequence: int) -> None:
        self._reader = reader
        self.sequence = sequence
        self.lost = False

    def was(self, record: Record) -> bool:
        """Whether it was there."""
        return self._reader.version_at(record.id, self.sequence) > 0

    def those(self, records: Iterable[T]) -> tuple[T, ...]:
        """Those that were there, as they were."""
        return tuple(self.of(record) for record in records if self.was(record))

    def of(self, record: T) -> T:
        """One that was there, as it was."""
        version = self._reader.version_at(record.id, self.sequence)
        if version >= record.version:
            return record
        found = replayed(record, self._reader.history(record.id), self.sequence, version)
        self.lost = self.lost or found.lost
        return found.record


def ledger_then(ctx: Context, reader: Reader, prisoners: Collection[str], then: Then) -> CaseLedger:
    """Everything decisions about these prisoners stood on; those who were not there are left out.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    now = raw_ledger(ctx, reader, rooted(reader, prisoners))
    people = {
        str(one.id): one for one in then.those([*now.prisoners.values(), *now.signposts.merged.values()])
    }
    signposts = Signposts.of(people.values())
    standing = frozenset(one.id for one in now.doubts)
    found = attrs.evolve(
        now,
        prisoners={key: one for key, one in people.items() if not is_signpost(one)},
        signposts=signposts,
        families=_by_whose(
            (
                _family(one, then)
                for family in now.families.values()
                for one in family
                if then.was(one.relative)
            ),
            lambda one: one.relative.prisoner,
            people,
        ),
        claims=_by_whose(
            then.those(claim for found in now.claims.values() for claim in found),
            lambda one: one.prisoner,
            people,
        ),
        holds=_stops(now.holds, then),
        trusts=_trusts(now.trusts, then),
        doubts=_doubts(reader, then, standing),
        pauses=PauseRecords(
            then.those(now.pauses.attention),
            then.those(now.pauses.reviews),
            then.those(now.pauses.confirmations),
            now.pauses.not_theirs,
        ),
        restores=now.restores.known(then.was),
    )
    repairs = [one for one in ctx.righting.repairs(reader) if one.entry <= then.sequence]
    return righted(found, reader, repairs) if repairs else found


def _by_whose(
    found: Iterable[V], whose: Callable[[V], str | None], people: Collection[str]
) -> dict[str, list[V]]:
    """Whose they were then: merging records moves what is about a person."""
    by: dict[str, list[V]] = {}
    for one in found:
        if whose(one) in people:
            by.setdefault(whose(one) or "", []).append(one)
    return by


def _family(one: RelativeFacts, then: Then) -> RelativeFacts:
    return attrs.evolve(
        one,
        relative=then.of(one.relative),
        conversations=then.those(one.conversations),
        countersigns=then.those(one.countersigns),
        holds=_stops(one.holds, then),
    )


def _stops(stops: Iterable[Stop[H]], then: Then) -> tuple[Stop[H], ...]:
    """Steps are written once, so what became of a stop is folded again from those that were there."""
    return tuple(
        stops_after([stop.hold], [step for step in stop.steps if then.was(step)], stop.not_theirs)[0]
        for stop in stops
        if then.was(stop.hold)
    )


def _trusts(trusts: Iterable[SourceTrust], then: Then) -> tuple[SourceTrust, ...]:
    return tuple(
        trusts_after([one.trust], [step for step in one.steps if then.was(step)], one.not_theirs)[0]
        for one in trusts
        if then.was(one.trust)
    )


def _doubts(reader: Reader, then: Then, standing: Collection[str]) -> tuple[LogDoubt, ...]:
    """A doubt that was settled later stood then."""
    settled = {step.log_doubt for step in reader.find(LogDoubtStep) if then.was(step)}
    found = [one for one in reader.find(LogDoubt) if then.was(one)]
    return tuple(one for one in found if one.id in standing or one.id not in settled)
