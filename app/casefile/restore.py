"""Making a case file from a backup: beside, never over anything; all or nothing. Or only trying to.

The backup is compared byte by byte while it is copied into a hidden folder beside the chosen one, opened
there with the passphrase of its day, and moved into place in one step once whoever opens it has written in it
that it is a copy put back. Until then the folder is marked (`unfinished`): a cut leaves one that nobody can
open and the next restore takes away. A drill goes the same way and takes the folder away at its end.

Source: security.md, *Decided once* (restore: never onto the old one).
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final, TypeVar

import attrs

from app.casefile import files, unfinished
from app.casefile.backup_disk import no_space
from app.casefile.backup_file import BackupFile, Statement, opened_backup
from app.casefile.create import check_free, move_into_place
from app.casefile.key_file import bytes_of
from app.casefile.unlock import Unlocked, unlock
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId
from app.domain.progress import Progress, no_progress
from app.durable import private_stream, sync, sync_folder, write_all, write_durably, writing
from app.i18n import _

_SPARE_BYTES: Final = 16 * 1024 * 1024
_MARK: Final = ".restoring-"
T = TypeVar("T")

Finish = Callable[[Unlocked, Statement], Generator[None, None, T]]
"""Opens the copy and looks at it, in slices; closed and durable when it ends."""

Opens = Callable[[Path], Unlocked]
"""Opens the header of a copy that is not finished yet."""


def by_passphrase(passphrase: str, key_file: Path | None = None) -> Opens:
    """With a passphrase of the day the backup was made, and the key file needed beside it on that day.

    Raises:
        KnownError: as `read_key_file`.
    """
    second = bytes_of(key_file)
    return lambda building: unlock(building, passphrase, key_file=second, unfinished=True)


@attrs.frozen
class BackupLook:
    """What a backup says before anybody types a passphrase.

    Attributes:
        size_bytes: what has to be free where it is put.
    """

    case_file: CaseFileId
    size_bytes: int


def look(backup: Path) -> BackupLook:
    """See whether this is a backup.

    Raises:
        KnownError: BACKUP_UNREADABLE, BACKUP_DAMAGED, NEWER_VERSION, CASE_FILE_MISSING, CANNOT_READ.
    """
    with opened_backup(backup) as found:
        return BackupLook(found.case_file, found.size_bytes)


def restoring(
    backup: Path, folder: Path, opens: Opens, finish: Finish[None], progress: Progress = no_progress
) -> Generator[None, None, Statement]:
    """Make a case file from a backup, in slices; ended early, it leaves nothing behind.

    Args:
        backup: the file.
        folder: where to; absent, or an empty folder.
        opens: opens the copy, with what opened the case file when the backup was made (`by_passphrase`).
        finish: see `Finish`; writes down in the copy that it is one.
        progress: told the bytes copied and all of them; may raise to cancel.

    Returns:
        What was true when the backup was made.

    Raises:
        KnownError: what `look` raises; CASE_FILE_EXISTS, NO_SPACE, CANNOT_WRITE, BACKUP_NO_SPACE,
            WRONG_PASSPHRASE, HEADER_DAMAGED, DATA_DAMAGED, BACKUP_OTHER, and whatever `finish` raises. In
            every case nothing is left behind, and the backup is as it was.
    """
    with opened_backup(backup) as found:
        check_free(folder)
        _check_room(folder.parent, found)
        _clear_left_over(folder)
        building = folder.parent / f".{folder.name}{_MARK}{secrets.token_hex(4)}"
        try:
            unlocked, statement = yield from _copied(found, building, opens, progress)
            yield from finish(unlocked, statement)
            unfinished.finish(building)
            move_into_place(building, folder)
        except BaseException:
            unfinished.clear(building)
            raise
    return statement


def trying(
    backup: Path, room: Path, opens: Opens, look_at: Finish[T], progress: Progress = no_progress
) -> Generator[None, None, T]:
    """The same up to where the copy would get its name; then everything is taken away again.

    Args:
        backup: the file.
        room: the folder of the case file it is tried in.
        opens: see `restoring`.
        look_at: what to do with the open copy.
        progress: see `restoring`.

    Raises:
        KnownError: as `restoring`.
    """
    with opened_backup(backup) as found:
        _check_room(room, found)
        copy = room / f"drill-{secrets.token_hex(4)}.new"
        try:
            return (yield from look_at(*(yield from _copied(found, copy, opens, progress))))
        finally:
            unfinished.clear(copy)


def _copied(
    found: BackupFile, building: Path, opens: Opens, progress: Progress
) -> Generator[None, None, tuple[Unlocked, Statement]]:
    unfinished.begin(building)
    yield from _copying_out(found, building, progress)
    progress(found.database_bytes, found.database_bytes, _("Opening it with the passphrase"))
    yield
    unlocked = opens(building)
    return unlocked, _said(found, unlocked)


def _said(found: BackupFile, unlocked: Unlocked) -> Statement:
    statement = found.statement(unlocked.main)
    if found.case_file != unlocked.case_file:
        raise KnownError(Code.BACKUP_OTHER)
    return statement


def _check_room(parent: Path, found: BackupFile) -> None:
    if not parent.is_dir():
        raise KnownError(Code.CANNOT_WRITE)
    with writing():
        free = shutil.disk_usage(parent).free
    if free < found.size_bytes + _SPARE_BYTES:
        raise no_space(found.size_bytes + _SPARE_BYTES, free)


def _clear_left_over(folder: Path) -> None:
    name = re.compile(re.escape(f".{folder.name}{_MARK}") + "[0-9a-f]{8}")
    with writing():
        for path in folder.parent.iterdir():
            if name.fullmatch(path.name):
                unfinished.clear(path)


def _copying_out(found: BackupFile, building: Path, progress: Progress) -> Generator[None, None, None]:
    headers = found.header_copies()
    for name, data in zip(files.COPIES, headers, strict=True):
        write_durably(building / name, data)
    with writing(), private_stream(building / files.DATABASE) as descriptor:

        def write(data: bytes) -> None:
            with writing():
                write_all(descriptor, data)

        for done in found.checking(write):
            progress(done, found.database_bytes, _("Reading the backup"))
            yield
        sync(descriptor)
    with writing():
        sync_folder(building)
