"""Pictures: exactly those of the report, beside whom they belong to, and nothing in them but pixels.

Each is known by its fingerprint. One that is not in the report, is missing, or stands beside somebody else is
refused; so is one with a camera's data, a comment, words about colours, an older picture inside, or bytes
behind its end (EXIF, XMP, IPTC, ICC, previews, archives).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify import pictures_in
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

_WIDEST: Final = 600
_HIGHEST: Final = 600
_LARGEST: Final = 200_000
_START, _END, _SCAN, _FRAME, _JFIF = 0xD8, 0xD9, 0xDA, 0xC0, 0xE0
_TABLES: Final = frozenset({0xDB, 0xC4})
_HEAD: Final = b"JFIF\x00\x01\x01"
_HEAD_BYTES: Final = 16
_RESTARTS: Final = range(0xD0, 0xD8)


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at every picture of the file."""
    wanted = {one.row: one.sha256 for one in report.portraits}
    if any(not column.shows_picture for column in kind.columns if column.place == "picture"):
        return Looked(0, "columns")
    if wanted and not any(column.shows_picture for column in kind.columns):
        return Looked(0, "pictures the kind does not show")
    if not wanted or file.file_format in ("xlsx", "csv"):
        return Looked(len(wanted))  # the checks of the format refuse every picture there
    found, where = pictures_in.found(file, report)
    for place, (_row, content) in enumerate(found, start=1):
        where = where or (f"picture {place}: {wrong}" if (wrong := beside_pixels(content)) else "")
    where = where or _others(found, wanted, report)
    return Looked(len(found), where)


def _others(found: Sequence[tuple[int, bytes]], wanted: dict[int, str], report: ComposedReport) -> str:
    """Whether each row has its own picture, once, and no other."""
    said = {one.row: one.instead for one in report.portraits}
    shown = [row for row, _content in found]
    if sorted(shown) != sorted(wanted) or len(said) != len(report.portraits):
        return "pictures"
    for row, content in found:
        if hashlib.sha256(content).hexdigest() != wanted[row]:
            return f"row {row + 1}: another picture"
    return ""


def beside_pixels(content: bytes) -> str:
    """What a JPEG holds beside its pixels; empty where that is nothing."""
    if len(content) > _LARGEST:
        return "too large"
    if not content.startswith(bytes((0xFF, _START))):
        return "no JPEG"
    size = (0, 0)
    seen: list[int] = []
    for marker, body, end in _segments(content):
        seen.append(marker)
        if marker == _JFIF:
            if len(body) != _HEAD_BYTES - 2 or not body.startswith(_HEAD) or body[-2:] != b"\0\0":
                return "a preview"
        elif marker == _FRAME:
            size = int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
        elif marker == _SCAN:
            if end != len(content):
                return "bytes behind its end"
        elif marker not in _TABLES:
            return "data beside the pixels"
    if seen[:1] != [_JFIF] or seen.count(_JFIF) != 1 or seen.count(_FRAME) != 1 or seen[-1:] != [_SCAN]:
        return "no plain JPEG"
    return "" if 0 < size[0] <= _WIDEST and 0 < size[1] <= _HIGHEST else "its size"


def _segments(content: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Every part of a JPEG with its marker and where it ends; the last is the scan with all that follows.

    Raises:
        ValueError: it is cut off.
    """
    position = 2
    while position + 4 <= len(content):
        marker = content[position + 1]
        length = int.from_bytes(content[position + 2 : position + 4], "big")
        end = position + 2 + length
        if content[position] != 0xFF or length < 2 or end > len(content):
            raise ValueError("a picture cut off")
        if marker == _SCAN:
            yield marker, content[position + 4 : end], _end_of_scan(content, end)
            return
        yield marker, content[position + 4 : end], end
        position = end
    raise ValueError("a picture cut off")


def _end_of_scan(content: bytes, start: int) -> int:
    """The place behind the end mark of the pixels; 0 where another part comes first."""
    position = start
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            raise ValueError("a picture cut off")
        marker = content[position + 1]
        if marker == _END:
            return position + 2
        if marker != 0 and marker not in _RESTARTS:
            return 0
        position += 2
