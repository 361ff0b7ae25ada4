"""Lists and files from outside that are made to harm, or broken at random, read as the program reads them.

Each goes through the use case a person would choose: *bring a list in* up to its preview, or the reading of
*check a file*. The child that reads it is started anew every time, as the program does. What must hold: this
process lives, the answer comes in time, no child grows too large, nothing of another file of this computer
comes in, and nothing stands in the case file before a person has looked at it.
Seeded: the same number, the same files.

Source: security.md, *Threats*, "hostile list or bundle".
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import attrs
import psutil

from app import limited_child
from app.child_limits import RESIDENT_BYTES, SECONDS, SECONDS_A_MEGABYTE
from app.domain.errors import KnownError
from app.reports.elsewhere.reading import read_elsewhere
from app.services.session import Session
from tests.faults.hostile_files import PLANTED, bombs, broken, honest
from tests.services.lists import SOURCE
from tests.services.office import COORDINATOR, an_office

MOST_S: Final = SECONDS
MOST_BYTES: Final = RESIDENT_BYTES
_CHECKED: Final = frozenset({"docx", "pdf", "html"})
_KNOWN: Final = "known bomb"
_ENDING_S: Final = 1.0
"""Starting and ending the child, and comparing what it read with the case file."""


@attrs.frozen
class Tried:
    """What came of one file.

    Attributes:
        kind: `known bomb`, or which honest file was broken.
        name: of the file.
        end: `read`, or the code it was refused with.
        seconds: until the answer.
        child_bytes: the most its child held.
        late: the answer came later than it may.
        unlooked: something stands in the case file.
        wrong: what is not as promised, in words; empty where everything is.
    """

    kind: str
    name: str
    end: str
    seconds: float
    child_bytes: int
    late: bool
    unlooked: bool
    wrong: str


def outcomes(folder: Path, count: int, seed: int, workers: int = 1) -> Iterator[Tried]:
    """Every known bomb, then so many files broken at random."""
    known = len(bombs(folder))
    shares = [range(known + count)[start::workers] for start in range(workers)]
    work = partial(_share, folder, known, seed)
    if workers == 1:
        yield from work(shares[0])
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from chain.from_iterable(pool.map(work, shares))


def _share(folder: Path, known: int, seed: int, numbers: Sequence[int]) -> list[Tried]:
    """Some of the files, in one case file."""
    work = folder / f"files-{numbers[0]}" if numbers else folder
    work.mkdir(exist_ok=True)
    planted = work / "planted.txt"
    planted.write_text(PLANTED)
    made = bombs(planted)
    with an_office(work / "case").as_person(COORDINATOR) as session:
        found = []
        for number in numbers:
            if number < known:
                name = list(made)[number]
                found.append(tried(session, work, _KNOWN, name, made[name]()))
            else:
                found.append(_broken(session, work, seed, number))
        return found


def _broken(session: Session, work: Path, seed: int, number: int) -> Tried:
    chance = random.Random(f"{seed}/{number}")
    name = chance.choices(list(honest()), [1 if _is_checked(name) else 4 for name in honest()])[0]
    return tried(session, work, name, name, broken(honest()[name], chance))


def tried(session: Session, work: Path, kind: str, name: str, content: bytes) -> Tried:
    """Give the program one file."""
    path = work / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    before = session.log.state().entries
    started = time.perf_counter()
    end, wrong, held = "read", "", list[int]()
    try:
        with _measured(held):
            told = _read(session, path)
    except KnownError as error:
        end, told = error.code.value, ""
    except Exception as error:  # noqa: BLE001 - a bug is what is looked for
        end, told, wrong = "bug", "", f"{type(error).__name__} in the program"
    seconds = time.perf_counter() - started
    path.unlink()
    child = max(held, default=0)
    late = seconds > MOST_S + _ENDING_S + SECONDS_A_MEGABYTE * len(content) / 1024 / 1024
    unlooked = session.log.state().entries != before or bool(session.prisoners.rows())
    if PLANTED in told:
        wrong = "something of another file of this computer came in"
    elif unlooked:
        wrong = "something stands in the case file that nobody looked at"
    elif late:
        wrong = "the answer came late"
    elif child > MOST_BYTES:
        wrong = "a child grew too large"
    return Tried(kind, name, end, seconds, child, late, unlooked, wrong)


@contextmanager
def _measured(held: list[int]) -> Iterator[None]:
    """The most the children hold, told each time the program looks after them."""
    looks = limited_child._resident

    def resident(process: psutil.Process) -> int:
        with suppress(OSError, StopIteration):  # not Linux, or it has ended meanwhile
            lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            held.append(1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1]))
        held.append(looks(process))
        return held[-1]

    limited_child._resident = resident
    try:
        yield
    finally:
        limited_child._resident = looks


def _read(session: Session, path: Path) -> str:
    """Read it; gives everything that came in, to be searched."""
    if _is_checked(path.name):
        return repr([one.text for one in read_elsewhere(path).said])
    return repr(session.intake.look(path, SOURCE).opened.tables)


def _is_checked(name: str) -> bool:
    """Whether it is looked at as a file that is to leave the house, not as a list; that takes longer."""
    return name.rpartition(".")[2] in _CHECKED


def table(found: Sequence[Tried]) -> str:
    """What came of them, by file."""
    lines = ["| file | tried | read | refused | slowest s | not as promised |", "|---|---|---|---|---|---|"]
    for kind in sorted({one.kind for one in found}, key=lambda kind: (kind != _KNOWN, kind)):
        mine = [one for one in found if one.kind == kind]
        read = sum(one.end == "read" for one in mine)
        slowest, wrong = max(one.seconds for one in mine), sum(bool(one.wrong) for one in mine)
        lines.append(f"| {kind} | {len(mine)} | {read} | {len(mine) - read} | {slowest:.1f} | {wrong} |")
    ends = Counter(one.end for one in found)
    lines.append("ends: " + ", ".join(f"{end} {number}" for end, number in ends.most_common()))
    return "\n".join(lines)
