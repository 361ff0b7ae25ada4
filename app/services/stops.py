"""Stops: placed by one person at once, lifted by two, one an officer. On relatives they are closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparent
from app.domain.hold import Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, Record, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.report import Desk
from app.domain.roles import Action, Limit, pair_allowed
from app.domain.source import Facility
from app.domain.stop_reach import touches
from app.domain.two_people import GRANTED, KEPT, PROPOSED, Stop
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.folding import stop_of, stops_in
from app.services.same_person import rooted
from app.services.second import Second, at_the_keyboard
from app.services.validate import with_values
from app.services.written_once import roles_when_writing

_RECORDS: Final[dict[str, type[Record]]] = {
    "prisoner": Prisoner,
    "godparent": Godparent,
    "facility": Facility,
    "desk": Desk,
}


def place(ctx: Context, on_noun: str, on_id: str, reason: str) -> Saved:
    """Stop whatever leaves the house about something open; acts at once.

    Raises:
        KnownError: NOT_ALLOWED, NOT_FOUND, UNKNOWN_TERM, INVALID_FIELD.
    """
    ctx.require(Action.PLACE_STOP)
    if on_noun == "relative":
        raise KnownError(Code.INVALID_FIELD, "on_noun", field="on_noun")
    blank = Hold(RecordId(new_id()), placed_by=ctx.me, placed_at=ctx.now())
    hold = with_values(blank, {"on_noun": on_noun, "on_id": on_id, "reason": reason})
    with ctx.writing() as work:
        cls = _RECORDS.get(on_noun)
        if cls is not None and on_id not in work.get_many(cls, [on_id]):
            raise KnownError(Code.NOT_FOUND, on_id)
        work.add(hold)
        touched = prisoners_under(work, hold)
        renew_clearances(ctx, work, touched)
        committed = work.commit(Act.HOLD_PLACED)
    return ctx.finish(committed, hold.id, Act.HOLD_PLACED, undo=True, prisoners=touched)


def place_on_relative(ctx: Context, relative: str, reason: str) -> Saved:
    """Stop everything about one relative; closed, because that it exists says that the relative does.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, UNKNOWN_TERM.
    """
    ctx.require(Action.READ_RELATIVES)
    if ctx.require(Action.PLACE_STOP).limit is Limit.OPEN_THINGS:
        raise KnownError(Code.NOT_ALLOWED)
    with ctx.writing() as work:
        prisoner = work.get(Relative, relative).prisoner or ""
        blank = RelativeHold(ctx.lasting_id(), relative=relative, placed_by=ctx.me, placed_at=ctx.now())
        hold = work.add(with_values(blank, {"reason": reason}))
        renew_clearances(ctx, work, [prisoner])
        committed = work.commit(Act.SEALED_CHANGED)
    return ctx.finish(committed, hold.id, Act.SEALED_CHANGED, undo=True, prisoners=[prisoner])


def propose_lift(ctx: Context, cls: type[Hold] | type[RelativeHold], hold: str) -> Saved:
    """Propose to lift a stop; it goes on acting until a second person confirms.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE.
    """
    ctx.require(Action.LIFT_STOP)
    act = Act.HOLD_LIFTED if cls is Hold else Act.SEALED_CHANGED
    with ctx.writing() as work:
        found = stop_of(work, cls, hold)
        if found.asked is not None:
            raise KnownError(Code.ALREADY_DONE, hold)
        _take(ctx, work, cls, hold, PROPOSED, at_the_keyboard(ctx))
        committed = work.commit(act)
    return ctx.finish(committed, hold, act, prisoners=())


def confirm_lift(
    ctx: Context,
    cls: type[Hold] | type[RelativeHold],
    hold: str,
    *,
    granted: bool,
    second: Second | None = None,
) -> Saved:
    """Agree to lift a stop, or let it stand; the second person is not the first, one of them an officer.

    Raises:
        KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_DONE, SAME_PERSON_TWICE.
    """
    ctx.require(Action.LIFT_STOP)
    act = Act.HOLD_LIFTED if cls is Hold else Act.SEALED_CHANGED
    second = second or at_the_keyboard(ctx)
    with ctx.writing() as work:
        second.enter(work)
        found = stop_of(work, cls, hold)
        if found.asked is None or not found.active:
            raise KnownError(Code.ALREADY_DONE, hold)
        if found.asked.by == second.person:
            raise KnownError(Code.SAME_PERSON_TWICE)
        first = roles_when_writing(work, found.asked.id, found.asked.by)
        if not pair_allowed(first, second.roles, Action.LIFT_STOP):
            raise KnownError(Code.NOT_ALLOWED)
        _take(ctx, work, cls, hold, GRANTED if granted else KEPT, second)
        touched = prisoners_under(work, found.hold)
        renew_clearances(ctx, work, touched)
        committed = work.commit(act)
    return ctx.finish(committed, hold, act, prisoners=touched)


def _take(
    ctx: Context,
    work: UnitOfWork,
    cls: type[Hold] | type[RelativeHold],
    hold: str,
    step: str,
    who: Second,
) -> None:
    """Write one step about a stop; the stop itself is never changed."""
    at, by, slip = ctx.moment(work), who.person, who.slip
    if cls is Hold:
        work.add(HoldStep(RecordId(new_id()), hold=hold, step=step, by=by, at=at, slip=slip))
    else:
        work.add(RelativeHoldStep(ctx.lasting_id(), relative_hold=hold, step=step, by=by, at=at, slip=slip))


def acting_on(reader: Reader, prisoner: Prisoner) -> tuple[Stop[Hold], ...]:
    """The stops that act on a prisoner: their own, and those on facility, country, desk and the file."""
    records = (prisoner, *reader.merged_with([prisoner.id]))
    acting = (stop for stop in stops_in(reader) if stop.active)
    return tuple(stop for stop in acting if any(touches(stop.hold, one) for one in records))


def prisoners_under(reader: Reader, hold: Hold | RelativeHold) -> list[str]:
    """Ids of the prisoners whose decisions a stop may change."""
    if isinstance(hold, RelativeHold):
        found = reader.get_many(Relative, [hold.relative or ""])
        return [one.prisoner for one in found.values() if one.prisoner]
    if hold.on_noun == "prisoner":
        return rooted(reader, [hold.on_id])
    # A stop on a godparent touches everybody: recipients are named in answers, not in an index.
    everyone: Iterable[Prisoner] = reader.find(Prisoner)
    touched = (one.id for one in everyone if hold.on_noun == "godparent" or touches(hold, one))
    return rooted(reader, touched)


def only_desk(reader: Reader) -> str | None:
    """The id of the desk where there is one, None where somebody has to choose."""
    desks = reader.find(Desk)
    return desks[0].id if len(desks) == 1 else None
