"""XLSX: the people as typed cells under a frozen head, everything else on a second sheet. No formulas."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.reports.composed import Cell, ComposedReport, FigureTable, as_number
from app.reports.writers.package import repacked

_STAMP: Final = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the file format keeps no zone
_RUNS: Final = re.compile(r"'*\s*[=+\-@|]")
_NOT_IN_SHEET_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_NAME: Final = 31  # of a sheet
_LINE: Final = 13.5  # points a line of a cell takes
_BROAD: Final = 0.85  # of a character of running text against one of those a width is counted in
_CHARACTERS_PER_SHARE: Final = 2.6  # a name in bold fits ten shares


def write(report: ComposedReport) -> bytes:
    """The bytes of the workbook."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        book.set_properties({"title": report.title, "created": _STAMP})
        style = _Styles(book)
        if report.tables:
            for number, table in enumerate(_with_rows(report), start=1):
                _figures(book.add_worksheet(_table_name(number, table)), report, table, style)
        else:
            _people(book.add_worksheet(_sheet_name(report.words.people)), report, style)
        _about(book.add_worksheet(_sheet_name(report.words.about)), report, style)
    return repacked(buffer.getvalue())


class _Styles:
    """The few cell styles there are; each in two: one keeps a text that looks like a formula a text."""

    def __init__(self, book: Workbook) -> None:
        base: dict[str, object] = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
        looks: dict[str, dict[str, object]] = {
            "plain": {},
            "bold": {"bold": True},
            "head": {"bold": True, "bottom": 1, "bg_color": "#EEF1F4"},
            "title": {"bold": True, "font_size": 14, "text_wrap": False},
        }
        self.number = book.add_format({**base, "num_format": "0", "align": "left"})
        self._texts: dict[tuple[str, bool], Format] = {
            (look, quoted): book.add_format({**base, **more, "quote_prefix": quoted})
            for look, more in looks.items()
            for quoted in (False, True)
        }

    def text(self, text: str, look: str = "plain") -> Format:
        """The style for this text."""
        seen = unicodedata.normalize("NFKC", text)
        return self._texts[look, _RUNS.match(seen) is not None]


def _sheet_name(text: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", text)[:_LONGEST_NAME].strip() or "1"


def _people(sheet: Worksheet, report: ComposedReport, style: _Styles) -> None:
    _page(sheet, report, landscape=True)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    widths = [max(10, column.width * _CHARACTERS_PER_SHARE) for column in report.columns]
    _height(sheet, 0, [column.label for column in report.columns], widths)
    for index, column in enumerate(report.columns):
        sheet.set_column(index, index, widths[index])
        sheet.write_string(0, index, column.label, style.text(column.label, "head"))
    for number, row in enumerate(report.rows, start=1):
        _height(sheet, number, row, widths)
        for index, cell in enumerate(row):
            _cell(sheet, number, index, cell, style, bold=index == 0)


def _height(sheet: Worksheet, row: int, cells: Sequence[Cell], widths: Sequence[float]) -> None:
    """As high as the text that takes most lines: not every program works that out when it opens a file."""
    lines = max(
        (
            math.ceil(len(str(cell)) * _BROAD / width)
            for cell, width in zip(cells, widths, strict=True)
            if cell
        ),
        default=1,
    )
    if lines > 1:
        sheet.set_row(row, _LINE * lines)


def _with_rows(report: ComposedReport) -> list[FigureTable]:
    return [table for table in report.tables if table.rows]


def _table_name(number: int, table: FigureTable) -> str:
    """Number and heading, cut between words where a sheet's name ends."""
    name = f"{number} {table.heading}"
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME + 1].rpartition(" ")[0]
    return _sheet_name(name)


def _figures(sheet: Worksheet, report: ComposedReport, table: FigureTable, style: _Styles) -> None:
    """One table: figures as numbers under a head that stays."""
    _page(sheet, report, landscape=table.wide)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    widths = [36.0, *([40.0 if table.wide else 18.0] * len(table.columns))]
    sheet.set_column(0, 0, widths[0])
    sheet.set_column(1, len(table.columns), widths[-1])
    heads = (report.words.line_column, *table.columns)
    _height(sheet, 0, heads, widths)
    for index, label in enumerate(heads):
        sheet.write_string(0, index, label, style.text(label, "head"))
    for number, row in enumerate(table.rows, start=1):
        _height(sheet, number, (row.label, *row.values), widths)
        _cell(sheet, number, 0, row.label, style, bold=True)
        for index, value in enumerate(row.values, start=1):
            _cell(sheet, number, index, value if table.wide else as_number(value), style)


def _cell(sheet: Worksheet, row: int, index: int, cell: Cell, style: _Styles, *, bold: bool = False) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, index, cell, style.number)
    elif cell is not None:
        sheet.write_string(row, index, cell, style.text(cell, "bold" if bold else "plain"))


def _about(sheet: Worksheet, report: ComposedReport, style: _Styles) -> None:
    _page(sheet, report, landscape=False)
    sheet.set_column(0, 0, 72)
    sheet.set_column(1, 1, 18)
    for row, (text, value, bold) in enumerate(_lines(report)):
        look = "title" if row == 0 else "bold" if bold else "plain"
        if row:  # a title is not wrapped
            _height(sheet, row, (text,), (72,))
        sheet.write_string(row, 0, text, style.text(text, look))
        if value:
            sheet.write_string(row, 1, value, style.text(value))


def _lines(report: ComposedReport) -> Iterator[tuple[str, str, bool]]:
    yield report.title, "", True
    yield report.subtitle, "", False
    for text in filter(None, (report.lead, *report.foreword)):
        yield text, "", False
    for block in report.blocks:
        yield block.text, "", block.what == "heading"
    if report.figures and not report.tables:
        yield report.words.figures, "", True
    for figure in report.figures:
        yield figure.label, figure.value, False
    for note in report.figures_notes:
        yield note, "", False
    for table in report.tables:
        yield table.heading, "", True
        for note in table.notes:
            yield note, "", False
    if report.sources:
        yield report.words.sources, "", True
        for source in report.sources:
            yield source.line(), "", False
    yield report.footer, "", False


def _page(sheet: Worksheet, report: ComposedReport, *, landscape: bool) -> None:
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
