"""Prisoners: table, detail, create, edit, history, restore, stops. What may be told comes from `lights`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold
from app.domain.ids import new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.remarks import Remark, remarks_on
from app.domain.roles import Action, Limit
from app.domain.rows import HistoryRow, Light, PersonRow, PrisonerRow
from app.domain.source import Claim, Facility, Source
from app.services import editing, lights, stops, widening
from app.services.context import Context, Saved
from app.services.facts import trusted_sources
from app.services.references import issue
from app.services.renewing import Outcome, save_prisoner
from app.services.stamps import stamp_texts
from app.services.validate import with_values
from app.services.views import ClaimView, PrisonerView

PUBLIC_TEXTS: Final = frozenset({"public_summary", "public_quote"})
"""What reports staff may edit."""
_ISSUED: Final = frozenset({"reference"})
"""Fields nobody types."""


@attrs.frozen
class PrisonerFilter:
    """Which prisoners to show; empty values filter nothing.

    Attributes:
        mine: only those I own.
        statuses: words of the vocabulary `status`.
        text: found by search or part of name, reference or place.
        godparent: with (True) or without (False) an accepted or active one.
        label: one of a prisoner's own labels (needs the desk's key).
    """

    mine: bool = False
    statuses: tuple[str, ...] = ()
    text: str = ""
    godparent: bool | None = None
    name_in_public: Light | None = None
    label: str = ""


@attrs.frozen
class CreatePrisoner:
    """Make a prisoner from these fields; the reference is issued."""

    values: Mapping[str, object]


@attrs.frozen
class EditPrisoner:
    """Set these fields of a prisoner seen at `base_version`."""

    id: str
    base_version: int
    values: Mapping[str, object]


@attrs.frozen
class RestoreValue:
    """Give a field back the value it had before entry `sequence`."""

    id: str
    base_version: int
    field: str
    sequence: int


@attrs.frozen
class PlaceHold:
    """Stop whatever leaves the house about a prisoner, godparent, facility, country, desk or the file."""

    on_noun: str
    on_id: str
    reason: str


class Prisoners:
    """Use cases of the Prisoners page."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    # reading

    def rows(self, wanted: PrisonerFilter | None = None) -> tuple[PrisonerRow, ...]:
        """The table, by name. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        wanted = wanted or PrisonerFilter()
        with self._ctx.reading() as reader:
            rows = lights.with_lights(self._ctx, reader)
            found = _found(reader, wanted.text)
            labelled = _labelled(reader, wanted.label)
        kept = [row for row in rows if _wanted(row, wanted, found, labelled)]
        return tuple(sorted(kept, key=lambda row: (row.name.casefold(), row.reference)))

    def row(self, prisoner: str) -> PrisonerRow:
        """One line of the table. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            rows = lights.with_lights(self._ctx, reader, prisoner)
        if not rows:
            raise KnownError(Code.NOT_FOUND, prisoner)
        return rows[0]

    def get(self, prisoner: str) -> PrisonerView:
        """The detail. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            found = reader.get(Prisoner, prisoner)
            return PrisonerView(
                prisoner=found,
                closed=reader.closed_fields(Prisoner),
                facility=_facility(reader, found.facility),
                claims=_claims(reader, prisoner),
                godparenthoods=tuple(reader.godparenthood_rows(prisoner=prisoner)),
                public_lights=lights.lights_of(self._ctx, reader, prisoner),
                stopped=stops.acting_on(reader, found),
                remarks=remarks_on(found, self._ctx.today()),
            )

    def history(self, prisoner: str, field: str | None = None) -> tuple[HistoryRow, ...]:
        """What changed of a prisoner, newest first, as far as my keys go. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            return editing.history_rows(self._ctx, reader, Prisoner, prisoner, field)

    def facilities(self) -> tuple[Facility, ...]:
        """Places people are held in, by name."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            return tuple(sorted(reader.find(Facility), key=lambda one: (one.name.casefold(), one.number)))

    def owners(self) -> tuple[PersonRow, ...]:
        """Everybody a prisoner can belong to."""
        self._ctx.require_open_reading()
        return self._ctx.person_rows()

    def remarks(self, values: Mapping[str, object], prisoner: str | None = None) -> tuple[Remark, ...]:
        """What would not fit together with these values, for a form while somebody types.

        Raises:
            KnownError: as for `edit`, where a value cannot be stored at all.
        """
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            known = reader.get(Prisoner, prisoner) if prisoner else editing.new_record(Prisoner, new_id(), {})
        return remarks_on(with_values(known, values), self._ctx.today())

    # writing

    def create(self, command: CreatePrisoner) -> Saved:
        """Add a prisoner; the reference is the next one of this copy.

        Raises:
            KnownError: NOT_ALLOWED, INVALID_FIELD, UNKNOWN_FIELD, UNKNOWN_TERM, BAD_DATE, NEEDS_DESK_KEY.
        """
        if self._ctx.require(Action.EDIT_PRISONER).limit is Limit.PUBLIC_TEXTS:
            raise KnownError(Code.NOT_ALLOWED)
        _check_not_issued(command.values)
        prisoner = editing.new_record(Prisoner, new_id(), command.values)
        if not (prisoner.family_name or prisoner.given_name or prisoner.anonymous):
            raise KnownError(Code.INVALID_FIELD, "family_name", field="family_name")
        with self._ctx.writing() as work:
            self._check_references(work, prisoner, command.values)
            if prisoner.desk is None:
                prisoner = attrs.evolve(prisoner, desk=stops.only_desk(work))
            stored = work.add(attrs.evolve(prisoner, reference=issue(work)[0]))
            stamp_texts(self._ctx, work, stored)
            committed = work.commit(Act.PRISONER_ADDED)
        return self._ctx.finish(committed, prisoner.id, Act.PRISONER_ADDED, undo=True, prisoners=())

    def edit(self, command: EditPrisoner) -> Saved:
        """Change fields of a prisoner; what would allow more than today is kept for a second person.

        Raises:
            KnownError: NOT_ALLOWED, NOT_FOUND, CONFLICT with the names of the fields, NOTHING_CHANGED,
                NEEDS_SECOND_PERSON (kept, see `consent.waiting`), NEEDS_DESK_KEY and what a bad value
                raises.
        """
        self._check_may_edit(set(command.values))
        _check_not_issued(command.values)
        with self._ctx.writing() as work:
            made = editing.change_of(work, Prisoner, command.id, command.base_version, command.values)
            self._check_references(work, made.after, command.values)
            outcome = save_prisoner(self._ctx, work, made.before, made.after)
            if outcome is not Outcome.WIDENS:
                stamp_texts(self._ctx, work, made.after)
                committed = work.commit(Act.PRISONER_CHANGED)
        if outcome is Outcome.WIDENS:
            return widening.propose(self._ctx, Prisoner, command.id, command.base_version, command.values)
        act, decided = Act.PRISONER_CHANGED, [command.id] if outcome is Outcome.DECIDED else []
        return self._ctx.finish(committed, command.id, act, undo=True, prisoners=decided)

    def restore(self, command: RestoreValue) -> Saved:
        """Give a field back an old value: an edit like any other. Raises KnownError as `edit`, NOT_FOUND."""
        self._check_may_edit({command.field})
        with self._ctx.reading() as reader:
            old = editing.value_before(reader, Prisoner, command.id, command.field, command.sequence)
        return self.edit(EditPrisoner(command.id, command.base_version, {command.field: old}))

    def place_hold(self, command: PlaceHold) -> Saved:
        """Place a stop; it acts at once. Raises KnownError NOT_ALLOWED, NOT_FOUND, UNKNOWN_TERM."""
        return stops.place(self._ctx, command.on_noun, command.on_id, command.reason)

    def lift_hold(self, hold: str) -> Saved:
        """Propose to lift a stop; a second person confirms in `consent.confirm_lift`."""
        return stops.propose_lift(self._ctx, Hold, hold)

    # parts

    def _check_may_edit(self, names: set[str]) -> None:
        limit = self._ctx.require(Action.EDIT_PRISONER).limit
        if limit is Limit.PUBLIC_TEXTS and not names <= PUBLIC_TEXTS:
            raise KnownError(Code.NOT_ALLOWED)

    def _check_references(self, reader: Reader, prisoner: Prisoner, values: Mapping[str, object]) -> None:
        if "facility" in values and prisoner.facility and not reader.get_many(Facility, [prisoner.facility]):
            raise KnownError(Code.INVALID_FIELD, "facility", field="facility")
        if "owner" in values and prisoner.owner and not self._ctx.knows(prisoner.owner):
            raise KnownError(Code.INVALID_FIELD, "owner", field="owner")


def _check_not_issued(values: Mapping[str, object]) -> None:
    for name in sorted(_ISSUED & set(values)):
        raise KnownError(Code.INVALID_FIELD, name, field=name)


def _facility(reader: Reader, facility: str | None) -> Facility | None:
    return reader.get_many(Facility, [facility]).get(facility) if facility else None


def _claims(reader: Reader, prisoner: str) -> tuple[ClaimView, ...]:
    claims = reader.find(Claim, prisoner=prisoner)
    sources = reader.get_many(Source, {claim.source for claim in claims if claim.source})
    trusted = trusted_sources(reader)
    views = [
        ClaimView(
            claim,
            sources[claim.source].name if claim.source in sources else "",
            claim.source in trusted,
        )
        for claim in claims
    ]
    return tuple(sorted(views, key=lambda view: (not view.trusted, view.source_name)))


def _found(reader: Reader, text: str) -> frozenset[str] | None:
    if not text.strip():
        return None
    return frozenset(hit.id for hit in reader.search(text, limit=5_000) if hit.noun == "prisoner")


def _labelled(reader: Reader, label: str) -> frozenset[str] | None:
    if not label:
        return None
    if "labels" in reader.closed_fields(Prisoner):
        raise KnownError(Code.NEEDS_DESK_KEY, "labels")
    return frozenset(one.id for one in reader.find(Prisoner) if label in one.labels)


def _wanted(
    row: PrisonerRow,
    wanted: PrisonerFilter,
    found: frozenset[str] | None,
    labelled: frozenset[str] | None,
) -> bool:
    if wanted.mine and not row.mine:
        return False
    if wanted.statuses and row.status not in wanted.statuses:
        return False
    if wanted.godparent is not None and (row.godparents > 0) is not wanted.godparent:
        return False
    if wanted.name_in_public is not None and row.name_in_public is not wanted.name_in_public:
        return False
    if labelled is not None and row.id not in labelled:
        return False
    return found is None or row.id in found or _contains(row, wanted.text)


def _contains(row: PrisonerRow, text: str) -> bool:
    words = text.casefold().split()
    line = f"{row.name} {row.reference} {row.facility}".casefold()
    return all(word in line for word in words)
