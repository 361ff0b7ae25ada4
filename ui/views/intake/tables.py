"""The tables of the preview: rows, problems, likely doubles, columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.domain.dates import PartialDate
from app.i18n import _
from app.intake.mapping import ColumnReading, Why
from app.intake.problems import Problem
from app.intake.staged import StagedRow
from app.intake.table import row_order, row_words
from ui.columns import Badge, CellKind, Column
from ui.models.row_table_model import RowTableModel
from ui.states import State
from ui.views.intake import words
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
                lambda row: words.reading_badge(row.reading),
                CellKind.BADGE,
                sort_key=lambda row: row.reading.value,
                width=122,
            ),
            column("born", _("Born"), lambda row: words.field_words(row, "born"), sort_key=_born, width=160),
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


def columns_model() -> RowTableModel[ColumnReading]:
    """Every column of the file with what it was taken for."""
    column = Column[ColumnReading]
    return RowTableModel(
        [
            column("index", _("No."), lambda one: one.index + 1, CellKind.NUMBER, width=80),
            column("title", _("Column of the list"), lambda one: one.title, CellKind.STRONG, width=240),
            column("target", _("Taken for"), words.column_words, width=280, stretch=True),
            column("state", _("How it is kept"), _kept, CellKind.BADGE, width=150),
        ],
        lambda one: str(one.index),
    )


def _kept(column: ColumnReading) -> Badge:
    if column.target is not None:
        return Badge(State.YES, _("read"))
    if column.why is Why.UNMATCHED:
        return Badge(State.WAITS, _("closed"))
    return Badge(State.UNASKED, _("closed"))
