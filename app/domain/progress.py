"""How long work says how far it is, and how a person stops it. Never says how that is shown.

A service that may take more than a third of a second takes a `Progress` and calls it between steps. The call
itself raises `Cancelled` when the person has cancelled, so the code in between needs no checks of its own and
leaving its transaction rolls it back.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from typing import Protocol, TypeVar, cast

from app.domain.errors import Code, KnownError

T = TypeVar("T")


class Cancelled(KnownError):  # noqa: N818 - what a person asked for is no error
    """The person cancelled; nothing was written."""

    def __init__(self) -> None:
        super().__init__(Code.CANCELLED)


class Progress(Protocol):
    """Called by long work between steps.

    Args:
        done: steps finished, 0 to `total`.
        total: all steps; 0 when nobody can know.
        what: one short translated sentence for the person, never a name.

    Raises:
        Cancelled: the person asked to stop; never where `is_over`. Whoever has saved something says nothing
            more but that it is over: what was saved must not be told as cancelled.
    """

    def __call__(self, done: int, total: int, what: str) -> None:
        """Say how far the work is."""


def is_over(done: int, total: int) -> bool:
    """Whether a call of `Progress` says that everything is done: nothing is left to stop then."""
    return 0 < total <= done


class CancelToken:
    """A flag one thread raises and another looks at."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether someone asked."""
        return self._event.is_set()

    def check(self) -> None:
        """Stop here if someone asked.

        Raises:
            Cancelled: someone did.
        """
        if self._event.is_set():
            raise Cancelled


def no_progress(done: int, total: int, what: str) -> None:
    """A `Progress` for callers that show none."""


def at_once(slices: Generator[None, None, T]) -> T:
    """Run work that is done in slices to its end; gives its result."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            return cast("T", end.value)


def part_of(progress: Progress, first: int, last: int, of: int = 100) -> Progress:
    """A `Progress` for one part of longer work: its own steps become `first` to `last` of `of`."""

    def say(done: int, total: int, what: str) -> None:
        progress(first + (last - first) * done // total if total else first, of, what)

    return say
