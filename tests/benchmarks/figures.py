"""One figure: what was measured, how much, and what was asked for."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Final

import attrs

NOT_ASKED: Final = float("inf")
_END: Final = object()


@attrs.frozen
class Figure:
    """A measured figure.

    Attributes:
        what: in words.
        value: in `unit`.
        unit: s, ms, MB, x for a ratio, or empty for a share.
        asked: the most it may be; `NOT_ASKED` for figures printed for comparison.
        at_least: `asked` is the least it may be.
    """

    what: str
    value: float
    unit: str
    asked: float = NOT_ASKED
    at_least: bool = False

    @property
    def reached(self) -> bool:
        """Whether it is within what was asked."""
        return self.value >= self.asked if self.at_least else self.value <= self.asked

    def line(self) -> str:
        """One line of the table."""
        asked = (
            "" if self.asked == NOT_ASKED else f"{'>=' if self.at_least else '<='} {self.asked:g} {self.unit}"
        )
        mark = "" if self.reached else "  MISSED"
        return (
            f"{self.what:58} {self.value:9.{3 if self.unit == '' else 2}f} {self.unit:>2}  {asked:>12}{mark}"
        )


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median_s(work: Callable[[], object], runs: int = 5) -> float:
    """The median of several runs, after one that is not counted."""
    work()
    return statistics.median(seconds(work) for _ in range(runs))


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """How long one run of `work` takes, and how long the processor is at it, whatever else it does."""
    used = time.process_time()
    took = seconds(work)
    return took, time.process_time() - used


def slices_s(slices: Iterator[None]) -> list[float]:
    """How long each slice takes."""
    took: list[float] = []
    while True:
        started = time.perf_counter()
        ended = next(slices, _END) is _END
        took.append(time.perf_counter() - started)
        if ended:
            return took
