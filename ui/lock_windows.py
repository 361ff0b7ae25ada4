"""Windows tells a window: the session is locked or switched, the computer sleeps, the lid closes, log-out.

Reads the native messages with `ctypes`; the numbers are those of the Windows SDK (winuser.h, wtsapi32.h).
Importable everywhere, so that reading is tested everywhere; `watch_windows` runs on Windows only.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

WM_ENDSESSION: Final = 0x0016
WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
PBT_APMSUSPEND: Final = 0x0004
PBT_POWERSETTINGCHANGE: Final = 0x8013
SESSION_LEFT: Final = frozenset({0x2, 0x4, 0x6, 0x7})
"""Console disconnected (user switch), remote disconnected, log-off, locked."""
LID: Final = UUID("BA3E0F4D-B817-4094-A2D1-D56379E6A0F3").bytes_le
"""GUID_LIDSWITCH_STATE_CHANGE, as it lies in memory."""
_MESSAGES: Final = b"windows_generic_MSG"


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING, for a setting of one number."""

    _fields_ = (("setting", ctypes.c_ubyte * 16), ("length", wintypes.DWORD), ("value", ctypes.c_ubyte))


class WindowsWatch(QAbstractNativeEventFilter):
    """Reads the messages Windows sends to windows of this program."""

    def __init__(self, lock: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._lock, self._leave = lock, leave

    def nativeEventFilter(  # noqa: N802 - Qt
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Act on what concerns us; everything goes on to Qt."""
        if event_type == _MESSAGES:
            self._read(wintypes.MSG.from_address(int(message)))
        return False, 0

    def _read(self, message: wintypes.MSG) -> None:
        kind, what = message.message, message.wParam
        left = kind == WM_WTSSESSION_CHANGE and what in SESSION_LEFT
        sleeps = kind == WM_POWERBROADCAST and (what == PBT_APMSUSPEND or _is_lid_closed(message))
        if left or sleeps:
            self._lock()
        elif kind == WM_ENDSESSION and what:
            self._leave()


def _is_lid_closed(message: wintypes.MSG) -> bool:
    if message.wParam != PBT_POWERSETTINGCHANGE or not message.lParam:
        return False
    said = PowerSetting.from_address(message.lParam)
    return bytes(said.setting) == LID and said.length >= 1 and said.value == 0


def watch_windows(lock: Callable[[], None], leave: Callable[[], None], window: int) -> Callable[[], None]:
    """Have Windows tell this window, and listen; gives what ends it."""
    libraries: Any = getattr(ctypes, "WinDLL")  # noqa: B009 - there on Windows only
    sessions, user = libraries("wtsapi32"), libraries("user32")
    handle = wintypes.HWND(window)
    sessions.WTSRegisterSessionNotification(handle, wintypes.DWORD(0))
    register = user.RegisterPowerSettingNotification
    register.restype = wintypes.HANDLE
    lid = (ctypes.c_ubyte * 16).from_buffer_copy(LID)
    power = register(handle, ctypes.byref(lid), wintypes.DWORD(0))
    watch, app = WindowsWatch(lock, leave), QCoreApplication.instance()
    if app is not None:
        app.installNativeEventFilter(watch)

    def stop() -> None:
        if app is not None:
            app.removeNativeEventFilter(watch)
        sessions.WTSUnRegisterSessionNotification(handle)
        if power:
            user.UnregisterPowerSettingNotification(wintypes.HANDLE(power))

    return stop
