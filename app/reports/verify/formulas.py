"""Nothing a spreadsheet would run: no formulas, and text that looks like one kept a text (CSV and XLSX)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

_LEAD: Final = re.compile(r"[\s\ufeff\u200b]*[=+\-@\t\r\n|]")
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}")


def runs(text: str) -> bool:
    """Whether a spreadsheet could take this cell for a formula, also full-width or after spaces."""
    return _LEAD.match(unicodedata.normalize("NFKC", text)) is not None or text.startswith(("\t", "\r", "\n"))


def unescaped(cell: str) -> str:
    """A CSV cell as it was meant: one apostrophe before what would run is taken away."""
    return cell[1:] if cell[:1] == "'" and runs(cell.lstrip("'")) else cell


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at every cell."""
    return _csv(file) if file.file_format == "csv" else _xlsx(file)


def _csv(file: Opened) -> Looked:
    examined = 0
    for number, record in enumerate(file.records, start=1):
        for index, cell in enumerate(record, start=1):
            examined += 1
            if cell and runs(cell) and not _NUMBER.fullmatch(cell):
                return Looked(examined, f"row {number}, column {index}")
    return Looked(examined)


def _xlsx(file: Opened) -> Looked:
    examined = 0
    for number, sheet in enumerate(file.workbook.worksheets, start=1):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None:
                    continue
                examined += 1
                plain = cell.data_type in ("s", "inlineStr", "n")
                text = cell.value if isinstance(cell.value, str) else ""
                if not plain or (text and runs(text.lstrip("'")) and not cell.quotePrefix):
                    return Looked(examined, f"sheet {number}, {cell.coordinate}")
    return Looked(examined)
