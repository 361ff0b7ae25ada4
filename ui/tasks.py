"""Work away from the window: one worker thread owns the database connection, results come back here.

Nothing here knows a service; it runs what it is given. Commands and queries go in the order they were asked;
long work that is a generator lets them in between its slices, other long work runs through in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Protocol, TypeVar, cast, overload, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.domain.changes import Changes
from app.domain.progress import Progress
from ui.change_bus import ChangeBus
from ui.worker import Failed, Failure, ReportBug, Step, Ticket, Worker

__all__ = ["Failure", "HasChanges", "Tasks", "Ticket"]

C = TypeVar("C")
T = TypeVar("T")


@runtime_checkable
class HasChanges(Protocol):
    """What a command returns when it has more to say than its changes."""

    @property
    def changes(self) -> Changes:
        """Kinds and ids."""


class Tasks(QObject):
    """Runs work for the window.

    Args:
        bus: told what commands changed.
        report_bug: takes a reference number and the exception of our own mistake, on the worker;
            it must log the code place and reference only.

    Signals:
        failed(Failure): work failed whose asker said nothing about failing.
        busy_changed(bool): whether anything is under way.
    """

    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, bus: ChangeBus, report_bug: ReportBug | None = None) -> None:
        super().__init__()
        self._bus = bus
        self._open = 0
        self._worker = Worker(report_bug or _say_nothing)
        connection = Qt.ConnectionType.QueuedConnection
        self._worker.finished_work.connect(self._on_finished, connection)
        self._worker.progressed.connect(self._on_progress, connection)
        self._worker.start()

    def command(
        self,
        method: Callable[[C], T],
        cmd: C,
        *,
        initiator: object,
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> Ticket:
        """Run a service's method that writes; what it changed is announced before `done` is called.

        Args:
            method: takes the command, returns `Changes` or something with `changes`.
            cmd: frozen.
            initiator: the screen that asks; when it is gone by then, nobody is told (the bus still is).
            done: gets the result, on the window's thread.
            failed: gets the `Failure`; without it `Tasks.failed` says so.
        """
        ticket = Ticket(lambda _: method(cmd), _taker(done), failed, initiator, announces=True)
        return self._submit(ticket)

    def query(
        self,
        method: Callable[[], T],
        *,
        initiator: object,
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Ticket:
        """Run work that only reads; bind arguments with a lambda."""
        return self._submit(Ticket(lambda _: method(), _taker(done), failed, initiator))

    @overload
    def long(
        self,
        method: Callable[[Progress], Generator[None, None, T]],
        *,
        initiator: object,
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        step: Step | None = None,
        announces: bool = False,
    ) -> Ticket: ...

    @overload
    def long(
        self,
        method: Callable[[Progress], T],
        *,
        initiator: object,
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        step: Step | None = None,
        announces: bool = False,
    ) -> Ticket: ...

    def long(
        self,
        method: Callable[[Progress], T | Generator[None, None, T]],
        *,
        initiator: object,
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        step: Step | None = None,
        announces: bool = False,
    ) -> Ticket:
        """Run work with progress and cancel (`Ticket.cancel()`).

        Args:
            method: takes a `Progress` and calls it between steps; a generator is run in slices, with other
                work between them, and its return value is the result.
            step: gets done, total and what, on the window's thread.
            announces: its result says what it changed.
        """
        return self._submit(Ticket(method, _taker(done), failed, initiator, step, announces))

    def _submit(self, ticket: Ticket) -> Ticket:
        self._open += 1
        if self._open == 1:
            self.busy_changed.emit(True)  # noqa: FBT003 - a signal
        self._worker.put(ticket)
        return ticket

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self._open > 0

    def stop(self, last: Callable[[], object] | None = None, wait_ms: int = 10_000) -> bool:
        """Cancel what is cancellable, run `last` (close the store) on the worker, and end the thread.

        Returns:
            Whether the thread ended in time.
        """
        self._worker.finish(last)
        return self._worker.wait(wait_ms)

    @Slot(object, object, object)
    def _on_finished(self, ticket: Ticket, result: object, failure: Failure | None) -> None:
        self._open -= 1
        if not self._open:
            self.busy_changed.emit(False)  # noqa: FBT003 - a signal
        if failure is None and ticket.announces:
            self._announce(ticket, result)
        elif failure is not None and failure.kept:
            self._bus.announce(Changes({"proposal": failure.kept, "log": {""}}), ticket.initiator)
        if _is_gone(ticket.initiator):
            return
        if failure is None:
            if ticket.done is not None:
                ticket.done(result)
        elif ticket.failed is not None:
            ticket.failed(failure)
        elif not failure.cancelled:
            self.failed.emit(failure)

    def _announce(self, ticket: Ticket, result: object) -> None:
        if isinstance(result, Changes):
            self._bus.announce(result, ticket.initiator)
        elif isinstance(result, HasChanges):
            self._bus.announce(result.changes, ticket.initiator)

    @Slot(object, int, int, str)
    def _on_progress(self, ticket: Ticket, done: int, total: int, what: str) -> None:
        if ticket.step is not None and not _is_gone(ticket.initiator):
            ticket.step(done, total, what)


def _taker(done: Callable[[T], None] | None) -> Callable[[object], None] | None:
    """`done` as a taker of anything: what `method` returned is what `done` takes, said by the types above."""
    return cast("Callable[[object], None] | None", done)


def _is_gone(initiator: object) -> bool:
    return isinstance(initiator, QObject) and not shiboken6.isValid(initiator)


def _say_nothing(reference: str, error: BaseException) -> None:
    """Our own mistakes are reported by whoever starts the program; tests need no report."""
