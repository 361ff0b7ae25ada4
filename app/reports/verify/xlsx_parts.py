"""XLSX: nothing hidden. Sheets, rows, columns, filters, names, notes, links, properties, unused texts."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened

_PARTS: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/(workbook|styles|sharedStrings|theme/theme1)\.xml|xl/worksheets/sheet\d{1,2}\.xml"
)
_PROPERTIES: Final = frozenset(
    {"coreProperties", "title", "creator", "lastModifiedBy", "created", "modified"}
)
_STAMP: Final = "1980-01-01T00:00:00Z"
_REPEATED_HEAD: Final = "_xlnm.Print_Titles"
_SHEETS: Final = 2
_PALEST: Final = 200
_STRINGS: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}si"


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Look at the package, the properties and every sheet."""
    where = _package(file) or _properties(file, report) or _book(file, report)
    if where:
        return Looked(len(file.parts), where)
    examined = 0
    for number, sheet in enumerate(file.workbook.worksheets, start=1):
        count, wrong = _sheet(sheet)
        examined += count
        if wrong:
            return Looked(examined, f"sheet {number}: {wrong}")
    return Looked(examined, _unused(file))


def _package(file: Opened) -> str:
    if any(_PARTS.fullmatch(name) is None for name in file.parts):
        return "parts"
    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        marked = any(i.extra or i.comment or i.date_time != (1980, 1, 1, 0, 0, 0) for i in archive.infolist())
        return "archive" if marked or archive.comment else ""


def _properties(file: Opened, report: ComposedReport) -> str:
    allowed = {"title": report.title, "created": _STAMP, "modified": _STAMP}
    for element in file.trees["docProps/core.xml"].iter():
        name = element.tag.partition("}")[2]
        text = (element.text or "").strip()
        if name not in _PROPERTIES or text != allowed.get(name, ""):
            return "docProps/core.xml"
    company = [e for e in file.trees["docProps/app.xml"].iter() if e.tag.endswith(("}Company", "}Manager"))]
    return "docProps/app.xml" if any((element.text or "").strip() for element in company) else ""


def _book(file: Opened, report: ComposedReport) -> str:
    book = file.workbook
    sheets = sum(bool(table.rows) for table in report.tables) + 1 if report.tables else _SHEETS
    if len(book.worksheets) != sheets or len(book.sheetnames) != sheets or book.defined_names:
        return "workbook"
    external = [e for e in file.trees["xl/workbook.xml"].iter() if e.tag.endswith("}externalReference")]
    relations = file.trees["xl/_rels/workbook.xml.rels"]
    outside = any(relation.get("TargetMode") is not None for relation in relations)
    return "links to outside" if external or outside or book.vba_archive is not None else ""


def _sheet(sheet: Worksheet) -> tuple[int, str]:
    if sheet.sheet_state != "visible":
        return 0, "hidden"
    if sheet.auto_filter.ref or sheet.data_validations.dataValidation or sheet.tables:
        return 0, "filter, table or validation"
    if any(sheet.conditional_formatting) or sheet.merged_cells.ranges or sheet.protection.sheet:
        return 0, "conditional formats, merged cells or protection"
    if any(name != "Print_Titles" for name in sheet.defined_names):
        return 0, "defined names"
    for letter, column in sheet.column_dimensions.items():
        if column.hidden or column.width < 1 or column.outlineLevel:
            return 0, f"column {letter} hidden"
    for number, row in sheet.row_dimensions.items():
        if row.hidden or row.outlineLevel or (row.height is not None and row.height < 1):
            return 0, f"row {number} hidden"
    return _cells(sheet)


def _cells(sheet: Worksheet) -> tuple[int, str]:
    examined = 0
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None or cell.hyperlink is not None:
                return examined, f"{cell.coordinate}: note or link"
            if cell.value is None:
                continue
            examined += 1
            colour = (
                cell.font.color.rgb if cell.font.color is not None and cell.font.color.type == "rgb" else None
            )
            pale = isinstance(colour, str) and min(bytes.fromhex(colour[-6:])) > _PALEST
            if pale or cell.number_format not in ("General", "0") or (cell.font.sz or 10) < 6:
                return examined, f"{cell.coordinate}: not seen"
    return examined, ""


def _unused(file: Opened) -> str:
    """Texts kept in the file that no cell shows."""
    kept = [
        "".join(run.text or "" for run in item.iter() if run.tag.endswith("}t"))
        for item in file.trees["xl/sharedStrings.xml"].iter(_STRINGS)
    ]
    shown = {str(cell) for sheet in file.sheets for row in sheet for cell in row if cell is not None}
    return "xl/sharedStrings.xml" if set(kept) - shown else ""
