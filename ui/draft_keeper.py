"""Keeps what is half typed in the case file while it is typed, so that a crash loses two seconds at most.

Knows neither forms nor services: it is told how to ask what is typed and how to store it. A draft goes
only when its record is saved or the person throws it away, never because it was put back on screen.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.canonical import Plain

AFTER_MS: Final = 2_000
"""This long after the last key, button or drop."""
_AT_LATEST_S: Final = 8.0
_LOOK_AGAIN_MS: Final = 500
_BACK_AFTER_S: Final = 5.0

Typed = Mapping[str, Mapping[str, Plain] | None]
"""By place: what is typed there, None where nothing is. A place that is not there yet is left out."""
Keep = Callable[[Mapping[str, Mapping[str, Plain]], tuple[str, ...]], None]

_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Drop,
    }
)


class DraftKeeper(QObject):
    """Looks at what is typed and has what changed kept.

    Args:
        typed: what is typed now, on every page and sheet there is.
        keep: stores drafts by place and forgets those of the places named.
        busy: whether something asked of the worker is still under way.
    """

    def __init__(self, typed: Callable[[], Typed], keep: Keep, busy: Callable[[], bool]) -> None:
        super().__init__()
        self._typed, self._keep, self._busy = typed, keep, busy
        self._stored: dict[str, str] = {}
        self._coming: dict[str, float] = {}
        self._began_s = 0.0
        self._watching = False
        self._pause = _single_shot(self, AFTER_MS, self.look)
        self._again = _single_shot(self, _LOOK_AGAIN_MS, self.look)

    def start(self, waiting: Iterable[str]) -> None:
        """Begin to watch.

        Args:
            waiting: places whose drafts lie in the case file. One counts as being put back until it is
                seen on screen, and is not forgotten before.
        """
        for place in waiting:
            self._stored[place] = ""
            self._coming[place] = 0.0
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._watching = True
            app.installEventFilter(self)
            app.focusChanged.connect(self._on_focus)
        if self._coming:
            self._again.start()

    def stop(self) -> None:
        """Watch no more."""
        self._pause.stop()
        self._again.stop()
        app = QApplication.instance()
        if self._watching and isinstance(app, QApplication):
            self._watching = False
            app.removeEventFilter(self)
            app.focusChanged.disconnect(self._on_focus)

    def look(self) -> None:
        """Have what changed since the last look kept, now."""
        self._pause.stop()
        changed: dict[str, Mapping[str, Plain]] = {}
        gone: list[str] = []
        for place, values in self._typed().items():
            if values:
                self._coming.pop(place, None)
                frozen = json.dumps(values, sort_keys=True)
                if self._stored.get(place) != frozen:
                    self._stored[place] = frozen
                    # The worker gets values of its own, in which nobody types any more.
                    changed[place] = json.loads(frozen)
            elif place in self._stored and self._is_back(place):
                del self._stored[place]
                gone.append(place)
        if changed or gone:
            self._keep(changed, tuple(gone))
        if self._coming:
            self._again.start()

    def look_soon(self) -> None:
        """Look once whoever is being told now has been told (something was saved)."""
        QTimer.singleShot(0, self, self.look)

    def not_kept(self, places: Iterable[str]) -> None:
        """Storing failed: what is typed there counts as new at the next look."""
        for place in places:
            if place in self._stored:
                self._stored[place] = ""

    def _is_back(self, place: str) -> bool:
        """Whether an empty place is empty because of the person, not because its form is still to come."""
        if place not in self._coming:
            return True
        now = time.monotonic()
        if not self._coming[place] or self._busy():
            self._coming[place] = now
        if now - self._coming[place] < _BACK_AFTER_S:
            return False
        del self._coming[place]  # long there and nothing in it: it had been saved just before
        return True

    def _on_focus(self, before: object, after: object) -> None:
        # Never at once: a widget that is being destroyed also gives its focus away, and to search among the
        # children of a window in that moment ends the program.
        self.look_soon()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        if event.type() in _INPUT:
            if self._coming:
                self.look()  # what was put back is seen before this key can save it or throw it away
            if not self._pause.isActive():
                self._began_s = time.monotonic()
                self._pause.start()
            elif time.monotonic() - self._began_s < _AT_LATEST_S:
                self._pause.start()
        return False


def _single_shot(parent: QObject, after_ms: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(then)
    return timer
