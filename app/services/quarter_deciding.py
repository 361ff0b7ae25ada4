"""What a decision of a quarter review does beside being written down: it asks the owner, or it stops.

All of it in the transaction of the mark; taking a decision back takes the question back, never a stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.hold import Hold, RelativeHold
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader, UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.quarter import Outcome, QuarterItem, QuarterMark
from app.domain.quarter_state import outcome_for
from app.domain.relative import Relative
from app.domain.review import Cause, Occasion, Review
from app.domain.roles import Action
from app.services import editing
from app.services.context import Context
from app.services.stops import prisoners_under
from app.services.validate import with_values

_RELATIVE, _PRISONER, _GODPARENT = "relative", "prisoner", "godparent"
CAN_STOP: Final = frozenset({_RELATIVE, _PRISONER, _GODPARENT})
CAN_ASK: Final = frozenset({_RELATIVE, _PRISONER})


@attrs.frozen
class DecideItems:
    """Decide on these items of a review, with one note.

    Attributes:
        outcome: `in_order`, `asked` or `stopped`.
        note: needed to ask, and where findings are answered for.
        ask_by: until when the owner answers.
        reason: why everything stops (vocabulary `hold_reason`).
    """

    review: str
    items: tuple[str, ...]
    outcome: str
    note: str = attrs.field(default="", repr=False)
    ask_by: date | None = None
    reason: str = ""


@attrs.frozen
class TakeBack:
    """Open these items of a review again."""

    review: str
    items: tuple[str, ...]


def check_command(ctx: Context, command: DecideItems, items: Iterable[QuarterItem]) -> Outcome:
    """The outcome, where everything it needs is there.

    Raises:
        KnownError: UNKNOWN_TERM, INVALID_FIELD (a note, a day, something that cannot be asked or stopped).
    """
    if command.outcome not in (Outcome.IN_ORDER, Outcome.ASKED, Outcome.STOPPED):
        raise KnownError(Code.UNKNOWN_TERM, "outcome", field="outcome")
    outcome, chosen = Outcome(command.outcome), list(items)
    asks = outcome is Outcome.ASKED
    if (asks or any(item.findings for item in chosen)) and not command.note.strip():
        raise KnownError(Code.INVALID_FIELD, "note", field="note")
    if asks and (command.ask_by is None or command.ask_by < ctx.today()):
        raise KnownError(Code.INVALID_FIELD, "ask_by", field="ask_by")
    able = {Outcome.ASKED: CAN_ASK, Outcome.STOPPED: CAN_STOP}.get(outcome)
    if able is not None and not all(item.noun in able for item in chosen):
        raise KnownError(Code.INVALID_FIELD, "items", field="items")
    return outcome


def prisoners_of(reader: Reader, items: Iterable[QuarterItem]) -> Mapping[str, str]:
    """Whose family each item is about, by its key; nothing for items about nobody's."""
    chosen = list(items)
    relatives = reader.get_many(Relative, [one.about for one in chosen if one.noun == _RELATIVE])
    found = {one.key: one.about for one in chosen if one.noun == _PRISONER}
    for one in chosen:
        relative = relatives.get(one.about) if one.noun == _RELATIVE else None
        if relative is not None and relative.prisoner:
            found[one.key] = relative.prisoner
    return found


def ask_owners(
    ctx: Context, work: UnitOfWork, command: DecideItems, items: Sequence[QuarterItem]
) -> list[str]:
    """A review for the owner of each; gives what was made.

    Raises:
        KnownError: SAME_PERSON_TWICE (I would ask myself about my own work), NOT_FOUND.
    """
    prisoners = prisoners_of(work, items)
    owners = {one.id: one.owner for one in work.get_many(Prisoner, prisoners.values()).values()}
    made: list[str] = []
    for item in items:
        if item.key not in prisoners:
            raise KnownError(Code.NOT_FOUND, item.key)
        prisoner = prisoners[item.key]
        if ctx.me in item.authors and owners.get(RecordId(prisoner)) == ctx.me:
            raise KnownError(Code.SAME_PERSON_TWICE)
        asked = work.add(
            Occasion(
                ctx.lasting_id(),
                cause=Cause.QUARTER.value,
                prisoner=prisoner,
                relative=item.about if item.noun == _RELATIVE else None,
                note=command.note.strip(),
                due_on=command.ask_by,
                raised_by=ctx.me,
                raised_at=ctx.moment(work),
            )
        )
        made.append(asked.id)
    return made


@attrs.frozen
class Stopped:
    """Stops that were placed.

    Attributes:
        made: their ids.
        prisoners: whose decisions they may change.
        in_the_open: whether one of them is on something open.
    """

    made: tuple[str, ...]
    prisoners: frozenset[str]
    in_the_open: bool


def stop_all(ctx: Context, work: UnitOfWork, reason: str, items: Sequence[QuarterItem]) -> Stopped:
    """A stop on each. Raises KnownError NOT_ALLOWED, UNKNOWN_TERM."""
    ctx.require(Action.PLACE_STOP)
    made: list[Hold | RelativeHold] = []
    for item in items:
        placed: dict[str, object] = {"placed_by": ctx.me, "placed_at": ctx.now(), "reason": reason}
        if item.noun == _RELATIVE:
            stop = with_values(RelativeHold(ctx.lasting_id()), {"relative": item.about, **placed})
            made.append(work.add(stop))
        else:
            open_stop = with_values(
                Hold(RecordId(new_id())), {"on_noun": item.noun, "on_id": item.about, **placed}
            )
            made.append(work.add(open_stop))
    touched = frozenset(prisoner for hold in made for prisoner in prisoners_under(work, hold))
    return Stopped(tuple(hold.id for hold in made), touched, any(isinstance(hold, Hold) for hold in made))


def withdraw_questions(ctx: Context, work: UnitOfWork, marks: Iterable[QuarterMark], keys: set[str]) -> None:
    """What was asked about these items is asked no more; what was asked about others stays."""
    made = {record for mark in marks if mark.outcome == Outcome.ASKED for record in mark.made}
    for one in work.get_many(Occasion, made).values():
        if (one.relative or one.prisoner) in keys and not work.find(Review, because=one.id):
            values = {
                "cause": Cause.QUARTER.value,
                "because": one.id,
                "prisoner": one.prisoner,
                "relative": one.relative,
                "outcome": "in_error",
                "by": ctx.me,
                "at": ctx.moment(work),
            }
            work.add(editing.new_record(Review, ctx.lasting_id(), values))


def put_in_order(ctx: Context, work: UnitOfWork, command: DecideItems, items: Sequence[QuarterItem]) -> None:
    """In order, but for what is mine: that is own work, nobody else looked at it."""
    for outcome in (Outcome.IN_ORDER, Outcome.OWN):
        some = [item for item in items if outcome_for(item, ctx.me) is outcome]
        if some:
            write_mark(ctx, work, command, some, outcome, ())


def write_mark(
    ctx: Context,
    work: UnitOfWork,
    command: DecideItems,
    items: Sequence[QuarterItem],
    outcome: Outcome,
    made: Sequence[str],
) -> None:
    """One mark on these items; own work answers for no finding."""
    answered = () if outcome is Outcome.OWN else [one for item in items for one in item.findings]
    work.add(
        QuarterMark(
            ctx.lasting_id(),
            review=command.review,
            items=tuple(item.key for item in items),
            outcome=outcome.value,
            findings=tuple(answered),
            note=command.note.strip(),
            ask_by=command.ask_by if outcome is Outcome.ASKED else None,
            made=tuple(made),
            by=ctx.me,
            at=ctx.moment(work),
        )
    )
