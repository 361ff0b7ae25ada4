"""CSV: RFC 4180, UTF-8 with a byte order mark, one record per person, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from typing import Final, Protocol

from app.reports.composed import Cell, ComposedReport, as_number


class Rows(Protocol):
    """What `csv.writer` gives."""

    def writerow(self, row: Iterable[str | int], /) -> object:
        """Write one record."""


_BOM: Final = b"\xef\xbb\xbf"
_RUNS: Final = re.compile(r"'*\s*[=+\-@|\t\r\n]")


def write(report: ComposedReport) -> bytes:
    """The bytes of the CSV; where sources are cited, a last column cites them in every record."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    if report.tables:
        _tables(writer, report)
        return _BOM + stream.getvalue().encode("utf-8")
    cited = "; ".join(source.line() for source in report.sources)
    head = [column.label for column in report.columns]
    writer.writerow([_safe(text) for text in (*head, *((report.words.source_column,) if cited else ()))])
    for row in report.rows:
        writer.writerow([_safe(cell) for cell in (*row, *((cited,) if cited else ()))])
    return _BOM + stream.getvalue().encode("utf-8")


def _tables(writer: Rows, report: ComposedReport) -> None:
    """One record a figure: which table, line and column it is of; figures are numbers."""
    words = report.words
    head = (words.table_column, words.line_column, words.figure_column, words.count_column)
    writer.writerow([_safe(text) for text in head])
    for table in report.tables:
        for row in table.rows:
            for column, value in zip(table.columns, row.values, strict=True):
                cell = value if table.wide else as_number(value)
                writer.writerow([_safe(each) for each in (table.heading, row.label, column, cell)])


def _safe(cell: Cell) -> str | int:
    """A text a spreadsheet would run gets an apostrophe; one taken away gives the text back, always."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    seen = unicodedata.normalize("NFKC", cell)  # full-width forms run too
    return f"'{cell}" if _RUNS.match(seen) else cell
