"""Runs every measurement and prints a table: what, measured, asked."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
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

MEASURE: Final[tuple[Callable[[Path], Iterator[Figure]], ...]] = (
    names.measure,
    strangers.measure,
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
    window.measure,
)


def main() -> int:
    """Print each figure as soon as it is there; 1 if one is missed. A million people: `million.py`."""
    missed = 0
    print(f"{'what':58} {'measured':>12}  {'asked':>12}")
    for measure in MEASURE:
        with tempfile.TemporaryDirectory(prefix="poruch-bench-") as folder:
            for figure in measure(Path(folder)):
                print(figure.line(), flush=True)
                missed += not figure.reached
    print(f"\n{missed} missed" if missed else "\nall reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
