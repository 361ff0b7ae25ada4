"""What a list changes, or taking one back changes, that would allow more than today: it waits for two.

The rest of the list is not held up: the person keeps what decisions look at as it was, and the list's values
wait in a proposal. What a trusted source publishes is apart from it, because two people said so already.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from app.domain.changing import with_fields
from app.domain.consent_touched import Touched, touched_by
from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.proposal import Proposal
from app.services import occasions, widening
from app.services.context import Context
from app.services.facts import read_ledger
from app.services.renewing import DECIDES


def save_narrowly(
    ctx: Context, work: UnitOfWork, changes: Sequence[tuple[Prisoner, Prisoner]], *, trusted: bool
) -> list[str]:
    """Save prisoners as they are after a list, but for what would widen; that waits.

    Args:
        ctx: the session.
        work: the transaction of the list.
        changes: each prisoner before and after.
        trusted: whether two people trust the source the values come from.

    Returns:
        Ids of the proposals.
    """
    saved: list[Prisoner] = []
    waiting: list[Proposal] = []
    for before, after in changes:
        kept = _decisive(before, after)
        if kept and _widens(ctx, work, before, after, trusted=trusted):
            wanted = {name: getattr(after, name) for name in kept}
            waiting.append(widening.proposal_of(ctx, Prisoner, before.id, before.version, wanted))
            saved.append(with_fields(after, {name: getattr(before, name) for name in kept}))
        else:
            saved.append(after)
    work.save_many(saved)
    befores = [before for before, _after in changes]
    occasions.after_prisoners(ctx, work, zip(befores, saved, strict=True))
    work.add_many(waiting)
    return [one.id for one in waiting]


def _decisive(before: Prisoner, after: Prisoner) -> tuple[str, ...]:
    if touched_by(before, after) is Touched.NOTHING:
        return ()
    return tuple(name for name in sorted(DECIDES) if getattr(before, name) != getattr(after, name))


def _widens(ctx: Context, work: UnitOfWork, before: Prisoner, after: Prisoner, *, trusted: bool) -> bool:
    if not work.has_desk_key:
        return False
    ledger = read_ledger(ctx, work, [before.id])
    was, now = ledger.facts(before.id), ledger.with_prisoner(after).facts(before.id)
    if trusted:
        was, now = attrs.evolve(was, trusted=()), attrs.evolve(now, trusted=())
    return widening.widens(ctx, was, now)
