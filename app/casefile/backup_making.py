"""Making one backup in one place: written under another name, read back and checked, only then named.

Steps, each of which may be the last: unfinished file created · written and synced slice by slice · closed ·
read back from the disk, its database copied out and opened as a stranger would · renamed · folder synced.
A cut before the rename leaves an unfinished file that is never read; older backups are not touched here.

Source: security.md, *Operations that must survive a cut*.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Generator
from datetime import datetime
from pathlib import Path
from typing import Final

import attrs

from app.casefile import files
from app.casefile.backup_disk import Disk, no_space, translated
from app.casefile.backup_file import BackupFile, BackupWriter, Statement, opened_backup
from app.casefile.backup_shelf import UNFINISHED, Shelf
from app.casefile.header import parse_header, vouched
from app.casefile.unlock import true_copy
from app.crypto.keys import MainKey
from app.domain.backup import Generation
from app.domain.backup_port import DatabaseCopying, HeadOf
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, OriginId, PersonId
from app.durable import writing

_CHECKING: Final = re.compile(r"checking-[0-9a-f]{8}\.new")
_LEFT_OVER_AFTER_S: Final = 3600
_GIVES_WAY: Final = 3  # so many times a save may make us begin again; then nobody is let in between
_SPARE_BYTES: Final = 1_000_000
Say = Callable[[int, int], None]


@attrs.frozen
class CaseFileNow:
    """The open case file a backup is made of.

    Attributes:
        folder: where it lies.
        database: its bytes.
        head: what its newest entry is now.
        person: who is unlocked.
        now: the clock.
        former: MAINs of former epochs, which older backups were made under.
    """

    folder: Path
    case_file: CaseFileId
    main: MainKey = attrs.field(repr=False)
    database: DatabaseCopying
    head: Callable[[], HeadOf]
    person: PersonId
    now: Callable[[], datetime]
    former: tuple[MainKey, ...] = attrs.field(default=(), repr=False)


def making(case: CaseFileNow, shelf: Shelf, say: Say) -> Generator[None, None, Generation]:
    """Make and check a backup in slices; anything else may run between them.

    Args:
        case: what it is made of.
        shelf: where it goes.
        say: told steps done and all steps; may raise to cancel.

    Raises:
        KnownError: BACKUP_ABSENT, BACKUP_NO_SPACE, BACKUP_READ_ONLY, BACKUP_FAILING; BACKUP_DAMAGED what was
            read back is not what was written; HEADER_DAMAGED, DATA_DAMAGED, CANNOT_READ of the case file.
    """
    disk, folder = shelf.disk, shelf.folder
    needed = case.database.state().size_bytes + _SPARE_BYTES
    with translated(disk, folder, needed):
        if (free := disk.free_bytes(folder)) < needed:
            raise no_space(needed, free)
    shelf.clear_unfinished()
    name = shelf.free_name(case.now())
    unfinished = folder / f"{name}.{secrets.token_hex(4)}{UNFINISHED}"
    try:
        statement = yield from _writing(case, shelf, unfinished, needed, say)
        yield from checking(case, unfinished, disk, say, statement)
        name = shelf.free_name(statement.made_at)  # somebody else may have taken it meanwhile
        with translated(disk, folder):
            disk.rename(unfinished, folder / name)
            disk.sync_folder(folder)
    except BaseException:
        _remove_quietly(disk, unfinished)
        raise
    made = shelf.look(name)
    if made is None or not made.good or made.sequence != statement.sequence:
        raise KnownError(Code.BACKUP_DAMAGED)
    return made


def _writing(
    case: CaseFileNow, shelf: Shelf, path: Path, needed: int, say: Say
) -> Generator[None, None, Statement]:
    """Write one state of the case file; a save between two slices makes it begin again."""
    disk = shelf.disk
    with translated(disk, shelf.folder, needed):
        descriptor = disk.create(path)
    try:
        for attempt in range(_GIVES_WAY + 1):
            yields = attempt < _GIVES_WAY
            statement = yield from _written(case, shelf, descriptor, needed, say, yields=yields)
            if statement is not None:
                break
            with translated(disk, shelf.folder, needed):
                disk.start_again(descriptor)
        else:
            raise KnownError(Code.CANNOT_READ)  # the header changed while nobody could: another program
        with translated(disk, shelf.folder, needed):
            disk.sync(descriptor)
            disk.forget_read(descriptor)
    finally:
        disk.close(descriptor)
    return statement


def _written(
    case: CaseFileNow, shelf: Shelf, descriptor: int, needed: int, say: Say, *, yields: bool
) -> Generator[None, None, Statement | None]:
    disk, before = shelf.disk, case.database.state()
    head, header = case.head(), true_header(case.folder, case.main)
    statement = Statement(case.now(), case.person, OriginId(head.origin), head.sequence, head.head)

    def write(data: bytes) -> None:
        with translated(disk, shelf.folder, needed):
            disk.write(descriptor, data)

    writer = BackupWriter(write, case.case_file, header, before.size_bytes)
    for place in range(0, before.size_bytes, disk.slice_bytes):
        say(place, 2 * before.size_bytes)
        writer.add(case.database.read(place, min(disk.slice_bytes, before.size_bytes - place)))
        with translated(disk, shelf.folder, needed):
            disk.sync(descriptor)  # slice by slice: one long wait at the end would keep a slow stick busy
        if yields:
            yield
            if case.database.state() != before:
                return None
    if true_header(case.folder, case.main) != header:
        return None
    writer.finish(statement, case.main)
    return statement


def true_header(folder: Path, main: MainKey) -> bytes:
    """The header of the case file that holds under MAIN. Raises KnownError HEADER_DAMAGED, CANNOT_READ."""
    found = true_copy(files.read_copies(folder), main)
    if found is None:
        raise KnownError(Code.HEADER_DAMAGED)
    return found.copy.data


def checking(
    case: CaseFileNow, path: Path, disk: Disk, say: Say, expected: Statement | None = None
) -> Generator[None, None, Statement]:
    """Open a backup as a stranger with the key would: every byte, header, database, newest entry.

    Args:
        case: whose backup it has to be.
        path: of the backup.
        disk: where its database is copied out to, beside the case file's own.
        say: told steps done and all steps.
        expected: what it has to say.

    Raises:
        KnownError: BACKUP_UNREADABLE, BACKUP_DAMAGED, BACKUP_OTHER, NEWER_VERSION, CASE_FILE_MISSING,
            CANNOT_READ; NO_SPACE, CANNOT_WRITE there is no room beside the case file to open it.
    """
    with opened_backup(path) as backup:
        statement, main = backup.said_under((case.main, *case.former))
        if backup.case_file != case.case_file:
            raise KnownError(Code.BACKUP_OTHER)
        if expected is not None and statement != expected:
            raise KnownError(Code.BACKUP_DAMAGED)
        _check_headers(backup, main, case.case_file)
        room = _room(disk, case.folder, path.parent, backup.database_bytes)
        copy = room / f"checking-{secrets.token_hex(4)}.new"
        try:
            yield from _copied_out(backup, copy, disk, say)
            head = yield from case.database.checking(copy, case.case_file)
        finally:
            _remove_quietly(disk, copy)
    if head != HeadOf(statement.origin, statement.sequence, statement.head):
        raise KnownError(Code.BACKUP_DAMAGED)
    return statement


def _room(disk: Disk, case_folder: Path, place: Path, size_bytes: int) -> Path:
    """Beside the case file, or beside the backup where that disk is too full."""
    try:
        return case_folder if disk.free_bytes(case_folder) > size_bytes + _SPARE_BYTES else place
    except OSError:
        return case_folder


def _check_headers(backup: BackupFile, main: MainKey, case_file: CaseFileId) -> None:
    for copy in backup.header_copies():
        try:
            header = parse_header(copy)
        except KnownError as error:
            raise KnownError(Code.BACKUP_DAMAGED) from error
        if header.case_file != case_file or vouched(copy, main) is None:
            raise KnownError(Code.BACKUP_DAMAGED)


def _copied_out(backup: BackupFile, copy: Path, disk: Disk, say: Say) -> Generator[None, None, None]:
    with writing():
        for left in copy.parent.iterdir():  # by a cut
            old = _CHECKING.fullmatch(left.name) and time.time() - left.lstat().st_mtime > _LEFT_OVER_AFTER_S
            if old:
                disk.remove(left)
        descriptor = disk.create(copy)

    def write(data: bytes) -> None:
        with writing():
            disk.write(descriptor, data)

    try:
        for done in backup.checking(write):
            say(backup.database_bytes + done, 2 * backup.database_bytes)
            yield
    finally:
        disk.close(descriptor)


def _remove_quietly(disk: Disk, path: Path) -> None:
    try:
        disk.remove(path)
    except OSError:
        return  # what went wrong before matters more; an unfinished file is never read
