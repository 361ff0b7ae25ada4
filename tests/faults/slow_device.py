"""A case file of 20,000 relatives: until the first list stands, how long the window stands still, the lock.

Source: security.md, *Threats*, "slow device" and "seized, locked".
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median
from typing import Final
from unittest import mock

import attrs

from app import bootstrap
from app.casefile import unlock as unlocking
from app.crypto.passphrase import KdfParameters, derive_k
from app.services.prisoner_filter import PrisonerFilter
from tests.benchmarks.casework import PASSPHRASE
from tests.benchmarks.relatives import large_case_file
from tests.journeys.driving import Driven

RUNS: Final = 5


@attrs.frozen
class Measured:
    """What was measured, in seconds; `busiest` is what the window's own thread worked in one gap at most."""

    first_list: float
    gap: float
    busiest: float
    lock: float


def measured(folder: Path, relatives: int) -> Measured:
    """Make such a case file, unlock it without and with the window, lock it."""
    case = large_case_file(folder, relatives)
    first = _first_list(case)
    desk = folder / "desk"
    desk.mkdir()
    driven = Driven(desk, {"QT_QPA_PLATFORM": "offscreen"}, "gap_steps")
    driven.start(case, PASSPHRASE)
    try:
        gap, asked = float(str(driven.wait_for("gap", 300))), float(str(driven.wait_for("locks", 60)))
        until = time.monotonic() + 60
        while not (desk / "locked.json").exists() and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.1)
        back = float(json.loads((desk / "locked.json").read_text()))
    finally:
        driven.kill()
    return Measured(first, gap, float(str(driven.said()["busiest"])), back - asked)


def _first_list(case: Path) -> float:
    derived: list[float] = []

    def timed(secret: str, salt: bytes, kdf: KdfParameters, key_file: bytes | None = None) -> bytes:
        started = time.perf_counter()
        try:
            return derive_k(secret, salt, kdf, key_file)
        finally:
            derived.append(time.perf_counter() - started)

    beyond: list[float] = []
    with mock.patch.object(unlocking, "derive_k", timed):
        for _run in range(RUNS):
            derived.clear()
            started = time.perf_counter()
            session = bootstrap.open_case_file(case).unlock(PASSPHRASE)
            session.prisoners.rows(PrisonerFilter(), quickly=True)
            beyond.append(time.perf_counter() - started - sum(derived))
            session.close(locking=True)
    return median(beyond[1:])
