"""A population of invented prisoners for the tests of public figures."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import attrs

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Charge, Prisoner, Sentence
from app.domain.source import Facility
from app.services.session import Session

_ARTICLES = ("342", "368", "361-1", "356", "411", "9999")
_TOWNS = ("Vitebsk", "Brest", "Minsk", "Homiel", "Elsewhere")


def places() -> list[Facility]:
    """One place in each region, one nobody knows where."""
    return [Facility(RecordId(new_id()), name=f"Colony {town}", town=town) for town in _TOWNS]


def prisoners(
    rng: random.Random, number: int, held_at: Sequence[Facility], begun: date = date(2023, 5, 1)
) -> list[Prisoner]:
    """So many people in custody, unevenly spread; each has two letters and a number for a name."""
    found = []
    for one in range(number):
        charge = rng.choices(_ARTICLES, (30, 20, 12, 6, 3, 2))[0]
        months = rng.choice((0, 18, 30, 60, 80, 132))
        found.append(
            Prisoner(
                RecordId(new_id()),
                reference=f"F-{rng.randrange(10**9):09d}",
                family_name=f"Kvetkavich{one}",
                given_name="Anton",
                born=PartialDate(rng.randint(1950, 2007), rng.randint(1, 12), 1),
                sex=rng.choices(("male", "female", ""), (80, 18, 2))[0],
                status="penal_colony" if months else "pre_trial",
                detained_on=PartialDate.of(date(rng.choice((begun.year, 2021, 2025)), 5, 1)),
                charges=(Charge(charge),),
                sentences=(Sentence(term_months=months),) if months else (),
                facility=rng.choices(held_at, (10, 20, 40, 25, 1))[0].id,
                vulnerability=("health",) if rng.random() < 0.2 else (),
            )
        )
    return found


def put_in(session: Session, records: Sequence[Facility | Prisoner]) -> None:
    """Write them into an open case file, in one entry."""
    ctx = session.context
    desk = next(iter(ctx.keys.desks)).desk
    with ctx.writing() as work:
        for record in records:
            work.add(attrs.evolve(record, desk=desk) if isinstance(record, Prisoner) else record)
        ctx.finish(work.commit(Act.LIST_BROUGHT_IN), records[0].id, Act.LIST_BROUGHT_IN, prisoners=())


def set_free(session: Session, people: Sequence[str], on: date) -> None:
    """Let people go on a day."""
    ctx = session.context
    with ctx.writing() as work:
        for one in people:
            found = work.get(Prisoner, one)
            work.save(attrs.evolve(found, status="released", released_on=PartialDate.of(on)), found.version)
        ctx.finish(work.commit(Act.LIST_BROUGHT_IN), people[0], Act.LIST_BROUGHT_IN, prisoners=())
