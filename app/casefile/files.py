"""The files of a case file's folder: names, reading, writing and repairing both header copies.

What the bytes mean is decided in `header`; what a passphrase opens in `casefile`. The database itself is
never opened here.

Source: security.md, *Keys* (write one copy, sync, rename, sync the folder, then the other).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import attrs

from app.casefile.header import LARGEST_BYTES, Header, parse_header
from app.domain.errors import Code, KnownError
from app.durable import sync_folder, write_durably, writing

HEADER: Final = "keys.poruch"
HEADER_COPY: Final = "keys.poruch.2"
DATABASE: Final = "cases.db"
BAD: Final = ".bad"
COPIES: Final = (HEADER, HEADER_COPY)
HELD_FILES_STAY: Final = os.name == "nt"
"""Whether the system lets nobody exchange a file that is open."""


@attrs.frozen
class Copy:
    """A header copy that is well-formed; whether it is true is shown by MAIN only."""

    name: str
    data: bytes = attrs.field(repr=False)
    header: Header


def read_copies(folder: Path) -> list[Copy]:
    """The well-formed header copies, newest first; never none.

    Raises:
        KnownError: CASE_FILE_MISSING, CASE_FILE_INCOMPLETE, NOT_A_CASE_FILE, EMPTY_FILE, HEADER_DAMAGED,
            NEWER_VERSION, CANNOT_READ.
    """
    _check_folder(folder)
    copies: list[Copy] = []
    faults: list[Code] = []
    unread: KnownError | None = None
    for name in COPIES:
        try:
            untrusted = read_file(folder / name)
            if untrusted is not None:
                copies.append(Copy(name, untrusted, parse_header(untrusted)))
        except KnownError as error:
            if error.code is Code.CANNOT_READ:
                raise  # it may be the newer one, in which an older passphrase has ended
            if error.code is Code.PART_NO_FILE:
                unread = error  # as good as missing
            else:
                faults.append(error.code)
    if not copies and unread is not None:
        raise unread
    if Code.NEWER_VERSION in faults:
        # Even beside a copy we could read: a newer program wrote last, and we would write over it.
        raise KnownError(Code.NEWER_VERSION)
    if not copies:
        has_database = (folder / DATABASE).exists()
        if not faults and has_database:
            raise KnownError(Code.CASE_FILE_INCOMPLETE, part=HEADER)
        raise KnownError(_diagnosis(faults, has_database))
    check_database(folder)
    if database_is_empty(folder):
        raise KnownError(Code.EMPTY_FILE)
    return sorted(copies, key=lambda copy: copy.header.sequence, reverse=True)


def _check_folder(folder: Path) -> None:
    try:
        if not folder.exists():
            raise KnownError(Code.CASE_FILE_MISSING)
        if not folder.is_dir():
            empty = folder.is_file() and folder.stat().st_size == 0
            raise KnownError(Code.EMPTY_FILE if empty else Code.NOT_A_CASE_FILE)
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def _diagnosis(faults: list[Code], has_database: bool) -> Code:
    if not faults:
        return Code.NOT_A_CASE_FILE
    if set(faults) == {Code.EMPTY_FILE}:
        return Code.EMPTY_FILE
    if Code.HEADER_DAMAGED in faults:
        return Code.HEADER_DAMAGED
    # Foreign bytes beside an empty copy: with a database there was a header once.
    mixed = Code.EMPTY_FILE in faults and has_database
    return Code.HEADER_DAMAGED if mixed else Code.NOT_A_CASE_FILE


def check_database(folder: Path) -> None:
    """See that the database lies beside the header.

    Raises:
        KnownError: CASE_FILE_INCOMPLETE, PART_NO_FILE (detail `part`).
    """
    database = folder / DATABASE
    if not database.exists():
        raise KnownError(Code.CASE_FILE_INCOMPLETE, part=DATABASE)
    if not database.is_file():
        raise KnownError(Code.PART_NO_FILE, part=DATABASE)


def database_is_empty(folder: Path) -> bool:
    """Whether the database is there and has no bytes."""
    try:
        return (folder / DATABASE).stat().st_size == 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def read_file(path: Path) -> bytes | None:
    """The bytes of a small file, None when there is no such file.

    Raises:
        KnownError: CANNOT_READ, PART_NO_FILE.
    """
    try:
        if path.exists() and not path.is_file():  # a pipe would wait for ever
            raise KnownError(Code.PART_NO_FILE, part=path.name)
        with path.open("rb") as stream:
            # One byte more than a header may have: what is larger is damaged and not worth reading.
            return stream.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def write_header(folder: Path, data: bytes) -> None:
    """Write both copies, one after the other, so that at every moment one of them is whole.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE.
    """
    for name in COPIES:
        write_durably(folder / name, data)


def repair_copy(folder: Path, name: str, data: bytes, *, keep_bad: bool) -> None:
    """Replace a copy by the true one. Only after code and signature of `data` held.

    Args:
        folder: of the case file.
        name: of the copy to replace.
        data: the true header.
        keep_bad: keep what is replaced as `.bad`, for whoever wants to know what happened.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE.
    """
    path = folder / name
    if keep_bad:
        try:
            replaced = read_file(path)
        except KnownError:  # a pipe or folder in its place: there is nothing to keep
            replaced = None
        if replaced is not None:
            write_durably(path.with_name(name + BAD), replaced)
    write_durably(path, data)


def forget_bad_copies(folder: Path) -> None:
    """Delete kept `.bad` copies: they may hold a slot that an old passphrase still opens."""
    with writing():
        for name in COPIES:
            (folder / (name + BAD)).unlink(missing_ok=True)
        sync_folder(folder)
