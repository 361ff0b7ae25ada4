"""Unlocks, opens a name, types, and locks when told to; the locked program knows nothing of what was typed.

After the lock nothing may be imported here that holds a passphrase or a name: the memory is searched.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path


def steps() -> Iterator[Callable[[], bool]]:
    """The part that belongs to this run of the program."""
    return _after() if "--locked" in sys.argv else _before()


def _place() -> Path:
    return Path(os.environ["PORUCH_NOTES"]).parent


def _before() -> Iterator[Callable[[], bool]]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.journeys.driven import whole_steps
    from tests.journeys.driven.hands import field, note

    yield from whole_steps.opened_and_typed()
    note("unlocked", os.getpid())
    yield (_place() / "go on").exists
    note("locks", time.time())
    QTest.keyClick(field(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def _after() -> Iterator[Callable[[], bool]]:
    (_place() / "locked.json").write_text(json.dumps([os.getpid(), time.time()]))
    yield lambda: False
