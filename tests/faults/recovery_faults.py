"""Making a kit, handing it out, trying it and coming in with it, cut or refused at every system call.

Whatever is cut: somebody can still open the case file, its log is whole, nobody came in without the log
saying so, and the same goes on undisturbed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.crypto.shares import Share, read_share
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.recovering import check_shares, recover
from tests.faults.cuts import ERRORS, KILLED, Cut, places, run
from tests.faults.recovery_words import NEW
from tests.faults.tried import Tried
from tests.faults.tried import table as table_of
from tests.services.office import OFFICER, Office, TurnedClock, add_prisoner

WAYS: Final = (KILLED, *ERRORS)
MAKE: Final = "make"
KEEP: Final = "hand out"
TRY: Final = "try"
USE: Final = "come in"
OPERATIONS: Final = (MAKE, KEEP, TRY, USE)
_SAID: Final = frozenset(
    {
        *(Code.NO_SPACE, Code.CANNOT_WRITE, Code.CANNOT_READ, Code.DATA_DAMAGED, Code.IN_USE),
        *(Code.CASE_FILE_MISSING, Code.CASE_FILE_INCOMPLETE, Code.HEADER_DAMAGED, Code.UNSAFE_LIBRARY),
    }
)
"""What a refusal may be called; any other code, or a bug, is a wrong word."""


@attrs.frozen
class Ground:
    """A case file with a kit handed out and a newer one that is not."""

    folder: Path
    moment: TurnedClock
    kit: tuple[str, ...]
    begun: str


def make_ground(folder: Path, office: Office) -> Ground:
    """Prepare it."""
    folder.mkdir()
    case = office.copied(folder / "case")
    with case.as_person(OFFICER) as session:
        add_prisoner(session)
        kit = session.recovery.make()
        session.recovery.keep(kit.id)
        begun = session.recovery.make()
    texts = tuple(" ".join(words) for words in kit.shares)
    return Ground(folder, TurnedClock(case.clock.last), texts, begun.id)


def cuts(ground: Ground, work: Path, operation: str) -> Iterator[Cut]:
    """Every place an undisturbed run can be cut at."""
    return places(ground.folder, work, lambda: _work(ground, work, operation), WAYS)


def tried(ground: Ground, work: Path, operation: str, cut: Cut) -> Tried:
    """One try, on a copy."""
    shutil.copytree(ground.folder, work)
    try:
        ended = run(lambda: _work(ground, work, operation), cut)
        return Tried(cut, ended, _problem(ground, work, operation), _SAID, operation)
    finally:
        shutil.rmtree(work)


def _shares(ground: Ground) -> list[Share]:
    return [read_share(ground.kit[place], "ABC"[place]) for place in range(3)]


def _work(ground: Ground, work: Path, operation: str) -> str:
    """What the child does; gives the code it was refused with."""
    clock, case = TurnedClock(ground.moment.last), work / "case"
    try:
        if operation == USE:
            session, _opened = recover(case, _shares(ground), NEW, clock)
            session.put_down()
            return ""
        session = bootstrap.open_case_file(case).unlock(OFFICER, clock)
        try:
            if operation == MAKE:
                session.recovery.make()
            elif operation == KEEP:
                session.recovery.keep(ground.begun)
            else:
                session.recovery.drill(_shares(ground))
        finally:
            session.put_down()
    except KnownError as error:
        return error.code.value
    return ""


def _problem(ground: Ground, work: Path, operation: str) -> str:
    case, opening = work / "case", [one for one in (OFFICER, NEW) if _opens(ground, work, one)]
    if not opening:
        return "nobody can open it"
    if operation != USE and opening != [OFFICER]:
        return "a passphrase changed"
    session = bootstrap.open_case_file(case).unlock(opening[-1], TurnedClock(ground.moment.last))
    try:
        if not session.log.verify().ok:
            return "the log is not whole"
        if NEW in opening and not any(row.act == Act.RECOVERY_USED for row in session.log.rows()):
            return "somebody came in and the log does not say so"
        numbers = set(session.context.keys.opened().vouched.kits.values())
    finally:
        session.put_down()
    if OFFICER in opening and not numbers:
        return "no kit opens it any more"
    return _second_try(ground, work, operation, opening)


def _second_try(ground: Ground, work: Path, operation: str, opening: list[str]) -> str:
    """The same, undisturbed: it works, or it is done already."""
    code = _work(ground, work, operation)
    if operation == USE:
        done = code == Code.RECOVERY_KIT_ENDED.value and opening == [NEW]
        return "" if (not code or done) and _opens(ground, work, NEW) else f"second try: {code}"
    if operation == KEEP and code == Code.ALREADY_DONE.value:
        code = ""
    if not code and operation == TRY:
        check_shares(work / "case", _shares(ground))
    return f"second try: {code}" if code else ""


def _opens(ground: Ground, work: Path, passphrase: str) -> bool:
    try:
        bootstrap.open_case_file(work / "case").unlock(passphrase, TurnedClock(ground.moment.last)).put_down()
    except KnownError as error:
        if error.code is Code.WRONG_PASSPHRASE:
            return False
        raise
    return True


def all_tries(ground: Ground, work: Path, every: int) -> Iterator[Tried]:
    """Every so many cuts of every operation."""
    for operation in OPERATIONS:
        for cut in list(cuts(ground, work, operation))[::every]:
            yield tried(ground, work, operation, cut)


def table(found: list[Tried]) -> str:
    """What came of it."""
    return table_of("recovery kit, cut at every system call", found)
