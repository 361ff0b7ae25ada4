"""A workbook of Excel 97 to 2003, written byte by byte: no package we use writes one.

Sources: MS-CFB (the compound file), MS-XLS (BIFF8: BOF, BoundSheet8, Label, Number, EOF).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_SECTOR: Final = 512
_SMALLEST: Final = 4096  # a shorter stream would have to lie in the mini stream
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write_xls(path: Path, sheets: dict[str, Sequence[Sequence[str | float]]]) -> Path:
    """Write these sheets."""
    path.write_bytes(_compound(_workbook(sheets)))
    return path


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _workbook(sheets: dict[str, Sequence[Sequence[str | float]]]) -> bytes:
    pages = [_sheet(rows) for rows in sheets.values()]
    names = [name.encode("utf-16-le") for name in sheets]
    opening = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0x0600))
    opening += _record(0x0042, struct.pack("<H", 1200))
    end = _record(0x000A, b"")
    place = len(opening) + sum(4 + 8 + len(name) for name in names) + len(end)
    bound = b""
    for name, page in zip(names, pages, strict=True):
        bound += _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
        place += len(page)
    return opening + bound + end + b"".join(pages)


def _sheet(rows: Sequence[Sequence[str | float]]) -> bytes:
    found = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0x0600))
    widest = max(map(len, rows))
    found += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, widest, 0))
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            at = struct.pack("<HHH", number, place, 0)
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                found += _record(0x0204, at + struct.pack("<HB", len(text) // 2, 1) + text) if cell else b""
            else:
                found += _record(0x0203, at + struct.pack("<d", cell))
    return found + _record(0x000A, b"")


def _compound(stream: bytes) -> bytes:
    stream = stream.ljust(max(_SMALLEST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + sectors), _END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    if len(fat) > _SECTOR:
        raise ValueError("too long for one sector of the table")
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    directory = entries + 2 * (b"\0" * 68 + struct.pack("<III", _FREE, _FREE, _FREE) + b"\0" * 48)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *(_FREE,) * 108)
    return header + fat + directory + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III", _FREE, _FREE, child) + b"\0" * 36 + struct.pack("<IQ", start, size)
