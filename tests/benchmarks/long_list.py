"""A list of 100,000 rows looked at: how long, how much memory with the child, how often one can cancel."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import psutil

from app.intake.how_read import HowRead
from app.intake.parts import parts_of
from app.intake.readers import read_file
from app.intake.staging import preview_parts
from tests.benchmarks.figures import Figure
from tests.benchmarks.names.people import people
from tests.services.lists import COLUMNS, row

ROWS: Final = 100_000
_TODAY: Final = date(2026, 11, 28)
_POLL_SECONDS: Final = 0.05


def measure(folder: Path) -> Iterator[Figure]:
    """Issue 4: 100,000 rows within 30 seconds and 500 MB, with progress and cancel.

    In a process of its own, so that what other measurements hold is not counted.
    """
    path = folder / "long.csv"
    write(path, ROWS)
    command = [sys.executable, "-m", "tests.benchmarks.long_list", str(path)]
    said = subprocess.run(command, capture_output=True, check=True, text=True, env=os.environ).stdout.split()
    took, used, megabytes, gap = map(float, said)
    yield Figure("list of 100,000 rows looked at", took, "s", 30.0)
    yield Figure("list of 100,000 rows: of the processor, without the child", used, "s")
    yield Figure("list of 100,000 rows: memory with the child", megabytes, "MB", 500.0)
    yield Figure("list of 100,000 rows: longest without progress", gap, "s", 3.0)


def write(path: Path, rows: int) -> None:
    """A list of invented people as keepers of public lists write it."""
    chance = random.Random(4)
    names = [(one.given[0], one.family[0]) for one in people(chance, 300)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="FALSE")
        writer.writeheader()
        for number in range(1, rows + 1):
            given, family = chance.choice(names)[0], chance.choice(names)[1]
            born = date(1945, 1, 1) + timedelta(days=chance.randrange(22_000))
            held = date(2020, 1, 1) + timedelta(days=chance.randrange(2_400))
            said = {"birthday": born.isoformat(), "arrested": held.isoformat()}
            writer.writerow(row(number, f"{given} {family}", **said))


def _look(path: Path) -> None:
    """Look at the list; print seconds, processor seconds, the most memory and the longest gap."""
    most = [0]
    ended = threading.Event()
    watching = threading.Thread(target=watch, args=(most, ended))
    watching.start()
    moments: list[float] = [time.perf_counter()]
    began, used = time.perf_counter(), time.process_time()

    def progress(done: int, total: int, what: str) -> None:
        moments.append(time.perf_counter())

    parts = parts_of(read_file(path, progress=progress), HowRead())
    preview_parts(parts, (), today=_TODAY, progress=progress)
    moments.append(time.perf_counter())
    took, used = time.perf_counter() - began, time.process_time() - used
    ended.set()
    watching.join()
    gap = max(after - before for before, after in pairwise(moments))
    print(took, used, most[0] / 1024 / 1024, gap)


def watch(most: list[int], ended: threading.Event) -> None:
    """Keep the most memory this process and its children held together, until it has ended."""
    me = psutil.Process()
    while not ended.wait(_POLL_SECONDS):
        held = 0
        for process in (me, *me.children(recursive=True)):
            try:
                held += int(process.memory_info().rss)
            except psutil.Error:
                continue
        most[0] = max(most[0], held)


if __name__ == "__main__":
    _look(Path(sys.argv[1]))
