"""The window: how fast it is there, how much memory it holds after unlocking; offscreen, its own process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from app.demo import demo_people
from tests.benchmarks.casework import demo
from tests.benchmarks.figures import Figure

BUNDLE = Path(__file__).resolve().parents[2] / "dist" / "poruch" / "poruch-window"
LIMIT_S = 60


def measure(folder: Path) -> Iterator[Figure]:
    """Start and memory, from source and, where it was packaged, from the bundle."""
    case = demo(folder)
    source = [sys.executable, "-m", "ui.main", str(case)]
    yield Figure("window to its unlock page, from source", _start_s(source, folder), "s")
    if BUNDLE.exists():
        yield Figure(
            "window to its unlock page, bundle", _start_s([str(BUNDLE), str(case)], folder), "s", 1.0
        )
    yield Figure("window memory resident after unlock", _memory_mb(case, folder), "MB", 250.0)
    yield Figure("other colours or text size, every page opened", _colours_ms(case, folder), "ms", 1000.0)


def _start_s(command: list[str], folder: Path) -> float:
    """The best of three starts: the first one warms the disk."""
    return min(_one_start_s(command, folder / f"ready-{number}") for number in range(3))


def _one_start_s(command: list[str], marker: Path) -> float:
    started = time.perf_counter()
    process = subprocess.Popen(command, env=_environment(marker))
    try:
        _wait(marker, process)
        return time.perf_counter() - started
    finally:
        process.kill()
        process.wait()
        marker.unlink(missing_ok=True)


def _memory_mb(case: Path, folder: Path) -> float:
    with _unlocked(case, folder / "unlocked") as process:
        return float(psutil.Process(process.pid).memory_info().rss) / 1e6


def _colours_ms(case: Path, folder: Path) -> float:
    marker = folder / "coloured"
    with _unlocked(case, marker, "--colours"):
        return float(marker.read_text())


@contextmanager
def _unlocked(case: Path, marker: Path, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """The window in a process of its own, once it wrote its marker."""
    passphrase = demo_people()[1].passphrase
    command = [sys.executable, "-m", "tests.benchmarks.unlocked", str(case), *more]
    process = subprocess.Popen(command, env=_environment(marker), stdin=subprocess.PIPE)
    try:
        if process.stdin is not None:
            process.stdin.write(f"{passphrase}\n".encode())
            process.stdin.close()
        _wait(marker, process)
        yield process
    finally:
        process.kill()
        process.wait()
        marker.unlink(missing_ok=True)


def _environment(marker: Path) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PORUCH_READY_FILE": str(marker)}


def _wait(marker: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LIMIT_S
    while not marker.exists():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError("the window did not come up")
        time.sleep(0.002)
