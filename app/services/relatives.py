"""Relatives: the register with its five lights, and the identity behind it, shown one at a time.

`show` writes and commits its log entry first and opens the name only then. Nothing in here keeps a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.consent import LATEST
from app.domain.consent_answers import Ledger
from app.domain.consent_care import disagreements, with_asking
from app.domain.consent_lines import lights_of, lines_in
from app.domain.errors import Code, KnownError
from app.domain.hold import RelativeHold
from app.domain.ids import new_id
from app.domain.relative import Identity, Relative
from app.domain.relative_row import RelativeRow
from app.domain.roles import Action
from app.services import (
    contacting,
    editing,
    identities,
    kept_lights,
    lights,
    relative_rows,
    stop_rows,
    stops,
    widening,
)
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.facts import read_ledger
from app.services.identities import CopyNumber, EditIdentity, ShowIdentity
from app.services.pasted import Pasted
from app.services.relative_rows import RelativeFilter
from app.services.renewing import Outcome, save_relative
from app.services.same_person import standing
from app.services.spoken import spoken
from app.services.stamps import withdraw_hit
from app.services.views import RelativeView

__all__ = [
    "AddRelative",
    "CopyNumber",
    "EditIdentity",
    "EditRelative",
    "PlaceRelativeHold",
    "RelativeFilter",
    "Relatives",
    "ShowIdentity",
]

_NOT_TYPED: Final = frozenset({"prisoner", "identity"})


@attrs.frozen
class AddRelative:
    """Record somebody of a prisoner's family: the register and, apart from it, who it is."""

    prisoner: str
    values: Mapping[str, object]
    identity: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    id: str = ""


@attrs.frozen
class EditRelative:
    """Set these fields of the register record seen at `base_version`."""

    id: str
    base_version: int
    values: Mapping[str, object]


@attrs.frozen
class PlaceRelativeHold:
    """Stop everything about one relative."""

    relative: str
    reason: str


