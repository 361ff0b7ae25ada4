"""Tables of figures in a finished file: the kind's and no others, row by row, and no count of families that
is small, exact, or can be worked out from another table.

Group sizes are judged from the texts that stand in the file, by a reader's arithmetic, not the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from app.reports.composed import ComposedReport, FigureTable
from app.reports.kinds import ACROSS, GroupRules, KindTable, ReportKind
from app.reports.verify import expected
from app.reports.verify.formulas import unescaped
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened
from app.reports.verify.tokens import end_of, tokens

_NUMBER: Final = re.compile(r"\d{1,3}(?:[ .,’']\d{3})*|\d+")
_RANGE: Final = re.compile(r"\D*(\d+)\D+(\d+)\D*")
_NOT_DIGITS: Final = re.compile(r"\D")
_UNKNOWN: Final = "–"
_BOUNDLESS: Final = 10**9

_Known = tuple[int, int]
"""Between what and what a reader knows a count to be."""


def in_order(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Every row of every table stands in the file, its figures beside it, in the order they were composed."""
    count = sum(len(table.rows) for table in report.tables)
    if [table.key for table in report.tables] != [table.key for table in kind.tables]:
        return Looked(count, "tables")
    if any(len(row.values) != len(table.columns) for table in report.tables for row in table.rows):
        return Looked(count, "columns")
    if file.file_format != "pdf":
        return Looked(count, _elsewhere(file, report))
    stream = [token for page in file.pages for token in tokens(page)]
    place = 0
    for number, row in enumerate((row for table in report.tables for row in table.rows), start=1):
        place = _after(stream, tokens(" ".join((row.label, *row.values))), place)
        if place < 0:
            return Looked(count, f"row {number}")
    return Looked(count)


def _elsewhere(file: Opened, report: ComposedReport) -> str:
    """The first table or line that is not where it was composed, in files that know what a table is."""
    if file.file_format == "csv":
        found = [tuple(unescaped(cell) for cell in record) for record in file.records]
        return _differs(found, expected.records(report), "row")
    with_rows = [table for table in report.tables if table.rows]
    if file.file_format == "xlsx":
        for number, table in enumerate(with_rows, start=1):
            sheet = file.sheets[number - 1] if number < len(file.sheets) else ()
            head = (report.words.line_column, *table.columns)
            wrong = _differs(sheet, [head, *expected.typed(table)], "row")
            if wrong:
                return f"sheet {number}, {wrong}"
        return ""
    wanted = [
        (("", *table.columns), *((row.label, *row.values) for row in table.rows)) for table in with_rows
    ]
    found_tables = [table for table in file.tables if table in wanted]
    return "" if found_tables == wanted else "tables"


def _differs(found: Sequence[Sequence[object]], wanted: Sequence[Sequence[object]], what: str) -> str:
    for number, row in enumerate(wanted, start=1):
        if number > len(found) or tuple(found[number - 1]) != tuple(row):
            return f"{what} {number}"
    return f"{what} {len(wanted) + 1}" if len(found) > len(wanted) else ""


def groups_large_enough(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """No guarded cell is small or exact, none is told by its sum, and what stands large repeats a cell."""
    guarded = {table.key for table in kind.tables if table.guarded}
    count = sum(len(table.rows) * len(table.columns) for table in report.tables if table.key in guarded)
    count += len(report.figures)
    for table in report.tables:
        if table.key in guarded:
            for number, row in enumerate(table.rows, start=1):
                for column, text in enumerate(row.values, start=1):
                    if _known(text, kind.groups) is None:
                        return Looked(count, f"{table.key}, row {number}, column {column}")
    for group in _same_sums(report, kind):
        if _tells(group, kind.groups):
            return Looked(count, "figure all: a hidden one could be worked out")
    for figure in report.figures:
        if figure.value not in _first_cells(report, figure.key):
            return Looked(count, f"figure {figure.key}")
    return Looked(count)


def _known(text: str, rules: GroupRules) -> _Known | None:
    """What a cell tells; None for one that may not stand there."""
    if text == _UNKNOWN:
        return 0, _BOUNDLESS
    if _NUMBER.fullmatch(text):
        number = int(_NOT_DIGITS.sub("", text))
        if number == 0:
            return 0, 0
        if number < rules.hide_under or number % rules.round_to:
            return None
        return max(rules.hide_under, number - rules.round_to // 2), number + rules.round_to // 2
    between = _RANGE.fullmatch(text)
    wanted = (1, rules.hide_under - 1)
    return wanted if between and (int(between[1]), int(between[2])) == wanted else None


def _same_sums(report: ComposedReport, kind: ReportKind) -> Iterator[list[list[str]]]:
    """Columns that are known to add up to the same."""
    found: dict[tuple[str, int], list[list[str]]] = {}
    made = {table.key: table for table in report.tables}
    for one in kind.tables:
        for place, column in enumerate(_columns(made[one.key])) if one.sums and one.guarded else ():
            found.setdefault(_sum_of(one, place), []).append(column)
    yield from found.values()


def _sum_of(table: KindTable, place: int) -> tuple[str, int]:
    return (table.key, 0) if table.sums == ACROSS else (table.sums, place)


def _columns(table: FigureTable) -> list[list[str]]:
    return [[row.values[place] for row in table.rows] for place in range(len(table.columns))]


def _tells(columns: Sequence[Sequence[str]], rules: GroupRules) -> bool:
    """Whether one column's sum bounds a hidden cell of another more closely than its own text does."""
    hidden = (1, rules.hide_under - 1)
    known = [[_known(text, rules) or hidden for text in column] for column in columns]
    for one, column in enumerate(known):
        for other, against in enumerate(known):
            if one == other:
                continue
            least, most = sum(low for low, _ in against), sum(high for _, high in against)
            for place, cell in enumerate(column):
                rest = [each for number, each in enumerate(column) if number != place]
                above = least - sum(high for _, high in rest)
                below = most - sum(low for low, _ in rest)
                if cell == hidden and (above > cell[0] or below < cell[1]):
                    return True
    return False


def _first_cells(report: ComposedReport, key: str) -> tuple[str, ...]:
    """The cell a figure names, by table, row, and column where it is not the first."""
    name, *places = key.split("/")
    rows = next((table.rows for table in report.tables if table.key == name), ())
    if not places or not all(place.isdecimal() for place in places):
        return ()
    row, column = int(places[0]), int(places[1]) if len(places) > 1 else 0
    return rows[row].values[column : column + 1] if row < len(rows) else ()


def _after(stream: Sequence[str], row: Sequence[str], start: int) -> int:
    for index in range(start, len(stream)):
        if row and row[0].startswith(stream[index]):
            end = end_of(row, stream, index)
            if end >= 0:
                return end
    return -1
