"""Harnesses about the screen, the clipboard and locking, each giving what it measured."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Final

from tests.faults import promises, shoulder, slow_device
from tests.faults.promises import Measured
from tests.faults.series import room
from tests.rules import ROOT

MANY: Final = 20_000
_OCCASIONS: Final[Mapping[str, str]] = {
    "idleness": "tests/ui/test_kit_window.py::test_idleness_counts_sleep_and_cannot_be_set_back",
    "locked screen": "tests/ui/test_lock_triggers.py::test_a_locked_screen_or_another_user",
    "another user": "tests/ui/test_lock_triggers.py::test_windows_messages",
    "sleep": "tests/ui/test_lock_triggers.py::test_logind_says_sleep_or_lock",
    "lid": "tests/ui/test_lock_triggers.py::test_windows_says_that_the_lid_closes",
    "log-out and shutdown": "tests/ui/test_lock_triggers.py::test_a_plea_to_end_leaves_in_order",
    "Lock button": "tests/ui/prisoners/test_editing.py::test_a_lock_in_the_middle_of_typing_loses_nothing",
    "Ctrl+L": "tests/journeys/test_lock.py::test_a_lock_in_the_middle_of_typing_loses_nothing",
}
_CAPTURE: Final = "tests/ui/test_capture.py"


def over_the_shoulder(_count: int, _seed: int) -> Iterator[Measured]:
    """Every page, masked, minimised, locked."""
    with room("over the shoulder") as folder:
        seen = shoulder.looked(folder)
        print(
            f"other pictures: {', '.join(seen.differ) or 'none'}; told: {', '.join(seen.told) or 'nothing'}"
        )
    pages = f"{len(seen.differ)} ({seen.pages} pages)"
    texts = f"{len(seen.told)} ({seen.texts:,} texts)"
    what = "planted texts on screen, masked or locked"
    yield Measured(promises.SHOULDER, what, pages, not seen.differ and seen.pages > 0)
    what = "planted texts in names for screen readers, titles, tool tips"
    yield Measured(promises.SHOULDER, what, texts, not seen.told and seen.texts > 0)
    held, said = _tests(_CAPTURE)
    what = "windows kept out of screenshots where the system can"
    yield Measured(promises.SHOULDER, what, f"every one asked for ({said}); Linux has none", held)


def occasions(_count: int, _seed: int) -> Iterator[Measured]:
    """What locks: the test of each occasion, with stand-ins for the systems that are not here."""
    held = {name: _tests(test)[0] for name, test in _OCCASIONS.items()}
    print(f"locks at: {', '.join(name for name, it in held.items() if it)}\n")
    said = f"{sum(held.values())} of {len(held)}"
    yield Measured(promises.LOCKED, "occasions that lock", said, all(held.values()))


def clipboard(_count: int, _seed: int) -> Iterator[Measured]:
    """A number copied, and fifteen real seconds."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from ui.views.consent.closed import COPY_MS, BriefCopy

    application = QApplication.instance() or QApplication([])
    copy = BriefCopy(application)
    copy.copy("+375 29 707-14-53")
    there = bool(QGuiApplication.clipboard().text())
    end = time.monotonic() + COPY_MS / 1000 + 0.5
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.01)
    left = QGuiApplication.clipboard().text()
    empty = there and not left and COPY_MS <= 15_000
    yield Measured(promises.TRACES, "clipboard after 15 s", "empty" if empty else "not empty", empty)


def large(count: int, _seed: int) -> Iterator[Measured]:
    """A case file of so many relatives."""
    with room(f"{count} relatives") as folder:
        found = slow_device.measured(folder, count)
        print(found)
    rows = (
        (
            promises.SLOW,
            "unlocking 20,000 relatives, beyond the derivation of the key",
            found.first_list,
            0.6,
        ),
        (promises.SLOW, "longest the window stands still meanwhile", found.gap, 0.05),
        (promises.LOCKED, "until a new process stands, 20,000 people open", found.lock, 2.0),
    )
    for threat, what, took, asked in rows:
        said = f"{took:.1f} s"
        if asked < 0.1:
            said = f"{took * 1000:.0f} ms (its own thread worked {found.busiest * 1000:.0f} ms)"
        yield Measured(threat, what, said, took <= asked, count >= MANY)


def _tests(which: str) -> tuple[bool, str]:
    """Whether tests pass, and how many."""
    command = [sys.executable, "-m", "pytest", "-q", which]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    lines = [line.split(" ")[0] for line in done.stdout.splitlines()]
    dots = sum(len(line) for line in lines if set(line) == {"."})
    if done.returncode != 0:
        print(done.stdout[-1500:])
    return done.returncode == 0, f"{dots} tests"
