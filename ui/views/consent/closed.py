"""Names open for one talk: 30 minutes in this window; a number on the clipboard for 15 seconds.

Nothing here asks whether somebody may see a name: the service decided and recorded it before it came here.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import attrs
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.relative import Identity
from ui.clipboard import put_guarded

OPEN_MS: Final = 30 * 60 * 1000
COPY_MS: Final = 15 * 1000
NOTE_MS: Final = 2 * 60 * 1000
"""A note that calls back is pasted into a letter, which takes longer than dialling."""


@attrs.frozen
class _Open:
    """One name that is open, with what stood against contact when it was shown."""

    identity: Identity
    timer: QTimer
    against: frozenset[str]


class OpenNames(QObject):
    """Identities open just now.

    Signals:
        changed(str): this relative's name was opened or closed.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject, *, open_ms: int = OPEN_MS) -> None:
        super().__init__(parent)
        self._open_ms = open_ms
        self._open: dict[str, _Open] = {}

    def get(self, relative: str) -> Identity | None:
        """The identity while it is open."""
        found = self._open.get(relative)
        return found.identity if found is not None else None

    def ids(self) -> tuple[str, ...]:
        """Whose names are open."""
        return tuple(self._open)

    def put(self, relative: str, identity: Identity, against: Collection[str] = ()) -> None:
        """Open for one talk; a fresh showing starts the time anew."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self.close(relative))
        before = self._open.pop(relative, None)
        if before is not None:
            before.timer.deleteLater()
        self._open[relative] = _Open(identity, timer, frozenset(against))
        timer.start(self._open_ms)
        self.changed.emit(relative)

    def close(self, relative: str) -> None:
        """Close one again."""
        found = self._open.pop(relative, None)
        if found is not None:
            found.timer.deleteLater()
            self.changed.emit(relative)

    def close_against(self, relative: str, against: Collection[str]) -> bool:
        """Close one where something is new against contact since it was shown; True if it closed."""
        found = self._open.get(relative)
        if found is None or found.against.issuperset(against):
            return False
        self.close(relative)
        return True


@attrs.define(eq=False)
class _Copied:
    """What is on the clipboard through us, so that we never clear what somebody else put there."""

    text: str = attrs.field(default="", repr=False)


class BriefCopy(QObject):
    """The clipboard for 15 seconds, or as long as is said."""

    def __init__(self, parent: QObject, *, stay_ms: int = COPY_MS) -> None:
        super().__init__(parent)
        self._copied = _Copied()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stay_ms)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        """Put a number there, kept out of clipboard histories."""
        put_guarded(text)
        self._copied.text = text
        self._timer.start()

    def clear(self) -> None:
        """Take it away again, if it is still ours."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._copied.text and clipboard.text() == self._copied.text:
            clipboard.clear()
        self._copied.text = ""
