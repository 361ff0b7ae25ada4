"""The one thread beside the window. Runs tickets in order; nothing here knows what they do."""

from __future__ import annotations

import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Generator
from typing import Final

import attrs
from PySide6.QtCore import QThread, Signal

from app.domain.errors import Code, KnownError
from app.domain.progress import Cancelled, CancelToken, Progress, is_over


@attrs.frozen
class Failure:
    """Why work did not come to its end.

    Attributes:
        error: what can happen to anyone, with a code that has words; None for our own mistake.
        reference: number to tell us for our own mistake, "" otherwise.
    """

    error: KnownError | None = None
    reference: str = ""

    @property
    def cancelled(self) -> bool:
        """Whether the person stopped it; nothing to explain then."""
        return isinstance(self.error, Cancelled)

    @property
    def kept(self) -> frozenset[str]:
        """Ids of what was saved all the same and waits for a second person; none for everything else."""
        waits = self.error is not None and self.error.code is Code.NEEDS_SECOND_PERSON
        return frozenset(self.error.ids) if waits and self.error is not None else frozenset()


ReportBug = Callable[[str, BaseException], None]
Failed = Callable[["Failure"], None]
Step = Callable[[int, int, str], None]


@attrs.define(eq=False)
class Ticket:
    """One piece of work under way.

    Attributes:
        token: raise it with `cancel()`.
        initiator: the screen that asked; when it is gone, nobody is told.
    """

    work: Callable[[Progress], object]
    done: Callable[[object], None] | None
    failed: Failed | None
    initiator: object = None
    step: Step | None = None
    announces: bool = False
    token: CancelToken = attrs.field(factory=CancelToken)

    def cancel(self) -> None:
        """Stop it at its next step; its transaction rolls back."""
        self.token.cancel()


class _Speaker:
    """The `Progress` of one ticket; speaks at most every 50 ms so that the window is not flooded."""

    def __init__(self, worker: Worker, ticket: Ticket) -> None:
        self._worker, self._ticket = worker, ticket
        self._next = 0.0

    def __call__(self, done: int, total: int, what: str) -> None:
        if not is_over(done, total):
            self._ticket.token.check()
        now = time.monotonic()
        if now >= self._next or done == total:
            self._next = now + 0.05
            self._worker.progressed.emit(self._ticket, done, total, what)


class Worker(QThread):
    """The one thread. Short work first, then a slice of the long work that waits longest."""

    finished_work = Signal(object, object, object)
    progressed = Signal(object, int, int, str)

    def __init__(self, report_bug: ReportBug) -> None:
        super().__init__()
        self.setObjectName("poruch-worker")
        self._report_bug = report_bug
        self._wake = threading.Condition()
        self._short: deque[Ticket] = deque()
        self._sliced: deque[tuple[Ticket, Generator[None, None, object]]] = deque()
        self._last: Callable[[], object] | None = None
        self._ending = False
        self._running: Ticket | None = None

    def put(self, ticket: Ticket) -> None:
        with self._wake:
            self._short.append(ticket)
            self._wake.notify()

    def finish(self, last: Callable[[], object] | None) -> None:
        with self._wake:
            self._ending, self._last = True, last
            waiting = [*self._short, *(ticket for ticket, _ in self._sliced), self._running]
            for ticket in waiting:
                if ticket is not None and ticket.step is not None:
                    ticket.cancel()
            self._wake.notify()

    def run(self) -> None:
        while True:
            with self._wake:
                while not (self._short or self._sliced or self._ending):
                    self._wake.wait()
                if not (self._short or self._sliced):
                    break
                ticket = self._short.popleft() if self._short else None
                self._running = ticket
            if ticket is not None:
                self._begin(ticket)
            else:
                self._slice()
        if self._last is not None:
            self._attempt(self._last)

    def _begin(self, ticket: Ticket) -> None:
        result, failure = self._attempt(lambda: self._started(ticket))
        if failure is None and isinstance(result, Generator):
            self._sliced.append((ticket, result))
            return
        self.finished_work.emit(ticket, result, failure)

    def _started(self, ticket: Ticket) -> object:
        ticket.token.check()
        return ticket.work(_Speaker(self, ticket))

    def _slice(self) -> None:
        ticket, slices = self._sliced.popleft()
        result, failure = self._attempt(lambda: _next_slice(ticket, slices))
        if failure is None and result is _MORE:
            self._sliced.append((ticket, slices))
            return
        slices.close()
        self.finished_work.emit(ticket, result, failure)

    def _attempt(self, work: Callable[[], object]) -> tuple[object, Failure | None]:
        try:
            return work(), None
        except KnownError as error:
            return None, Failure(error)
        except Exception as error:  # noqa: BLE001 - the one place where our own mistakes end
            reference = secrets.token_hex(4)
            self._report_bug(reference, error)
            return None, Failure(None, reference)


_MORE: Final = object()


def _next_slice(ticket: Ticket, slices: Generator[None, None, object]) -> object:
    try:
        if ticket.token.cancelled:
            slices.throw(Cancelled())  # told where it stands, so that what is done already can be kept
        else:
            next(slices)
    except StopIteration as end:
        return end.value
    return _MORE
