"""Random small populations for the tests of group sizes, and quarters told of them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.reports.kinds import GroupRules
from app.reports.sizes.hiding import Earlier, Quarter, tell
from app.reports.sizes.hierarchies import size_tables
from app.reports.sizes.told import TableTold
from app.reports.verify.attack import attacked

RULES: Final = GroupRules(10, 5, 20)
TABLES: Final = size_tables()
QUARTERS: Final = (date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30))

Person = dict[str, str]


def people(rng: random.Random, number: int) -> list[Person]:
    """So many people, spread unevenly over the rows of every table."""
    found: list[Person] = [{} for _ in range(number)]
    for key, table in TABLES.items():
        weights = [rng.random() ** 3 for _ in table.codes]
        for one in found:
            one[key] = rng.choices(table.codes, weights)[0]
    for one in found:
        young = one["ages"] == "under_30" and rng.random() < 0.1
        one["minors"] = "minor" if young else "adult"
    return found


def counts(everybody: Sequence[Person]) -> Mapping[str, Mapping[str, int]]:
    """How many of them by table and row."""
    found = {key: dict.fromkeys(table.codes, 0) for key, table in TABLES.items()}
    for one in everybody:
        for key in TABLES:
            found[key][one[key]] += 1
    return found


def attackers(told: Sequence[TableTold], on: date) -> set[str]:
    """The tables the linear program finds a hidden count in."""
    return {cell.table for cell in attacked(TABLES, told, on, RULES)}


def told_quarter(
    everybody: Sequence[Person],
    on: date,
    earlier: Earlier | None = None,
    levels: Mapping[str, int] | None = None,
) -> tuple[Quarter, Earlier]:
    """A quarter of these people, and everything told by then."""
    before, counted = earlier or Earlier(), counts(everybody)
    made = tell(TABLES, counted, levels or {}, on, before, RULES, lambda told: attackers(told, on))
    new = {(key, on): counted[key] for key, one in made.tables.items() if one.told is not None}
    return made, Earlier((*before.told, *made.told), {**before.counted, **new})
