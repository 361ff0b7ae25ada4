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
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

import attrs
import psutil

from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.intake import limits
from app.intake.child import parse_command, parse_folder
from app.intake.table import Comment, Note, RawRow

_POLL_SECONDS: Final = 0.02
_KEPT_ENVIRONMENT: Final = frozenset({"SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"})


@attrs.frozen
class ReadList:
    """One table of a file as it stands there: a sheet of a workbook, or the whole of a text file.

    Attributes:
        name: of the file, without folders.
        sha256: of its bytes, hexadecimal.
        columns: titles as written.
        rows: the rows under them.
        encoding: of a text file, else empty.
        notes: what was noticed about the file.
        sheet: its name in a workbook.
        hidden: the workbook does not show this sheet.
        hidden_columns: from 0.
        comments: beside its cells.
        first: the row the titles stand in, as a spreadsheet counts it.
    """

    name: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...]
    encoding: str = ""
    notes: tuple[Note, ...] = ()
    sheet: str = ""
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    comments: tuple[Comment, ...] = attrs.field(default=(), repr=False)
    first: int = 1


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
    lines = _parsed(untrusted, path.suffix.lower().removeprefix("."), seconds, progress)
    return _understood(lines, path.name, hashlib.sha256(untrusted).hexdigest())


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


def _parsed(untrusted: bytes, ending: str, seconds: float, progress: Progress) -> list[bytes]:
    """The lines the child wrote; any death of it is "cannot be read"."""
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
    lines: list[bytes] = []
    head = json.dumps({"ending": ending[:20]}).encode("ascii") + b"\n"
    workers = (
        threading.Thread(target=_feed, args=(child.stdin, head + untrusted), daemon=True),
        threading.Thread(target=_collect, args=(child.stdout, lines), daemon=True),
    )
    try:
        for worker in workers:
            worker.start()
        _watch(child, workers[1], seconds, progress)
    finally:
        child.kill()
        child.wait()
        for worker in workers:
            worker.join()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _close(stream)
    return lines


def _watch(
    child: subprocess.Popen[bytes], reader: threading.Thread, seconds: float, progress: Progress
) -> None:
    until = time.monotonic() + seconds
    watched = psutil.Process(child.pid)
    said = 0.0
    while reader.is_alive():
        reader.join(_POLL_SECONDS)
        now = time.monotonic()
        if now > until or _resident(watched) > limits.CHILD_RESIDENT_BYTES:
            raise KnownError(Code.LIST_UNREADABLE)
        if now - said > 0.1:
            said = now
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


def _collect(stream: IO[bytes] | None, lines: list[bytes]) -> None:
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


def _understood(lines: list[bytes], name: str, sha256: str) -> tuple[ReadList, ...]:
    last = _said(lines[-1]) if lines else {}
    if "refused" in last:
        raise KnownError(_refusal(last["refused"]))
    tables: list[ReadList] = []
    head: Mapping[str, object] | None = None
    rows: list[RawRow] = []
    seen: dict[str, str] = {}
    total = 0
    for line in map(_said, lines[:-1]):
        if "titles" in line and head is None:
            head, rows = line, []
        elif "n" in line and head is not None:
            rows.append(_row(line, seen))
        elif "end" in line and head is not None:
            tables.append(_table(head, rows, _notes(line["end"]), name, sha256))
            total, head = total + len(rows), None
        else:
            raise KnownError(Code.LIST_UNREADABLE)
    if head is not None or not tables or last.get("done") != total:
        raise KnownError(Code.LIST_UNREADABLE)
    return tuple(tables)


def _table(
    head: Mapping[str, object], rows: list[RawRow], notes: tuple[Note, ...], name: str, sha256: str
) -> ReadList:
    first = head.get("row")
    return ReadList(
        name,
        sha256,
        _texts(head["titles"]),
        tuple(rows),
        str(head.get("encoding", "")),
        notes,
        sheet=str(head.get("sheet", "")),
        hidden=head.get("hidden") is True,
        hidden_columns=_numbers(head.get("hidden_columns", [])),
        comments=_comments(head.get("comments", [])),
        first=first if isinstance(first, int) else 1,
    )


def _notes(value: object) -> tuple[Note, ...]:
    known = {note.value: note for note in Note}
    return tuple(known[note] for note in value if note in known) if isinstance(value, list) else ()


def _comments(value: object) -> tuple[Comment, ...]:
    found: list[Comment] = []
    for one in value if isinstance(value, list) else ():
        row, column, text = one if isinstance(one, list) and len(one) == 3 else (None, None, None)
        if not isinstance(row, int) or not isinstance(column, int):
            raise KnownError(Code.LIST_UNREADABLE)
        found.append(Comment(row, column, str(text)))
    return tuple(found)


def _numbers(value: object) -> frozenset[int]:
    return frozenset(one for one in value if isinstance(one, int)) if isinstance(value, list) else frozenset()


def _said(line: bytes) -> Mapping[str, object]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise KnownError(Code.LIST_UNREADABLE) from error
    return value if isinstance(value, dict) else {}


def _row(line: Mapping[str, object], seen: dict[str, str]) -> RawRow:
    number = line.get("n")
    if not isinstance(number, int):
        raise KnownError(Code.LIST_UNREADABLE)
    above = _numbers(line["u"]) if "u" in line else frozenset[int]()
    return RawRow(
        number, _texts(line.get("c"), seen), bool(line.get("b")), hidden="h" in line, from_above=above
    )


def _texts(value: object, seen: dict[str, str] | None = None) -> tuple[str, ...]:
    """Cells as text; what stands in many rows is held once."""
    if not isinstance(value, list):
        raise KnownError(Code.LIST_UNREADABLE)
    if seen is None:
        return tuple(str(cell) for cell in value)
    return tuple(seen.setdefault(cell, cell) for cell in map(str, value))


def _refusal(untrusted_code: object) -> Code:
    refusals = (
        Code.LIST_EMPTY, Code.LIST_CUT_OFF, Code.LIST_MISNAMED, Code.LIST_ENCRYPTED, Code.LIST_TOO_LARGE,
        Code.LIST_NOT_JSON, Code.LIST_JSON_SHAPE,
    )  # fmt: skip
    return next((code for code in refusals if code.value == untrusted_code), Code.LIST_UNREADABLE)
