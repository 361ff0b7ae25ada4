"""A report of 10,000 people in five formats with checks: how long, how much memory, longest silence."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

from app import bootstrap
from app.crypto.passphrase import KdfParameters
from app.reports.kinds import FORMATS
from app.services.people import AddPerson
from app.services.reports import MakeReport
from tests.benchmarks.figures import Figure
from tests.benchmarks.long_list import watch, write

PEOPLE: Final = 10_000
_FIRST: Final = "walnut harbour violet ladder mosaic thunder"
_SECOND: Final = "copper meadow lantern saddle orbit velvet"
_FORMS: Final = len(FORMATS)


def measure(folder: Path) -> Iterator[Figure]:
    """Issue 5: 10,000 people in all five formats within two minutes and 600 MB, with progress and cancel.

    Made in a process of its own, so that what other measurements hold is not counted.
    """
    case = folder / "long-report"
    _prepare(case, folder / "long.csv")
    command = [sys.executable, "-m", "tests.benchmarks.long_report", str(case)]
    said = subprocess.run(command, capture_output=True, check=True, text=True, env=os.environ).stdout.split()
    took, megabytes, gap = map(float, said)
    yield Figure(f"report of 10,000 people in {_FORMS} formats with checks", took, "s", 120.0)
    yield Figure("report of 10,000 people: memory", megabytes, "MB", 600.0)
    yield Figure("report of 10,000 people: longest without progress", gap, "s")


def _prepare(case: Path, listed: Path) -> None:
    """A case file with a list of so many people in, its source trusted by two."""
    write(listed, PEOPLE)
    cheap = KdfParameters.for_tests()
    first = bootstrap.create_case_file(
        case, name="Bench", founder="Vera O.", passphrase=_FIRST, desk="Bench", kdf=cheap
    )
    first.people.add(AddPerson("Maks R.", ("officer",), _SECOND))
    first.intake.commit(first.intake.look(listed, "A"), even_most=True)
    first.sources.trust(first.sources.rows()[0].id)
    first.close()
    second = bootstrap.open_case_file(case).unlock(_SECOND)
    second.sources.trust(second.sources.rows()[0].id)
    second.close()


def _make(case: Path) -> None:
    """Make the report; print seconds, the most memory and the longest gap between two words of progress."""
    most = [0]
    ended = threading.Event()
    watching = threading.Thread(target=watch, args=(most, ended), daemon=True)
    session = bootstrap.open_case_file(case).unlock(_SECOND)
    watching.start()
    moments = [time.perf_counter()]

    def progress(done: int, total: int, what: str) -> None:
        moments.append(time.perf_counter())

    session.reports.make(MakeReport("public_list", "en", FORMATS), progress)
    moments.append(time.perf_counter())
    ended.set()
    watching.join()
    session.close()
    gap = max(after - before for before, after in pairwise(moments))
    print(moments[-1] - moments[0], most[0] / 1024 / 1024, gap)


if __name__ == "__main__":
    _make(Path(sys.argv[1]))
