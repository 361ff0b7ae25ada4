"""The columns of Relatives & consent: whose, who, the five lines, the newest answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.domain.relative_row import RelativeRow
from app.i18n import _
from ui.columns import Badge, CellKind, Column
from ui.states import state_of, state_word
from ui.views.consent.list_filters import care_of
from ui.views.consent.words import LINES, SHORT_LINES, last_answer_words, relation_word


def columns(today: Callable[[], date]) -> tuple[Column[RelativeRow], ...]:
    """The columns.

    Args:
        today: the day it is in the case file.
    """
    lines = [
        Column[RelativeRow](line, _(SHORT_LINES[line]), _light(place), CellKind.BADGE, width=132)
        for place, line in enumerate(LINES)
    ]
    return (
        Column("of", _("Of"), lambda row: row.prisoner_name, CellKind.STRONG, width=214),
        Column("relative", _("Relative"), lambda row: relation_word(row.relation), width=104),
        Column("nickname", _("Nickname"), lambda row: row.nickname, CellKind.MUTED, width=150, hidden=True),
        *lines,
        Column(
            "last",
            _("Last answer"),
            lambda row: _last(row, today()),
            CellKind.MUTED,
            sort_key=lambda row: -row.last_answer_on.toordinal() if row.last_answer_on else None,
            width=150,
            stretch=True,
        ),
    )


def _last(row: RelativeRow, today: date) -> str:
    """The newest answer, and behind it why they take care."""
    words = last_answer_words(row, today)
    return " · ".join(part for part in (words, care_of(row)) if part)


def _light(place: int) -> Callable[[RelativeRow], Badge]:
    def badge(row: RelativeRow) -> Badge:
        state = state_of(row.lines[place])
        return Badge(state, state_word(state))

    return badge
