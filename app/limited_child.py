"""A file from outside, read in a child process that has no keys, little memory and little time.

The parent never looks into the file: it hands the bytes over, watches time and memory, and understands what
the child writes, line by line. Any death of the child is "this file cannot be read".

Source: security.md, *hostile list or bundle*.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Final

import attrs
import psutil

from app import child_limits as limits
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.i18n import _

FLAG: Final = "--parse"
"""What the bundled program is started with to be the child."""
_POLL_SECONDS: Final = 0.02
_TAKE_SECONDS: Final = 0.1
_TAKE_LINES: Final = 100
_KEPT_ENVIRONMENT: Final = frozenset({"SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})


@attrs.frozen
class Refusals:
    """The words for a file that is not there, has nothing in it, is too large, or cannot be read."""

    missing: Code
    empty: Code
    too_large: Code
    unreadable: Code


def bytes_of(path: Path, refusals: Refusals) -> bytes:
    """The bytes of a file a person chose. Raises KnownError with one of `refusals`."""
    try:
        if not path.exists():
            raise KnownError(refusals.missing)
        if not path.is_file():
            raise KnownError(refusals.unreadable)
        if path.stat().st_size > limits.MAX_FILE_BYTES:
            raise KnownError(refusals.too_large)
        with path.open("rb") as stream:
            untrusted = stream.read(limits.MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise KnownError(refusals.missing) from None
    except OSError as error:
        raise KnownError(refusals.unreadable) from error
    if not untrusted:
        raise KnownError(refusals.empty)
    return untrusted


def read_in_child(
    head: Mapping[str, str],
    untrusted: bytes,
    take: Callable[[bytes], None],
    unreadable: Code,
    *,
    seconds: float = limits.SECONDS,
    progress: Progress = no_progress,
) -> None:
    """Give the child a file, and every line it writes to `take`, while it goes on.

    Args:
        head: what the child has to know of the file; `read` says which reader it is for.
        untrusted: the bytes of the file.
        take: understands one line; what it raises ends the child.
        unreadable: raised where the child dies, takes too long or grows too large.
        seconds: how long it may take, beside what a large file may.
        progress: called while waiting; it may cancel.

    Raises:
        KnownError: `unreadable`, CANCELLED, and what `take` raises.
    """
    seconds += limits.SECONDS_A_MEGABYTE * len(untrusted) / 1024 / 1024
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
    data = json.dumps(dict(head)).encode("ascii") + b"\n" + untrusted
    workers = (
        threading.Thread(target=_feed, args=(child.stdin, data), daemon=True),
        threading.Thread(target=_collect, args=(child.stdout, lines), daemon=True),
    )
    try:
        for worker in workers:
            worker.start()
        _Watch(child, workers[1], lambda: _take(lines, take), unreadable).until(seconds, progress)
    finally:
        child.kill()
        child.wait()
        for worker in workers:
            worker.join()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _close(stream)


def parse_command() -> list[str]:
    """How to start the child: the bundled program itself, or its module under the same Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-E", "-s", "-X", "utf8", "-m", "app.parsing_child"]


def parse_folder() -> Path:
    """The folder to start it in, so that `-m app.parsing_child` is found and nothing else is on the path."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[1]


def _take(lines: deque[bytes], take: Callable[[bytes], None]) -> bool:
    """Understand what has come so far, but never so long that nobody looks after the child.

    Gives whether there was anything.
    """
    any_came, until = bool(lines), time.monotonic() + _TAKE_SECONDS
    while lines and time.monotonic() < until:
        for _line in range(min(_TAKE_LINES, len(lines))):
            take(lines.popleft())
    return any_came


@attrs.frozen
class _Watch:
    """Looks after one child: how long it takes and how large it grows."""

    child: subprocess.Popen[bytes]
    reader: threading.Thread
    take: Callable[[], bool]
    unreadable: Code

    def until(self, seconds: float, progress: Progress) -> None:
        until, said = time.monotonic() + seconds, 0.0
        watched = psutil.Process(self.child.pid)
        while self.reader.is_alive():
            if not self.take():
                self.reader.join(_POLL_SECONDS)
            now = time.monotonic()
            if now > until or _resident(watched) > limits.RESIDENT_BYTES:
                raise KnownError(self.unreadable)
            if now - said > 0.1:
                said = now
                progress(0, 0, _("Reading the file"))
        while self.take():
            progress(0, 0, _("Reading the file"))
        try:
            ended = self.child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise KnownError(self.unreadable) from None
        if ended != 0:
            raise KnownError(self.unreadable)


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
        if size > limits.OUTPUT_BYTES:
            lines.clear()
            return
        lines.append(line)


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return  # a broken pipe at closing is the child's death, seen elsewhere
