"""Locks when nobody has touched the program for a while. Time asleep counts: a laptop opens locked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

LOOK_EVERY_MS: Final = 5_000
_ACTIVE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.MouseMove,
    }
)


class IdleLock(QObject):
    """Calls back once when the program has been idle long enough.

    Args:
        lock: what to do then.
        after_s: seconds of idleness; 0 or less never locks.
        wall_s: clock of the wall in seconds, runs on while the computer sleeps.
        steady_s: clock that nobody can set back.
    """

    def __init__(
        self,
        lock: Callable[[], object],
        after_s: float,
        *,
        wall_s: Callable[[], float] = time.time,
        steady_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._lock, self._after_s = lock, after_s
        self._wall_s, self._steady_s = wall_s, steady_s
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._wall = self._steady = 0.0
        self.touch()

    def start(self) -> None:
        """Begin to watch (after unlocking)."""
        self.touch()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more (locked)."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def set_after(self, after_s: float) -> None:
        """Another length of idleness."""
        self._after_s = after_s

    def touch(self) -> None:
        """Somebody is here."""
        self._wall, self._steady = self._wall_s(), self._steady_s()

    @property
    def idle_s(self) -> float:
        """Seconds since somebody was here, by whichever clock says more."""
        return max(self._wall_s() - self._wall, self._steady_s() - self._steady)

    def look(self) -> None:
        """Lock if it is time."""
        if self._after_s > 0 and self.idle_s >= self._after_s:
            self.stop()
            self._lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() in _ACTIVE:
            self.look()  # the first touch after a long sleep must not count as being here
            self.touch()
        return False
