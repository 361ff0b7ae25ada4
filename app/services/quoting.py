"""Figures others gave: written down with their source and date, changed, left out of reports, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.ids import new_id
from app.domain.quoted import QuotedFigure
from app.domain.roles import Action
from app.services import editing
from app.services.context import Context, Saved


@attrs.frozen
class SaveQuoted:
    """Write a figure down, or change these fields of one seen at `base_version`.

    Attributes:
        id: empty for a new one.
    """

    values: Mapping[str, object]
    id: str = ""
    base_version: int = 0


class Quoting:
    """Use cases of figures others gave.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def rows(self) -> tuple[QuotedFigure, ...]:
        """All of them, newest day first; those left out of reports last. Raises KnownError NOT_ALLOWED."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            found = list(reader.find(QuotedFigure))
        found.sort(key=lambda one: (one.measure, one.said, one.id))
        found.sort(key=lambda one: one.on.last if one.on else date.min, reverse=True)
        return tuple(sorted(found, key=lambda one: one.left_out))

    def save(self, command: SaveQuoted) -> Saved:
        """Write it down or change it.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT, NOTHING_CHANGED and what a bad value raises.
        """
        self._context.refuse_in_copy()
        self._context.require(Action.COMPOSE_REPORT)
        with self._context.writing() as work:
            if command.id:
                work.check_rows(QuotedFigure, [command.id])
                made = editing.edited(work, QuotedFigure, command.id, command.base_version, command.values)
                work.save(made, made.version)
            else:
                made = editing.new_record(QuotedFigure, new_id(), command.values)
                work.add(made)
            committed = work.commit(Act.FIGURE_QUOTED)
        return self._context.finish(committed, made.id, Act.FIGURE_QUOTED, undo=True, prisoners=())
