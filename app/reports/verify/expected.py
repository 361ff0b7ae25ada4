"""What a file of a report must say, worked out from the composed values alone and not from any writer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.reports.composed import Cell, Column, ComposedReport, FigureTable

_ROWS: Final = 36
_WIDE_ROWS: Final = 14
"""So many lines of a table stand under one head on a page."""
_GROUP: Final = 3


def covers(report: ComposedReport, bullet: str = "") -> Iterator[str]:
    """What stands before the report: kind, number and day, rules for handling."""
    for cover in report.covers:
        yield cover.kind
        yield cover.line
        yield cover.head
        for rule in cover.rules:
            yield f"{bullet} {rule}" if bullet else rule


def front(report: ComposedReport, bullet: str = "") -> Iterator[str]:
    """Title, subtitle, lead and the texts written for this report."""
    yield report.title
    yield report.subtitle
    yield report.lead
    yield from report.foreword
    for block in report.blocks:
        yield f"{bullet} {block.text}" if block.what == "list" else block.text


def back(report: ComposedReport) -> Iterator[str]:
    """Figures and sources with their headings."""
    if report.figures and not report.tables:
        yield report.words.figures
    for figure in report.figures:
        yield figure.label
        yield figure.value
    yield from report.figures_notes
    if report.sources:
        yield report.words.sources
    for source in report.sources:
        yield " · ".join(part for part in (source.text, source.link, source.as_of) if part)


def tables(report: ComposedReport) -> Iterator[str]:
    """Tables of figures with their headings and notes; a head stands once over its columns."""
    for table in report.tables:
        yield table.heading
        yield from table.notes
        yield from table.columns
        for row in table.rows:
            yield row.label
            yield from row.values


def charts(report: ComposedReport) -> Iterator[str]:
    """Charts: heading, series, and at every place its figures and its label."""
    for chart in report.charts:
        yield chart.heading
        yield from chart.series
        for bar in chart.bars:
            yield bar.label
            yield from bar.values


def chart_rows(report: ComposedReport) -> Iterator[str]:
    """The same as a document tells it: every bar a line, with its series."""
    for chart in report.charts:
        yield chart.heading
        for bar in chart.bars:
            yield bar.label
            for place, value in enumerate(bar.values):
                yield from chart.series[place : place + 1]
                yield value


def heads_again(report: ComposedReport) -> Iterator[str]:
    """The heads of tables too long for a page, once more for every further part."""
    for table in report.tables:
        parts = -(-len(table.rows) // (_WIDE_ROWS if table.wide else _ROWS))
        for _ in range(parts - 1):
            yield from table.columns


def typed(table: FigureTable) -> list[tuple[str | int, ...]]:
    """The lines of a table as a spreadsheet has them, the head left out: figures are numbers."""
    return [
        (row.label, *(value if table.wide else _number(value) for value in row.values)) for row in table.rows
    ]


def records(report: ComposedReport) -> list[tuple[str, ...]]:
    """Every figure with its table, line and column, the head first."""
    words = report.words
    found: list[tuple[str, ...]] = [
        (words.table_column, words.line_column, words.figure_column, words.count_column)
    ]
    for table in report.tables:
        for label, *values in typed(table):
            found += [
                (table.heading, str(label), column, str(value))
                for column, value in zip(table.columns, values, strict=True)
            ]
    return found


def _number(text: str) -> str | int:
    digits = "".join(char for char in text if char.isdecimal())
    groups = text.replace(".", ",").replace(" ", ",").replace("’", ",").replace("'", ",").split(",")
    whole = all(group.isdecimal() for group in groups)
    right = len(groups) == 1 or (len(groups[0]) <= _GROUP and all(len(each) == _GROUP for each in groups[1:]))
    return int(digits) if whole and right else text


def labels(report: ComposedReport) -> list[str]:
    """The heads of the columns."""
    return [column.label for column in report.columns]


def card(report: ComposedReport, row: tuple[Cell, ...]) -> list[str]:
    """The lines of one person on a card: name with what stands beside it, then the texts."""
    said = [(column, cell) for column, cell in zip(report.columns, row, strict=True) if cell is not None]
    first = [" ".join(_said(c, v) for c, v in said if c.place == "name")]
    first += [_said(c, v) for c, v in said if c.place == "meta"]
    return [" · ".join(first), *(_said(c, v) for c, v in said if c.place == "body")]


def _said(column: Column, cell: Cell) -> str:
    return column.phrase.replace("{}", str(cell)) if column.phrase else str(cell)


def people(report: ComposedReport) -> Iterator[str]:
    """Every person as pages show them, without the heads of columns."""
    for row in report.rows:
        if report.layout == "cards":
            yield from card(report, row)
        else:
            yield from (str(cell) for cell in row if cell is not None)


def page_line(report: ComposedReport, page: int, pages: int) -> str:
    """What stands at the foot of a page."""
    number = report.words.page.replace("{page}", str(page)).replace("{pages}", str(pages))
    return f"{report.footer} {number}"


def cited(report: ComposedReport) -> str:
    """The sources in one cell."""
    return "; ".join(
        " · ".join(part for part in (source.text, source.link, source.as_of) if part)
        for source in report.sources
    )
