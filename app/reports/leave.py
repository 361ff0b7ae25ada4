"""Putting finished files into the folder a person chose: all of them or none, never over another file."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.domain.errors import Code, KnownError
from app.reports.draft import MadeFile


def put_in_place(files: Sequence[MadeFile], folder: Path) -> tuple[Path, ...]:
    """Write every file beside its place, make it durable, then give all of them their names.

    Args:
        folder: made if it is not there, for its owner only; only the owner may read what lands in it.

    Raises:
        KnownError: REPORT_FILE_EXISTS, NO_SPACE, CANNOT_WRITE; nothing of this call is left behind then, no
            empty folder either.
    """
    made = [place for place in (folder, *folder.parents) if not os.path.lexists(place)]
    try:
        return _put(files, folder)
    except KnownError:
        for place in made:
            with suppress(OSError):  # somebody else has put something into it, or it was never made
                place.rmdir()
        raise


def _put(files: Sequence[MadeFile], folder: Path) -> tuple[Path, ...]:
    targets = [folder / file.name for file in files]
    waiting: list[Path] = []
    placed: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(os.path.lexists(target) for target in targets):
            raise KnownError(Code.REPORT_FILE_EXISTS)
        for file in files:
            waiting.append(folder / f".{secrets.token_hex(8)}.part")
            _write(waiting[-1], file.content)
        for beside, target in zip(waiting, targets, strict=True):
            _give_name(beside, target)
            placed.append(target)
        _sync_folder(folder)
    except OSError as error:
        _take_away(placed)
        raise _known(error) from error
    except KnownError:
        _take_away(placed)
        raise
    finally:
        _take_away(waiting)
    return tuple(targets)


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _give_name(beside: Path, target: Path) -> None:
    """A hard link fails where a name is taken; sticks without hard links get a checked rename."""
    try:
        os.link(beside, target)
    except FileExistsError as error:
        raise KnownError(Code.REPORT_FILE_EXISTS) from error
    except OSError:
        if os.path.lexists(target):
            raise KnownError(Code.REPORT_FILE_EXISTS) from None
        beside.rename(target)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows writes folder entries through and cannot open a folder to sync it
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _take_away(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _known(error: OSError) -> KnownError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return KnownError(Code.NO_SPACE)
    return KnownError(Code.CANNOT_WRITE)
