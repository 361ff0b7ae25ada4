"""Reading a file made elsewhere: it goes into the limited child, what it says comes back, or one refusal.

Nothing here trusts the child: a line nobody expects, or a number of lines that is not the one said, makes a
file that cannot be read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.limited_child import Refusals, bytes_of, read_in_child
from app.reports.elsewhere.told import Found, Place, Said, Spot, Trace
from app.reports.kinds import FORMATS

_REFUSALS: Final = Refusals(Code.FILE_MISSING, Code.FILE_EMPTY, Code.FILE_TOO_LARGE, Code.FILE_UNREADABLE)
_SPOTS: Final = {spot.value: spot for spot in Spot}
_TRACES: Final = {trace.value: trace for trace in Trace}
_REFUSED: Final = {
    code.value: code for code in (Code.FILE_ENCRYPTED, Code.FILE_NO_REPORT, Code.FILE_TOO_LARGE)
}


@attrs.frozen
class FileTold:
    """A file made elsewhere, as the child told it.

    Attributes:
        name: of the file, without folders.
        file_format: `pdf`, `docx`, `xlsx`, `csv` or `html`, whatever its name says.
        sha256: of its bytes, hexadecimal.
        size: bytes.
        said: everything it says.
        found: everything it carries beside, each once a place.
    """

    name: str = attrs.field(repr=False)
    file_format: str
    sha256: str
    size: int
    said: tuple[Said, ...] = attrs.field(repr=False)
    found: tuple[Found, ...]


def read_elsewhere(path: Path, progress: Progress = no_progress) -> FileTold:
    """Read a file in the limited child.

    Raises:
        KnownError: FILE_MISSING, FILE_EMPTY, FILE_TOO_LARGE, FILE_UNREADABLE, FILE_ENCRYPTED, FILE_NO_REPORT,
            CANCELLED.
    """
    return read_bytes(bytes_of(path, _REFUSALS), path, progress)


def untrusted_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises KnownError FILE_MISSING, FILE_EMPTY, FILE_TOO_LARGE, FILE_UNREADABLE."""
    return bytes_of(path, _REFUSALS)


def read_bytes(untrusted: bytes, path: Path, progress: Progress = no_progress) -> FileTold:
    """Read the bytes of a file of this name in the limited child. Raises KnownError as `read_elsewhere`."""
    told = _Understanding()
    head = {"read": "file", "ending": path.suffix.lower().removeprefix(".")[:20]}
    read_in_child(head, untrusted, told.take, _REFUSALS.unreadable, progress=progress)
    file_format, said, found = told.all()
    return FileTold(
        path.name,
        file_format,
        hashlib.sha256(untrusted).hexdigest(),
        len(untrusted),
        (Said(Place(Spot.NAME), path.stem), *said),
        found,
    )


class _Understanding:
    """Makes values of what the child writes, line by line."""

    def __init__(self) -> None:
        self._format = ""
        self._said: dict[Said, None] = {}
        self._found: dict[Found, None] = {}
        self._count = 0
        self._last: Mapping[str, object] | None = None

    def take(self, untrusted: bytes) -> None:
        """One line further. Raises KnownError FILE_UNREADABLE."""
        line = _parsed(untrusted)
        if self._last is not None:
            raise KnownError(Code.FILE_UNREADABLE)  # nothing comes behind the last line
        if line.get("is") in FORMATS and not self._format:
            self._format = str(line["is"])
        elif "said" in line and self._format:
            self._said[Said(_place(line), str(line["said"]))] = None
            self._count += 1
        elif line.get("found") in _TRACES and self._format:
            self._found[Found(_TRACES[str(line["found"])], _place(line))] = None
            self._count += 1
        elif "refused" in line or ("done" in line and self._format):
            self._last = line
        else:
            raise KnownError(Code.FILE_UNREADABLE)

    def all(self) -> tuple[str, tuple[Said, ...], tuple[Found, ...]]:
        """Everything the child told. Raises KnownError what it refused the file for, FILE_UNREADABLE."""
        last = self._last or {}
        if "refused" in last:
            raise KnownError(_REFUSED.get(str(last["refused"]), Code.FILE_UNREADABLE))
        if last.get("done") != self._count:
            raise KnownError(Code.FILE_UNREADABLE)
        return self._format, tuple(self._said), tuple(self._found)


def _parsed(untrusted: bytes) -> Mapping[str, object]:
    try:
        value = json.loads(untrusted)
    except ValueError as error:
        raise KnownError(Code.FILE_UNREADABLE) from error
    return value if isinstance(value, dict) else {}


def _place(line: Mapping[str, object]) -> Place:
    spot, numbers = _SPOTS.get(str(line.get("spot"))), line.get("n", [])
    if spot is None or not isinstance(numbers, list) or not all(isinstance(one, int) for one in numbers):
        raise KnownError(Code.FILE_UNREADABLE)
    return Place(spot, tuple(numbers), str(line.get("part", "")))
