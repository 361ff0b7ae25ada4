"""The database under another MAIN, beside the one that is open: the same pages, encrypted anew, and checked.

A copy of its bytes is given the new key by a maintenance connection of its own (SQLCipher's `rekey`), so that
ids, row numbers, indexes and every pragma are what they were. Nothing is journalled: a copy that was cut is
thrown away. It takes the old one's name elsewhere (`app.casefile.renewal`).

Source: security.md, *Connection*; zetetic.net, *PRAGMA rekey*.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from app.crypto.keys import MainKey
from app.domain.backup_port import HeadOf
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId
from app.domain.progress import Progress, at_once
from app.durable import private_stream, sync, write_all, writing
from app.i18n import _
from app.storage.connection import Connection, Row, rekey
from app.storage.copying import DatabaseFile, checking, looking_into
from app.storage.records import text

_SLICE_BYTES: Final = 4_194_304
_STEPS: Final = 3  # copied, encrypted, checked


def copy_under(
    source: tuple[Connection, DatabaseFile, HeadOf],
    beside: Path,
    mains: tuple[MainKey, MainKey],
    case_file: CaseFileId,
    progress: Progress,
) -> None:
    """Make and check the copy.

    Args:
        source: the open database: its connection, its bytes, its newest entry.
        beside: where the copy goes; whatever lies there is replaced.
        mains: of now, and the new one.
        case_file: whose.
        progress: told the bytes done; may raise to cancel.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE, CANNOT_READ; DATA_DAMAGED the copy is not what lies here.
    """
    connection, file, head = source
    now, renewed = mains
    size = file.state().size_bytes
    _copy(file, beside, size, progress)
    progress(size, _STEPS * size, _("Encrypting everything with a new key"))
    rekey(beside, now, renewed)
    with writing():
        _sync(beside)
    progress(2 * size, _STEPS * size, _("Checking the new file"))
    try:
        found = at_once(checking(beside, renewed, case_file))
    except KnownError as error:
        raise KnownError(Code.DATA_DAMAGED) from error
    with looking_into(beside, renewed) as copied:
        same = beside.stat().st_size == size and _shape(copied) == _shape(connection)
        if found != head or not same:
            raise KnownError(Code.DATA_DAMAGED)
    progress(_STEPS * size, _STEPS * size, _("Done"))


def _copy(file: DatabaseFile, beside: Path, size: int, progress: Progress) -> None:
    with writing(), private_stream(beside) as descriptor:
        for place in range(0, size, _SLICE_BYTES):
            progress(place, _STEPS * size, _("Copying the case file"))
            write_all(descriptor, file.read(place, min(_SLICE_BYTES, size - place)))
        sync(descriptor)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def _shape(connection: Connection) -> list[Row]:
    """Its version, every object of the schema, and how many rows each table has."""
    found = [*connection.rows("PRAGMA user_version")]
    found += connection.rows("SELECT name, sql FROM main.sqlite_schema ORDER BY name")
    for row in list(connection.rows("SELECT name FROM main.sqlite_schema WHERE type = 'table'")):
        found += connection.rows(f'SELECT count(*) FROM main."{text(row[0])}"')  # noqa: S608 - our own
    return found
