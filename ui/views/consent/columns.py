"""The columns of Relatives & consent: whose, who, the five lines, the newest answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from app.domain.relative_row import RelativeRow
from app.domain.rows import Light
from app.i18n import _
from ui.columns import Badge, Cell, CellKind, Column, state_order
from ui.states import State, state_of, state_word
from ui.views.consent.last_answer import last_words
from ui.views.consent.words import LINES, SHORT_LINES, relation_word


def columns(today: Callable[[], date]) -> tuple[Column[RelativeRow], ...]:
    """The columns. What thousands of rows share, a relation or a light, is worded once.

    Args:
        today: the day it is in the case file.
    """
    relation = cache(relation_word)
    lines = [_line(place, line) for place, line in enumerate(LINES)]
    return (
        Column("of", _("Of"), lambda row: row.prisoner_name, CellKind.STRONG, width=214),
        Column("relative", _("Relative"), lambda row: relation(row.relation), width=104),
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


def _last(row: RelativeRow, today: date) -> Cell:
    """In red where a stop acts: the five lines beside it say what somebody said, and none of it counts."""
    words = last_words(row, today)
    return Badge(State.NO, words) if row.stopped else words


def _line(place: int, line: str) -> Column[RelativeRow]:
    badges = {light: Badge(state_of(light), state_word(state_of(light))) for light in Light}
    order = {light: state_order(badge.state) for light, badge in badges.items()}
    return Column(
        line,
        _(SHORT_LINES[line]),
        lambda row: badges[row.lines[place]],
        CellKind.BADGE,
        sort_key=lambda row: order[row.lines[place]],
        width=132,
    )
