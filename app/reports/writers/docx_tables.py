"""Tables of figures in a document, and charts: a table whose bars are shaded or framed cells.

No picture: what a bar says stands beside it as text, prints without colour, and can be changed in Word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.reports.composed import Chart, ComposedReport, FigureTable
from app.reports.writers.docx_text import TEXT_WIDTH, grid, paragraph, run, table_row

_STEPS: Final = 40
"""Into how many steps the breadth of the longest bar is divided."""
_STEP: Final = 130
_BESIDE: Final = 800
_SOLID: Final = '<w:shd w:val="clear" w:color="auto" w:fill="0F6B62"/>'
_EDGE: Final = 'w:val="single" w:sz="8" w:space="0" w:color="1B2430"'
_HOLLOW: Final = (
    f"<w:tcBorders><w:top {_EDGE}/><w:left {_EDGE}/><w:bottom {_EDGE}/><w:right {_EDGE}/></w:tcBorders>"
)


def counted(report: ComposedReport) -> Iterator[str]:
    """The charts and tables of a report of figures."""
    for chart in report.charts:
        yield paragraph("Heading1", run(chart.heading))
        yield _chart(chart)
    for table in report.tables:
        yield paragraph("Heading1", run(table.heading))
        for note in table.notes:
            yield paragraph("Source", run(note))
        if table.rows:
            yield _table(table)


def _table(table: FigureTable) -> str:
    widths = _widths(table)
    number = "Cell" if table.wide else "CellNumber"
    head = "CellHead" if table.wide else "CellHeadNumber"
    heads = [paragraph("CellHead", run("")), *(paragraph(head, run(label)) for label in table.columns)]
    rows = [table_row(list(zip(heads, widths, strict=True)), head=True)]
    for row in table.rows:
        cells = [paragraph("Cell", run(row.label, "PersonName" if table.wide else ""))]
        cells += [paragraph(number, run(value)) for value in row.values]
        rows.append(table_row(list(zip(cells, widths, strict=True))))
    return grid(widths, rows)


def _widths(table: FigureTable) -> list[int]:
    """Figures have a fixed breadth, texts share the page."""
    count = len(table.columns)
    if not table.wide:
        each = min(1500, TEXT_WIDTH * 2 // 3 // count)
        return [TEXT_WIDTH - each * count, *([each] * count)]
    first = TEXT_WIDTH // (4 if count == 1 else count + 1)
    return [first, *([(TEXT_WIDTH - first) // count] * count)]


def _chart(chart: Chart) -> str:
    label = 1500
    series = 1300 if chart.series else 0
    widths = [label, *([series] if series else []), *([_STEP] * _STEPS), _BESIDE]
    rows = []
    for bar in chart.bars:
        for place, (count, value) in enumerate(zip(bar.counts, bar.values, strict=True)):
            steps = _steps(count, chart.highest)
            hollow = place == 0 and len(bar.counts) > 1
            cells = [_cell(label, paragraph("Cell", run(bar.label if place == 0 else "")))]
            if series:
                cells.append(_cell(series, paragraph("Cell", run(chart.series[place]))))
            if steps:
                cells.append(
                    _cell(steps * _STEP, paragraph("Cell", ""), steps, _HOLLOW if hollow else _SOLID)
                )
            rest = _STEPS - steps + 1
            cells.append(_cell((rest - 1) * _STEP + _BESIDE, paragraph("CellBeside", run(value)), rest))
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return grid(widths, rows)


def _steps(count: int, highest: int) -> int:
    """How long a bar is; one that stands for anything can be seen."""
    return max(1, round(count / highest * _STEPS)) if count else 0


def _cell(width: int, content: str, spans: int = 1, look: str = "") -> str:
    span = f'<w:gridSpan w:val="{spans}"/>' if spans > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{look}</w:tcPr>{content}</w:tc>'
