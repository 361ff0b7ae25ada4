"""Making a case file from a backup: beside, never over anything; all or nothing.

The backup is compared byte by byte while it is copied into a hidden folder beside the chosen one, opened
there with the passphrase of its day, and moved into place in one step once whoever opens it has written in it
that it is a copy put back. A cut leaves a hidden folder that nothing reads and the next restore takes away.

Source: security.md, *Decided once* (restore: never onto the old one).
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from app.casefile import files
from app.casefile.backup_disk import no_space
from app.casefile.backup_file import BackupFile, Statement, opened_backup
from app.casefile.create import check_free, move_into_place
from app.casefile.files import make_private_folder, sync_folder, write_durably, writing
from app.casefile.unlock import Unlocked, unlock
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId
from app.domain.progress import Progress, no_progress
from app.i18n import _

_SPARE_BYTES: Final = 16 * 1024 * 1024
_MARK: Final = ".restoring-"

Finish = Callable[[Unlocked, Statement], None]
"""Opens the copy, checks it, and writes down in it that it is one; closed and durable when it returns."""


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


def restore(
    backup: Path, folder: Path, passphrase: str, finish: Finish, progress: Progress = no_progress
) -> Statement:
    """Make a case file from a backup.

    Args:
        backup: the file.
        folder: where to; absent, or an empty folder.
        passphrase: of anybody who could open the case file when the backup was made.
        finish: see `Finish`.
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
        _check_room(folder, found)
        _clear_left_over(folder)
        building = folder.parent / f".{folder.name}{_MARK}{secrets.token_hex(4)}"
        make_private_folder(building)
        try:
            _copy_out(found, building, progress)
            unlocked = unlock(building, passphrase)
            statement = _said(found, unlocked)
            finish(unlocked, statement)
            move_into_place(building, folder)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    return statement


def _said(found: BackupFile, unlocked: Unlocked) -> Statement:
    statement = found.statement(unlocked.main)
    if found.case_file != unlocked.case_file:
        raise KnownError(Code.BACKUP_OTHER)
    return statement


def _check_room(folder: Path, found: BackupFile) -> None:
    if not folder.parent.is_dir():
        raise KnownError(Code.CANNOT_WRITE)
    with writing():
        free = shutil.disk_usage(folder.parent).free
    if free < found.size_bytes + _SPARE_BYTES:
        raise no_space(found.size_bytes + _SPARE_BYTES, free)


def _clear_left_over(folder: Path) -> None:
    for one in folder.parent.glob(f".{folder.name}{_MARK}*"):
        shutil.rmtree(one, ignore_errors=True)


def _copy_out(found: BackupFile, building: Path, progress: Progress) -> None:
    headers = found.header_copies()
    for name, data in zip(files.COPIES, headers, strict=True):
        write_durably(building / name, data)
    with writing(), files.private_stream(building / files.DATABASE) as descriptor:

        def write(data: bytes) -> None:
            with writing():
                files.write_all(descriptor, data)

        for done in found.checking(write):
            progress(done, found.database_bytes, _("Reading the backup"))
        files.sync(descriptor)
    with writing():
        sync_folder(building)
