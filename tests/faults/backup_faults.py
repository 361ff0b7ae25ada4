"""A backup cut or refused at every step: killed, disk full, errors, write-protected, the place gone.

Each try works on a copy of one prepared office with older backups, so that rotation has something to take
away. The child is a process of its own and dies by SIGKILL before, or in the middle of, the step; afterwards
every file with the name of a backup is whole, and every older one that rotation may not touch is there.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from app import bootstrap
from app.casefile.backup_disk import Disk
from app.casefile.backup_shelf import Shelf
from app.domain.backup import Generation, to_keep
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.services.backup_places import BESIDE, FOLDER, SECOND
from app.services.backups import Backups
from app.services.session import Session
from tests.services.office import OFFICER, Office, TurnedClock, add_prisoner

KILL: Final = "killed"
GONE: Final = "place gone"
WAYS: Final = {
    KILL: 0,
    "disk full": errno.ENOSPC,
    "error of the drive": errno.EIO,
    "write-protected": errno.EROFS,
    GONE: errno.ENOENT,
}
_EXPECTED: Final = {
    "disk full": {Code.BACKUP_NO_SPACE, Code.NO_SPACE},
    "error of the drive": {Code.BACKUP_FAILING, Code.CANNOT_WRITE},
    "write-protected": {Code.BACKUP_READ_ONLY, Code.CANNOT_WRITE},
    GONE: {Code.BACKUP_ABSENT, Code.CANNOT_WRITE, Code.BACKUP_FAILING, Code.CASE_FILE_MISSING},
}


class FailingDisk(Disk):
    """The real disk until one step, which fails or ends the process.

    Args:
        at: number of the step, from 1.
        way: one of `WAYS`.
        place: folder that goes away with it.
    """

    slice_bytes = 64 * 4096  # a small case file has several slices, too

    def __init__(self, at: int, way: str, place: Path) -> None:
        self._at, self._way, self._place = at, way, place
        self.steps: list[str] = []

    def _step(self, what: str) -> None:
        self.steps.append(what)
        if len(self.steps) != self._at:
            return
        if self._way == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._way == GONE:
            shutil.rmtree(self._place)
        raise OSError(WAYS[self._way], "by a test")

    def make_folder(self, folder: Path) -> None:
        self._step("make the folder")
        super().make_folder(folder)

    def create(self, path: Path) -> int:
        self._step("create")
        return super().create(path)

    def write(self, descriptor: int, data: bytes) -> None:
        if len(self.steps) + 1 == self._at:
            super().write(descriptor, data[: len(data) // 2])  # half of it arrives
        self._step("write")
        super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        self._step("sync")
        super().sync(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        self._step("rename")
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self._step("remove")
        super().remove(path)

    def sync_folder(self, folder: Path) -> None:
        self._step("sync the folder")
        super().sync_folder(folder)

    def names(self, folder: Path) -> list[str]:
        self._step("list")
        return super().names(folder)


@attrs.frozen
class Tried:
    """What one try came to.

    Attributes:
        step: what was being done.
        half: files with the name of a backup that are not whole.
        lost: older backups that should have stayed and are gone.
        opens: whether the case file opens with its log whole.
        told: whether what was said is the right cause.
        goes_on: whether the next backup succeeds.
    """

    way: str
    step: str
    half: int
    lost: int
    opens: bool
    told: bool
    goes_on: bool

    @property
    def holds(self) -> bool:
        """Whether everything is as promised."""
        return not self.half and not self.lost and self.opens and self.told and self.goes_on


@attrs.frozen
class Ground:
    """An office with backups of five days in both places, before the sixth."""

    folder: Path
    moment: TurnedClock

    def copied(self, to: Path) -> Office:
        """A copy to break."""
        shutil.copytree(self.folder, to)
        return Office(to / "case", TurnedClock(self.moment.last))


def make_ground(folder: Path, office: Office) -> Ground:
    """Copy an office and give it older backups; the second place is chosen in each copy anew."""
    folder.mkdir()
    case = office.copied(folder / "case")
    (folder / "away" / "stick").mkdir(parents=True)
    with case.as_person(OFFICER) as session:
        for number in range(3):
            add_prisoner(session, family_name=f"Nummer {number}")
            session.backups.make()
            case.clock.turn(days=1)
    shelf = folder / FOLDER
    for path in shelf.iterdir():
        shutil.copy(path, folder / "away" / "stick")
    return Ground(folder, case.clock)


def steps_of(ground: Ground, work: Path) -> list[str]:
    """The steps of one round of backups that nothing disturbs."""
    office = ground.copied(work)
    disk = FailingDisk(0, KILL, work)
    with office.as_person(OFFICER) as session:
        _prepared(session, work)
        Backups(session.context, disk).make()
    shutil.rmtree(work)
    return disk.steps


def tries(ground: Ground, work: Path, way: str, numbers: Iterator[int] | range) -> Iterator[Tried]:
    """One try for each of these steps."""
    for number in numbers:
        office = ground.copied(work)
        try:
            yield _killed(office, work, number) if way == KILL else _refused(office, work, number, way)
        finally:
            shutil.rmtree(work)


def _prepared(session: Session, work: Path) -> None:
    session.backups.choose_second(work / "away" / "stick")
    add_prisoner(session, family_name="Newest")


def _killed(office: Office, work: Path, number: int) -> Tried:
    before = _good(office, work)
    child = os.fork()
    if not child:
        _die(office, work, number)
    _pid, status = os.waitpid(child, 0)
    died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return _looked_at(office, work, KILL, f"step {number}", before, told=died)


def _die(office: Office, work: Path, number: int) -> None:
    try:
        session = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock)
        _prepared(session, work)
        Backups(session.context, FailingDisk(number, KILL, work)).make()
    finally:
        sys.stderr.flush()
        os._exit(1)  # it should have died


def _refused(office: Office, work: Path, number: int, way: str) -> Tried:
    before = _good(office, work)
    gone = work / "away" / "stick"
    disk = FailingDisk(number, way, gone)
    found: list[Code] = []
    with office.as_person(OFFICER) as session:
        _prepared(session, work)
        backups = Backups(session.context, disk)
        try:
            made = at_once(backups.making())
            found += [error.code for _key, error in made.failed]
        except KnownError as error:
            found.append(error.code)
    if way == GONE:
        before = {key: names for key, names in before.items() if key != SECOND}
        gone.mkdir(parents=True, exist_ok=True)
    step = disk.steps[number - 1] if len(disk.steps) >= number else ""
    # Taking away what was left, and a second rename of nothing, may fail without anybody having to know.
    told = set(found) <= _EXPECTED[way] | {Code.BACKUP_ABSENT, Code.BACKUP_DAMAGED}
    return _looked_at(office, work, way, step, before, told=told and (bool(found) or step in _QUIET))


_QUIET: Final = ("remove", "", "make the folder", "list")


def _shelves(office: Office, work: Path, session: Session) -> dict[str, Shelf]:
    main = session.context.keys.opened().main
    places = {BESIDE: work / FOLDER, SECOND: work / "away" / "stick"}
    return {key: Shelf(folder, session.case_file_id, (main,)) for key, folder in places.items()}


def _good(office: Office, work: Path) -> dict[str, dict[str, Generation]]:
    with office.as_person(OFFICER) as session:
        found = _shelves(office, work, session)
        return {key: {one.name: one for one in shelf.generations()} for key, shelf in found.items()}


def _looked_at(
    office: Office, work: Path, way: str, step: str, before: dict[str, dict[str, Generation]], *, told: bool
) -> Tried:
    half = lost = 0
    with office.as_person(OFFICER) as session:
        for key, shelf in _shelves(office, work, session).items():
            now = {one.name: at_once(shelf.whole(one)) for one in shelf.generations()}
            half += sum(not one.good for one in now.values())
            stays = to_keep([*before.get(key, {}).values(), *now.values()], "Europe/Vilnius")
            lost += len((stays & set(before.get(key, {}))) - set(now))
        opens = session.log.verify().ok
        made = session.backups.make()
        for key in made.places:
            name = _shelves(office, work, session)[key].generations()[-1].name
            opens = opens and at_once(session.backups.checking(key, name)).good
        goes_on = BESIDE in made.places
    return Tried(way, step, half, lost, opens, told, goes_on)
