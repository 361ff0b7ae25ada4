"""Keeps every window of the program out of pictures of the screen, with an exception that ends by itself.

Whoever has to show the window in a call allows it for five minutes; it stands above every page for as long,
and ends with a lock, since a locked program is a fresh process.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.capture_system import Hide, system_hide

ALLOWED_S: Final = 5 * 60
_NAME: Final = "capture"


class Shown(Enum):
    """Who may take pictures of the windows."""

    NOBODY = "nobody"
    ALLOWED = "allowed"
    CANNOT_HIDE = "cannot_hide"  # this system cannot be asked
    REFUSED = "refused"  # it was asked and said no


class CaptureGuard(QObject):
    """One for the program.

    Args:
        application: whose windows are hidden, those that come later, too.
        hide: asks the system; None where it cannot be asked.
        allowed_s: how long an exception lasts.

    Signals:
        changed(): who may take pictures.
    """

    changed = Signal()

    def __init__(
        self, application: QCoreApplication, hide: Hide | None, allowed_s: float = ALLOWED_S
    ) -> None:
        super().__init__(application)
        self._hide = hide
        self._refused = False
        self._allowed = QTimer(self)
        self._allowed.setSingleShot(True)
        self._allowed.setInterval(round(allowed_s * 1000))
        self._allowed.timeout.connect(self._apply)
        if hide is not None:
            application.installEventFilter(self)
            self._apply()

    @property
    def shown(self) -> Shown:
        """Who may take pictures now."""
        if self._hide is None:
            return Shown.CANNOT_HIDE
        if self._allowed.isActive():
            return Shown.ALLOWED
        return Shown.REFUSED if self._refused else Shown.NOBODY

    @property
    def left_s(self) -> float:
        """How long pictures are allowed still; 0 where they are not."""
        return max(self._allowed.remainingTime(), 0) / 1000

    def allow(self) -> None:
        """Let pictures be taken for a while."""
        if self._hide is not None:
            self._allowed.start()
            self._apply()

    def end(self) -> None:
        """Let none be taken any more."""
        self._allowed.stop()
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt
        """A window appears, a menu or a tool tip, too: hide it before it is drawn."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._ask(watched)
        return False

    def _apply(self) -> None:
        self._refused = False
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._ask(window)
        self.changed.emit()

    def _ask(self, window: QWidget) -> None:
        hidden = not self._allowed.isActive()
        if self._hide is not None and not self._hide(int(window.winId()), hidden=hidden) and hidden:
            self._refused = True


def the_guard() -> CaptureGuard:
    """That of this program, made when it is first asked for."""
    application = QApplication.instance()
    if application is None:
        raise RuntimeError("windows come after the application")
    found = application.findChild(CaptureGuard, _NAME)
    if isinstance(found, CaptureGuard):
        return found
    guard = CaptureGuard(application, system_hide())
    guard.setObjectName(_NAME)
    return guard
