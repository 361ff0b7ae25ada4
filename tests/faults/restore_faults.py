"""A restore, its signing and a drill cut or refused at every system call that changes or reads the disk.

Each try works on a copy of one prepared office: a backup, then a no that the journal holds. Afterwards the
original, the backup and the journal are byte for byte as they were; nothing that opens is half; a yes that
was taken back is denied in every copy; and a second try works.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap, putting_back
from app.domain.consent import Reason
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.drilling import drilling
from app.services.backup_places import FOLDER
from tests.faults.cuts import WAYS, Cut, Ended, places, run
from tests.services.office import OFFICER, Office, TurnedClock
from tests.services.restored import Restored

RESTORE: Final = "restore"
SIGN: Final = "sign"
DRILL: Final = "drill"
OPERATIONS: Final = (RESTORE, SIGN, DRILL)
_DENIED: Final = frozenset({Reason.UNPROVED, Reason.SOMEBODY_SAID_NO})
_SAID: Final = frozenset(
    {
        *(Code.NO_SPACE, Code.BACKUP_NO_SPACE, Code.CANNOT_WRITE, Code.CANNOT_READ, Code.DATA_DAMAGED),
        *(Code.CASE_FILE_MISSING, Code.BACKUP_DAMAGED, Code.IN_USE, Code.CASE_FILE_INCOMPLETE),
        *(Code.HEADER_DAMAGED, Code.UNSAFE_LIBRARY, Code.NO_BACKUP, Code.BACKUP_UNREADABLE),
    }
)
"""What a refusal may be called; any other code, or a bug, is a wrong word."""


@attrs.frozen
class Tried:
    """What one try came to.

    Attributes:
        ended: how the child ended.
        changed: names of what should be as it was and is not.
        half: copies that open and are not whole, or tell a yes that was taken back.
        goes_on: whether the next try works.
    """

    operation: str
    cut: Cut
    ended: Ended
    changed: tuple[str, ...]
    half: tuple[str, ...]
    goes_on: bool

    @property
    def told(self) -> bool:
        """Whether it was killed, was not disturbed, or said something it may say."""
        return self.ended.told(_SAID)

    @property
    def holds(self) -> bool:
        """Whether everything is as promised."""
        return not self.changed and not self.half and self.told and self.goes_on


@attrs.frozen
class Ground:
    """An office whose mother took her yes back after the backup, and a copy of it put back and not signed."""

    folder: Path
    family: Restored
    moment: TurnedClock
    backup: str


def make_ground(folder: Path, office: Office) -> Ground:
    """Prepare it."""
    folder.mkdir()
    case = office.copied(folder / "case")
    family = Restored(case, folder)
    with case.as_person(OFFICER) as session:
        session.backups.make()
    family.says_no()
    with case.as_person(OFFICER) as session:
        session.no_journal.keep_up_everywhere()
    shutil.rmtree(folder / "older")
    clock = TurnedClock(case.clock.last)
    (backup,) = (folder / FOLDER).glob("*.poruch-backup")
    putting_back.restore_backup(backup, folder / "back", OFFICER, clock=clock).put_down()
    return Ground(folder, family, clock, backup.name)


def cuts(ground: Ground, work: Path, operation: str) -> Iterator[Cut]:
    """Every place an undisturbed run can be cut at."""
    return places(ground.folder, work, lambda: _work(ground, work, operation))


def tried(ground: Ground, work: Path, operation: str, cut: Cut) -> Tried:
    """One try, on a copy."""
    shutil.copytree(ground.folder, work)
    try:
        before = _content(work, operation)
        ended = run(lambda: _work(ground, work, operation), cut)
        after = _content(work, operation)
        names = sorted(before.keys() | after.keys())
        changed = tuple(name for name in names if before.get(name) != after.get(name))
        half = tuple(_half(ground, work))
        return Tried(operation, cut, ended, changed, half, _goes_on(ground, work, operation))
    finally:
        shutil.rmtree(work)


def _work(ground: Ground, work: Path, operation: str) -> str:
    """What the child does; gives the code it was refused with."""
    clock = TurnedClock(ground.moment.last)
    try:
        if operation == RESTORE:
            putting_back.restore_backup(
                work / FOLDER / ground.backup, work / "again", OFFICER, clock=clock
            ).put_down()
        elif operation == SIGN:
            session = bootstrap.open_case_file(work / "back").unlock(OFFICER, clock)
            try:
                session.restoring.sign("the disk broke", work / FOLDER)
            finally:
                session.put_down()  # its own journal follows a close, and is no part of this
        else:
            session = bootstrap.open_case_file(work / "case").unlock(OFFICER, clock)
            try:
                found = at_once(drilling(session, OFFICER))
            finally:
                session.put_down()  # its own journal follows a close, and is no part of this
            return found.fault.code.value if found.fault is not None else ""
    except KnownError as error:
        return error.code.value
    return ""


def _content(work: Path, operation: str) -> dict[str, str]:
    """Digests of what may not change: backups, journals, and the original unless it is written to."""
    kept = [work / FOLDER, work / "second place"]
    if operation != DRILL:
        kept.append(work / "case")
    found = [path for folder in kept for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(work)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _half(ground: Ground, work: Path) -> Iterator[str]:
    """Folders that open and should not, or that tell something wrong."""
    for folder in [*work.iterdir(), *(work / "case").glob("*.new")]:
        if not folder.is_dir() or not (folder / "keys.poruch").exists():
            continue
        original = folder == work / "case"
        problem = _opened(ground, folder, original=original)
        if problem:
            yield f"{folder.name}: {problem}"


def _opened(ground: Ground, folder: Path, *, original: bool) -> str:
    hidden = folder.name.startswith((".", "drill-"))
    try:
        session = bootstrap.open_case_file(folder).unlock(OFFICER, TurnedClock(ground.moment.last))
    except KnownError as error:
        return "" if hidden or error.code is Code.CASE_FILE_UNFINISHED else f"does not open: {error.code}"
    try:
        if not session.log.verify().ok:
            return "log is not whole"
        reason = ground.family.reason(session)
        if reason not in _DENIED:
            return f"a yes came back: {reason}"
        if original == bool(session.doubts.standing()):
            signed = any(row.act == "log.restored" for row in session.log.rows())
            return "" if signed and not original else "not marked as put back"
    finally:
        session.close()
    return ""


def _goes_on(ground: Ground, work: Path, operation: str) -> bool:
    """Whether the same, undisturbed, works now and leaves nothing but what it should."""
    if operation == RESTORE and (work / "again").exists():
        return _opened(ground, work / "again", original=False) == ""
    code = _work(ground, work, operation)
    if operation == SIGN:
        code = "" if code == Code.ALREADY_DONE.value else code
    left = [*work.glob(".*"), *(work / "case").glob("*.new")]
    return not code and not left


def all_tries(ground: Ground, work: Path, every: int) -> Iterator[Tried]:
    """Every so many cuts of every operation."""
    for operation in OPERATIONS:
        for cut in list(cuts(ground, work, operation))[::every]:
            yield tried(ground, work, operation, cut)


def table(found: list[Tried]) -> str:
    """What came of it, by operation and way."""
    lines = [
        "| restoring, cut at every system call | tries | originals, backups, journals changed | half copies "
        "or a yes back | wrong words | second try failed | held |",
        "|---|---|---|---|---|---|---|",
    ]
    for operation in OPERATIONS:
        for way in WAYS:
            mine = [one for one in found if (one.operation, one.cut.way) == (operation, way)]
            if mine:
                faults = [
                    sum(bool(one.changed) for one in mine),
                    sum(bool(one.half) for one in mine),
                    sum(not one.told for one in mine),
                    sum(not one.goes_on for one in mine),
                    sum(one.holds for one in mine),
                ]
                lines.append(f"| {operation}: {way} | {len(mine)} | {' | '.join(map(str, faults))} |")
    return "\n".join(lines)
