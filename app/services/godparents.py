"""Godparents, the godparenthoods they take on and what they do in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.review import Cause
from app.domain.roles import Action, Limit
from app.domain.rows import GodparenthoodRow, GodparentRow, HistoryRow
from app.services import editing, occasions
from app.services.attention_rows import rows_about
from app.services.context import Context, Saved
from app.services.folding import stops_in
from app.services.prisoners import RestoreValue
from app.services.same_person import standing
from app.services.validate import with_values
from app.services.views import GodparentView

# What can follow what; an ended one begins anew as another godparenthood.
NEXT_STATES: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"proposed", "invited", "accepted", "active"}),
    "proposed": frozenset({"invited", "accepted", "declined", "ended"}),
    "invited": frozenset({"accepted", "declined", "ended"}),
    "accepted": frozenset({"active", "dormant", "paused", "ended"}),
    "active": frozenset({"dormant", "paused", "ended"}),
    "dormant": frozenset({"active", "paused", "ended"}),
    "paused": frozenset({"accepted", "active", "dormant", "ended"}),
    "declined": frozenset(),
    "ended": frozenset(),
}
RUNNING: Final = frozenset({"accepted", "active", "dormant"})
"""States in which somebody stands up for the prisoner now."""
OVER: Final = frozenset({"declined", "ended"})


@attrs.frozen
class CreateGodparent:
    """Make a godparent from these fields."""

    values: Mapping[str, object]


@attrs.frozen
class EditGodparent:
    """Set these fields of a godparent seen at `base_version`."""

    id: str
    base_version: int
    values: Mapping[str, object]


@attrs.frozen
class StartGodparenthood:
    """Bring a prisoner and a godparent together."""

    prisoner: str
    godparent: str
    state: str = "proposed"
    since: PartialDate | None = None
    taken_over_from: str | None = None


@attrs.frozen
class ChangeGodparenthood:
    """Set these fields of a godparenthood seen at `base_version`."""

    id: str
    base_version: int
    values: Mapping[str, object]


@attrs.frozen
class RecordAction:
    """Something a godparent did."""

    values: Mapping[str, object]


class Godparents:
    """Use cases of the Godparents page."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    # reading

    def rows(self, text: str = "") -> tuple[GodparentRow, ...]:
        """The table, by name; with a text those found by search. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            rows = reader.godparent_rows()
            hits = reader.search(text, limit=5_000) if text.strip() else []
        found = {hit.id for hit in hits if hit.noun == "godparent"}
        words = text.casefold().split()
        kept = [row for row in rows if not words or row.id in found or _contains(row, words)]
        return tuple(sorted(kept, key=lambda row: (row.name.casefold(), row.id)))

    def get(self, godparent: str) -> GodparentView:
        """The detail. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            found = reader.get(Godparent, godparent)
            actions = reader.find(GodparentAction, godparent=godparent)
            held = stops_in(reader, on_noun="godparent", on_id=godparent) + stops_in(
                reader, on_noun="case_file"
            )
            return GodparentView(
                godparent=found,
                closed=reader.closed_fields(Godparent),
                godparenthoods=tuple(reader.godparenthood_rows(godparent=godparent)),
                actions=tuple(sorted(actions, key=lambda one: one.on or date.min, reverse=True)),
                stopped=tuple(stop for stop in held if stop.active),
                attention=rows_about(self._ctx, reader, "godparent", godparent),
            )

    def godparenthoods(
        self, *, prisoner: str | None = None, godparent: str | None = None
    ) -> tuple[GodparenthoodRow, ...]:
        """Godparenthoods of one side, or all. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            return tuple(reader.godparenthood_rows(prisoner=prisoner, godparent=godparent))

    def godparenthood(self, godparenthood: str) -> Godparenthood:
        """One godparenthood with every field. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            return reader.get(Godparenthood, godparenthood)

    def next_states(self, state: str) -> tuple[str, ...]:
        """What can follow a state, for a form; itself first."""
        return (state, *sorted(NEXT_STATES.get(state, frozenset())))

    def history(self, godparent: str, field: str | None = None) -> tuple[HistoryRow, ...]:
        """What changed of a godparent, newest first. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            return editing.history_rows(self._ctx, reader, Godparent, godparent, field)

    # writing

    def create(self, command: CreateGodparent) -> Saved:
        """Add a godparent. Raises KnownError NOT_ALLOWED and what a bad value raises."""
        self._require_edit()
        godparent = editing.new_record(Godparent, new_id(), command.values)
        with self._ctx.writing() as work:
            work.add(godparent)
            committed = work.commit(Act.GODPARENT_ADDED)
        return self._ctx.finish(committed, godparent.id, Act.GODPARENT_ADDED, undo=True, prisoners=())

    def edit(self, command: EditGodparent) -> Saved:
        """Change fields of a godparent.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT, NOTHING_CHANGED, NEEDS_DESK_KEY and what a bad value
                raises.
        """
        self._require_edit()
        with self._ctx.writing() as work:
            made = editing.edited(work, Godparent, command.id, command.base_version, command.values)
            work.save(made, made.version)
            committed = work.commit(Act.GODPARENT_CHANGED)
        return self._ctx.finish(committed, command.id, Act.GODPARENT_CHANGED, undo=True, prisoners=())

    def restore(self, command: RestoreValue) -> Saved:
        """Give a field back an old value: an edit like any other. Raises KnownError as `edit`, NOT_FOUND."""
        self._require_edit()
        with self._ctx.reading() as reader:
            old = editing.value_before(reader, Godparent, command.id, command.field, command.sequence)
        return self.edit(EditGodparent(command.id, command.base_version, {command.field: old}))

    def propose(self, command: StartGodparenthood) -> Saved:
        """Bring a prisoner and a godparent together; one that is not over may stand only once.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, ALREADY_DONE, INVALID_FIELD (state), UNKNOWN_TERM.
        """
        self._require_edit()
        if command.state not in NEXT_STATES[""]:
            raise KnownError(Code.INVALID_FIELD, "state", field="state")
        blank = Godparenthood(
            RecordId(new_id()), prisoner=command.prisoner, godparent=command.godparent, state=command.state
        )
        values = {"since": command.since, "taken_over_from": command.taken_over_from}
        made = with_values(blank, values)
        with self._ctx.writing() as work:
            standing(work, command.prisoner)
            work.get(Godparent, command.godparent)
            same = work.find(Godparenthood, prisoner=command.prisoner, godparent=command.godparent)
            if any(one.state not in OVER for one in same):
                raise KnownError(Code.ALREADY_DONE)
            work.add(made)
            if made.taken_over_from:
                occasions.raise_for(self._ctx, work, Cause.GODPARENT, [command.prisoner])
            committed = work.commit(Act.GODPARENTHOOD_CHANGED)
        act = Act.GODPARENTHOOD_CHANGED
        return self._ctx.finish(committed, made.id, act, undo=True, prisoners=[command.prisoner])

    def change(self, command: ChangeGodparenthood) -> Saved:
        """Move a godparenthood on in its life, or correct its dates.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT, NOTHING_CHANGED, INVALID_FIELD (a state that cannot
                follow, an end without a day, another prisoner or godparent) and what a bad value raises.
        """
        self._require_edit()
        with self._ctx.writing() as work:
            before = work.get(Godparenthood, command.id)
            values = _with_end(before, command.values, self._ctx.today())
            made = editing.edited(work, Godparenthood, command.id, command.base_version, values)
            _check_change(before, made)
            work.save(made, made.version)
            if before.state in RUNNING and made.state not in RUNNING:
                occasions.raise_for(self._ctx, work, Cause.GODPARENT, [made.prisoner or ""])
            committed = work.commit(Act.GODPARENTHOOD_CHANGED)
        act = Act.GODPARENTHOOD_CHANGED
        return self._ctx.finish(committed, made.id, act, undo=True, prisoners=[made.prisoner or ""])

    def act(self, command: RecordAction) -> Saved:
        """Record what a godparent did; a dormant or accepted godparenthood with that prisoner becomes active.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND and what a bad value raises.
        """
        self._require_edit()
        action = editing.new_record(GodparentAction, new_id(), command.values)
        with self._ctx.writing() as work:
            work.add(action)
            for one in _woken(work, action):
                work.save(attrs.evolve(one, state="active"), one.version)
            committed = work.commit(Act.GODPARENT_ACTED)
        return self._ctx.finish(committed, action.id, Act.GODPARENT_ACTED, undo=True, prisoners=())

    def _require_edit(self) -> None:
        if self._ctx.require(Action.EDIT_GODPARENT).limit is Limit.PUBLIC_TEXTS:
            raise KnownError(Code.NOT_ALLOWED)


def _contains(row: GodparentRow, words: list[str]) -> bool:
    line = f"{row.name} {row.office} {row.chamber} {row.party}".casefold()
    return all(word in line for word in words)


def _with_end(before: Godparenthood, values: Mapping[str, object], today: date) -> dict[str, object]:
    """An end without a day ends today."""
    filled = dict(values)
    ends = filled.get("state") in OVER and before.state not in OVER
    if ends and filled.get("ended_on") is None and before.ended_on is None:
        filled["ended_on"] = PartialDate.of(today)
    return filled


def _check_change(before: Godparenthood, after: Godparenthood) -> None:
    for name in ("prisoner", "godparent"):
        if getattr(before, name) != getattr(after, name):
            raise KnownError(Code.INVALID_FIELD, name, field=name)
    if after.state != before.state and after.state not in NEXT_STATES.get(before.state, frozenset()):
        raise KnownError(Code.INVALID_FIELD, "state", field="state")
    if after.since and after.ended_on and after.ended_on.last < after.since.first:
        raise KnownError(Code.INVALID_FIELD, "ended_on", field="ended_on")


def _woken(reader: Reader, action: GodparentAction) -> list[Godparenthood]:
    if not action.prisoner:
        return []
    found = reader.find(Godparenthood, prisoner=action.prisoner, godparent=action.godparent)
    return [one for one in found if one.state in ("accepted", "dormant")]
