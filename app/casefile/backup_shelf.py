"""The backups in one folder: their names, which are good, and what rotation may take away.

Only files with a name and a content of ours are ever looked at or removed; a damaged one is never removed.

Source: security.md, *Operations that must survive a cut*.
"""

from __future__ import annotations

import re
import stat
import time
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import attrs

from app.casefile.backup_disk import Disk, translated
from app.casefile.backup_file import opened_backup
from app.crypto.keys import MainKey
from app.domain.backup import Generation, to_keep
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId

ENDING: Final = ".poruch-backup"
UNFINISHED: Final = ".new"
_NAME: Final = re.compile(r"poruch-backup-\d{4}-\d{2}-\d{2}-\d{4}(-\d{1,3})?\.poruch-backup")
_UNFINISHED: Final = re.compile(_NAME.pattern + r"\.[0-9a-f]{8}\.new")
_MOST_IN_A_MINUTE: Final = 999
_LEFT_OVER_AFTER_S: Final = 3600
_FRONT: Final = 26  # magic, version and case file


@attrs.frozen
class Shelf:
    """One folder with backups of one case file.

    Attributes:
        folder: where they lie.
        case_file: whose backups are looked at; those of others are left alone.
        mains: open what they say, that of now first.
    """

    folder: Path
    case_file: CaseFileId
    mains: tuple[MainKey, ...] = attrs.field(repr=False)
    disk: Disk = attrs.field(factory=Disk)

    def generations(self) -> tuple[Generation, ...]:
        """Every backup of this case file by what it says of itself; digests are not looked at.

        Raises:
            KnownError: BACKUP_ABSENT, BACKUP_READ_ONLY, BACKUP_FAILING.
        """
        with translated(self.disk, self.folder):
            names = [name for name in self.disk.names(self.folder) if _NAME.fullmatch(name)]
        return tuple(one for name in names if (one := self.look(name)) is not None)

    def look(self, name: str) -> Generation | None:
        """What a backup says of itself; None for one of another case file, or no file of ours."""
        if not _NAME.fullmatch(name):
            return None
        path = self.folder / name
        try:
            found = path.lstat()
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        try:
            with opened_backup(path) as backup:
                if backup.case_file != self.case_file:
                    return None
                said, _main = backup.said_under(self.mains)
        except KnownError as error:
            return Generation(name, found.st_size, fault=error.code.value)
        checksum = backup.checksum.hex()
        return Generation(name, found.st_size, said.made_at, said.sequence, said.origin, checksum)

    def whole(self, generation: Generation) -> Generator[None, None, Generation]:
        """The same with every byte compared; its fault says what is wrong."""
        try:
            with opened_backup(self.folder / generation.name) as backup:
                if backup.checksum.hex() != generation.checksum:
                    raise KnownError(Code.BACKUP_DAMAGED)
                for _done in backup.checking():
                    yield
        except KnownError as error:
            return attrs.evolve(generation, fault=error.code.value)
        return generation

    def free_name(self, moment: datetime) -> str:
        """A name nobody has here. Raises KnownError BACKUP_FAILING where a minute is full."""
        stem = f"poruch-backup-{moment.astimezone(UTC):%Y-%m-%d-%H%M}"
        with translated(self.disk, self.folder):
            taken = set(self.disk.names(self.folder))
        for number in range(1, _MOST_IN_A_MINUTE):
            name = f"{stem}{'' if number == 1 else f'-{number}'}{ENDING}"
            if name not in taken:
                return name
        raise KnownError(Code.BACKUP_FAILING)

    def rotating(self, newest: Generation, time_zone: str) -> Generator[None, None, int]:
        """Take away what is older than need be; gives how many went.

        Nothing goes before everything that stays was compared byte by byte just now, and nothing goes that is
        damaged, of other keys, of another copy of the case file, or changed while we looked.

        Args:
            newest: just checked; it stays.
            time_zone: where days are counted.
        """
        candidates = [one for one in self.generations() if one.good and one.origin == newest.origin]
        good: list[Generation] = []
        for one in candidates:
            checked = yield from self.whole(one)
            if checked.good:
                good.append(checked)
        if newest not in good:
            return 0
        kept, gone = to_keep(good, time_zone) | {newest.name}, 0
        for one in good:
            if one.name not in kept and self.look(one.name) == one:
                with translated(self.disk, self.folder):
                    self.disk.remove(self.folder / one.name)
                gone += 1
                yield
        if gone:
            with translated(self.disk, self.folder):
                self.disk.sync_folder(self.folder)
        return gone

    def clear_unfinished(self) -> None:
        """Take away what a cut left behind an hour ago or more, if it is ours."""
        with translated(self.disk, self.folder):
            for name in self.disk.names(self.folder):
                path = self.folder / name
                if _UNFINISHED.fullmatch(name) and self._left_over(path):
                    self.disk.remove(path)

    def _left_over(self, path: Path) -> bool:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or abs(time.time() - found.st_mtime) < _LEFT_OVER_AFTER_S:
            return False
        with path.open("rb") as stream:
            front = stream.read(_FRONT)
        return len(front) < _FRONT or front.endswith(bytes.fromhex(self.case_file))
