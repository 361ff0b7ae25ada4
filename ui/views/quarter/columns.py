"""The columns of a group of the quarter review, and of the list of groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.quarter_rows import QuarterRow
from app.domain.quarter_state import Tally
from app.i18n import _, number_words
from ui.columns import CellKind, Column
from ui.views.quarter.words import answer_words, by_words, decided_badge, group_words, kinds_words


def item_columns(today: Callable[[], date]) -> tuple[Column[QuarterRow], ...]:
    """The columns of a group.

    Args:
        today: the day it is in the case file.
    """
    return (
        Column(
            "about",
            _("About"),
            lambda row: row.about or _("something that is no longer here"),
            CellKind.STRONG,
            width=252,
        ),
        Column("decided", _("Decided"), decided_badge, CellKind.BADGE, width=206),
        Column("answer", _("Last answer"), lambda row: answer_words(row, today()), width=146),
        Column("by", _("Recorded"), by_words, CellKind.MUTED, width=150, stretch=True),
        Column("owner", _("Owner"), lambda row: row.owner, CellKind.MUTED, width=110, hidden=True),
        Column("what", _("What changed"), kinds_words, CellKind.MUTED, width=240, hidden=True),
    )


def group_columns() -> tuple[Column[Tally], ...]:
    """The columns of the list of groups."""
    return (
        Column(
            "group",
            _("What changed"),
            lambda one: group_words(one.group),
            CellKind.TEXT,
            width=120,
            stretch=True,
        ),
        Column("open", _("Open"), _open_words, CellKind.MUTED, width=88),
    )


def _open_words(one: Tally) -> str:
    if not one.open:
        return _("done")
    return _("{open} of {total}").format(open=number_words(one.open), total=number_words(one.total))
