"""Reading a list: the file goes into the limited child, rows come back as text, or one clear refusal.

The parent never looks into the file itself: it reads the bytes, takes their fingerprint, hands them to the
child and watches time and memory. What comes back is `untrusted_` text until `cells/` has read it.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

import psutil

from app.collecting import nothing_to_collect
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.intake import limits
from app.intake.child import parse_command, parse_folder
from app.intake.child_lines import ReadList, Understanding

__all__ = ["ReadList", "read_file", "read_list"]

_POLL_SECONDS: Final = 0.02
_TAKE_SECONDS: Final = 0.1
_TAKE_LINES: Final = 100
_KEPT_ENVIRONMENT: Final = frozenset({"SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})


def read_list(
    path: Path, *, seconds: float = limits.CHILD_SECONDS, progress: Progress = no_progress
) -> ReadList:
    """The fullest table of a file that is shown; raises as `read_file`."""
    tables = read_file(path, seconds=seconds, progress=progress)
    return max(tables, key=lambda one: (not one.hidden, sum(len(row.cells) for row in one.rows)))


def read_file(
    path: Path, *, seconds: float = limits.CHILD_SECONDS, progress: Progress = no_progress
) -> tuple[ReadList, ...]:
    """Read every table of a file in the limited child.

    Args:
        path: the file a person chose.
        seconds: how long the child may take.
        progress: called while waiting; it may cancel.

    Raises:
        KnownError: LIST_MISSING, LIST_EMPTY, LIST_UNREADABLE, LIST_CUT_OFF, LIST_MISNAMED, LIST_ENCRYPTED,
            LIST_TOO_LARGE, LIST_NOT_JSON, LIST_JSON_SHAPE, CANCELLED.
    """
    untrusted = _bytes_of(path)
    seconds += limits.SECONDS_A_MEGABYTE * len(untrusted) / 1024 / 1024
    found = Understanding(path.name, hashlib.sha256(untrusted).hexdigest())
    with nothing_to_collect():
        _parse(untrusted, path.suffix.lower().removeprefix("."), seconds, found, progress)
        return found.tables()


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.exists():
            raise KnownError(Code.LIST_MISSING)
        if not path.is_file():
            raise KnownError(Code.LIST_UNREADABLE)
        if path.stat().st_size > limits.MAX_FILE_BYTES:
            raise KnownError(Code.LIST_TOO_LARGE)
        with path.open("rb") as stream:
            untrusted = stream.read(limits.MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise KnownError(Code.LIST_MISSING) from None
    except OSError as error:
        raise KnownError(Code.LIST_UNREADABLE) from error
    if not untrusted:
        raise KnownError(Code.LIST_EMPTY)
    return untrusted


def _parse(untrusted: bytes, ending: str, seconds: float, found: Understanding, progress: Progress) -> None:
    """What the child writes, understood while it goes on; any death of it is "cannot be read"."""
    environment = {key: value for key, value in os.environ.items() if key.upper() in _KEPT_ENVIRONMENT}
    child = subprocess.Popen(  # noqa: S603 - our own program, fixed arguments
        parse_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=parse_folder(),
        env=environment,
        close_fds=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    lines: deque[bytes] = deque()
    head = json.dumps({"ending": ending[:20]}).encode("ascii") + b"\n"
    workers = (
        threading.Thread(target=_feed, args=(child.stdin, head + untrusted), daemon=True),
        threading.Thread(target=_collect, args=(child.stdout, lines), daemon=True),
    )
    try:
        for worker in workers:
            worker.start()
        _watch(child, workers[1], seconds, lambda: _take(lines, found), progress)
    finally:
        child.kill()
        child.wait()
        for worker in workers:
            worker.join()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _close(stream)


def _take(lines: deque[bytes], found: Understanding) -> bool:
    """Understand what has come so far, but never so long that nobody looks after the child.

    Gives whether there was anything.
    """
    any_came, until = bool(lines), time.monotonic() + _TAKE_SECONDS
    while lines and time.monotonic() < until:
        for _line in range(min(_TAKE_LINES, len(lines))):
            found.take(lines.popleft())
    return any_came


def _watch(
    child: subprocess.Popen[bytes],
    reader: threading.Thread,
    seconds: float,
    take: Callable[[], bool],
    progress: Progress,
) -> None:
    until = time.monotonic() + seconds
    watched = psutil.Process(child.pid)
    said = 0.0
    while reader.is_alive():
        if not take():
            reader.join(_POLL_SECONDS)
        now = time.monotonic()
        if now > until or _resident(watched) > limits.CHILD_RESIDENT_BYTES:
            raise KnownError(Code.LIST_UNREADABLE)
        if now - said > 0.1:
            said = now
            progress(0, 0, _("Reading the file"))
    while take():
        progress(0, 0, _("Reading the file"))
    try:
        ended = child.wait(max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise KnownError(Code.LIST_UNREADABLE) from None
    if ended != 0:
        raise KnownError(Code.LIST_UNREADABLE)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _feed(stream: IO[bytes] | None, data: bytes) -> None:
    if stream is not None:
        try:
            stream.write(data)
        except OSError:
            return  # the child is gone; `_watch` says so
        finally:
            _close(stream)


def _collect(stream: IO[bytes] | None, lines: deque[bytes]) -> None:
    size = 0
    if stream is None:
        return
    for line in stream:
        size += len(line)
        if size > limits.CHILD_OUTPUT_BYTES:
            lines.clear()
            return
        lines.append(line)


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return  # a broken pipe at closing is the child's death, seen elsewhere