class Relatives:
    """Use cases of Relatives & consent."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    # reading

    def rows(self, wanted: RelativeFilter | None = None, *, quickly: bool = False) -> tuple[RelativeRow, ...]:
        """The table, by the prisoner's name.

        Args:
            wanted: which of them.
            quickly: leave lights that are not decided yet as COUNTING where it would take long; they are
                there once the session has settled.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED.
        """
        self._ctx.require(Action.READ_RELATIVES)
        wanted = wanted or RelativeFilter()
        with self._ctx.reading() as reader:
            rows = relative_rows.rows(self._ctx, reader, wanted.prisoner, quickly=quickly)
        return tuple(row for row in rows if wanted.keeps(row))

    def row(self, relative: str) -> RelativeRow:
        """One line of the table. Raises KnownError NOT_FOUND, NEEDS_DESK_KEY, NOT_ALLOWED."""
        self._ctx.require(Action.READ_RELATIVES)
        with self._ctx.reading() as reader:
            prisoner = reader.get(Relative, relative).prisoner
            rows = relative_rows.rows(self._ctx, reader, prisoner)
        return next(row for row in rows if row.id == relative)

    def get(self, relative: str) -> RelativeView:
        """Everything but the name; opening somebody is recorded once per session.

        Raises:
            KnownError: NOT_FOUND, NEEDS_DESK_KEY, NOT_ALLOWED.
        """
        self._ctx.require(Action.READ_RELATIVES)
        self._record_opening(relative)
        with self._ctx.reading() as reader:
            prisoner = reader.get(Relative, relative).prisoner or ""
            ledger = read_ledger(self._ctx, reader, [prisoner])
            facts = ledger.facts(prisoner)
            one = next(found for found in ledger.families[prisoner] if found.relative.id == relative)
            asked = (self._ctx, reader, facts, one.relative, one.conversations)
            rule, without = contacting.rule_for(*asked), contacting.begun_without_permission(*asked)
            own = tuple(stop for stop in one.holds if stop.active)
            above = stops.acting_on(reader, ledger.prisoners[prisoner])
            stopped = tuple(stop_rows.rows_of(self._ctx, reader, [*own, *above]))
        may_contact, until = lights.may_contact(self._ctx, facts, relative)
        said = Ledger(facts, LATEST)
        lines = lines_in(said, relative, self._ctx.today())
        care = kept_lights.care_in(self._ctx, ledger, said, prisoner).get(relative, ())
        return RelativeView(
            relative=one.relative,
            prisoner_name=one.prisoner_name,
            spoken=spoken(one.relative, one.prisoner_name),
            lines=lights_of(lines),
            line_states=tuple(lines),
            may_contact=may_contact,
            contact_until=until,
            conversations=tuple(reversed(one.conversations)),
            stopped=own,
            contact=rule,
            begun_without=without,
            stops=stopped,
            care=with_asking(care, one.relative.asking),
            disagreed=disagreements(said, self._ctx.today()).get(relative, frozenset()),
        )

    def find_exact(self, untrusted_text: str) -> tuple[RelativeRow, ...]:
        """Relatives with exactly this number, handle, e-mail address or full name; they stay closed.

        Every identity is opened for the comparison and forgotten at once.

        Raises:
            KnownError: NEEDS_DESK_KEY, NOT_ALLOWED.
        """
        self._ctx.require(Action.SEARCH_NAMES)
        asked = Pasted.of(untrusted_text)
        if asked is None:
            return ()
        with self._ctx.reading() as reader:
            hits = {identity.id for identity in reader.identities(Identity) if asked.is_in(identity)}
            if not hits:
                return ()
            found = [one.relative for one in reader.relative_facts() if one.relative.identity in hits]
            rows = [
                row
                for one in found
                for row in relative_rows.rows(self._ctx, reader, one.prisoner)
                if row.id == one.id
            ]
        return tuple(rows)

    # writing

    def add(self, command: AddRelative) -> Saved:
        """Add somebody of a prisoner's family.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, ALREADY_SAVED and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_CONVERSATION)
        _check_typed(command.values)
        with self._ctx.writing() as work:
            standing(work, command.prisoner)
            record = editing.fresh_id(work, Relative, command.id)
            identity: Identity | None = None
            if command.identity:
                identity = work.add(editing.new_record(Identity, new_id(), command.identity))
                withdraw_hit(work, identity)
            values = {
                **command.values,
                "prisoner": command.prisoner,
                "identity": identity.id if identity else None,
            }
            relative = work.add(editing.new_record(Relative, record, values))
            renew_clearances(self._ctx, work, [command.prisoner])
            committed = work.commit(Act.SEALED_CHANGED)
        act = Act.SEALED_CHANGED
        return self._ctx.finish(committed, relative.id, act, undo=True, prisoners=[command.prisoner])

    def edit(self, command: EditRelative) -> Saved:
        """Change the register record; what would allow more than today is kept for a second person.

        Raises:
            KnownError: NOT_ALLOWED, NEEDS_DESK_KEY, NOT_FOUND, CONFLICT, NOTHING_CHANGED,
                NEEDS_SECOND_PERSON and what a bad value raises.
        """
        self._ctx.require(Action.RECORD_CONVERSATION)
        _check_typed(command.values)
        with self._ctx.writing() as work:
            made = editing.change_of(work, Relative, command.id, command.base_version, command.values)
            outcome = save_relative(self._ctx, work, made.before, made.after)
            if outcome is not Outcome.WIDENS:
                committed = work.commit(Act.SEALED_CHANGED)
        if outcome is Outcome.WIDENS:
            return widening.propose(self._ctx, Relative, command.id, command.base_version, command.values)
        act, prisoner = Act.SEALED_CHANGED, made.after.prisoner or ""
        decided = [prisoner] if outcome is Outcome.DECIDED else []
        return self._ctx.finish(committed, command.id, act, undo=True, prisoners=decided)

    def show(self, command: ShowIdentity) -> Identity:
        """Open a name, after its log entry. Raises KnownError as `identities.show`."""
        return identities.show(self._ctx, command)

    def copy_number(self, command: CopyNumber) -> str:
        """One number for the clipboard, after its log entry. Raises KnownError as `identities.copy`."""
        return identities.copy(self._ctx, command)

    def still_open(self) -> frozenset[str]:
        """Whose name, shown in this session, may stay open. Raises KnownError as `identities.still_open`."""
        return identities.still_open(self._ctx)

    def edit_identity(self, command: EditIdentity) -> Saved:
        """Change who somebody is. Raises KnownError as `identities.edit`."""
        return identities.edit(self._ctx, command)

    def allow_first_words(self, relative: str) -> Saved:
        """Let one contact be made; an officer's. Raises KnownError as `contacting.allow_first_words`."""
        return contacting.allow_first_words(self._ctx, relative)

    def place_hold(self, command: PlaceRelativeHold) -> Saved:
        """Stop everything about a relative; acts at once. Raises KnownError as `stops.place_on_relative`."""
        return stops.place_on_relative(self._ctx, command.relative, command.reason)

    def lift_hold(self, hold: str) -> Saved:
        """Propose to lift a stop; a second person confirms in `consent.confirm_lift`."""
        self._ctx.require(Action.READ_RELATIVES)
        return stops.propose_lift(self._ctx, RelativeHold, hold)

    # parts

    def _record_opening(self, relative: str) -> None:
        if relative in self._ctx.opened.records:
            return
        with self._ctx.writing() as work:
            work.mention(Relative, relative)
            committed = work.commit(Act.OPENED)
        self._ctx.cache.follow(committed.sequence, committed.changes)
        self._ctx.opened.records.add(relative)


def _check_typed(values: Mapping[str, object]) -> None:
    for name in sorted(_NOT_TYPED & set(values)):
        raise KnownError(Code.INVALID_FIELD, name, field=name)
