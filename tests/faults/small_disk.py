"""A real small disk (`tmpfs`) that gets full: at every size from nothing to enough, operations are tried.

What must hold: the case file opens with everything that was said to be saved, its log is whole, no file is
there with nothing in it, and what is said is that there is no room.

Source: security.md, *Threats*, "disk full, I/O errors".
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

from app.copying_out import make_copy
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.services.copies import MakeCopy
from app.services.own_passphrase import ChangePassphrase
from app.services.session import Session
from tests.services.office import OFFICER, Office, TurnedClock, add_mother, add_prisoner, an_office

_SAYS: Final = frozenset({Code.NO_SPACE, Code.CANNOT_WRITE, Code.BACKUP_NO_SPACE})
_NEW: Final = "turtle wagon silver magnet planet cousin"
_ROOM_KB: Final = (*range(0, 1000, 20), 1_500, 2_000, 3_000, 4_000, 8_000, 16_000, 64_000)
_EMPTIED: Final = "-journal"
"""SQLite empties its journal after each save."""
_MANY: Final = 12


@attrs.frozen
class Tried:
    """What one operation on one size of disk came to.

    Attributes:
        free_kb: how much room there was.
        said: the code it was refused with; empty where it went through.
        wrong: what is not as promised, in words; empty where everything is.
    """

    operation: str
    free_kb: int
    said: str
    wrong: str


def _save(session: Session, _folder: Path) -> None:
    for number in range(_MANY):
        add_mother(session, add_prisoner(session, family_name=f"Example{number}", working_notes="n" * 4000))


def _backup(session: Session, _folder: Path) -> None:
    made = session.backups.make()
    for _place, error in made.failed:
        raise error


def _copy(session: Session, folder: Path) -> None:
    people = tuple(row.id for row in session.prisoners.rows())
    make_copy(session, MakeCopy("travel", "Hanna K.", people), folder / "copy")


def _passphrase(session: Session, _folder: Path) -> None:
    at_once(session.own_passphrase.changing(ChangePassphrase(OFFICER, _NEW)))


OPERATIONS: Final[Mapping[str, Callable[[Session, Path], None]]] = {
    "saving": _save,
    "backup": _backup,
    "copy": _copy,
    "passphrase": _passphrase,
}


def outcomes(folder: Path, every: int = 1) -> Iterator[Tried]:
    """Every operation at every size."""
    office = an_office(folder / "office")
    with office.as_person(OFFICER) as session:
        add_mother(session, add_prisoner(session))
    size = sum(path.stat().st_size for path in office.folder.iterdir())
    for name in OPERATIONS:
        for free in _ROOM_KB[::every]:
            with _disk(folder / "disk", size + (free << 10) + (64 << 10)) as disk:
                yield tried(office.copied(disk / "case"), disk, name, free)


def tried(office: Office, disk: Path, name: str, free_kb: int) -> Tried:
    """One operation until it ends or is refused."""
    before, said = 0, ""
    _fill(disk, free_kb)
    try:
        with office.as_person(OFFICER) as session:
            before = session.log.state().entries
            try:
                OPERATIONS[name](session, disk)
            except KnownError as error:
                said = error.code.value
            before = session.log.state().entries
    except KnownError as error:  # no room even to unlock or to close in order
        said = said or error.code.value
    (disk / "filling").unlink()
    return Tried(name, free_kb, said, _wrong(office, disk, before, said))


def _fill(disk: Path, free_kb: int) -> None:
    """Leave so much room."""
    room = os.statvfs(disk)
    with (disk / "filling").open("wb") as stream:
        stream.write(b"\0" * max(0, room.f_bavail * room.f_frsize - (free_kb << 10)))


def _wrong(office: Office, disk: Path, before: int, said: str) -> str:
    if said and said not in {code.value for code in _SAYS}:
        return f"it said {said}"
    files = [path for path in disk.rglob("*") if path.is_file() and not path.name.endswith(_EMPTIED)]
    empty = [path.name for path in files if not path.stat().st_size]
    if empty:
        return f"a file with nothing in it: {empty[0]}"
    later = TurnedClock(office.clock.last)
    later.turn(minutes=1)
    for passphrase in (OFFICER, _NEW):
        try:
            with Office(office.folder, later).as_person(passphrase) as session:
                if session.log.state().entries < before:
                    return "something that was saved is lost"
                return "" if session.log.verify().ok else "the log is not whole"
        except KnownError as error:
            if error.code is not Code.WRONG_PASSPHRASE:
                return f"it does not open: {error.code}"
    return "neither passphrase opens it"


@contextmanager
def _disk(folder: Path, size: int) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    _mount(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder)])
    try:
        yield folder
    finally:
        _mount(["umount", str(folder)])


def _mount(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def can_mount(folder: Path) -> bool:
    """Whether small disks may be mounted here."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    try:
        with _disk(folder / "try", 1 << 20):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def table(found: Sequence[Tried]) -> str:
    """What came of them."""
    lines = ["| on a small disk | sizes | refused | went through | held |", "|---|---|---|---|---|"]
    for name in OPERATIONS:
        mine = [one for one in found if one.operation == name]
        refused, held = sum(bool(one.said) for one in mine), sum(not one.wrong for one in mine)
        lines.append(f"| {name} | {len(mine)} | {refused} | {len(mine) - refused} | {held} |")
    return "\n".join(lines)
