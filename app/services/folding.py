"""Stops, trust, proposals and what is said of the log, in one transaction, with what became of them."""

from __future__ import annotations

from app.domain.correction import ClockRepair, ClockRepairStep, LogDoubt, LogDoubtStep
from app.domain.hold import Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.ports import Reader
from app.domain.proposal import Proposal, ProposalStep
from app.domain.source import Trust, TrustStep
from app.domain.two_people import (
    DoubtedLog,
    SourceTrust,
    Stop,
    WrongClock,
    clocks_after,
    doubts_after,
    stops_after,
    trusts_after,
    waiting,
)


def stops_in(reader: Reader, **equals: str) -> list[Stop[Hold]]:
    """Stops on open things, lifted ones too."""
    steps = reader.in_order(reader.find(HoldStep))
    return stops_after(reader.find(Hold, **equals), steps, reader.not_theirs(steps))


def relative_stops_in(reader: Reader) -> list[Stop[RelativeHold]]:
    """Stops on relatives, lifted ones too. Raises KnownError NEEDS_DESK_KEY."""
    steps = reader.in_order(reader.find(RelativeHoldStep))
    return stops_after(reader.find(RelativeHold), steps, reader.not_theirs(steps))


def stop_of(
    reader: Reader, cls: type[Hold] | type[RelativeHold], hold: str
) -> Stop[Hold] | Stop[RelativeHold]:
    """One stop. Raises KnownError NOT_FOUND, NEEDS_DESK_KEY."""
    if cls is Hold:
        steps = reader.in_order(reader.find(HoldStep, hold=hold))
        return stops_after([reader.get(Hold, hold)], steps, reader.not_theirs(steps))[0]
    closed = reader.in_order(reader.find(RelativeHoldStep, relative_hold=hold))
    return stops_after([reader.get(RelativeHold, hold)], closed, reader.not_theirs(closed))[0]


def stop_as_written(
    reader: Reader, cls: type[Hold] | type[RelativeHold], hold: str
) -> Stop[Hold] | Stop[RelativeHold]:
    """One stop with its steps, before anybody asked who signed them. Raises as `stop_of`."""
    if cls is Hold:
        return Stop(reader.get(Hold, hold), tuple(reader.in_order(reader.find(HoldStep, hold=hold))))
    closed = reader.in_order(reader.find(RelativeHoldStep, relative_hold=hold))
    return Stop(reader.get(RelativeHold, hold), tuple(closed))


def trusts_in(reader: Reader, **equals: str) -> list[SourceTrust]:
    """Trust in sources, ended too, in the order in which it was proposed."""
    trusts = reader.in_order(reader.find(Trust, **equals))
    steps = reader.in_order(reader.find(TrustStep))
    return trusts_after(trusts, steps, reader.not_theirs([*trusts, *steps]))


def clocks_in(reader: Reader) -> list[WrongClock]:
    """Where the clock was wrong, as proposed, with what a second person said."""
    repairs = reader.find(ClockRepair)
    return clocks_after(repairs, reader.in_order(reader.find(ClockRepairStep))) if repairs else []


def doubts_in(reader: Reader) -> list[DoubtedLog]:
    """Proof lines that do not fit, settled ones too."""
    doubts = reader.find(LogDoubt)
    return doubts_after(doubts, reader.in_order(reader.find(LogDoubtStep))) if doubts else []


def waiting_proposals(reader: Reader) -> list[Proposal]:
    """Proposals nobody decided. Raises KnownError NEEDS_DESK_KEY."""
    return waiting(reader.find(Proposal), reader.find(ProposalStep))
