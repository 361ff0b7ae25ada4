"""Which reviews are open today: by date (an end, a birthday, a bypass) and by event. Pure, from plain facts.

Steers people and allows nothing: what may leave is decided by `consent`, pauses by `review_pauses`.

Source: consent.md, *Reviews*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import attrs

from app.domain.attention import AnyAttention
from app.domain.consent_facts import Facts, Says
from app.domain.review import Cause, Occasion, Outcome, Review

BEFORE_AN_END: Final = timedelta(days=30)
AFTER_AN_END: Final = timedelta(days=90)
"""So long an ended yes may still be asked about (consent.md, *First words*)."""
AFTER_A_BYPASS: Final = timedelta(days=7)
_AFTER_A_BIRTHDAY: Final = timedelta(days=365)
_DAY: Final = timedelta(days=1)
_BYPASSED: Final = "bypassed"


class Said(NamedTuple):
    """One answer, as far as reviews and plans look at it; `day` is the last day it can have been said.

    A tuple, because a hundred thousand are made at a time.
    """

    id: str
    kind: str
    says: Says
    purpose: str
    audience: str
    day: date
    end: date
    cancels: str = ""


def standing(said: Sequence[Said]) -> tuple[Said, ...]:
    """Yeses nothing newer replaced or took back, `said` oldest first; whether they bear is for a decision."""
    yes, no, takes_back = Says.YES, Says.NO, Says.TAKES_BACK
    taken = {one.cancels for one in said if one.says is takes_back}
    newest: dict[tuple[str, str], Said] = {}
    for one in said:
        if one.id in taken:
            continue
        if one.says is no:
            newest = {key: other for key, other in newest.items() if key[0] != one.purpose}
        elif one.says is yes:
            newest[(one.purpose, one.audience)] = one
    return tuple(newest.values())


def said_by(person: str, facts: Facts) -> tuple[Said, ...]:
    """What somebody said, oldest first, from facts that were made for a decision."""
    said = sorted(
        (fact for fact in facts.answers if fact.by == person),
        key=lambda fact: (fact.spoken, fact.recorded_at.isoformat() if fact.recorded_at else ""),
    )
    return tuple(
        Said(fact.id, fact.kind, fact.says, fact.purpose, fact.audience, fact.spoken, fact.end, fact.cancels)
        for fact in said
    )


@attrs.frozen(slots=True)
class Listener:
    """Somebody of a family who may be asked, with what they said so far, oldest first.

    Attributes:
        owner: whose prisoner it is.
        adult_on: the day they turn 18, None where nobody knows or it does not matter.
    """

    relative: str
    prisoner: str
    prisoner_name: str
    relation: str
    owner: str | None
    asking: str
    adult_on: date | None
    said: tuple[Said, ...]

    def standing(self) -> tuple[Said, ...]:
        """See `standing`."""
        return standing(self.said)

    def ends(self) -> tuple[date, ...]:
        """The days on which something they agreed to ends, first day first."""
        return tuple(sorted({one.end for one in self.standing()}))


@attrs.frozen
class ReviewDue:
    """One open review.

    Attributes:
        because: what raised it (see `review.Review.because`).
        relative: who, where it is about one of the family.
        raised_on: since when it is open.
        due_on: the day it is about, where it has one.
        asking: somebody decided to ask again.
        pauses: what leaves the house waits for it.
        note: what an officer asks.
    """

    cause: Cause
    because: str
    prisoner: str
    relative: str | None
    raised_on: date
    due_on: date | None = None
    asking: bool = False
    pauses: bool = False
    note: str = attrs.field(default="", repr=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What a stored review names it by."""
        return self.because, self.prisoner, self.relative or ""


