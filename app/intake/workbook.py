"""Workbooks (XLSX, XLS, ODS) as tables of text. Only inside the limited child: a small file can be a bomb.

The sheet with the most filled cells is read; other and hidden sheets are announced. Formulas are never run:
what the workbook shows is what is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from app.domain.errors import Code, KnownError
from app.intake import limits
from app.intake.table import Note, RawRow, Table

_ENCRYPTED_OLE: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_UNPACKED_BYTES: Final = 256 * 1024 * 1024
_MOST_PARTS: Final = 2_000

Value = int | float | str | bool | time | date | datetime | timedelta


def is_zip(data: bytes) -> bool:
    """Whether the bytes are those of a zip file (XLSX, ODS, DOCX …)."""
    return data.startswith(b"PK\x03\x04")


def is_ole(data: bytes) -> bool:
    """Whether the bytes are those of an old Office file (XLS, or an encrypted XLSX)."""
    return data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def read_workbook(data: bytes) -> Table:
    """Read the fullest sheet of a workbook.

    Raises:
        KnownError: LIST_UNREADABLE, LIST_ENCRYPTED, LIST_CUT_OFF, LIST_EMPTY, LIST_TOO_LARGE.
    """
    if is_ole(data) and _ENCRYPTED_OLE in data:
        raise KnownError(Code.LIST_ENCRYPTED)
    if is_zip(data):
        _check_zip(data)
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
        tables = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in visible]
    except (CalamineError, ValueError, OSError) as error:
        raise KnownError(Code.LIST_UNREADABLE) from error
    notes = [Note.HIDDEN_SHEETS] if len(visible) < len(sheets) else []
    if sum(any(any(cell != "" for cell in row) for row in table) for table in tables) > 1:
        notes.append(Note.SEVERAL_SHEETS)
    fullest = max(tables, key=lambda table: sum(cell != "" for row in table for cell in row), default=[])
    filled = _rows(fullest)
    titles = next(filled, None)
    if titles is None:
        raise KnownError(Code.LIST_EMPTY)
    return Table("", "", titles, filled, notes)


def _rows(table: list[list[Value]]) -> Iterator[RawRow]:
    for number, row in enumerate(table, start=1):
        cells = [_shown(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if any(cell.strip() for cell in cells):
            yield RawRow(number, tuple(cells))


def _shown(cell: Value) -> str:
    """A cell as text: whole numbers without a point, days in ISO form."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        # The list of parts stands at the end of a zip file: without it the file was cut.
        raise KnownError(Code.LIST_CUT_OFF) from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES:
        raise KnownError(Code.LIST_TOO_LARGE)
    if len(data) > limits.MAX_FILE_BYTES:
        raise KnownError(Code.LIST_TOO_LARGE)
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise KnownError(Code.LIST_UNREADABLE)
