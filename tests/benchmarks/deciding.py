"""A decision for one prisoner whose family gave fifty answers: every purpose, for every audience."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

import attrs

from app.domain.consent import ConsentRequest, decide
from tests.benchmarks.figures import Figure, seconds
from tests.unit.domain.consent.ledger_maker import (
    AUDIENCES,
    GODPARENTS,
    INSTITUTIONS,
    PRISONER,
    PURPOSES,
    TODAY,
    Maker,
)

_ANSWERS: Final = 50
_WORLDS: Final = 20
_RUNS: Final = 5
_RECIPIENTS: Final = {
    "named_godparent": frozenset(GODPARENTS[:1]),
    "named_institution": frozenset(INSTITUTIONS[:1]),
}


def measure(_folder: Path) -> Iterator[Figure]:
    """The median, and the dearest request of all worlds at the median of its runs."""
    took: list[float] = []
    for seed in range(_WORLDS):
        make = Maker(random.Random(seed))
        facts = attrs.evolve(make.facts(), answers=tuple(make.answer(number) for number in range(_ANSWERS)))
        for purpose in PURPOSES:
            for audience in AUDIENCES:
                wanted = ConsentRequest(
                    PRISONER, purpose, audience, recipients=_RECIPIENTS.get(audience, frozenset())
                )
                run = partial(decide, wanted, facts, TODAY)
                took.append(median(seconds(run) for _run in range(_RUNS)))
    yield Figure(f"decision for one prisoner with {_ANSWERS} answers", median(took) * 1000, "ms", 1.0)
    yield Figure("the dearest of them", max(took) * 1000, "ms", 1.0)
