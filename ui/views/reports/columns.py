"""The columns of the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.rows import ReportRow
from app.i18n import _
from app.reports.kinds import ReportKind
from ui.columns import Badge, Cell, CellKind, Column
from ui.views.reports.wording import language_name, moment_words, number_words, state_mark, state_words

HELD = ("draft", "checked", "approved", "came_back")
"""States of a report whose files are still in the case file."""


def title_of(row: ReportRow, kinds: Mapping[str, ReportKind]) -> str:
    """Its own title, or that of its kind."""
    kind = kinds.get(row.report_kind)
    return row.title or (_(kind.title) if kind is not None else row.report_kind)


def columns(kinds: Mapping[str, ReportKind]) -> list[Column[ReportRow]]:
    """Every column there is; people choose which they see."""
    return [
        Column("number", _("Number"), _number, CellKind.STRONG, width=96),
        Column("title", _("Report"), lambda row: title_of(row, kinds), width=196, stretch=True),
        Column("state", _("State"), _state, CellKind.BADGE, width=168),
        Column("language", _("Language"), _language, CellKind.MUTED, width=100),
        Column("named", _("Named"), _named, CellKind.NUMBER, sort_key=lambda row: row.named, width=76),
        Column(
            "figures",
            _("Figures only"),
            lambda row: _count(row.figures_only),
            CellKind.NUMBER,
            sort_key=lambda row: row.figures_only,
            width=104,
        ),
        Column(
            "left_out",
            _("Left out"),
            lambda row: _count(row.left_out),
            CellKind.NUMBER,
            sort_key=lambda row: row.left_out,
            width=82,
        ),
        Column("made_by", _("Made by"), lambda row: row.made_by, CellKind.MUTED, width=110),
        Column("approved_by", _("Approved by"), lambda row: row.approved_by, CellKind.MUTED, width=110),
        Column("when", _("When"), _when, CellKind.MUTED, sort_key=_when_key, width=158),
    ]


def _number(row: ReportRow) -> Cell:
    return row.number


def _named(row: ReportRow) -> Cell:
    return _count(row.named)


def _count(number: int | None) -> str:
    return number_words(number) if number is not None else ""


def _state(row: ReportRow) -> Cell:
    return Badge(state_mark(row.state), state_words(row.state))


def _language(row: ReportRow) -> Cell:
    return language_name(row.language)


def _when(row: ReportRow) -> Cell:
    return moment_words(row.written_at or row.made_at)


def _when_key(row: ReportRow) -> str:
    return str(row.written_at or row.made_at or "")
