"""Protects: work runs beside the window and comes back to it; a cancel stops it; errors carry no words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterator

import attrs
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread

from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.progress import Cancelled, Progress
from ui.change_bus import ChangeBus
from ui.messages import told_of
from ui.tasks import Failure, Tasks

Until = Callable[[Callable[[], bool]], None]


@attrs.frozen
class Saved:
    """What a service returns."""

    changes: Changes
    id: str


@pytest.fixture
def bus() -> ChangeBus:
    return ChangeBus()


@pytest.fixture
def reported() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def tasks(bus: ChangeBus, reported: list[tuple[str, str]]) -> Iterator[Tasks]:
    made = Tasks(bus, lambda reference, error: reported.append((reference, type(error).__name__)))
    yield made
    assert made.stop()


def test_work_runs_beside_the_window_and_answers_on_it(tasks: Tasks, until: Until) -> None:
    places: list[object] = []
    me = QObject()

    def work() -> str:
        places.append(QThread.currentThread() is not QCoreApplication.instance().thread())  # type: ignore[union-attr]
        return "read"

    tasks.query(work, initiator=me, done=lambda words: places.extend([words, threading.current_thread()]))
    until(lambda: not tasks.busy)
    assert places == [True, "read", threading.main_thread()]


def test_everything_runs_on_the_same_thread_in_the_order_asked(tasks: Tasks, until: Until) -> None:
    order: list[int] = []
    threads: set[int] = set()

    def work(number: int) -> Changes:
        threads.add(threading.get_ident())
        order.append(number)
        return Changes()

    for number in range(20):
        tasks.command(work, number, initiator=None)
    until(lambda: not tasks.busy)
    assert order == list(range(20))
    assert len(threads) == 1


def test_a_command_announces_what_it_changed_before_its_asker_goes_on(
    tasks: Tasks, bus: ChangeBus, until: Until
) -> None:
    heard: list[object] = []
    me = QObject()
    bus.committed.connect(lambda changes, initiator: heard.append((changes.ids("prisoner"), initiator is me)))
    tasks.command(
        lambda cmd: Saved(Changes.of("prisoner", cmd), cmd),
        "a1",
        initiator=me,
        done=lambda saved: heard.append(saved.id),
    )
    until(lambda: not tasks.busy)
    assert heard == [(frozenset({"a1"}), True), "a1"]


def test_nothing_changed_announces_nothing(tasks: Tasks, bus: ChangeBus, until: Until) -> None:
    heard: list[object] = []
    bus.committed.connect(lambda *parts: heard.append(parts))
    tasks.command(lambda cmd: Changes(), "x", initiator=None)
    until(lambda: not tasks.busy)
    assert heard == []


def test_what_is_kept_for_a_second_person_is_announced(tasks: Tasks, bus: ChangeBus, until: Until) -> None:
    """It was saved: what waits, the log and "Saved" went on showing what was before."""
    heard: list[Changes] = []
    bus.committed.connect(lambda changes, initiator: heard.append(changes))

    def keep(proposal: str) -> Changes:
        raise KnownError(Code.NEEDS_SECOND_PERSON, *([proposal] if proposal else ()))

    for proposal in ("", "a1"):
        tasks.command(keep, proposal, initiator=None, failed=lambda _failure: None)
    until(lambda: not tasks.busy)
    assert [(one.ids("proposal"), one.touches("log")) for one in heard] == [(frozenset({"a1"}), True)]


def test_a_known_error_comes_back_with_its_code(tasks: Tasks, until: Until) -> None:
    failures: list[Failure] = []

    def refuse(cmd: str) -> Changes:
        raise KnownError(Code.CONFLICT, cmd)

    tasks.command(refuse, "a1", initiator=None, failed=failures.append)
    until(lambda: bool(failures))
    assert failures[0].error is not None
    assert failures[0].error.code is Code.CONFLICT
    assert failures[0].reference == ""


def test_our_own_mistake_gives_a_reference_and_none_of_its_words(
    tasks: Tasks, reported: list[tuple[str, str]], until: Until
) -> None:
    failures: list[Failure] = []
    tasks.failed.connect(failures.append)

    def break_down() -> str:
        raise ValueError("Alena Example, +375 29 000 00 00")

    tasks.query(break_down, initiator=None, done=lambda _: None)
    until(lambda: bool(failures))
    told = told_of(failures[0])
    assert reported == [(told.reference, "ValueError")]
    assert len(told.reference) == 8
    assert "Alena" not in repr(failures[0]) + told.text


def test_nobody_is_told_when_the_asker_is_gone(tasks: Tasks, bus: ChangeBus, until: Until) -> None:
    told: list[object] = []
    heard: list[object] = []
    gate = threading.Event()
    me = QObject()
    bus.committed.connect(lambda changes, _: heard.append(changes))

    def wait(cmd: str) -> Changes:
        gate.wait(5)
        return Changes.of("prisoner", cmd)

    tasks.command(wait, "a1", initiator=me, done=told.append)
    me.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gate.set()
    until(lambda: not tasks.busy)
    assert told == []
    assert len(heard) == 1


def test_long_work_says_how_far_it_is_and_stops_when_cancelled(tasks: Tasks, until: Until) -> None:
    steps: list[int] = []
    failures: list[Failure] = []
    rolled_back: list[bool] = []

    def count(progress: Progress) -> str:
        try:
            for number in range(1_000_000):
                progress(number, 1_000_000, "Counting")
        finally:
            rolled_back.append(True)
        return "never"

    ticket = tasks.long(
        count,
        initiator=None,
        failed=failures.append,
        step=lambda done, total, what: steps.append(done),
    )
    until(lambda: bool(steps))
    ticket.cancel()
    until(lambda: not tasks.busy)
    assert failures[0].cancelled
    assert rolled_back == [True]


def test_what_is_over_is_not_told_as_cancelled(tasks: Tasks, until: Until) -> None:
    """Somebody pressed *Cancel* while it was being saved: it is saved, and that is what they are told."""
    saving, pressed = threading.Event(), threading.Event()
    told: list[str] = []

    def save(progress: Progress) -> str:
        progress(1, 2, "Saving")
        saving.set()
        pressed.wait(5)
        progress(2, 2, "Done")
        return "saved"

    ticket = tasks.long(save, initiator=None, done=told.append)
    until(saving.is_set)
    ticket.cancel()
    pressed.set()
    until(lambda: not tasks.busy)
    assert told == ["saved"]


def test_sliced_work_is_told_of_a_cancel_where_it_stands(tasks: Tasks, until: Until) -> None:
    """What is done and saved already is told, not thrown away with the rest."""
    going = threading.Event()
    told: list[str] = []

    def work(progress: Progress) -> Generator[None, None, str]:
        try:
            while True:
                going.set()
                yield
        except Cancelled:
            return "half of it"

    ticket = tasks.long(work, initiator=None, done=told.append)
    until(going.is_set)
    ticket.cancel()
    until(lambda: not tasks.busy)
    assert told == ["half of it"]


def test_a_cancel_nobody_asked_about_stays_quiet(tasks: Tasks, until: Until) -> None:
    shown: list[Failure] = []
    tasks.failed.connect(shown.append)

    def endless(progress: Progress) -> Generator[None, None, str]:
        while True:
            progress(0, 0, "On and on")
            yield

    tasks.long(endless, initiator=None).cancel()
    until(lambda: not tasks.busy)
    assert shown == []


def test_sliced_work_lets_searches_and_saves_in_between(tasks: Tasks, until: Until) -> None:
    order: list[str] = []

    def slices(progress: Progress) -> Generator[None, None, str]:
        tasks.query(lambda: order.append("search"), initiator=None, done=lambda _: None)
        for number in range(3):
            order.append(f"slice {number}")
            yield
        return "report"

    tasks.long(slices, initiator=None, done=order.append)
    until(lambda: not tasks.busy)
    assert order[0] == "slice 0" or order[0] == "search"
    assert order.index("search") < order.index("slice 1")
    assert order[-1] == "report"


def test_stopping_cancels_long_work_finishes_saves_and_closes_last(bus: ChangeBus) -> None:
    done: list[str] = []
    tasks = Tasks(bus)

    def endless(progress: Progress) -> Generator[None, None, str]:
        while True:
            progress(0, 0, "On and on")
            yield

    tasks.long(endless, initiator=None, step=lambda *_: None)
    tasks.command(done.append, "saved", initiator=None)
    assert tasks.stop(lambda: done.append("closed"))
    assert done == ["saved", "closed"]
