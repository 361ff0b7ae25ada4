"""Rows and columns: who is in the file, with which values, in which order; nobody more, nothing mixed up."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports.composed import ComposedReport
from app.reports.kinds import ReportKind
from app.reports.verify import expected, tables
from app.reports.verify.formulas import unescaped
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened
from app.reports.verify.tokens import end_of, tokens


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Compare the rows of the file with those composed, and the columns with the kind's."""
    if kind.counts_only and not report.rows and not report.columns:
        return tables.in_order(file, report, kind)
    where = _columns(report, kind)
    if where:
        return Looked(len(report.columns), where)
    count = len(report.rows)
    match file.file_format:
        case "pdf":
            return Looked(count, _pages(file, report))
        case "docx" | "html":
            return Looked(count, _document(file, report))
        case "xlsx":
            return Looked(count, _grid(file.sheets[0] if file.sheets else (), _wanted(report)))
        case _:
            return Looked(count, _records(file, report))


def _columns(report: ComposedReport, kind: ReportKind) -> str:
    keys = [column.key for column in report.columns]
    allowed = [c.key for c in kind.columns if not c.optional or c.key in keys]
    if keys != allowed:
        return "columns"
    widths = {len(row) for row in report.rows}
    return "columns" if widths - {len(keys)} else ""


def _wanted(report: ComposedReport) -> list[tuple[object, ...]]:
    return [tuple(expected.labels(report)), *report.rows]


def _grid(found: Sequence[Sequence[object]], wanted: Sequence[Sequence[object]]) -> str:
    for number, row in enumerate(wanted):
        if number >= len(found):
            return f"row {number + 1}"
        for index, cell in enumerate(row):
            value = found[number][index] if index < len(found[number]) else None
            if value != cell or isinstance(value, bool) or type(value) is not type(cell):
                return f"row {number + 1}, column {index + 1}"
    return f"row {len(wanted) + 1}" if len(found) > len(wanted) else ""


def _records(file: Opened, report: ComposedReport) -> str:
    source = expected.cited(report)
    wanted = [
        tuple("" if cell is None else str(cell) for cell in row)
        + (((report.words.source_column if index == 0 else source),) if source else ())
        for index, row in enumerate(_wanted(report))
    ]
    found = [tuple(unescaped(cell) for cell in record) for record in file.records]
    if any(len(record) != len(wanted[0]) for record in found):
        return "columns"
    return _grid(found, wanted)


def _document(file: Opened, report: ComposedReport) -> str:
    if report.layout == "cards":
        styles = ("Person", "PersonAlone")
        heads = [p.text for p in file.paragraphs if p.style in styles]
        wanted = [expected.card(report, row)[0] for row in report.rows]
        return _grid([(text,) for text in heads], [(text,) for text in wanted])
    if not report.rows:
        return ""
    texts = [tuple("" if cell is None else str(cell) for cell in row) for row in _wanted(report)]
    people = [table for table in file.tables if table and table[0] == texts[0]]
    return _grid(people[0], texts) if len(people) == 1 else "tables"


def _pages(file: Opened, report: ComposedReport) -> str:
    """Every row's words stand together and in order, page after page."""
    wanted = [
        tokens(" ".join(expected.card(report, row)))
        if report.layout == "cards"
        else [token for cell in row if cell is not None for token in tokens(str(cell))]
        for row in report.rows
    ]
    wrong = _in_order(_stream(file, report), wanted)
    return f"row {wrong}" if wrong else ""


def _in_order(stream: list[str], wanted: list[list[str]]) -> int:
    """The first row, counted from 1, whose words do not stand together after those before; 0 if all do."""
    position = 0
    for number, row in enumerate(wanted, start=1):
        position = _after(stream, row, position)
        if position < 0:
            return number
    return 0


def _stream(file: Opened, report: ComposedReport) -> list[str]:
    """The words of all pages without what repeats on each."""
    head = [token for label in expected.labels(report) for token in tokens(label)]
    stream: list[str] = []
    for number, page in enumerate(file.pages, start=1):
        found = tokens(page)
        foot = tokens(expected.page_line(report, number, len(file.pages)))
        for repeated in (foot, head if report.layout == "table" else []):
            start = _after(found, repeated, 0) - len(repeated) if repeated else -1
            if start >= 0:
                found = found[:start] + found[start + len(repeated) :]
        stream += found
    return stream


def _after(stream: list[str], row: list[str], start: int) -> int:
    """The place after `row` in `stream` from `start` on, or -1."""
    if not row:
        return start
    for index in range(start, len(stream)):
        if row[0].startswith(stream[index]):
            end = end_of(row, stream, index)
            if end >= 0:
                return end
    return -1
