"""The memory of the program, searched from outside before a lock and two seconds after it.

Before it, what is looked for has to be found, or the search would see nothing. It is searched for the keys of
the case file, of its desks and of the person, for their passphrase, and for names.

Source: security.md, *Threats*, "seized, locked".
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from app.casefile.unlock import unlock
from tests import canaries
from tests.faults.needles import Needles
from tests.journeys.driving import Driven
from tests.services.copies import carried
from tests.services.office import COORDINATOR, Office, an_office

AFTER_S: Final = 2.0
KEYS: Final = (
    *("the key of the case file", "the key of the desk", "the signing key"),
    *("a private key", "the other private key", "the key of drafts"),
)
SOUGHT: Final = (COORDINATOR, canaries.RELATIVE_NAME, canaries.RELATIVE_PHONE, *KEYS)
_FORMS: Final = ("utf-8", "utf-16-le", "utf-32-le")
"""How Python and Qt hold texts."""
_LARGEST: Final = 1 << 30


@attrs.frozen
class Searched:
    """What was found.

    Attributes:
        before: keys and texts in memory while it was open.
        after: those still there two seconds after the lock.
        lock_s: from the key to a new, locked program with a window.
        same: whether it is the same process, replaced.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    lock_s: float
    same: bool


def searched(folder: Path) -> Searched:
    """One lock of the real program."""
    office = an_office(folder / "office" / "case")
    carried(office)
    needles = Needles((COORDINATOR, canaries.RELATIVE_NAME, canaries.RELATIVE_PHONE), _keys(office), _FORMS)
    work = folder / "desk"
    work.mkdir()
    driven = Driven(work, {"QT_QPA_PLATFORM": "offscreen"}, "memory_steps")
    driven.start(office.folder, "")
    try:
        process = int(str(driven.wait_for("unlocked")))
        before = _found(process, needles)
        (work / "go on").touch()
        locked = _locked(work / "locked.json")
        time.sleep(max(0.0, locked[1] + AFTER_S - time.time()))
        after = _found(int(locked[0]), needles)
        asked = float(str(driven.said()["locks"]))
    finally:
        driven.kill()
    return Searched(before, after, locked[1] - asked, int(locked[0]) == process)


def _locked(note: Path) -> tuple[float, float]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            process, moment = json.loads(note.read_text())
        except (OSError, ValueError):
            time.sleep(0.02)
        else:
            return process, moment
    raise RuntimeError("the program did not come back locked")


def _keys(office: Office) -> dict[str, bytes]:
    with office.as_person(COORDINATOR) as session:
        (desk,) = session.context.keys.desks
    opened = unlock(office.folder, COORDINATOR)
    mine = opened.keys
    found = (opened.main.raw, desk.raw, mine.signing_seed, mine.mlkem_seed, mine.x25519_seed, mine.drafts)
    return dict(zip(KEYS, found, strict=True))


def _found(process: int, needles: Needles) -> tuple[str, ...]:
    found: set[str] = set()
    for part in _memory(process):
        found.update(needles.found_in(part))
    return tuple(sorted(found))


def _memory(process: int) -> Iterator[bytes]:
    """Every part of the memory of a process that can be read and written."""
    with Path(f"/proc/{process}/maps").open() as maps, Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            start, end = (int(one, 16) for one in span.split("-"))
            if not rights.startswith("rw") or end - start > _LARGEST:
                continue
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except OSError:
                continue  # of a device


def can_search() -> bool:
    """Whether this computer can: Linux, as somebody who may read the memory of the program."""
    return sys.platform == "linux" and os.geteuid() == 0
