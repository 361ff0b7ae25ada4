"""Group sizes, counted again from the finished file: rounded and hidden as the kind says, totals included."""

from __future__ import annotations

import re
from typing import Final

from app.reports.composed import ComposedReport, Figure
from app.reports.kinds import ReportKind
from app.reports.verify import sizes, tables
from app.reports.verify.looked import Looked
from app.reports.verify.opened import Opened
from app.reports.verify.tokens import tokens

_COUNT: Final = re.compile(r"\d{1,3}(?:[ .,’']\d{3})*|\d+")
_NOT_DIGITS: Final = re.compile(r"\D")


def check(file: Opened, report: ComposedReport, kind: ReportKind) -> Looked:
    """Check every figure against the rules, and the count of the named against the rows."""
    if kind.sized:
        return sizes.small_groups(report, kind, file.published)
    if kind.counts_only:
        return tables.groups_large_enough(file, report, kind)
    if not kind.counted or not report.figures:
        # Its maker could not count, or the kind does not: then nothing may look as if it were counted.
        return Looked(0, "figure" if report.figures or report.figures_notes else "")
    counts: dict[str, int] = {}
    for figure in report.figures:
        value = _count(figure)
        if value is not None:
            counts[figure.key] = value
            wrong = _against_rules(figure.key, value, kind)
            if wrong or (file.file_format != "csv" and not _stands(file, figure)):
                return Looked(len(report.figures), f"figure {figure.key}")
    if counts.get("named", -1) != len(report.rows):
        return Looked(len(report.figures), "figure named")
    if "all" in counts and "figures_only" not in counts:
        return Looked(len(report.figures), "figure all: a hidden one could be worked out")
    return Looked(len(report.figures))


def _count(figure: Figure) -> int | None:
    return int(_NOT_DIGITS.sub("", figure.value)) if _COUNT.fullmatch(figure.value) else None


def _against_rules(key: str, value: int, kind: ReportKind) -> bool:
    """Named people can be counted in the rows; everything else is rounded and large enough."""
    rules = kind.groups
    return key != "named" and (value < rules.hide_under or value % rules.round_to != 0)


def _stands(file: Opened, figure: Figure) -> bool:
    """Whether the figure stands in the file beside its label."""
    wanted = tokens(f"{figure.label} {figure.value}")
    match file.file_format:
        case "pdf":
            return any(_within(wanted, tokens(page)) for page in file.pages)
        case "docx" | "html":
            return any((figure.label, figure.value) == row for table in file.tables for row in table)
        case _:
            rows = (row for sheet in file.sheets[1:] for row in sheet)
            return any(row[:2] == (figure.label, figure.value) for row in rows)


def _within(wanted: list[str], found: list[str]) -> bool:
    return any(found[i : i + len(wanted)] == wanted for i in range(len(found) - len(wanted) + 1))
