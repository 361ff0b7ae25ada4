"""Protects a case file that was left open: what locks it besides the person, each by its own message."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Until
from ui import lock_windows
from ui.lock_logind import Logind, watch_logind
from ui.lock_triggers import SLEPT_S, EndSignals, SleepWatch
from ui.lock_windows import LID, PowerSetting, WindowsWatch


class Told:
    """Counts what was called."""

    def __init__(self) -> None:
        self.locks = self.leaves = 0

    def lock(self) -> None:
        self.locks += 1

    def leave(self) -> None:
        self.leaves += 1


@pytest.fixture
def told(application: QApplication) -> Told:
    return Told()


# every system


@pytest.mark.parametrize(
    ("gap", "locks"), [(5.0, 0), (SLEPT_S - 1, 0), (SLEPT_S, 1), (7200.0, 1), (-60.0, 0)]
)
def test_time_that_stood_still_is_a_sleep(told: Told, gap: float, locks: int) -> None:
    now = [1000.0]
    watch = SleepWatch(told.lock, wall_s=lambda: now[0])
    now[0] += gap
    watch.look()
    watch.look()
    watch.stop()
    assert told.locks == locks


@pytest.mark.skipif(os.name != "posix", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_plea_to_end_leaves_in_order(told: Told, until: Until, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    ends = EndSignals(told.leave)
    os.kill(os.getpid(), number)
    until(lambda: told.leaves == 1)
    ends.stop()
    assert signal.getsignal(number) == before


# Windows, by messages as it sends them


def _send(told: Told, kind: int, wparam: int, lparam: int = 0) -> tuple[bool, int]:
    message = wintypes.MSG(message=kind, wParam=wparam, lParam=lparam)
    watch = WindowsWatch(told.lock, told.leave)
    return watch.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(message))


@pytest.mark.parametrize(
    ("kind", "wparam", "locks", "leaves"),
    [
        (0x02B1, 0x7, 1, 0),  # WTS_SESSION_LOCK
        (0x02B1, 0x2, 1, 0),  # WTS_CONSOLE_DISCONNECT: another user
        (0x02B1, 0x4, 1, 0),  # WTS_REMOTE_DISCONNECT
        (0x02B1, 0x8, 0, 0),  # WTS_SESSION_UNLOCK
        (0x0218, 0x4, 1, 0),  # PBT_APMSUSPEND
        (0x0218, 0x12, 0, 0),  # PBT_APMRESUMEAUTOMATIC
        (0x0016, 1, 0, 1),  # WM_ENDSESSION, it ends
        (0x0016, 0, 0, 0),  # WM_ENDSESSION, somebody cancelled it
        (0x0100, 0x7, 0, 0),  # WM_KEYDOWN
    ],
)
def test_windows_messages(told: Told, kind: int, wparam: int, locks: int, leaves: int) -> None:
    assert _send(told, kind, wparam) == (False, 0), "everything goes on to Qt"
    assert (told.locks, told.leaves) == (locks, leaves)


@pytest.mark.parametrize(("setting", "value", "locks"), [(LID, 0, 1), (LID, 1, 0), (bytes(16), 0, 0)])
def test_windows_says_that_the_lid_closes(told: Told, setting: bytes, value: int, locks: int) -> None:
    said = PowerSetting((ctypes.c_ubyte * 16)(*setting), 4, value)
    _send(told, lock_windows.WM_POWERBROADCAST, lock_windows.PBT_POWERSETTINGCHANGE, ctypes.addressof(said))
    assert told.locks == locks


def test_messages_of_other_systems_are_not_read(told: Told) -> None:
    watch = WindowsWatch(told.lock, told.leave)
    assert watch.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)


# Linux, over a bus of its own


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None:
        pytest.skip("no system bus to make")
    if shutil.which("dbus-send") is None:
        pytest.skip("nobody to speak on it")
    address = f"unix:path={tmp_path / 'bus'}"
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address={address}"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if daemon.stdout is None:
        pytest.fail("no output to read")
    where = daemon.stdout.readline().decode().strip()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", where)
    yield where
    daemon.terminate()
    daemon.wait(10)
    daemon.stdout.close()


def _say(bus: str, path: str, member: str, *words: str) -> None:
    command = ["dbus-send", f"--bus={bus}", "--type=signal", path, member, *words]
    subprocess.run(command, check=True, timeout=10)


_MANAGER = "/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true"
_LOCK = "/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session.Lock"


@pytest.mark.parametrize("words", [_MANAGER, _LOCK])
def test_logind_says_sleep_or_lock(told: Told, bus: str, until: Until, words: tuple[str, ...]) -> None:
    watch = Logind(told.lock, ctypes.CDLL("libsystemd.so.0"), sender="")
    _say(bus, *words)
    until(lambda: told.locks == 1)
    watch.stop()


def test_only_logind_itself_is_heard(told: Told, bus: str, application: QApplication) -> None:
    stop = watch_logind(told.lock)
    _say(bus, *_LOCK)
    for _ in range(20):
        application.processEvents()
    stop()
    assert told.locks == 0


class Library:
    """What `Logind` asks of libsystemd where a session changes; everything else goes to the real one."""

    def __init__(self, **properties: int) -> None:
        self._real = ctypes.CDLL("libsystemd.so.0")
        self._properties = properties

    def sd_bus_get_property_trivial(self, bus: object, *words: object) -> int:
        found = self._properties.get(str(words[3], "ascii")) if isinstance(words[3], bytes) else None
        pointer = words[6]
        if found is None:
            return -2
        ctypes.cast(pointer, ctypes.POINTER(ctypes.c_int))[0] = found  # type: ignore[arg-type]
        return 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


@pytest.mark.parametrize(
    ("properties", "locks"),
    [
        ({"LockedHint": 1, "Active": 1}, 1),
        ({"LockedHint": 0, "Active": 0}, 1),
        ({"LockedHint": 0, "Active": 1}, 0),
        ({}, 0),
    ],
)
def test_a_locked_screen_or_another_user(
    told: Told, bus: str, until: Until, application: QApplication, properties: dict[str, int], locks: int
) -> None:
    watch = Logind(told.lock, Library(**properties), sender="")
    _say(bus, "/org/freedesktop/login1/session/_31", "org.freedesktop.DBus.Properties.PropertiesChanged")
    if locks:
        until(lambda: told.locks == 1)
    for _ in range(20):
        application.processEvents()
    watch.stop()
    assert told.locks == locks


def test_without_a_bus_nothing_listens_and_nothing_breaks(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    watch_logind(told.lock)()
    assert told.locks == 0
