"""How many talks the next twelve months need, and a plan that spreads them. Pure.

Asking can itself be the danger: one family is never asked twice within some weeks, what ends close together
is asked in one talk, and whom it is not safe to ask is left out and counted.

Source: consent.md, *Reviews*, *First words*; product.md, *ask rarely, together*.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import attrs

from app.domain.consent_facts import Says
from app.domain.review_due import AFTER_AN_END, BEFORE_AN_END, Listener, ReviewDue

MONTHS: Final = 12
APART_WEEKS: Final = 4
"""So many weeks lie between two talks with one family."""
_WEEKS: Final = 53
_SOON: Final = timedelta(days=14)
_MAY_ASK: Final = frozenset({"free", "first_words", "through_another"})
_NOT_SAFE: Final = frozenset({"not_safe", "pause", "published_only"})
_CONTACT: Final = "contact"


class Why(StrEnum):
    """What a talk is for."""

    REVIEW = "review"
    ENDS = "ends"
    FIRST_WORDS = "first_words"


@attrs.frozen(slots=True)
class Need:
    """A talk somebody should have, between two days."""

    listener: Listener
    why: Why
    earliest: date
    latest: date


@attrs.frozen(slots=True)
class PlannedTalk:
    """One talk of the plan.

    Attributes:
        week: its Monday.
        due_on: the day it should be done by.
        late: no earlier week kept the family's distance.
    """

    week: date
    prisoner: str
    prisoner_name: str
    relative: str
    relation: str
    owner: str | None
    why: Why
    due_on: date
    late: bool


@attrs.frozen
class Plan:
    """The plan and what it leaves out.

    Attributes:
        talks: in order.
        due: how many talks fall due in each of the twelve months as they come, not spread.
        months: first days of the twelve months.
        not_safe: how many people it is not safe to ask now.
        said_no: how many do not want to be contacted.
        together: how many asks go into a talk with the same person.
        beyond: how many found no place in these twelve months.
    """

    talks: tuple[PlannedTalk, ...]
    due: tuple[int, ...]
    months: tuple[date, ...]
    not_safe: int
    said_no: int
    together: int
    beyond: int

    def per_month(self, owner: str | None = None, *, everybody: bool = True) -> tuple[int, ...]:
        """How many talks of the plan begin in each month, of everybody or of one owner."""
        mine = [one for one in self.talks if everybody or one.owner == owner]
        counted = Counter(_month_place(self.months, one.week) for one in mine)
        return tuple(counted[place] for place in range(len(self.months)))

    def owners(self) -> Mapping[str | None, tuple[int, ...]]:
        """The same by owner."""
        found = {one.owner for one in self.talks}
        return {owner: self.per_month(owner, everybody=False) for owner in found}


def plan_of(
    listeners: Sequence[Listener],
    reviews: Iterable[ReviewDue],
    today: date,
    apart_weeks: int = APART_WEEKS,
) -> Plan:
    """What the next twelve months need, spread over the weeks.

    Args:
        listeners: everybody who may be asked.
        reviews: open ones; those that wait for an answer or pause something need a talk soon.
        today: the day it is.
        apart_weeks: weeks between two talks with one family.
    """
    refuses = {one.relative for one in listeners if _refuses(one)}
    willing = [one for one in listeners if one.relative not in refuses]
    not_safe = sum(one.asking in _NOT_SAFE for one in willing)
    needs = _needs([one for one in willing if one.asking not in _NOT_SAFE], reviews, today)
    months = tuple(_month(today, step) for step in range(MONTHS))
    due = Counter(_month_place(months, max(one.latest, today)) for one in needs)
    spoken = [(one.prisoner, said.day) for one in listeners for said in one.said[-1:]]
    talks, together, beyond = _spread(needs, spoken, today, apart_weeks)
    return Plan(
        talks=tuple(talks),
        due=tuple(due[place] for place in range(MONTHS)),
        months=months,
        not_safe=not_safe,
        said_no=len(refuses),
        together=together,
        beyond=beyond,
    )


def _needs(listeners: Sequence[Listener], reviews: Iterable[ReviewDue], today: date) -> list[Need]:
    horizon = _month(today, MONTHS) - timedelta(days=1)
    asked = {one.prisoner: one for one in reviews if one.pauses or one.asking}
    families: dict[str, list[Listener]] = defaultdict(list)
    needs: list[Need] = []
    for one in listeners:
        families[one.prisoner].append(one)
        for end in one.ends():
            if today - AFTER_AN_END <= end <= horizon:
                earliest = max(end - BEFORE_AN_END, today)
                needs.append(Need(one, Why.ENDS, earliest, max(end, today)))
        if not one.said and one.asking in _MAY_ASK:
            needs.append(Need(one, Why.FIRST_WORDS, today, horizon))
    for prisoner in asked:
        spoke = [one for one in families.get(prisoner, []) if one.said]
        if spoke:
            newest = max(spoke, key=lambda one: (one.said[-1].day, one.relative))
            needs.append(Need(newest, Why.REVIEW, today, today + _SOON))
    return sorted(needs, key=lambda one: (one.latest, one.earliest, one.listener.relative))


def _spread(
    needs: Iterable[Need], spoken: Iterable[tuple[str, date]], today: date, apart: int
) -> tuple[list[PlannedTalk], int, int]:
    monday = today - timedelta(days=today.weekday())
    load: Counter[tuple[str | None, int]] = Counter()
    families: dict[str, dict[int, str]] = defaultdict(dict)
    for prisoner, day in spoken:  # the talk they had last keeps its distance too
        families[prisoner][(day - monday).days // 7] = ""
    talks: list[PlannedTalk] = []
    together = beyond = 0
    for need in needs:
        who, taken = need.listener, families[need.listener.prisoner]
        first, last = (max((day - monday).days // 7, 0) for day in (need.earliest, need.latest))
        if any(
            relative == who.relative and first - apart < week <= last + apart
            for week, relative in taken.items()
        ):
            together += 1
            continue
        free = [week for week in range(first, min(last, _WEEKS - 1) + 1) if _keeps(week, taken, apart)]
        late = not free
        if late:
            free = [week for week in range(last + 1, _WEEKS) if _keeps(week, taken, apart)][:1]
        if not free:
            beyond += 1
            continue
        week = min(free, key=lambda place: (load[(who.owner, place)], place))
        load[(who.owner, week)] += 1
        taken[week] = who.relative
        talks.append(_talk(need, max(monday + timedelta(weeks=week), today), late=late))
    return sorted(talks, key=lambda one: (one.week, one.due_on, one.relative)), together, beyond


def _keeps(week: int, taken: Mapping[int, str], apart: int) -> bool:
    return all(abs(week - other) >= apart for other in taken)


def _talk(need: Need, week: date, *, late: bool) -> PlannedTalk:
    who = need.listener
    return PlannedTalk(
        week,
        who.prisoner,
        who.prisoner_name,
        who.relative,
        who.relation,
        who.owner,
        need.why,
        need.latest,
        late,
    )


def _refuses(listener: Listener) -> bool:
    """Whether the newest they said about being contacted is a no."""
    said = [one for one in listener.said if one.purpose == _CONTACT and one.says in (Says.YES, Says.NO)]
    taken = {one.cancels for one in listener.said if one.says is Says.TAKES_BACK}
    said = [one for one in said if one.id not in taken]
    return bool(said) and said[-1].says is Says.NO


def _month(day: date, later: int) -> date:
    place = day.year * 12 + day.month - 1 + later
    return date(place // 12, place % 12 + 1, 1)


def _month_place(months: Sequence[date], day: date) -> int:
    return (day.year - months[0].year) * 12 + day.month - months[0].month
