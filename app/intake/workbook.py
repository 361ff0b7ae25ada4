"""Workbooks (XLSX, XLS, ODS) as tables of text. Only inside the limited child: a small file can be a bomb.

Every sheet that has cells is read, and said whether the workbook shows it; which are brought in a person
chooses. Formulas are never run: what the workbook shows is what is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

import attrs

from app.child_limits import MAX_FILE_BYTES
from app.domain.errors import Code, KnownError
from app.intake import limits
from app.intake.sheet_extras import CellRange, SheetExtras
from app.intake.table import Note, RawRow, Table
from app.intake.workbook_extras import extras_of

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


def read_workbook(data: bytes) -> Iterator[Table]:
    """Read every sheet of a workbook that has cells, hidden ones marked.

    Raises:
        KnownError: LIST_UNREADABLE, LIST_ENCRYPTED, LIST_CUT_OFF, LIST_EMPTY, LIST_TOO_LARGE.
    """
    if is_ole(data) and _ENCRYPTED_OLE in data:
        raise KnownError(Code.LIST_ENCRYPTED)
    if is_zip(data):
        _check_zip(data)
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    read = 0
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        extras = extras_of(data) if is_zip(data) else None
        for sheet in sheets:
            cells = book.get_sheet_by_name(sheet.name)
            grid = cells.to_python(skip_empty_area=False)
            beside = extras.get(sheet.name, SheetExtras()) if extras is not None else SheetExtras()
            table = _table(_filled(grid, cells.merged_cell_ranges or beside.merged), beside)
            if table is not None:
                read += 1
                notes = [Note.HIDDEN_UNKNOWN] if extras is None else []
                shown = sheet.visible is SheetVisibleEnum.Visible
                yield attrs.evolve(table, sheet=sheet.name, hidden=not shown, notes=notes)
    except (CalamineError, ValueError, OSError) as error:
        raise KnownError(Code.LIST_UNREADABLE) from error
    if not read:
        raise KnownError(Code.LIST_EMPTY)


def _table(rows: Iterator[RawRow], beside: SheetExtras) -> Table | None:
    marked = (attrs.evolve(row, hidden=row.number in beside.hidden_rows) for row in rows)
    titles = next(marked, None)
    if titles is None:
        return None
    return Table("", "", titles, marked, hidden_columns=beside.hidden_columns, comments=beside.comments)


def _filled(grid: list[list[Value]], merged: Sequence[CellRange]) -> Iterator[RawRow]:
    """The rows that say something; what a merged cell says stands in every row and column it covers."""
    above: dict[int, set[int]] = {}
    left = limits.MAX_CELLS
    for (top, first), (lowest, farthest) in merged:
        bottom, last = min(lowest, len(grid) - 1), min(farthest, limits.MAX_COLUMNS)
        left -= max(0, bottom - top + 1) * max(0, last - first + 1)
        if left < 0:
            raise KnownError(Code.LIST_TOO_LARGE)
        for number in range(top, bottom + 1):
            for column in range(first, min(last + 1, len(grid[number]))):
                grid[number][column] = grid[top][first]
                if number > top:
                    above.setdefault(number, set()).add(column)
    for number, row in enumerate(grid):
        cells = [_shown(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if any(cell.strip() for cell in cells):
            yield RawRow(number + 1, tuple(cells), from_above=frozenset(above.get(number, ())))


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
    if len(data) > MAX_FILE_BYTES:
        raise KnownError(Code.LIST_TOO_LARGE)
    names = {part.filename for part in parts}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise KnownError(Code.LIST_UNREADABLE)
