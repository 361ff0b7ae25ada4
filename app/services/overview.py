"""What needs a person today, and the figures the Overview draws. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from app.domain.asking_plan import Plan, plan_of
from app.domain.dates import PartialDate
from app.domain.godparent import Godparenthood
from app.domain.prisoner import HELD, Prisoner
from app.domain.review import Cause
from app.domain.review_due import ReviewDue
from app.domain.rows import PrisonerRow
from app.services.context import Context
from app.services.godparents import RUNNING
from app.services.listeners import listeners_of
from app.services.review_book import read_book

SOON: Final = timedelta(days=14)
_NEAR: Final = timedelta(days=7)
_MOST: Final = 12


@attrs.frozen
class Step:
    """Something with a day: a next step, a birthday.

    Attributes:
        words: the step; empty for a birthday.
        years: the age somebody reaches, None for a step.
    """

    prisoner: str
    name: str
    on: date
    words: str = ""
    years: int | None = None


@attrs.frozen
class Overview:
    """What needs me today.

    Attributes:
        today: the day it was read.
        owns: whether I own anybody; then all of this is about mine only.
        ending, reviews, pausing: open reviews of ends, of everything else, and those that pause; None without
            the key.
        asked, asked_by: questions of the quarter review among them, and the first day one is due.
        steps: next steps due within a week, late ones first; `steps_all` how many there are,
            `steps_late` how many of them should be done by now.
        birthdays: within two weeks.
        alone: held people nobody stands up for.
        plan: talks of the next twelve months, of everybody; None without the key.
        statuses: people by status, most first.
        years: godparenthoods by the year they began.
        countries: running godparenthoods by the godparent's country, most first.
        reading: what is closed is still being opened, so that words of steps may be missing.
    """

    today: date
    owns: bool
    ending: int | None
    reviews: int | None
    pausing: int | None
    asked: int
    asked_by: date | None
    steps: tuple[Step, ...]
    steps_all: int
    steps_late: int
    birthdays: tuple[Step, ...]
    alone: int
    plan: Plan | None
    statuses: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    reading: bool = False


def overview(ctx: Context) -> Overview:
    """Read it. Raises KnownError NOT_ALLOWED."""
    ctx.require_open_reading()
    today = ctx.today()
    with ctx.reading() as reader:
        everything: Sequence[ReviewDue] | None = None
        plan: Plan | None = None
        if reader.has_desk_key:  # first: it may open what is closed, and lines read before would lack it
            listeners = listeners_of(reader.spoken_facts(), ctx.time_zone)
            everything = read_book(reader, today, ctx.time_zone).due_of_all(listeners)
            plan = plan_of(listeners, everything, today)
        reading = not reader.registers_open
        rows = reader.prisoner_rows(today)
        mine = [row for row in rows if row.owner == ctx.me]
        near = mine or rows
        ids = {row.id for row in near}
        due = [one for one in everything if one.prisoner in ids] if everything is not None else None
        steps = _steps(near, today)
        held = [row.id for row in near if row.status in HELD]
        birthdays = _birthdays(reader.get_many(Prisoner, held).values(), near, today)
        bonds = reader.find(Godparenthood)
        links = reader.godparenthood_rows()
    asked = [one for one in due or () if one.cause is Cause.QUARTER]
    ends = sum(one.cause is Cause.ENDS for one in due) if due is not None else None
    return Overview(
        today=today,
        owns=bool(mine),
        ending=ends,
        reviews=len(due) - (ends or 0) if due is not None else None,
        pausing=sum(one.pauses for one in due) if due is not None else None,
        asked=len(asked),
        asked_by=min((one.due_on for one in asked if one.due_on), default=None),
        steps=tuple(steps[:_MOST]),
        steps_all=len(steps),
        steps_late=sum(one.on < today for one in steps),
        birthdays=birthdays,
        alone=sum(row.status in HELD and row.godparents == 0 for row in near),
        plan=plan,
        statuses=tuple(Counter(row.status for row in rows if row.status).most_common()),
        years=_years(one.since for one in bonds),
        countries=tuple(
            Counter(one.godparent_country for one in links if one.state in RUNNING).most_common(_MOST)
        ),
        reading=reading,
    )


def _steps(rows: Iterable[PrisonerRow], today: date) -> list[Step]:
    found = [
        Step(row.id, row.name, row.next_step_on, row.next_step or "")
        for row in rows
        if row.next_step_on is not None and row.next_step_on <= today + _NEAR
    ]
    return sorted(found, key=lambda one: (one.on, one.name))


def _birthdays(prisoners: Iterable[Prisoner], rows: Sequence[PrisonerRow], today: date) -> tuple[Step, ...]:
    names = {row.id: row.name for row in rows}
    found: list[Step] = []
    for one in prisoners:
        if one.born is None or one.born.month is None or one.born.day is None:
            continue
        day = _next(one.born.month, one.born.day, today)
        if day <= today + SOON:
            found.append(Step(one.id, names.get(one.id, ""), day, years=day.year - one.born.year))
    return tuple(sorted(found, key=lambda one: (one.on, one.name))[:_MOST])


def _next(month: int, day: int, today: date) -> date:
    """The next time this day comes; 29 February is kept on the 28th where there is none."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            found = date(year, 2, 28)
        if found >= today:
            return found
    return date.max


def _years(since: Iterable[PartialDate | None]) -> tuple[tuple[str, int], ...]:
    counted = Counter(one.year for one in since if one is not None)
    return tuple((str(year), counted[year]) for year in sorted(counted))
