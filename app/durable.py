"""Writing a file carefully: after a cut it is the old one or the new one, and nobody else reads it.

Below every room, because a case file, its database's drafts, keys, slips and sheets are all written so.

Source: security.md, *Keys* (write, sync, rename, sync the folder).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.domain.errors import Code, KnownError

_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


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
