"""The files of a case file's folder: names, careful writing, reading and repairing both header copies.

What the bytes mean is decided in `header`; what a passphrase opens in `casefile`. The database itself is
never opened here.

Source: security.md, *Keys* (write one copy, sync, rename, sync the folder, then the other).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

from app.casefile.header import LARGEST_BYTES, Header, parse_header
from app.domain.errors import Code, KnownError

HEADER: Final = "keys.poruch"
HEADER_COPY: Final = "keys.poruch.2"
DATABASE: Final = "cases.db"
BAD: Final = ".bad"
COPIES: Final = (HEADER, HEADER_COPY)

_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


@attrs.frozen
class Copy:
    """A header copy that is well-formed; whether it is true is shown by MAIN only."""

    name: str
    data: bytes = attrs.field(repr=False)
    header: Header


@contextmanager
def writing() -> Iterator[None]:
    """Turn what the system says while writing into one of our codes.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE.
    """
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        # Without the cause: it names the path, and a folder's name may say whose case file this is.
        raise KnownError(Code.NO_SPACE if full else Code.CANNOT_WRITE, errno=error.errno or 0) from None


def read_copies(folder: Path) -> list[Copy]:
    """The well-formed header copies, newest first; never none.

    Raises:
        KnownError: CASE_FILE_MISSING, CASE_FILE_INCOMPLETE, NOT_A_CASE_FILE, EMPTY_FILE, HEADER_DAMAGED,
            NEWER_VERSION, CANNOT_READ.
    """
    _check_folder(folder)
    copies: list[Copy] = []
    faults: list[Code] = []
    for name in COPIES:
        untrusted = read_file(folder / name)
        if untrusted is None:
            continue
        try:
            copies.append(Copy(name, untrusted, parse_header(untrusted)))
        except KnownError as error:
            faults.append(error.code)
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
        KnownError: CASE_FILE_INCOMPLETE (detail `part`).
    """
    if not (folder / DATABASE).exists():
        raise KnownError(Code.CASE_FILE_INCOMPLETE, part=DATABASE)


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
        KnownError: CANNOT_READ.
    """
    try:
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
        replaced = read_file(path)
        if replaced is not None:
            write_durably(path.with_name(name + BAD), replaced)
    write_durably(path, data)


def forget_bad_copies(folder: Path) -> None:
    """Delete kept `.bad` copies: they may hold a slot that an old passphrase still opens."""
    with writing():
        for name in COPIES:
            (folder / (name + BAD)).unlink(missing_ok=True)
        sync_folder(folder)


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that after a cut it is either the old one or the new one.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE.
    """
    new = path.with_name(path.name + ".new")
    with writing():
        try:
            with private_stream(new) as descriptor:
                write_all(descriptor, data)
                os.fsync(descriptor)
            new.replace(path)
        except OSError:
            _remove_quietly(new)
            raise
        sync_folder(path.parent)


@contextmanager
def private_stream(path: Path) -> Iterator[int]:
    """A new file for this user alone, open for writing; whatever had its name is taken away."""
    # Made anew: a file or link somebody left under this name is never written through.
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, _PRIVATE_FILE)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Every byte."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync(descriptor: int) -> None:
    """Make what was written durable."""
    os.fsync(descriptor)


def _remove_quietly(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # what made the write fail matters more; a left-over `.new` is never read


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable (Windows does so by itself and cannot be asked)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_private_folder(path: Path) -> None:
    """A new folder only its owner may enter, whatever the umask is.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE.
    """
    with writing():
        path.mkdir(mode=_PRIVATE_FOLDER)
