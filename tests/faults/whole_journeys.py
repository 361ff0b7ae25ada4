"""The real program, watched from outside by strace through whole journeys, in a home of its own.

A coordinator unlocks, looks at every page, brings a list in, makes a report in all formats, types, locks,
unlocks and ends; an officer approves it, makes backups and a copy, opens a name, checks the log and ends.
Seen are every file that was opened for writing or given a name, every buffer that was written to anything
but a pipe, every socket, and what lies in the home and temporary folders afterwards.

Source: security.md, *Threats*, "seized, off", "network" and "traces".
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from tests import canaries
from tests.faults.needles import Needles
from tests.faults.system_log import OPTIONS, Seen, read
from tests.journeys.driving import Driven
from tests.rules import ROOT
from tests.services.copies import NICKNAME, NOTES, carried
from tests.services.lists import HELD, write_list
from tests.services.office import COORDINATOR, OFFICER, an_office

PLANTED: Final = (*canaries.ALL, COORDINATOR, OFFICER, NICKNAME, NOTES)
STAGES: Final[Mapping[str, str]] = {"work": "typed_again", "officer": "verified"}
"""Of `driven.whole_steps`, with the note that says a stage came to its end."""
_SYSTEM: Final = ("/dev/null", "/dev/tty", "/dev/shm", "/proc/self")
_BUS: Final = ("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket")
"""Of the system: says that the screen is locked or the computer sleeps."""
_FONTS: Final = "fontconfig"
"""The system's own list of fonts, which every program with text refreshes."""
_COMPILED: Final = "__pycache__"
"""Of a checkout; the finished program writes none."""
_INTERNET: Final = ("AF_INET", "AF_INET6", "AF_PACKET")
_PATIENCE_S: Final = 400


@attrs.frozen
class Watched:
    """What came of the journeys.

    Attributes:
        unfinished: stages that did not come to their end.
        outside: files written where nobody chose it.
        leaks: planted texts, with where they were written.
        left: files in the home and temporary folders afterwards.
        internet: how many internet sockets.
        families: how many sockets of each family.
        reached: addresses that are none of the system's bus.
        dumping: starts of the program, or of its child, that did not forbid core dumps.
        buffers, bytes: how many were looked through.
    """

    unfinished: tuple[str, ...]
    outside: tuple[str, ...]
    leaks: tuple[str, ...]
    left: tuple[str, ...]
    internet: int
    families: Mapping[str, int]
    reached: tuple[str, ...]
    dumping: int
    buffers: int
    bytes: int


def watched(folder: Path, stages: Sequence[str] = tuple(STAGES)) -> Watched:
    """Go on these journeys, one after the other, on one case file."""
    office = an_office(folder / "office" / "case")
    carried(office)
    work = folder / "desk"
    work.mkdir()
    driven = Driven(work, {"QT_QPA_PLATFORM": "offscreen"}, "whole_steps")
    write_list(work / "list.csv", HELD)
    for name in ("tmp", "carried"):
        (work / name).mkdir()
    seen, unfinished = Seen(), list[str]()
    for stage in stages:
        log = folder / f"{stage}.strace"
        _run(driven, office.folder, stage, log)
        if STAGES[stage] not in driven.said():
            unfinished.append(stage)
        _add(seen, read(log))
        log.unlink()
    chosen = (office.folder, office.folder.parent, work / "reports", work / "carried")
    return _judged(seen, driven, chosen, unfinished)


def _run(driven: Driven, case_file: Path, stage: str, log: Path) -> None:
    work = driven.home.parent
    env = {
        **driven.env,
        "PORUCH_STAGE": stage,
        "TMPDIR": str(work / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",  # the finished program writes none
        "XDG_RUNTIME_DIR": str(work / "tmp"),
    }
    command = [str(shutil.which("strace")), "-o", str(log), *OPTIONS, "--", *driven.command(case_file)]
    with (work / "said.txt").open("ab") as said:
        subprocess.run(command, env=env, cwd=ROOT, stdout=said, stderr=said, timeout=_PATIENCE_S, check=False)


def _add(seen: Seen, more: Seen) -> None:
    seen.written |= more.written
    seen.buffers += more.buffers
    seen.sockets += more.sockets
    seen.reached |= more.reached
    seen.no_dumps += more.no_dumps
    seen.starts += more.starts


def _judged(seen: Seen, driven: Driven, chosen: Sequence[Path], unfinished: Sequence[str]) -> Watched:
    work, needles = driven.home.parent, Needles(PLANTED)
    ours = (driven.notes, work / "said.txt")  # of the steps, which are no part of the program
    leaks = [
        f"{told}, written to {where or 'nowhere with a name'}"
        for where, content in seen.buffers
        if not where.startswith(("pipe:", str(driven.notes), str(work / "said.txt")))
        for told in needles.found_in(content)
    ]
    left = [path for place in (driven.home, work / "tmp") for path in place.rglob("*") if path.is_file()]
    leaks += [f"{told}, in {path.name}" for path in left for told in _in_file(needles, path)]
    beside = [path for place in chosen for path in place.rglob("*") if path.is_file()]
    leaks += [f"{told}, in {path.name}" for path in beside for told in _in_file(needles, path)]
    outside = sorted(
        str(path)
        for path in seen.written
        if path not in ours
        and not any(path == place or path.is_relative_to(place) for place in chosen)
        and not str(path).startswith(_SYSTEM)
        and not {_FONTS, _COMPILED} & set(path.parts)
    )
    internet = sum(number for family, number in seen.sockets.items() if family in _INTERNET)
    reached = [one for one in seen.reached if not one.endswith(_BUS)]
    return Watched(
        tuple(unfinished),
        tuple(outside),
        tuple(leaks),
        tuple(path.name for path in left if _FONTS not in path.parts),
        internet,
        dict(seen.sockets),
        tuple(sorted(reached)),
        seen.starts - seen.no_dumps,
        len(seen.buffers),
        sum(len(content) for _where, content in seen.buffers),
    )


def _in_file(needles: Needles, path: Path) -> list[str]:
    return sorted({told for part in canaries.parts_of(path) for told in needles.found_in(part)})


def can_watch() -> bool:
    """Whether this computer can: Linux with strace."""
    return os.name == "posix" and shutil.which("strace") is not None
