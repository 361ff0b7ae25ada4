"""The columns of the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.rows import ReportRow
from app.i18n import _, number_words
from app.reports.kinds import ReportKind
from ui.columns import Badge, Cell, CellKind, Column
from ui.views.reports.wording import (
    day_words,
    format_words,
    language_name,
    people_words,
    state_mark,
    state_words,
)

HELD = ("draft", "checked", "approved", "came_back")
"""States of a report whose files are still in the case file."""


def title_of(row: ReportRow, kinds: Mapping[str, ReportKind]) -> str:
    """Its own title, or that of its kind."""
    kind = kinds.get(row.report_kind)
    return row.title or (_(kind.title) if kind is not None else row.report_kind)


def columns(kinds: Mapping[str, ReportKind]) -> list[Column[ReportRow]]:
    """Every column there is; people choose which they see."""
    return [
        Column("number", _("Number"), _number, CellKind.STRONG, width=94),
        Column("title", _("Report"), lambda row: title_of(row, kinds), width=140, stretch=True),
        Column("state", _("State"), _state, CellKind.BADGE, width=176),
        Column(
            "people",
            _("Named / figures / out"),
            lambda row: None if counts_only(row, kinds) else _people(row),
            sort_key=lambda row: row.named,
            accessible=lambda row: (
                _("figures only")
                if counts_only(row, kinds)
                else people_words(row.named, row.figures_only, row.left_out)
            ),
            width=162,
        ),
        Column("made_by", _("Made by"), lambda row: row.made_by, CellKind.MUTED, width=96, spare=1),
        Column("approved_by", _("Approved"), lambda row: row.approved_by, CellKind.MUTED, width=88, spare=2),
        Column("when", _("When"), _when, CellKind.MUTED, sort_key=_when_key, width=118),
        Column("language", _("Language"), _language, CellKind.MUTED, width=100, hidden=True),
        Column("formats", _("Formats"), _formats, CellKind.MUTED, width=150, hidden=True),
    ]


def counts_only(row: ReportRow, kinds: Mapping[str, ReportKind]) -> bool:
    """Whether it is a report of figures, in which nobody stands."""
    kind = kinds.get(row.report_kind)
    return kind is not None and kind.counts_only


def _number(row: ReportRow) -> Cell:
    return row.number


def _people(row: ReportRow) -> Cell:
    numbers = (row.named, row.figures_only, row.left_out)
    if row.named is None:
        return None
    return " / ".join(number_words(number or 0) for number in numbers)


def _formats(row: ReportRow) -> Cell:
    return format_words(row.formats)


def _state(row: ReportRow) -> Cell:
    return Badge(state_mark(row.state), state_words(row.state))


def _language(row: ReportRow) -> Cell:
    return language_name(row.language)


def _when(row: ReportRow) -> Cell:
    return day_words(row.written_at or row.made_at)


def _when_key(row: ReportRow) -> str:
    return str(row.written_at or row.made_at or "")
