"""The columns of what happened, and of what a verification found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs

from app.domain.findings import FINDINGS
from app.domain.ports import Finding
from app.domain.rows import LogRow
from app.i18n import _
from ui.columns import Badge, CellKind, Column
from ui.states import State
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
        Column[LogRow]("who", _("Who"), who_words, width=176),
        Column[LogRow]("what", _("What"), what_words, width=252),
        Column[LogRow]("about", _("About"), about_words, CellKind.MUTED, width=280, stretch=True),
        Column[LogRow](
            "number",
            _("Entry"),
            lambda row: row.sequence,
            CellKind.NUMBER,
            width=76,
            hidden=True,
        ),
    ]


@attrs.frozen
class Found:
    """One thing a verification found."""

    id: str
    finding: Finding

    @property
    def words(self) -> tuple[str, str]:
        """What it is and what to do."""
        what, advice = FINDINGS.get(self.finding.code, (self.finding.code, ""))
        return _(what), _(advice) if advice else ""


def finding_columns() -> list[Column[Found]]:
    """What was found, at which entry, what to do."""
    return [
        Column[Found]("what", _("What was found"), _what, CellKind.BADGE, width=300),
        Column[Found](
            "entry",
            _("Entry"),
            lambda row: row.finding.sequence or None,
            CellKind.NUMBER,
            width=70,
        ),
        Column[Found](
            "advice", _("What to do"), lambda row: row.words[1], CellKind.MUTED, width=260, stretch=True
        ),
    ]


def _what(row: Found) -> Badge:
    return Badge(State.NO, row.words[0])
