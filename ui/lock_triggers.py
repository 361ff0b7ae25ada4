"""What locks or leaves besides the person: sleep, the system's lock and user switch, log-out, a plea to end.

Each system says it its own way (`ui.lock_windows`, `ui.lock_logind`); what every system has is here. Idleness
(`ui.idle_lock`) and the keys (`ui.lock_keys`) are triggers of their own.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QSessionManager

LOOK_EVERY_MS: Final = 5_000
SLEPT_S: Final = 60.0
"""A gap between two looks as long as this: the computer slept, or the program was stopped."""
_ENDING: Final = ("SIGTERM", "SIGHUP", "SIGINT")


class LockTriggers(QObject):
    """Listens from unlocking to locking.

    Args:
        lock: keep what is typed and become a fresh, locked process.
        leave: keep what is typed and end; there is no time, or nobody, for a fresh process.
        window: handle of the window, for systems that tell windows.
    """

    def __init__(self, lock: Callable[[], None], leave: Callable[[], None], window: int) -> None:
        super().__init__()
        self._leave = leave
        self._app = QCoreApplication.instance()
        self._sleep = SleepWatch(lock)
        self._ends = EndSignals(leave) if os.name == "posix" else None
        self._stops: list[Callable[[], None]] = []
        if isinstance(self._app, QGuiApplication):
            direct = Qt.ConnectionType.DirectConnection  # the system waits for the answer
            self._app.commitDataRequest.connect(self._on_session_end, direct)
        if sys.platform == "win32":
            from ui.lock_windows import watch_windows

            self._stops.append(watch_windows(lock, leave, window))
        elif sys.platform.startswith("linux"):
            from ui.lock_logind import watch_logind

            self._stops.append(watch_logind(lock))

    def stop(self) -> None:
        """Listen no more."""
        self._sleep.stop()
        if self._ends is not None:
            self._ends.stop()
        if isinstance(self._app, QGuiApplication):
            self._app.commitDataRequest.disconnect(self._on_session_end)
        while self._stops:
            self._stops.pop()()

    def _on_session_end(self, manager: QSessionManager) -> None:
        self._leave()


class SleepWatch(QObject):
    """Notices, when time goes on, that it had stood still: nobody needs to have been idle for long.

    Args:
        lock: called once after a sleep.
        wall_s: clock of the wall in seconds, runs on while the computer sleeps.
    """

    def __init__(self, lock: Callable[[], None], *, wall_s: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._lock, self._wall_s = lock, wall_s
        self._last = wall_s()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Lock if far more time has gone by than between two looks."""
        now = self._wall_s()
        gap, self._last = now - self._last, now
        if gap >= SLEPT_S:
            self.stop()
            self._lock()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()


class EndSignals(QObject):
    """SIGTERM, SIGHUP, SIGINT: the system or a terminal asks the program to end.

    Qt's loop runs no Python while it waits, so the signal writes a byte to a pipe that wakes the loop.
    """

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave
        self._read, write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(write, False)
        self._write = write
        self._before_fd = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        self._before = {
            number: signal.signal(number, _only_wake)
            for number in (getattr(signal, name) for name in _ENDING)
        }
        self._notifier: QSocketNotifier | None = QSocketNotifier(self._read, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)

    def stop(self) -> None:
        """Let the signals do what they did before."""
        if self._notifier is None:
            return
        self._notifier.setEnabled(False)
        self._notifier = None
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before_fd)
        os.close(self._read)
        os.close(self._write)

    def _on_woken(self) -> None:
        got = os.read(self._read, 64)
        if any(number in self._before for number in got):
            self._leave()


def _only_wake(number: int, frame: FrameType | None) -> None:
    """The byte on the pipe says it all."""