class Done:
    """Reviews somebody made, found by what they were about, and bypasses that never were.

    Args:
        reviews: all of them.
        refused: reviews a second person did not confirm.
        turned_down: answers a second person said no to: a bypass among them was never used.
    """

    def __init__(
        self,
        reviews: Iterable[Review],
        refused: Iterable[str | None] = (),
        turned_down: Iterable[str] = (),
    ) -> None:
        without = set(refused)
        self._turned_down: Final = frozenset(turned_down)
        self._settled: Final[set[tuple[str, str, str]]] = set()
        self._asking: Final[set[tuple[str, str, str]]] = set()
        self._in_error: Final[set[str]] = set()
        for one in reviews:
            if one.id in without or one.outcome not in set(Outcome):
                continue
            outcome = Outcome(one.outcome)
            if one.prisoner is None:
                if outcome is Outcome.IN_ERROR:
                    self._in_error.add(one.because)
                continue
            key = (one.because, one.prisoner, one.relative or "")
            (self._settled if outcome.settles else self._asking).add(key)

    def settles(self, occasion: Occasion) -> bool:
        """Whether what an occasion asked for was reviewed."""
        key = (str(occasion.id), occasion.prisoner or "", occasion.relative or "")
        return key in self._settled or occasion.id in self._in_error

    def open(self, due: ReviewDue) -> ReviewDue | None:
        """The review as it stands, None once it is settled."""
        if due.key in self._settled or due.because in self._in_error:
            return None
        if due.cause is Cause.BYPASS and due.because in self._turned_down:
            return None
        return attrs.evolve(due, asking=True) if due.key in self._asking else due


def reviews_due(
    listeners: Sequence[Listener],
    attention: Iterable[AnyAttention],
    occasions: Iterable[Occasion],
    done: Done,
    today: date,
    *,
    day_of: Mapping[str, date],
) -> list[ReviewDue]:
    """Every open review, what pauses first, then by the day it is open since.

    Args:
        listeners: everybody who may be asked.
        attention: all hostile attention.
        occasions: everything else that happened.
        done: what was reviewed.
        today: the day it is.
        day_of: the local day attention and occasions were recorded on, by id.
    """
    raised = [
        *(one for listener in listeners for one in dated(listener, today)),
        # Hostile attention is reviewed for the family as a whole, whoever of it was touched.
        *(
            ReviewDue(Cause.ATTENTION, one.id, prisoner, None, day_of.get(one.id, today), pauses=True)
            for one in attention
            for prisoner in one.families
        ),
        *(
            ReviewDue(
                Cause(one.cause),
                one.id,
                one.prisoner or "",
                one.relative,
                day_of.get(one.id, today),
                due_on=one.due_on,
                note=one.note,
            )
            for one in occasions
            if one.cause in set(Cause)
        ),
    ]
    found = [due for one in raised if (due := done.open(one)) is not None]
    return sorted(found, key=lambda one: (not one.pauses, one.raised_on, one.key))


def dated(listener: Listener, today: date) -> list[ReviewDue]:
    """Reviews the calendar raises for somebody."""
    who = (listener.prisoner, listener.relative)
    found: list[ReviewDue] = []
    for end in listener.ends():
        raised = _moved(end, -BEFORE_AN_END)
        if raised <= today <= _moved(end, AFTER_AN_END):
            found.append(ReviewDue(Cause.ENDS, end.isoformat(), *who, raised, due_on=end))
    for one in listener.said:
        raised = _moved(one.day, AFTER_A_BYPASS)
        if one.kind == _BYPASSED and raised <= today:
            found.append(ReviewDue(Cause.BYPASS, one.id, *who, raised, due_on=raised))
    adult = listener.adult_on
    if adult is None:
        return found
    raised = _moved(adult, -BEFORE_AN_END)
    if raised <= today <= _moved(adult, _AFTER_A_BIRTHDAY):
        since = [one for one in listener.said if one.day >= adult]
        if not since:
            found.append(ReviewDue(Cause.ADULT, adult.isoformat(), *who, raised, due_on=adult))
    return found


def same_reviews_through(listeners: Iterable[Listener], today: date) -> date:
    """The last day up to which the calendar raises and drops no review of these; see `dated`."""
    turns = (turn for listener in listeners for turn in _turns(listener))
    return min((turn - _DAY for turn in turns if turn > today), default=date.max)


def _turns(listener: Listener) -> Iterator[date]:
    """Days in whose morning something in `dated` begins or is over."""
    for end in listener.ends():
        yield _moved(end, -BEFORE_AN_END)
        yield _moved(end, AFTER_AN_END + _DAY)
    for one in listener.said:
        yield _moved(one.day, AFTER_A_BYPASS)
    if listener.adult_on is not None:
        yield _moved(listener.adult_on, -BEFORE_AN_END)
        yield _moved(listener.adult_on, _AFTER_A_BIRTHDAY + _DAY)


def _moved(day: date, span: timedelta) -> date:
    """A day so much later; at the ends of the calendar, where damaged records stand, the end itself."""
    try:
        return day + span
    except OverflowError:
        return date.max if span > timedelta() else date.min
