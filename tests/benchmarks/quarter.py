"""A quarter review of 2,300 relatives who all changed: its beginning, a mark on many, its check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from app import bootstrap
from app.services.quarters import SLICE, BeginQuarter, DecideItems
from tests.benchmarks.casework import PASSPHRASE
from tests.benchmarks.figures import NOT_ASKED, Figure, median_s, seconds
from tests.benchmarks.relatives import large_case_file

CHANGED: Final = 2_300


def measure(folder: Path) -> Iterator[Figure]:
    """What an officer waits for."""
    made = large_case_file(folder, CHANGED)
    session = bootstrap.open_case_file(made).unlock(PASSPHRASE)
    session.settle()
    quarters = session.quarters
    start = BeginQuarter(session.today() - timedelta(days=90))
    beginning = seconds(lambda: quarters.begin(start))
    yield Figure(f"quarter review of {CHANGED:,} begun", beginning, "s", 5.0)
    state = quarters.state()
    if state is not None:
        group = max(state.groups, key=lambda one: one.total).group
        reading = median_s(lambda: quarters.rows(group)) * 1000
        yield Figure(f"its first {SLICE} rows", reading, "ms", 300.0)
        keys = tuple(row.key for row in quarters.rows(group))
        command = DecideItems(state.past.id, keys, "in_order", "looked at")
        yield Figure(
            f"{len(keys)} of them decided", seconds(lambda: quarters.decide(command)) * 1000, "ms", 300.0
        )
        checking = seconds(lambda: quarters.doubts(state.past.id))
        yield Figure("its list and draw checked against the log", checking, "s", NOT_ASKED)
    session.close()
