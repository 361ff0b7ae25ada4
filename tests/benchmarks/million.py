"""So many people as one wants: every key of the usual journeys in the search box, and the memory.

`python3 dev.py bench --people 1000000`; a million take 15 minutes and 2 GB, and are no part of `bench`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

import psutil

from app.services.session import Session
from tests.benchmarks.casework import empty_case
from tests.benchmarks.crowd import gathered
from tests.benchmarks.figures import Figure, seconds, timed

MOST_MS: Final = 50.0
_RUNS: Final = 5


def measure(folder: Path, number: int) -> Iterator[Figure]:
    """Made, read in, searched key by key."""
    session = empty_case(folder, "crowd")
    began = time.perf_counter()
    common = gathered(session, number)
    yield Figure(f"{number:,} people put into a case file", time.perf_counter() - began, "s")
    yield Figure("their names read in", seconds(lambda: session.search.everywhere("z")), "s")
    yield Figure("their lines read in for filter words", seconds(lambda: _lines(session)), "s")
    yield from keys(session, common)
    yield Figure("memory then", psutil.Process().memory_info().rss / 1e6, "MB")
    session.close()


def _lines(session: Session) -> None:
    while not session.search.answer("status:held").is_whole:
        pass


def keys(session: Session, common: tuple[str, ...]) -> Iterator[Figure]:
    """The slowest key of each journey, of the clock and of the processor."""
    for name, lines in journeys(common).items():
        took, used, line = max(_key(session, line) for line in lines)
        yield Figure(f"{name}: slowest key, at “{line}”", took * 1000, "ms", MOST_MS)
        yield Figure("  of the processor", used * 1000, "ms")


def journeys(common: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """What people type, letter by letter."""
    first, second, _third = common
    return {
        "one letter": ("к", "д", "s", "z", "ш"),
        "the commonest family name": _typed(first),
        "the same in Latin": _typed("dziezhkonak"),
        "a family name and a given name": _typed(f"{second} Дмитрий"),
        "a given name first": (*_typed(f"Дмитрий {second}"), *_typed("Siarhei zhawn")),
        "wrongly spelt": (*_typed("Дзежкнок"), *_typed("shershnvich"), *_typed("Dzeschkonok")),
        "nobody": _typed("xqzwvtkor"),
        "a number": _typed("be-000012"),
        "words of a case": _typed("teacher homiel"),
        "filter words": (
            *_typed("status:held no:godparent since:2024"),
            *("place:homiel", "owner:me", "status:released,held"),
        ),
        "filter words beside a name": (
            *_typed(f"{first} status:held"),
            *("zhawn status:held", "д status:held", "siarhei status:held no:godparent"),
        ),
    }  # fmt: skip


def _typed(line: str) -> tuple[str, ...]:
    return tuple(line[:end] for end in range(1, len(line) + 1) if line[end - 1] != " ")


def _key(session: Session, line: str) -> tuple[float, float, str]:
    """One key: the median of the clock, the least of the processor."""
    ask = partial(session.search.answer, line)
    runs = []
    for _run in range(_RUNS):
        session.search.prisoners("ʬ")  # nobody: what is kept of the key before helps no run
        runs.append(timed(ask))
    return median(took for took, _used in runs), min(used for _took, used in runs), line
