"""The tables of the preview: rows, problems, likely doubles, columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.domain.dates import PartialDate
from app.i18n import _
from app.intake.column_choice import ColumnFacts
from app.intake.parts import Part
from app.intake.problems import Problem
from app.intake.staged import StagedRow
from app.intake.table import row_order, row_words
from ui.columns import CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.views.intake import words
from ui.views.intake.column_words import (
    column_title,
    column_words,
    example_words,
    holds_words,
    part_title,
    sure_badge,
    taken_badge,
)  # fmt: skip
from ui.views.intake.words import Double

_T = TypeVar("_T")


def rows_model() -> RowTableModel[StagedRow]:
    """Every row with what it would do."""
    column = Column[StagedRow]
    return RowTableModel(
        [
            column(
                "number",
                _("Row"),
                lambda row: row_words(row.number),
                CellKind.NUMBER,
                sort_key=lambda row: row_order(row.number),
                width=80,
            ),
            column("name", _("Name"), words.row_name, CellKind.STRONG, width=176, stretch=True),
            column(
                "reading",
                _("What happens"),
                words.row_badge,
                CellKind.BADGE,
                sort_key=lambda row: (row.reading.value, str(row.brings or "")),
                width=150,
            ),
            column("born", _("Born"), lambda row: words.field_words(row, "born"), sort_key=_born, width=178),
            column("status", _("Status"), lambda row: words.field_words(row, "status"), width=166),
            column(
                "problems",
                _("Remarks"),
                lambda row: len(row.problems) or None,
                CellKind.NUMBER,
                width=80,
            ),
        ],
        lambda row: str(row.number),
    )


def _born(row: StagedRow) -> str | None:
    born = row.values.get("born")
    return born.first.isoformat() if isinstance(born, PartialDate) else None


def _row(number: Callable[[_T], int]) -> Column[_T]:
    """Which row of the list it is about, told and sorted as a person counts rows."""
    return Column(
        "row",
        _("Row"),
        lambda one: row_words(number(one)),
        CellKind.NUMBER,
        sort_key=lambda one: row_order(number(one)),
        width=80,
    )


def problems_model() -> RowTableModel[Problem]:
    """Every remark with row and column."""
    column = Column[Problem]
    return RowTableModel(
        [
            _row(lambda one: one.row),
            column("column", _("Column"), lambda one: one.column or _("the row"), CellKind.STRONG, width=150),
            column("words", _("What it is"), lambda one: one.words(), width=300, stretch=True),
            column(
                "weight",
                _("What happens"),
                lambda one: words.weight_badge(one.weight),
                CellKind.BADGE,
                width=140,
            ),
        ],
        lambda one: f"{one.row}/{one.column}/{one.code}",
    )


def doubles_model() -> RowTableModel[Double]:
    """Pairs that may be one person, with the evidence."""
    column = Column[Double]
    return RowTableModel(
        [
            _row(lambda one: one.row),
            column("name", _("Name"), lambda one: one.name, CellKind.STRONG, width=150),
            column("other", _("May be the same as"), lambda one: one.other, width=160),
            column("where", _("Where"), lambda one: one.where, CellKind.MUTED, width=110),
            column("reasons", _("What speaks for it"), lambda one: one.reasons, width=180, stretch=True),
        ],
        lambda one: f"{one.row}/{one.other}/{one.where}",
    )


def columns_model() -> RowTableModel[ColumnFacts]:
    """Every column of the file with what it was taken for."""
    column = Column[ColumnFacts]
    return RowTableModel(
        [
            column(
                "title",
                _("Column of the list"),
                lambda one: column_title(one.column),
                CellKind.STRONG,
                width=170,
            ),
            column("example", _("For example"), example_words, CellKind.MUTED, width=136),
            column("target", _("Taken for"), lambda one: column_words(one.column), width=220, stretch=True),
            column("sure", _("How sure"), sure_badge, CellKind.BADGE, width=168),
        ],
        lambda one: one.key,
    )


def parts_model() -> RowTableModel[Part]:
    """Every table of the file, and whether it is brought in."""
    column = Column[Part]
    return RowTableModel(
        [
            column("title", _("Table"), part_title, CellKind.STRONG, width=170),
            column("holds", _("What it holds"), holds_words, width=200, stretch=True),
            column("rows", _("Rows"), lambda part: len(part.read.rows), CellKind.NUMBER, width=90),
            column(
                "hidden", _("Hidden rows"), lambda part: part.hidden_rows or None, CellKind.NUMBER, width=120
            ),
            column(
                "comments",
                _("Comments"),
                lambda part: len(part.read.comments) or None,
                CellKind.NUMBER,
                width=110,
            ),
            column("taken", _("Brought in"), taken_badge, CellKind.BADGE, width=120),
        ],
        lambda part: str(part.number),
    )
