"""Public figures in a finished report: every count large enough, history as it was published, shares that add
nothing, and nothing an attacker could work out of it with all that was published before.

The tables are read back from their texts: what an attacker would type into a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from app.i18n import translator
from app.reports.composed import ComposedReport, FigureTable
from app.reports.growth_tables import day_words
from app.reports.kinds import GroupRules, ReportKind
from app.reports.sizes.hierarchies import NOT_KNOWN_WORDS, Row, SizeTable, size_tables
from app.reports.sizes.told import ALL, TableTold
from app.reports.text import plain_line
from app.reports.verify.attack import UnsolvedError, attacked
from app.reports.verify.looked import Looked
from app.reports.verify.told_before import Published

_NUMBER: Final = re.compile(r"\d{1,3}(?:[ .,’']\d{3})*|\d+")
_SHARE: Final = re.compile(r"(\d{1,3}) ?%")
_NOT_DIGITS: Final = re.compile(r"\D")
_HIDDEN: Final = "–"
_LEAST_BASE: Final = 30


class _WrongError(Exception):
    """A cell is not what it may be; says which."""


def small_groups(report: ComposedReport, kind: ReportKind, published: Published | None) -> Looked:
    """Every count, old and new, against the rules and against the ledger."""
    count = sum(len(table.rows) * len(table.columns) for table in report.tables)
    if published is None:
        return Looked(count, "nothing to compare with")
    try:
        for one in _told(report, kind.groups):
            _against_ledger(one, report, published)
    except _WrongError as wrong:
        return Looked(count, str(wrong))
    places = {
        f"{table.key}/{row}/{column}": text
        for table in report.tables
        for row, line in enumerate(table.rows)
        for column, text in enumerate(line.values)
    }
    wrong_tile = next((f.key for f in report.figures if places.get(f.key) != f.value), "")
    return Looked(count, f"figure {wrong_tile}" if wrong_tile else "")


def worked_out(report: ComposedReport, kind: ReportKind, published: Published | None) -> Looked:
    """Attack the report with everything that was published."""
    count = sum(len(table.rows) for table in report.tables)
    if published is None:
        return Looked(count, "nothing to compare with")
    try:
        here = {(one.table, one.on): one for one in _told(report, kind.groups)}
        mine = [one for (_table, on), one in here.items() if on == published.on]
        total = next(iter(mine), None)
        known = [one for one in published.told if (one.table, one.on) not in here and one.on <= published.on]
        if total is not None:
            known = [one for one in known if one.table != ALL or one.on != published.on]
            known.append(TableTold(ALL, 0, published.on, total.total))
        found = attacked(size_tables(), (*known, *here.values()), published.on, kind.groups)
    except _WrongError as wrong:
        return Looked(count, str(wrong))
    except UnsolvedError:
        return Looked(count, "solver")
    if not found:
        return Looked(count)
    cell = found[0]
    table = next(one for one in report.tables if one.key == cell.table)
    told = here[(cell.table, published.on)]
    words = _labels(size_tables()[cell.table].rows(told.level), report.language)
    return Looked(count, _where(table, words[cell.row], _head(published.on, report.language)))


def _told(report: ComposedReport, rules: GroupRules) -> Iterator[TableTold]:
    """Every table of every quarter that stands in the report.

    Raises:
        _WrongError: a text that may not stand there.
    """
    totals: dict[str, int] = {}
    for table in report.tables:
        if not table.rows:
            continue
        shape = size_tables()[table.key]
        level, labels = _level(shape, table, report.language)
        for column, head in enumerate(table.columns[:-1]):
            cells = {
                code: _count(table, line.label, line.values[column], head, rules, shape)
                for code, line in zip(labels, table.rows, strict=False)
            }
            last = table.rows[-1]
            total = _count(table, last.label, last.values[column], head, rules, None)
            if total is None or totals.setdefault(head, total) != total:
                raise _WrongError(_where(table, last.label, head))
            yield TableTold(table.key, level, _day(head, report), total, cells)
        _shares(table, rules)


def _level(shape: SizeTable, table: FigureTable, language: str) -> tuple[int, tuple[str, ...]]:
    found = [line.label for line in table.rows[:-1]]
    for level, rows in enumerate(shape.levels):
        if list(_labels(rows, language).values()) == found:
            return level, tuple(row.code for row in rows)
    raise _WrongError(table.heading)


def _labels(rows: tuple[Row, ...], language: str) -> Mapping[str, str]:
    unknown = plain_line(translator(language)(NOT_KNOWN_WORDS))
    return {row.code: plain_line(row.said(language)) or unknown for row in rows}


def _count(
    table: FigureTable, label: str, text: str, head: str, rules: GroupRules, shape: SizeTable | None
) -> int | None:
    if text == _HIDDEN:
        return None
    value = int(_NOT_DIGITS.sub("", text)) if _NUMBER.fullmatch(text) else -1
    sensitive = shape is not None and shape.sensitive
    least = rules.sensitive_under if sensitive else rules.hide_under
    nought = value == 0 and shape is not None and not sensitive
    if value % rules.round_to or not (nought or value >= least):
        raise _WrongError(_where(table, label, head))
    return value


def _shares(table: FigureTable, rules: GroupRules) -> None:
    """A share is that of the published count in the published total, or none."""
    newest = [line.values[-2] for line in table.rows]
    counts = [int(_NOT_DIGITS.sub("", text)) if text != _HIDDEN else None for text in newest]
    total = counts[-1] or 0
    for line, count in zip(table.rows, counts, strict=True):
        text, percent = line.values[-1], _SHARE.fullmatch(line.values[-1])
        told = count is not None and total >= _LEAST_BASE and line is not table.rows[-1]
        right = (
            percent is not None and abs(100 * (count or 0) - int(percent[1]) * total) <= total // 2 + 1
            if told
            else text == _HIDDEN
        )
        if not right:
            raise _WrongError(_where(table, line.label, table.columns[-1]))


def _against_ledger(one: TableTold, report: ComposedReport, published: Published) -> None:
    """What was published stands as it was published; only the quarter of the report may be new."""
    was = next((each for each in published.told if (each.table, each.on) == (one.table, one.on)), None)
    if was != one and (was is not None or one.on != published.on):
        table = next(each for each in report.tables if each.key == one.table)
        raise _WrongError(f"{table.heading}, {_head(one.on, report.language)}")


def _day(head: str, report: ComposedReport) -> date:
    """The quarter's end a column's head names."""
    year = next((int(part) for part in re.findall(r"\d{4}", head)), 0)
    for month, day in ((3, 31), (6, 30), (9, 30), (12, 31)):
        if year and _head(date(year, month, day), report.language) == head:
            return date(year, month, day)
    raise _WrongError(head)


def _head(on: date, language: str) -> str:
    return plain_line(day_words(on, language))


def _where(table: FigureTable, label: str, head: str) -> str:
    return f"{table.heading}: {label}, {head}"
