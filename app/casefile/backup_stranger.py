"""A backup checked by somebody who has nothing but the file and a passphrase.

What lies in it is copied out beside it into a folder that is taken away again; nothing of it is ever written
to a case file.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.casefile import files, unfinished
from app.casefile.backup_file import BackupFile, Statement, opened_backup
from app.casefile.unlock import Unlocked, unlock
from app.crypto.keys import MainKey
from app.domain.backup_port import HeadOf
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId
from app.durable import write_durably, writing

_NAME: Final = re.compile(r"\.poruch-checking-[0-9a-f]{8}\.new")
_LEFT_OVER_AFTER_S: Final = 3600

CheckDatabase = Callable[[Path, MainKey, CaseFileId], HeadOf]


def check(
    path: Path, passphrase: str, check_database: CheckDatabase, *, key_file: bytes | None = None
) -> tuple[Statement, Unlocked]:
    """Every byte, the header, the statement, every page of the database, its newest entry.

    Args:
        path: of the backup.
        passphrase: one that opened the case file when the backup was made.
        check_database: opens the copied-out database read-only and looks at all of it.
        key_file: needed beside the passphrase on that day.

    Raises:
        KnownError: CASE_FILE_MISSING, BACKUP_UNREADABLE, BACKUP_DAMAGED, BACKUP_OTHER, NEWER_VERSION,
            WRONG_PASSPHRASE, CANNOT_READ; NO_SPACE, CANNOT_WRITE there is no room beside it.
    """
    with opened_backup(path) as backup, _copied_out(backup, path.parent) as folder:
        unlocked = unlock(folder, passphrase, key_file=key_file, unfinished=True)
        statement = backup.statement(unlocked.main)
        if unlocked.case_file != backup.case_file:
            raise KnownError(Code.BACKUP_DAMAGED)
        head = check_database(folder / files.DATABASE, unlocked.main, unlocked.case_file)
        if head != HeadOf(statement.origin, statement.sequence, statement.head):
            raise KnownError(Code.BACKUP_DAMAGED)
    return statement, unlocked


@contextmanager
def _copied_out(backup: BackupFile, beside: Path) -> Iterator[Path]:
    _clear_left_over(beside)
    folder = beside / f".poruch-checking-{secrets.token_hex(4)}.new"
    try:
        unfinished.begin(folder)
        for name, data in zip(files.COPIES, backup.header_copies(), strict=True):
            write_durably(folder / name, data)
        with writing(), (folder / files.DATABASE).open("xb") as stream:

            def put(data: bytes) -> None:
                stream.write(data)

            for _done in backup.checking(put):
                pass
        yield folder
    finally:
        unfinished.clear(folder)


def _clear_left_over(beside: Path) -> None:
    """What a cut left behind an hour ago or more."""
    with writing():
        for path in beside.iterdir():
            if _NAME.fullmatch(path.name) and time.time() - path.lstat().st_mtime > _LEFT_OVER_AFTER_S:
                unfinished.clear(path)
