"""What became of a stop, of trust, of a proposal: folded from steps that are written once. Pure.

Nothing two people decide is ever changed: a stop, the trust in a source, a wrong clock and a proposed change
stand as they were written, and each step about them is a record of its own that says who took it. Who signed
a step is checked elsewhere (`Reader.not_theirs`, `app.services.vouched`, `app.services.righting`); here only
the order of the log and two different people count, and what nobody signed as it says only ever narrows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final, Generic, Protocol, TypeVar

import attrs

from app.domain.conversation import Answer, Countersign
from app.domain.correction import ClockRepair, ClockRepairStep, LogDoubt, LogDoubtStep
from app.domain.hold import Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.proposal import Proposal, ProposalStep
from app.domain.review import Review, ReviewConfirmation
from app.domain.roles import Action
from app.domain.source import Trust, TrustStep

PROPOSED: Final = "proposed"
GRANTED: Final = "granted"
KEPT: Final = "kept"
CONFIRMED: Final = "confirmed"
ENDED: Final = "ended"
REFUSED: Final = "refused"

BYPASSED: Final = "bypassed"

AnyStep = HoldStep | RelativeHoldStep
Half = AnyStep | TrustStep | Trust | Countersign | Review | ReviewConfirmation
"""Half of a decision, a record of its own that names who took it."""
H = TypeVar("H", Hold, RelativeHold)


class _Step(Protocol):
    @property
    def about(self) -> str | None: ...


S = TypeVar("S", bound=_Step)


@attrs.frozen
class Stop(Generic[H]):
    """A stop and what became of it.

    Attributes:
        hold: as it was placed.
        steps: all of them, in the order of the log.
        asked: somebody proposes to lift it; the proposal that was granted, once it is lifted.
        granted: the second person's yes; nothing while it acts.
        not_theirs: ids of steps that name somebody who did not sign them; they lift nothing.
    """

    hold: H
    steps: tuple[AnyStep, ...] = ()
    asked: AnyStep | None = None
    granted: AnyStep | None = None
    not_theirs: frozenset[str] = frozenset()

    @property
    def active(self) -> bool:
        """Whether it stops."""
        return self.granted is None

    @property
    def lifted_at(self) -> datetime | None:
        """When two people had lifted it."""
        return self.granted.at if self.granted is not None else None


@attrs.frozen
class SourceTrust:
    """The trust of two people in a source and what became of it.

    Attributes:
        trust: as it was proposed.
        steps: all of them, in the order of the log.
        not_theirs: ids of trust and steps that name somebody who did not sign them; they confirm nothing.
    """

    trust: Trust
    steps: tuple[TrustStep, ...] = ()
    confirmed: TrustStep | None = None
    ended: TrustStep | None = None
    not_theirs: frozenset[str] = frozenset()

    @property
    def acts(self) -> bool:
        """Whether two different people trust the source and nobody ended it."""
        return self.confirmed is not None and self.ended is None


@attrs.frozen
class WrongClock:
    """Where the clock was wrong, as somebody proposed, and what a second person said.

    Attributes:
        decided: the first step that decides: anybody's `refused`, or another person's `confirmed`.
    """

    repair: ClockRepair
    steps: tuple[ClockRepairStep, ...] = ()
    decided: ClockRepairStep | None = None

    @property
    def confirmed(self) -> bool:
        """Whether two different people said so."""
        return self.decided is not None and self.decided.step == CONFIRMED


@attrs.frozen
class DoubtedLog:
    """A proof line that does not fit, and who settled it; whether they might is asked elsewhere."""

    doubt: LogDoubt
    steps: tuple[LogDoubtStep, ...] = ()


def stops_after(
    holds: Iterable[H], steps: Iterable[AnyStep], not_theirs: Collection[str] = ()
) -> list[Stop[H]]:
    """Every stop with what became of it.

    A stop, or a wish to keep it, acts whoever signed it; a lift only as those two it names.

    Args:
        holds: as they were placed.
        steps: in the order of the log.
        not_theirs: ids of steps that name somebody who did not sign them.
    """
    taken, doubtful = _by_record(steps), frozenset(not_theirs)
    return [_stop(hold, taken.get(hold.id, ()), doubtful) for hold in holds]


def _stop(hold: H, steps: tuple[AnyStep, ...], doubtful: frozenset[str]) -> Stop[H]:
    """A proposal waits until it is granted by somebody else, or the stop is kept; lifted is lifted."""
    asked: AnyStep | None = None
    for step in steps:
        if step.step == KEPT:
            asked = None
        elif step.id in doubtful:
            continue
        elif asked is None:
            asked = step if step.step == PROPOSED else None
        elif step.step == GRANTED and step.at is not None and step.by not in (None, asked.by):
            return Stop(hold, steps, asked, step, doubtful)
    return Stop(hold, steps, asked, None, doubtful)


def trusts_after(
    trusts: Iterable[Trust], steps: Iterable[TrustStep], not_theirs: Collection[str] = ()
) -> list[SourceTrust]:
    """Every trust with what became of it; an end acts whoever signed it. Arguments as `stops_after`."""
    taken, doubtful = _by_record(steps), frozenset(not_theirs)
    return [_trust(trust, taken.get(trust.id, ()), doubtful) for trust in trusts]


def _trust(trust: Trust, steps: tuple[TrustStep, ...], doubtful: frozenset[str]) -> SourceTrust:
    """The first yes of another person confirms; what has ended stays ended, proposed or confirmed."""
    confirmed: TrustStep | None = None
    for step in steps:
        if step.step == ENDED:
            return SourceTrust(trust, steps, confirmed, step, doubtful)
        signed = not doubtful & {trust.id, step.id}
        if step.step == CONFIRMED and confirmed is None and step.at is not None and signed:
            confirmed = step if step.by not in (None, trust.proposed_by) else None
    return SourceTrust(trust, steps, confirmed, None, doubtful)


def clocks_after(repairs: Iterable[ClockRepair], steps: Iterable[ClockRepairStep]) -> list[WrongClock]:
    """Every repair with what became of it; `steps` in the order of the log."""
    taken = _by_record(steps)
    return [_clock(repair, taken.get(repair.id, ())) for repair in repairs]


def _clock(repair: ClockRepair, steps: tuple[ClockRepairStep, ...]) -> WrongClock:
    for step in steps:
        another = step.by not in (None, repair.proposed_by)
        if step.step == REFUSED or (step.step == CONFIRMED and another):
            return WrongClock(repair, steps, step)
    return WrongClock(repair, steps)


def doubts_after(doubts: Iterable[LogDoubt], steps: Iterable[LogDoubtStep]) -> list[DoubtedLog]:
    """Every doubt with who settled it; `steps` in the order of the log."""
    taken = _by_record(steps)
    return [DoubtedLog(doubt, taken.get(doubt.id, ())) for doubt in doubts]


def waiting(proposals: Iterable[Proposal], steps: Iterable[ProposalStep]) -> list[Proposal]:
    """The proposals nobody decided yet: the first yes or no is the last."""
    decided = {step.proposal for step in steps}
    return [proposal for proposal in proposals if proposal.id not in decided]


def action_of(answer: Answer) -> Action:
    """What the two people do together who agree to this answer."""
    if answer.kind == BYPASSED:
        return Action.BYPASS
    return Action.CANCEL_NO if answer.cancels else Action.WIDER_YES


def _by_record(steps: Iterable[S]) -> Mapping[str, tuple[S, ...]]:
    found: dict[str, list[S]] = {}
    for step in steps:
        found.setdefault(step.about or "", []).append(step)
    return {record: tuple(taken) for record, taken in found.items()}
