"""Notices that the open database was exchanged, moved or written by somebody else.

The lock keeps another Poruch away. It does not keep away a program that copies files: one that brings an
older copy over ours, or puts another file in its place. SQLite would go on writing, into a file without a
name or over pages it does not know, and say that everything is saved.

Source: sqlite.org/howtocorrupt.html, *Unlinking or renaming a database file while in use*, *File overwrite by
a rogue process*.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import attrs

from app.domain.errors import Code, KnownError


@attrs.frozen
class _Mark:
    """Which file it is and when it was last written."""

    device: int
    number: int
    size_bytes: int
    written_ns: int


class Beneath:
    """The file of the open database, as this program left it.

    Args:
        path: where it was opened.
        descriptor: open on it since before the connection (see `copying.HeldFile`).
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path: Final = path.absolute()
        self._descriptor: Final = descriptor
        self._left: _Mark = _mark(os.fstat(descriptor))

    @property
    def folder(self) -> Path:
        """Of the case file."""
        return self._path.parent

    def remember(self) -> None:
        """This program has just written."""
        self._left = _mark(os.fstat(self._descriptor))

    def check(self) -> None:
        """See that the file under this name is still ours, and as we left it.

        Raises:
            KnownError: CASE_FILE_EXCHANGED, CASE_FILE_MOVED.
        """
        try:
            there = _mark(self._path.stat())
        except OSError:
            raise KnownError(Code.CASE_FILE_MOVED) from None
        if there != self._left:
            raise KnownError(Code.CASE_FILE_EXCHANGED, whole=self.whole)

    @property
    def whole(self) -> bool:
        """Whether what we hold is untouched, only no longer the file under this name."""
        return _mark(os.fstat(self._descriptor)) == self._left


def _mark(found: os.stat_result) -> _Mark:
    # Windows tells the time of writing late, but lets nobody exchange or cut a file that is open.
    written = found.st_mtime_ns if os.name == "posix" else 0
    return _Mark(found.st_dev, found.st_ino, found.st_size, written)
