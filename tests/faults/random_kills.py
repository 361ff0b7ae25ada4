"""A process that saves one thing after the other, killed at a random moment, a thousand times.

What it said is saved must be there, the log must be whole, nothing half done. Kills alone prove little (see
`power_cuts`), but they cost little and hit moments nobody thought of: unlocking, closing, the keys of a role.

Source: security.md, *Threats*, "kill and power cut".
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.domain.errors import KnownError
from app.services.prisoners import EditPrisoner
from app.services.session import Session
from tests.services.office import OFFICER, Office, TurnedClock, add_mother, add_prisoner, an_office

_LONGEST_S: Final = 1.5
_MOST: Final = 40


@attrs.frozen
class Tried:
    """What one kill came to.

    Attributes:
        saved: entries that were said to be saved.
        wrong: what is not as promised, in words; empty where everything is.
    """

    saved: int
    wrong: str


def outcomes(folder: Path, count: int, seed: int) -> Iterator[Tried]:
    """So many kills."""
    office = an_office(folder / "office")
    for number in range(count):
        work = folder / "work"
        yield tried(office.copied(work), random.Random(f"{seed}/{number}"))
        shutil.rmtree(work)


def tried(office: Office, chance: random.Random) -> Tried:
    """One kill, in a child of this process."""
    reads, says = os.pipe()
    child = os.fork()
    if not child:
        os.close(reads)
        _save(office, says)
    os.close(says)
    time.sleep(chance.random() * _LONGEST_S)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reads, "rb") as stream:
        said = stream.read().split()
    saved = int(said[-1]) if said else 0
    return Tried(saved, _wrong(office, saved))


def _save(office: Office, says: int) -> None:
    try:
        session = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock)
        for number in range(_MOST):
            one = add_prisoner(session, family_name=f"Example{number}")
            _say(session, says)
            add_mother(session, one)
            _say(session, says)
            session.prisoners.edit(EditPrisoner(one, 1, {"status": "released"}))
            _say(session, says)
        session.close()
    finally:
        os._exit(0)


def _say(session: Session, says: int) -> None:
    os.write(says, b"%d\n" % session.log.state().entries)


def _wrong(office: Office, saved: int) -> str:
    try:
        session = bootstrap.open_case_file(office.folder).unlock(OFFICER, TurnedClock(office.clock.last))
    except KnownError as error:
        return f"it does not open: {error.code}"
    try:
        there = session.log.state().entries
        if there < saved:
            return f"{saved - there} entries are lost"
        return "" if session.log.verify().ok else "the log is not whole"
    finally:
        session.close()


def table(found: Sequence[Tried]) -> str:
    """What came of them, by how far it had come."""
    far = Counter(min(one.saved, 30) // 10 * 10 for one in found)
    lines = ["| entries saved before the kill | kills |", "|---|---|"]
    lines += [f"| {start} or more | {number} |" for start, number in sorted(far.items())]
    return "\n".join(lines)
