"""The few things done to a disk for a backup, each its own step, and what the system's refusals mean.

Tests put a disk in its place that fails, or ends the program, at any step.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.casefile.backup_file import SLICE_BYTES
from app.domain.errors import Code, KnownError
from app.durable import sync_folder

_MEGABYTE: Final = 1_000_000
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LOCKED: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENXIO, errno.ENODEV, errno.ESTALE})


class Disk:
    """The disk as it is. Every method may raise OSError; `translated` says what it means.

    Attributes:
        slice_bytes: so much is written before it is synced and others may run.
    """

    slice_bytes = SLICE_BYTES

    def make_folder(self, folder: Path) -> None:
        """A folder only its owner may enter; one that is there stays as it is."""
        folder.mkdir(mode=0o700, exist_ok=True)

    def create(self, path: Path) -> int:
        """A new file for its owner alone, never one that is there."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(path, flags, 0o600)

    def write(self, descriptor: int, data: bytes) -> None:
        """All of these bytes."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def start_again(self, descriptor: int) -> None:
        """Throw away what was written so far."""
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)

    def sync(self, descriptor: int) -> None:
        """Let what was written reach the disk."""
        os.fsync(descriptor)

    def forget_read(self, descriptor: int) -> None:
        """Let the next look read the disk, not the memory of this computer, where the system can be asked."""
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def close(self, descriptor: int) -> None:
        """Let a file go."""
        os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file its name; the caller has seen that it is free."""
        old.rename(new)

    def remove(self, path: Path) -> None:
        """Take a file away; one that is not there is fine."""
        path.unlink(missing_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Make names in it durable."""
        sync_folder(folder)

    def free_bytes(self, folder: Path) -> int:
        """How much fits."""
        return shutil.disk_usage(folder).free

    def names(self, folder: Path) -> list[str]:
        """What lies in a folder."""
        return sorted(path.name for path in folder.iterdir())


@contextmanager
def translated(disk: Disk, folder: Path, needed_bytes: int = 0) -> Iterator[None]:
    """Turn what the system says about a place for backups into one of our codes, without its path.

    Raises:
        KnownError: BACKUP_NO_SPACE, BACKUP_READ_ONLY, BACKUP_ABSENT, BACKUP_FAILING.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise no_space(needed_bytes, _free(disk, folder)) from None
        gone = error.errno in _GONE or not is_there(folder)
        locked = Code.BACKUP_READ_ONLY if error.errno in _LOCKED else Code.BACKUP_FAILING
        raise KnownError(Code.BACKUP_ABSENT if gone else locked, errno=error.errno or 0) from None


def no_space(needed_bytes: int, free_bytes: int) -> KnownError:
    """What is told where a backup does not fit."""
    needed, free = -(-needed_bytes // _MEGABYTE), free_bytes // _MEGABYTE
    return KnownError(Code.BACKUP_NO_SPACE, needed=max(needed, free + 1), free=free)


def is_there(folder: Path) -> bool:
    """Whether a place can be reached now."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _free(disk: Disk, folder: Path) -> int:
    try:
        return disk.free_bytes(folder)
    except OSError:
        return 0
