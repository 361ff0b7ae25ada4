"""Changing one's own passphrase cut or refused at every system call that changes or reads the disk.

Each try works on a copy of one office. Afterwards somebody's old or new passphrase opens the case file (or
both do), everybody else's does, the log is whole, an old one that has ended stands in the log, and a second
try works.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app import bootstrap
from app.casefile import attempts
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.services.own_passphrase import ChangePassphrase
from app.services.session import Session
from tests.faults.cuts import Cut, places, run
from tests.faults.tried import Tried
from tests.faults.tried import table as table_of
from tests.services.office import COORDINATOR, OFFICER, Office, TurnedClock

NEW: Final = "turtle wagon silver magnet planet cousin"
_ACT: Final = "person.own_key_changed"
_SAID: Final = frozenset(
    {
        *(Code.NO_SPACE, Code.CANNOT_WRITE, Code.CANNOT_READ, Code.CASE_FILE_MISSING, Code.DATA_DAMAGED),
        *(Code.CASE_FILE_INCOMPLETE, Code.HEADER_DAMAGED, Code.IN_USE, Code.UNSAFE_LIBRARY),
        *(Code.NOT_A_CASE_FILE, Code.CASE_FILE_MOVED),
    }
)
"""What a refusal may be called; any other code, or a bug, is a wrong word."""


def cuts(office: Office, work: Path) -> Iterator[Cut]:
    """Every place an undisturbed run can be cut at."""
    return places(office.folder, work, lambda: _work(office, work))


def tried(office: Office, work: Path, cut: Cut) -> Tried:
    """One try, on a copy."""
    shutil.copytree(office.folder, work)
    try:
        ended = run(lambda: _work(office, work), cut)
        return Tried(cut, ended, _wrong(office, work), _SAID)
    finally:
        shutil.rmtree(work)


def _work(office: Office, work: Path) -> str:
    """What the child does; gives the code it was refused with."""
    try:
        session = bootstrap.open_case_file(work).unlock(OFFICER, TurnedClock(office.clock.last))
        try:
            at_once(session.own_passphrase.changing(ChangePassphrase(OFFICER, NEW)))
        finally:
            session.put_down()
    except KnownError as error:
        return error.code.value
    return ""


def _wrong(office: Office, work: Path) -> str:
    mine = [one for one in (OFFICER, NEW) if _opened(office, work, one) is not None]
    if not mine:
        return "nobody opens it"
    if _opened(office, work, COORDINATOR) is None:
        return "another person's passphrase no longer opens it"
    found = _opened(office, work, mine[0])
    if found is None or not found[1]:
        return "the log is not whole"
    if OFFICER not in mine and not found[0]:
        return "the old one ended and the log does not say so"
    return _second_try(office, work, mine[0])


def _opened(office: Office, work: Path, passphrase: str) -> tuple[int, bool] | None:
    """How many changes the log knows, and whether it is whole; None where it does not open."""
    try:
        session = bootstrap.open_case_file(work).unlock(passphrase, TurnedClock(office.clock.last))
    except KnownError:
        attempts.forget_wrong_attempts(work)
        return None
    try:
        return _changes_in(session), session.log.verify().ok
    finally:
        session.put_down()


def _changes_in(session: Session) -> int:
    with session.context.reading() as reader:
        return sum(one.act == _ACT for one in reader.entries())


def _second_try(office: Office, work: Path, now: str) -> str:
    """Changing it again ends every other one of this person."""
    last = "copper meadow signal eleven birch comet"
    session = bootstrap.open_case_file(work).unlock(now, TurnedClock(office.clock.last))
    try:
        at_once(session.own_passphrase.changing(ChangePassphrase(now, last)))
    except KnownError as error:
        return f"a second try is refused: {error.code.value}"
    finally:
        session.put_down()
    if any(_opened(office, work, one) is not None for one in (OFFICER, NEW)):
        return "an old one still opens it after a second try"
    return "" if _opened(office, work, last) is not None else "nobody opens it after a second try"


def table(found: list[Tried]) -> str:
    """What came of it."""
    return table_of("a passphrase changed, cut at every system call", found)
