"""Cutting a child of this process at one system call: killed there, or refused with an error.

`strace` does it to real calls of real code, SQLite's among them. A write is torn by a limit on the size of
files: the one that reaches it arrives in part, the next one is refused or kills.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

import attrs

CALLS: Final = (
    *("mkdir", "openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync"),
    *("rename", "link", "unlink", "rmdir"),
)
"""What changes a disk; `openat` opens for reading too, so that a read that fails is tried as well."""
KILLED: Final = "killed"
ERRORS: Final[Mapping[str, str]] = {
    "disk full": "ENOSPC",
    "error of the drive": "EIO",
    "read-only": "EROFS",
    "not allowed": "EACCES",
}
TORN: Final = "torn write, killed"
TORN_FULL: Final = "torn write, disk full"
WAYS: Final = (KILLED, *ERRORS, TORN, TORN_FULL)
_TORN_STEP: Final = 64 * 1024
_ANY_TRACER: Final = (0x59616D61, -1)
_PATIENCE_S: Final = 60.0


@attrs.frozen
class Cut:
    """Where a child is cut.

    Attributes:
        way: `KILLED`, one of `ERRORS`, `TORN` or `TORN_FULL`.
        call: which system call; empty for a torn write.
        number: at which of these calls, from 1; bytes a file may have for a torn write.
    """

    way: str
    call: str
    number: int


@attrs.frozen
class Ended:
    """How the child ended: `done`, `refused` by itself with a code, `killed`, or `bug`."""

    how: str
    code: str = ""

    def told(self, may_say: Container[str]) -> bool:
        """Whether it was killed, was not disturbed, or was refused with a code it may say."""
        return self.how in ("killed", "done") or self.code in may_say


class Tried(Protocol):
    """What one try of any of these harnesses came to."""

    @property
    def cut(self) -> Cut:
        """Where."""

    @property
    def holds(self) -> bool:
        """Whether everything is as promised."""


def can_cut() -> bool:
    """Whether this computer can: Linux with strace that may attach."""
    return sys.platform == "linux" and shutil.which("strace") is not None


def run(work: Callable[[], str], cut: Cut) -> Ended:
    """Run this in a child that is cut; `work` gives "" or the code it was refused with."""
    return _watched(work, _options(cut), limit=cut)


def count(work: Callable[[], str]) -> dict[str, int]:
    """How often an undisturbed child makes each of the calls."""
    with tempfile.TemporaryDirectory(prefix="cuts-") as folder:
        log = Path(folder) / "log"
        ended = _watched(work, ["-o", str(log), "-e", f"trace={','.join(CALLS)}"], limit=None)
        if ended.how != "done":
            raise RuntimeError(f"undisturbed it ends {ended.how} {ended.code}")
        lines = log.read_text(errors="replace").splitlines()
    found = Counter(line.split("(")[0].split()[-1] for line in lines if "(" in line)
    return {call: found[call] for call in CALLS if found[call]}


def places(ground: Path, work: Path, child: Callable[[], str], ways: Collection[str] = WAYS) -> Iterator[Cut]:
    """Every place at which a child can be cut that works in `work` on a copy of `ground`."""
    shutil.copytree(ground, work)
    calls = count(child)
    shutil.rmtree(work)
    for way in ways:
        if way in (TORN, TORN_FULL):
            largest = max(path.stat().st_size for path in ground.rglob("*") if path.is_file())
            yield from (Cut(way, "", size) for size in range(1000, largest, _TORN_STEP))
            continue
        for call in CALLS:
            yield from (Cut(way, call, number) for number in range(1, calls.get(call, 0) + 1))


def _options(cut: Cut) -> list[str]:
    if not cut.call:
        return []
    what = "signal=SIGKILL" if cut.way == KILLED else f"error={ERRORS[cut.way]}"
    return ["-o", "/dev/null", "-e", f"trace={cut.call}", "-e", f"inject={cut.call}:{what}:when={cut.number}"]


def _watched(work: Callable[[], str], options: list[str], limit: Cut | None) -> Ended:
    waits, goes = os.pipe()
    reads, says = os.pipe()
    child = os.fork()
    if not child:
        os.close(goes)
        os.close(reads)
        _child(work, waits, says, limit)
    os.close(waits)
    os.close(says)
    tracer = _attached(child, options) if options else None
    os.write(goes, b"g")
    os.close(goes)
    with os.fdopen(reads, "rb") as stream:
        said = stream.read().decode()
    if tracer is None:
        _pid, status = os.waitpid(child, 0)
    else:
        tracer.wait(_PATIENCE_S)
        _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Ended("killed")
    how, _space, code = said.partition(" ")
    return Ended(how or "bug", code)


def _attached(child: int, options: list[str]) -> subprocess.Popen[bytes]:
    tracer = subprocess.Popen(
        [str(shutil.which("strace")), "-f", "-qq", *options, "-p", str(child)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + _PATIENCE_S
    while f"TracerPid:\t{tracer.pid}\n" not in Path(f"/proc/{child}/status").read_text():
        if tracer.poll() is not None or time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise RuntimeError("strace may not attach here")
        time.sleep(0.002)
    return tracer


def _child(work: Callable[[], str], waits: int, says: int, limit: Cut | None) -> None:
    try:
        ctypes.CDLL(None).prctl(*_ANY_TRACER)
        os.read(waits, 1)
        if limit is not None and not limit.call:
            if limit.way == TORN:
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the call after the torn one kills
            _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit.number, hard))
        code = work()
        os.writev(says, [f"refused {code}".encode() if code else b"done"])  # no `write`: it is not counted
    except BaseException as error:  # noqa: BLE001 - told by its kind, for the table
        os.writev(says, [f"bug {type(error).__name__}".encode()])
    finally:
        os._exit(0)
