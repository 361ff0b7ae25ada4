"""Runs every measurement and prints a table: what, measured, asked.

`--people 1000000` measures the search among so many people instead.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from tests.benchmarks import (
    backups,
    casework,
    deciding,
    duplicates,
    exposure,
    leaving,
    long_list,
    long_log,
    long_report,
    million,
    moving_in,
    quarter,
    relatives,
    reports,
    saving,
    window,
)
from tests.benchmarks.figures import Figure
from tests.benchmarks.names import measure as names
from tests.benchmarks.strangers import measure as strangers
from tests.benchmarks.strangers import unseen

MEASURE: Final[tuple[Callable[[Path], Iterator[Figure]], ...]] = (
    names.measure,
    strangers.measure,
    unseen.measure,
    moving_in.measure,
    duplicates.measure,
    long_list.measure,
    casework.measure,
    saving.measure,
    backups.measure,
    leaving.measure,
    deciding.measure,
    relatives.measure,
    long_log.measure,
    exposure.measure,
    quarter.measure,
    reports.measure,
    long_report.measure,
    window.measure,
)


def main() -> int:
    """Print each figure as soon as it is there; 1 if one is missed."""
    missed = 0
    measures = MEASURE if (people := _people()) is None else (partial(million.measure, number=people),)
    print(f"{'what':58} {'measured':>12}  {'asked':>12}")
    for measure in measures:
        with tempfile.TemporaryDirectory(prefix="poruch-bench-") as folder:
            for figure in measure(Path(folder)):
                print(figure.line(), flush=True)
                missed += not figure.reached
    print(f"\n{missed} missed" if missed else "\nall reached")
    return 1 if missed else 0


def _people() -> int | None:
    parser = argparse.ArgumentParser(prog="dev.py bench", description="Print the figures.")
    parser.add_argument(
        "--people",
        type=int,
        metavar="N",
        help="only the search, key by key, among so many people (1000000: 15 minutes, 2 GB of memory)",
    )
    found: int | None = parser.parse_args().people
    return found


if __name__ == "__main__":
    sys.exit(main())
