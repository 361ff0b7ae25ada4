"""Places people are held in: made and corrected here, with their postal address in both scripts."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.domain.roles import Action, Limit
from app.domain.source import Facility
from app.services import editing
from app.services.context import Context, Saved


@attrs.frozen
class SaveFacility:
    """Set these fields of a place seen at `base_version`, or make a new one where `id` is empty."""

    values: Mapping[str, object]
    id: str = ""
    base_version: int = 0


class Facilities:
    """Use cases of places."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def get(self, facility: str) -> Facility:
        """One place. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            return reader.get(Facility, facility)

    def save(self, command: SaveFacility) -> Saved:
        """Make or correct a place.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT with the names of the fields, NOTHING_CHANGED
                and what a bad value raises.
        """
        if self._ctx.require(Action.EDIT_PRISONER).limit is Limit.PUBLIC_TEXTS:
            raise KnownError(Code.NOT_ALLOWED)
        with self._ctx.writing() as work:
            if command.id:
                made = editing.edited(work, Facility, command.id, command.base_version, command.values)
                work.save(made, made.version)
            else:
                made = editing.new_record(Facility, new_id(), command.values)
                work.add(made)
            committed = work.commit(Act.FACILITY_CHANGED)
        return self._ctx.finish(committed, made.id, Act.FACILITY_CHANGED, prisoners=())
