"""An answer to a slip comes in and counts as the step of who signed it: once, in time, for what was asked.

All of it is asked inside the transaction of the step, so that nothing is stored of a slip that is refused.
What the step then does is done where it is done at the keyboard too.

Source: consent.md, *Widening takes two, narrowing takes one*.
"""

from __future__ import annotations

import attrs

from app.approval.slips import Reply
from app.casefile.roster import Person
from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold, RelativeHold
from app.domain.ids import PersonId, RecordId, new_id
from app.domain.ports import UnitOfWork
from app.domain.slip import SLIP_HOLDS, Slip, SlipUse
from app.services import review_waiting, stops, waiting, widening
from app.services.asking import asking_of, may_be_second
from app.services.context import Context, Saved
from app.services.second import Second
from app.services.sources import Sources
from app.services.waiting import CountersignAnswer


@attrs.frozen
class BroughtIn:
    """What came of an answer.

    Attributes:
        words: what the second person wrote beside it; said once, kept nowhere.
    """

    saved: Saved
    granted: bool
    name: str
    words: str = attrs.field(repr=False)

    @property
    def changes(self) -> Changes:
        """For screens to reload."""
        return self.saved.changes


def bring_in(ctx: Context, reply: Reply) -> BroughtIn:
    """Let an answer whose signature was checked count as that person's step; refused, it changes nothing.

    Raises:
        KnownError: SLIP_UNKNOWN, SLIP_USED, SLIP_LATE, SLIP_CHANGED, SLIP_PERSON, and what the step itself
            raises at the keyboard.
    """
    person = person_of(ctx, reply.statement.by)

    def enter(work: UnitOfWork) -> None:
        _enter(ctx, work, reply, person)

    second = Second(person.id, person.roles, reply.signed.text(), enter)
    saved = _take(ctx, reply, second)
    return BroughtIn(saved, reply.statement.granted, person.name, reply.words)


def person_of(ctx: Context, person: str) -> Person:
    """Somebody who takes part today. Raises KnownError SLIP_PERSON."""
    found = ctx.keys.roster.people.get(PersonId(person))
    if found is None or not found.active or ctx.keys.roster.replaced:
        raise KnownError(Code.SLIP_PERSON)
    return found


def _enter(ctx: Context, work: UnitOfWork, reply: Reply, person: Person) -> None:
    """Everything that must hold in the very transaction of the step, and that the slip is used now."""
    said = reply.statement
    slip = work.get_many(Slip, [said.slip]).get(said.slip)
    if slip is None or slip.made_by != ctx.me or slip.fingerprint != said.fingerprint:
        raise KnownError(Code.SLIP_UNKNOWN)
    work.check_rows(Slip, [slip.id])
    if work.find(SlipUse, slip=slip.id):
        raise KnownError(Code.SLIP_USED)
    now = ctx.moment(work)
    if slip.made_at is None or now > slip.made_at + SLIP_HOLDS:
        raise KnownError(Code.SLIP_LATE)
    asking = asking_of(work, reply.what, reply.record, reply.part)
    if (said.asked, said.beside) != asking.fingerprints:
        raise KnownError(Code.SLIP_CHANGED)
    if slip.recipient != person.id or not may_be_second(asking, person):
        raise KnownError(Code.SLIP_PERSON)
    work.add(SlipUse(RecordId(new_id()), slip=slip.id, by=ctx.me, at=now))


def _take(ctx: Context, reply: Reply, second: Second) -> Saved:
    record, granted = reply.record, reply.statement.granted
    match reply.what:
        case "answer":
            return waiting.countersign(ctx, CountersignAnswer(record, reply.part, granted), second)
        case "change":
            return widening.decide_change(ctx, record, granted=granted, second=second)
        case "review":
            return review_waiting.confirm(ctx, record, granted=granted, second=second)
        case "source":
            return Sources(ctx).answer(record, second, granted=granted)
        case "stop":
            with ctx.reading() as reader:
                opened = bool(reader.get_many(Hold, [record]))
            cls: type[Hold] | type[RelativeHold] = Hold if opened else RelativeHold
            return stops.confirm_lift(ctx, cls, record, granted=granted, second=second)
    raise KnownError(Code.SLIP_CHANGED)
