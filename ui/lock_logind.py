"""Linux: systemd-logind says that the screen is locked, the user switched, the computer going to sleep.

Speaks to it through `libsystemd`, which is there wherever logind is: a local socket, no new part.
Without it, or without the bus, the clock notices a sleep and idleness the rest.
Source: sd-bus(3), org.freedesktop.login1(5).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

LOGIND: Final = "org.freedesktop.login1"
_SESSION: Final = f"{LOGIND}.Session"
_MY_SESSION: Final = b"/org/freedesktop/login1/session/auto"
_PATIENCE_US: Final = 300_000
_HANDLER: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class Logind(QObject):
    """Listens on the system bus.

    Args:
        lock: called when this session is locked, left, or about to sleep.
        library: libsystemd.
        sender: whose signals count; "" takes anybody's (for a bus without logind).

    Raises:
        OSError: there is no bus to listen on.
    """

    def __init__(self, lock: Callable[[], None], library: Any, sender: str = LOGIND) -> None:
        super().__init__()
        self._lock, self._library = lock, library
        self._wanted = self._asks = False
        self._bus = ctypes.c_void_p()
        self._check(library.sd_bus_open_system(ctypes.byref(self._bus)))
        library.sd_bus_set_method_call_timeout(self._bus, ctypes.c_uint64(_PATIENCE_US))
        self._on_lock, self._on_change = _HANDLER(self._said_lock), _HANDLER(self._said_change)
        for interface, member, handler in (
            (f"{LOGIND}.Manager", "PrepareForSleep", self._on_lock),
            (_SESSION, "Lock", self._on_lock),
            ("org.freedesktop.DBus.Properties", "PropertiesChanged", self._on_change),
        ):
            named = sender.encode() or None
            words = (named, None, interface.encode(), member.encode())
            self._check(library.sd_bus_match_signal(self._bus, None, *words, handler, None))
        self._notifier = QSocketNotifier(
            self._check(library.sd_bus_get_fd(self._bus)), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._on_readable)
        QTimer.singleShot(0, self, self._on_readable)  # what came while we asked

    def stop(self) -> None:
        """Listen no more."""
        if self._bus.value:
            self._notifier.setEnabled(False)
            self._library.sd_bus_flush_close_unref(self._bus)
            self._bus = ctypes.c_void_p()

    def _check(self, result: int) -> int:
        if result < 0:
            if self._bus.value:
                self._library.sd_bus_flush_close_unref(self._bus)
                self._bus = ctypes.c_void_p()
            raise OSError(-result, "the system bus does not answer")
        return result

    def _said_lock(self, message: int, data: int, error: int) -> int:
        self._wanted = True
        return 0

    def _said_change(self, message: int, data: int, error: int) -> int:
        self._asks = True  # asked outside the handler, as sd-bus wants it
        return 0

    def _on_readable(self) -> None:
        while self._bus.value and (result := self._library.sd_bus_process(self._bus, None)):
            if result < 0:
                self.stop()  # the bus is gone; the clock watches on
        if self._asks and self._bus.value:
            self._asks = False
            self._wanted = (
                self._wanted or self._property(b"LockedHint") == 1 or self._property(b"Active") == 0
            )
        if self._wanted:
            self._wanted = False
            self.stop()
            self._lock()

    def _property(self, name: bytes) -> int | None:
        """A yes or no of my session, None where it does not say."""
        found = ctypes.c_int()
        words = (LOGIND.encode(), _MY_SESSION, _SESSION.encode(), name)
        kind = ctypes.c_char(b"b")
        result = self._library.sd_bus_get_property_trivial(self._bus, *words, None, kind, ctypes.byref(found))
        return found.value if result >= 0 else None


def watch_logind(lock: Callable[[], None]) -> Callable[[], None]:
    """Listen where there is somebody to listen to; gives what ends it."""
    try:
        watch = Logind(lock, ctypes.CDLL("libsystemd.so.0"))
    except (OSError, AttributeError):  # no systemd here, none that old can do it, or no bus
        return lambda: None
    return watch.stop
