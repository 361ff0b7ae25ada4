"""How long it takes to find who of a large list is there already."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.domain.dates import PartialDate
from app.intake.duplicates import Candidate, likely_doubles
from app.names.same_person import KnownPerson
from tests.benchmarks.figures import Figure
from tests.benchmarks.names.people import people

_KNOWN, _NEW, _FAMILIES = 100_000, 10_000, 600
_TWICE: Final = 500
"""So many of the new ones are known already."""


def measure(_folder: Path) -> Iterator[Figure]:
    """Issue 4: 10,000 new rows against 100,000 people within a minute."""
    chance = random.Random(28)
    families = [one.family[0] for one in people(chance, _FAMILIES)]
    givens = [one.given[0] for one in people(chance, 200)]
    known = [_person(chance, families, givens) for _number in range(_KNOWN)]
    new = [_person(chance, families, givens) for _number in range(_NEW - _TWICE)] + known[:_TWICE]
    candidates = [Candidate(("known", place), one, new=False) for place, one in enumerate(known)]
    candidates += [Candidate(("new", place), one) for place, one in enumerate(new)]
    began, used = time.perf_counter(), time.process_time()
    found = {(double.a, double.b) for double in likely_doubles(candidates)}
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    twice = sum((("known", place), ("new", _NEW - _TWICE + place)) in found for place in range(_TWICE))
    yield Figure("duplicates: 10,000 new rows among 100,000 people", seconds, "s", 60.0)
    yield Figure("duplicates: the same, of the processor", processor, "s")
    yield Figure("duplicates: of people who are there already", twice / _TWICE, "", 1.0, at_least=True)


def _person(chance: random.Random, families: list[str], givens: list[str]) -> KnownPerson:
    born = PartialDate(chance.randrange(1945, 2006), chance.randrange(1, 13), chance.randrange(1, 29))
    year = chance.choice((2020, 2020, 2020, 2021, 2022, 2023, 2024))
    detained = PartialDate(year, chance.randrange(1, 13), chance.randrange(1, 29))
    name = f"{chance.choice(givens)} {chance.choice(families)}"
    return KnownPerson((name,), born, detained if chance.random() < 0.8 else None)
