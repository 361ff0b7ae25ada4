"""Asking Windows or macOS to keep a window out of pictures of the screen; Linux cannot be asked.

Numbers and names are those of the Windows SDK (winuser.h) and of AppKit (NSWindow.h). Importable everywhere,
so that what is asked for is tested everywhere with a library made by hand; the real ones are loaded on their
system only.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import Any, Final, Protocol

WDA_NONE: Final = 0x00
WDA_MONITOR: Final = 0x01
WDA_EXCLUDEFROMCAPTURE: Final = 0x11
"""From Windows 10 version 2004 on; before, `WDA_MONITOR` shows a black window in pictures."""
SHARING_NONE: Final = 0
SHARING_READ_ONLY: Final = 1


class Hide(Protocol):
    """Asks the system about the window of this handle; gives whether it said yes."""

    def __call__(self, handle: int, *, hidden: bool) -> bool: ...


def system_hide() -> Hide | None:
    """How this system is asked; None where it cannot be."""
    if sys.platform == "win32":
        load: Any = getattr(ctypes, "WinDLL")  # noqa: B009 - there on Windows only
        return windows_hide(load("user32"))
    if sys.platform == "darwin":
        return macos_hide(ctypes.CDLL("/usr/lib/libobjc.A.dylib"))
    return None


def windows_hide(user32: Any) -> Hide:
    """By user32; an older Windows is asked for what it knows."""
    call = user32.SetWindowDisplayAffinity
    call.argtypes, call.restype = [wintypes.HWND, wintypes.DWORD], wintypes.BOOL

    def hide(handle: int, *, hidden: bool) -> bool:
        if not hidden:
            return bool(call(handle, WDA_NONE))
        return bool(call(handle, WDA_EXCLUDEFROMCAPTURE)) or bool(call(handle, WDA_MONITOR))

    return hide


def macos_hide(objc: Any) -> Hide:
    """By the Objective-C runtime: a handle is the NSView inside the NSWindow that is asked."""
    objc.sel_registerName.argtypes, objc.sel_registerName.restype = [ctypes.c_char_p], ctypes.c_void_p
    send = objc.objc_msgSend
    window_name = objc.sel_registerName(b"window")
    set_name, get_name = objc.sel_registerName(b"setSharingType:"), objc.sel_registerName(b"sharingType")

    def hide(handle: int, *, hidden: bool) -> bool:
        send.argtypes, send.restype = [ctypes.c_void_p, ctypes.c_void_p], ctypes.c_void_p
        window = send(handle, window_name)
        if not window:
            return False
        wanted = SHARING_NONE if hidden else SHARING_READ_ONLY
        send.argtypes, send.restype = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong], None
        send(window, set_name, wanted)
        send.argtypes, send.restype = [ctypes.c_void_p, ctypes.c_void_p], ctypes.c_ulong
        return int(send(window, get_name)) == wanted

    return hide
