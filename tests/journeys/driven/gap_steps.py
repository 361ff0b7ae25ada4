"""Unlocks a large case file, measures how long the window stands still until all is there, and locks."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

_BEAT_MS = 2


def steps() -> Iterator[Callable[[], bool]]:
    """The part that belongs to this run of the program."""
    return _after() if "--locked" in sys.argv else _before()


class _Beat(QTimer):
    """The longest time between two beats of the window's thread, and how much of one the thread worked."""

    def __init__(self) -> None:
        super().__init__(QApplication.instance())
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.longest, self._last = 0.0, time.perf_counter()
        self.busiest, self._used = 0.0, time.thread_time()
        self.timeout.connect(self._on_beat)
        self.start(_BEAT_MS)

    def _on_beat(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        self.longest, self._last = max(self.longest, now - self._last), now
        self.busiest, self._used = max(self.busiest, used - self._used), used


def _before() -> Iterator[Callable[[], bool]]:
    from tests.journeys.driven import hands, whole_steps  # not after the lock: it would count as ours
    from tests.journeys.driven.hands import note, unlock, window

    hands.PASSPHRASE = os.environ["PORUCH_STAGE"]
    yield from unlock()
    beat = _Beat()  # the first page stands; the rest comes behind it
    yield whole_steps.still(100)
    note("busiest", beat.busiest)
    note("gap", beat.longest)
    frame = window()
    frame.activateWindow()
    yield frame.isActiveWindow
    note("locks", time.time())
    QTest.keyClick(frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _after() -> Iterator[Callable[[], bool]]:
    Path(os.environ["PORUCH_NOTES"]).with_name("locked.json").write_text(json.dumps(time.time()))
    QApplication.exit(0)
    yield lambda: True
