"""The columns of what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.rows import LogRow
from app.i18n import _
from ui.columns import CellKind, Column
from ui.views.log.wording import about_words, what_words, when_words, who_words


def columns(today: Callable[[], date]) -> list[Column[LogRow]]:
    """What happened, newest first.

    Args:
        today: the day it is in the case file.
    """
    return [
        Column[LogRow](
            "when",
            _("When"),
            lambda row: when_words(row.moment, today()),
            CellKind.MUTED,
            sort_key=lambda row: row.sequence,
            width=140,
        ),
        Column[LogRow]("who", _("Who"), who_words, width=188),
        Column[LogRow]("what", _("What"), what_words, width=372),
        Column[LogRow]("about", _("About"), about_words, CellKind.MUTED, width=240, stretch=True),
        Column[LogRow](
            "number",
            _("Entry"),
            lambda row: row.sequence,
            CellKind.NUMBER,
            width=76,
            hidden=True,
        ),
    ]
