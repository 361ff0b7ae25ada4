"""What `strace` saw of a process and everything it started: files it wrote, what it wrote, its sockets."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

_WRITES: Final = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg")
_NAMES: Final = ("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat")
_MAKES: Final = ("mkdir", "mkdirat", "mknod", "mknodat", "creat", "memfd_create")
_OPENS: Final = ("open", "openat", "openat2")
_SOCKETS: Final = ("socket", "connect", "bind", "socketpair")
OPTIONS: Final = (
    *("-f", "-qq", "-y", "-xx", "-s", "4194304", "--seccomp-bpf", "-e", "signal=none"),
    *("-e", f"trace={','.join((*_WRITES, *_NAMES, *_MAKES, *_OPENS, *_SOCKETS, 'prctl', 'execve'))}"),
)
_LINE: Final = re.compile(
    r"^(?:\[pid +\d+\] |\d+ +)?(?P<call>\w+)\((?P<said>.*)\)\s+= (?P<gave>-?\d+|\?)(?P<note>.*)$", re.DOTALL
)
_TEXT: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FD: Final = re.compile(r"^(?P<number>\d+|AT_FDCWD)(?:<(?P<where>[^>]*)>)?")
_UNFINISHED: Final = re.compile(r"^(?P<pid>\d+) +(?P<front>.*) <unfinished \.\.\.>$")
_RESUMED: Final = re.compile(r"^(?P<pid>\d+) +<\.\.\. \w+ resumed>(?P<rest>.*)$")


@attrs.define
class Seen:
    """What a process and its children did.

    Attributes:
        written: files opened for writing, made, renamed or linked to, each once.
        buffers: what was written, with where it went.
        sockets: how many of each family.
        reached: addresses of sockets that were connected or bound.
        no_dumps: how often a process forbade core dumps.
        starts: how often a program was started.
    """

    written: set[Path] = attrs.Factory(set)
    buffers: list[tuple[str, bytes]] = attrs.Factory(list)
    sockets: Counter[str] = attrs.Factory(Counter)
    reached: set[str] = attrs.Factory(set)
    no_dumps: int = 0
    starts: int = 0


def read(log: Path) -> Seen:
    """Understand a log made with `OPTIONS` and `-o`."""
    seen = Seen()
    with log.open(encoding="ascii", errors="replace") as stream:
        for line in _whole(stream):
            found = _LINE.match(line)
            if found is not None and not found["gave"].startswith("-"):
                _take(seen, found["call"], found["said"])
    return seen


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Calls another thread came between are put together again."""
    begun: dict[str, str] = {}
    for line in lines:
        text = line.rstrip("\n")
        if front := _UNFINISHED.match(text):
            begun[front["pid"]] = front["front"]
        elif rest := _RESUMED.match(text):
            yield f"{rest['pid']} {begun.pop(rest['pid'], '')}{rest['rest']}"
        else:
            yield text


def _take(seen: Seen, call: str, said: str) -> None:
    if call in _OPENS:
        if re.search(r"O_WRONLY|O_RDWR|O_CREAT", said):
            seen.written.add(_path(said, 0))
    elif call in _NAMES:
        seen.written.add(_path(said, -1))
    elif call in _MAKES:
        if call != "memfd_create":
            seen.written.add(_path(said, 0))
    elif call in _WRITES:
        where = _FD.match(said)
        content = b"".join(_bytes(part) for part in _TEXT.findall(said))
        seen.buffers.append((_plain(where["where"] or "") if where else "", content))
    elif call == "prctl":
        seen.no_dumps += "PR_SET_DUMPABLE, SUID_DUMP_DISABLE" in said
    elif call == "execve":
        seen.starts += 1
    else:
        _socket(seen, call, said)


def _socket(seen: Seen, call: str, said: str) -> None:
    if call in ("socket", "socketpair"):
        seen.sockets[said.partition(",")[0].strip()] += 1
        return
    family = re.search(r"sa_family=(\w+)", said)
    path = _TEXT.search(said.partition("sun_path=")[2])
    told = _bytes(path[1]).decode(errors="replace").lstrip("\0") if path else ""
    seen.reached.add(f"{family[1] if family else '?'} {told}".strip())


def _path(said: str, which: int) -> Path:
    """The path of a call; `which` of its texts."""
    texts = _TEXT.findall(said)
    path = os.fsdecode(_bytes(texts[which])) if texts else ""
    folder = _FD.match(said)
    if folder is not None and folder["where"] and not path.startswith("/"):
        path = f"{_plain(folder['where'])}/{path}"
    return Path(os.path.normpath(path))


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def _plain(said: str) -> str:
    """A path as `-y` says it, letters in hexadecimal where they are not plain."""
    raw = re.sub(r"\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), said)
    return raw.encode("latin-1", "replace").decode("utf-8", "replace")
