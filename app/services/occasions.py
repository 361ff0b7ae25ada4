"""What happens to a family and asks for a review: recorded with the change itself, in its transaction.

Only where somebody of the family spoke, and only with the key: an occasion is closed.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.consent_purposes import attribute
from app.domain.ports import Record, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.review import Cause, Occasion
from app.services.context import Context


def after_prisoner(ctx: Context, work: UnitOfWork, before: Prisoner, after: Prisoner) -> None:
    """A changed status asks for a review."""
    after_prisoners(ctx, work, [(before, after)])


def after_prisoners(ctx: Context, work: UnitOfWork, changes: Iterable[tuple[Prisoner, Prisoner]]) -> None:
    """The same for everybody a list changed."""
    changed = [after.id for before, after in changes if before.status != after.status]
    raise_for(ctx, work, Cause.STATUS, changed)


def after_relative(ctx: Context, work: UnitOfWork, before: Relative, after: Relative) -> None:
    """Somebody who crossed the border, either way, is asked about again."""
    was, now = (attribute("whereabouts", one.whereabouts, "outside") for one in (before, after))
    if was != now:
        raise_for(ctx, work, Cause.BORDER, [after.prisoner or ""], after.id)


def after_any(ctx: Context, work: UnitOfWork, before: Record, after: Record) -> None:
    """The same for a change of either, made by a second person's yes."""
    if isinstance(before, Prisoner) and isinstance(after, Prisoner):
        after_prisoner(ctx, work, before, after)
    elif isinstance(before, Relative) and isinstance(after, Relative):
        after_relative(ctx, work, before, after)


def raise_for(
    ctx: Context, work: UnitOfWork, cause: Cause, prisoners: Iterable[str], relative: str | None = None
) -> None:
    """Record that this happened to each of these families, where somebody of them spoke."""
    if not work.has_desk_key:
        return
    for prisoner in prisoners:
        if any(one.conversations for one in work.relative_facts(prisoner=prisoner)):
            work.add(
                Occasion(
                    ctx.lasting_id(),
                    cause=cause.value,
                    prisoner=prisoner,
                    relative=relative,
                    raised_by=ctx.me,
                    raised_at=ctx.moment(work),
                )
            )
