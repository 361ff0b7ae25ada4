"""What a file of a report must say, worked out from the composed values alone and not from any writer."""

from __future__ import annotations

from collections.abc import Iterator

from app.reports.composed import Cell, Column, ComposedReport


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
