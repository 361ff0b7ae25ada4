"""Changing one's own passphrase, or taking a key file, cut at every system call that changes or reads disks.

Each try works on a copy of one office. Afterwards somebody's old or new passphrase opens the case file (or
both do), everybody else's does, the log is whole, an old one that has ended stands in the log, and a second
try works.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from app import bootstrap
from app.casefile import attempts
from app.domain.errors import KnownError
from app.domain.progress import at_once
from app.services.own_passphrase import ChangePassphrase
from app.services.session import Session
from tests.faults.operation import Operation
from tests.services.office import COORDINATOR, OFFICER, Office, TurnedClock

NEW: Final = "turtle wagon silver magnet planet cousin"
_ACT: Final = "person.own_key_changed"


def operation(office: Office, *, key_file: bool = False) -> Operation:
    """What is cut.

    Args:
        key_file: whether a key file is made and taken, instead of another passphrase.
    """

    def work(copy: Path) -> str:
        _key_of(copy).unlink(missing_ok=True)
        return _work(office, copy, key_file=key_file)

    name = "a key file taken" if key_file else "a passphrase changed"
    return Operation(name, office.folder, work, partial(_wrong, office, key_file=key_file))


def _key_of(work: Path) -> Path:
    return work.with_name(work.name + "-key.dat")


def _work(office: Office, work: Path, *, key_file: bool) -> str:
    """What the child does; gives the code it was refused with."""
    command = ChangePassphrase(OFFICER, NEW)
    if key_file:
        command = ChangePassphrase(OFFICER, OFFICER, None, _key_of(work), make_key=True)
    try:
        session = bootstrap.open_case_file(work).unlock(OFFICER, TurnedClock(office.clock.last))
        try:
            at_once(session.own_passphrase.changing(command))
        finally:
            session.put_down()
    except KnownError as error:
        return error.code.value
    return ""


_Way = tuple[str, Path | None]
"""A passphrase and the key file beside it."""


def _wrong(office: Office, work: Path, *, key_file: bool) -> str:
    ways: tuple[_Way, _Way] = ((OFFICER, None), (OFFICER, _key_of(work)) if key_file else (NEW, None))
    mine = [one for one in ways if _opened(office, work, *one) is not None]
    if not mine:
        return "nobody opens it"
    if _opened(office, work, COORDINATOR) is None:
        return "another person's passphrase no longer opens it"
    found = _opened(office, work, *mine[0])
    if found is None or not found[1]:
        return "the log is not whole"
    if ways[0] not in mine and not found[0]:
        return "the old one ended and the log does not say so"
    return _second_try(office, work, mine[0], ways)


def _opened(office: Office, work: Path, passphrase: str, key: Path | None = None) -> tuple[int, bool] | None:
    """How many changes the log knows, and whether it is whole; None where it does not open."""
    try:
        session = bootstrap.open_case_file(work).unlock(
            passphrase, TurnedClock(office.clock.last), key_file=key
        )
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


def _second_try(office: Office, work: Path, way: _Way, ways: tuple[_Way, _Way]) -> str:
    """Changing it again ends every other one of this person."""
    last = "copper meadow signal eleven birch comet"
    (now, key), clock = way, TurnedClock(office.clock.last)
    session = bootstrap.open_case_file(work).unlock(now, clock, key_file=key)
    try:
        at_once(session.own_passphrase.changing(ChangePassphrase(now, last, key, None)))
    except KnownError as error:
        return f"a second try is refused: {error.code.value}"
    finally:
        session.put_down()
    if any(_opened(office, work, *one) is not None for one in ways):
        return "an old one still opens it after a second try"
    return "" if _opened(office, work, last) is not None else "nobody opens it after a second try"
