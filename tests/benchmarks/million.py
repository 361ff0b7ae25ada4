"""A million people: the keystroke and the memory. Not part of `bench`: it takes 15 minutes and 1 GB.

`.venv/bin/python -m tests.benchmarks.million`
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil

from tests.benchmarks.casework import empty_case, filled, filter_words, keystrokes
from tests.benchmarks.figures import Figure, seconds

PEOPLE: Final = 1_000_000


def measure(folder: Path) -> Iterator[Figure]:
    """Made, read in, searched."""
    session = empty_case(folder, "million")
    yield Figure(f"{PEOPLE:,} people put into a case file", seconds(lambda: filled(session, PEOPLE)), "s")
    yield Figure("their names read in", seconds(lambda: session.search.everywhere("z")), "s")
    box, line = keystrokes(session, runs=3)
    yield Figure(f"slowest keystroke of a search among {PEOPLE:,} people", box * 1000, "ms", 50.0)
    yield Figure("the same in the filter of the Prisoners list", line * 1000, "ms", 50.0)
    yield Figure("their lines read in for filter words", seconds(session.settle), "s")
    yield from filter_words(session, 50.0)
    yield Figure("memory then", psutil.Process().memory_info().rss / 1e6, "MB")
    session.close()


def main() -> int:
    """Print each figure as soon as it is there; 1 if one is missed."""
    missed = 0
    with tempfile.TemporaryDirectory(prefix="poruch-bench-") as folder:
        for figure in measure(Path(folder)):
            print(figure.line(), flush=True)
            missed += not figure.reached
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
