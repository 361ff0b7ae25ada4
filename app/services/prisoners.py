"""Prisoners: table, detail, create, edit, history, restore, stops. What may be told comes from `lights`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.hold import Hold
from app.domain.ids import RecordId, new_id
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts, no_texts, text_fields, texts_id
from app.domain.remarks import Remark, remarks_on
from app.domain.roles import Action, Limit
from app.domain.rows import HistoryRow, PersonRow, PrisonerRow
from app.domain.source import Claim, Facility, Source
from app.domain.stop_row import StopReach
from app.services import editing, lights, stop_rows, stops, widening
from app.services.attention_rows import rows_about
from app.services.context import Context, Saved
from app.services.facts import trusted_sources
from app.services.prisoner_filter import PrisonerFilter, kept_by
from app.services.public_texts import add_texts, apart, changes_of, save_texts, texts_of
from app.services.references import issue
from app.services.renewing import Outcome, save_prisoner
from app.services.same_person import root_of, standing
from app.services.validate import with_values
from app.services.views import ClaimView, PrisonerView

_ISSUED: Final = frozenset({"reference", "merged_into", "merged_at", "merged_claims", "one_person_with"})
"""Fields nobody types: issued, or written where records are merged."""


@attrs.frozen
class CreatePrisoner:
    """Make a prisoner from these fields, with the id the form chose; the reference is issued."""

    values: Mapping[str, object]
    id: str = ""


@attrs.frozen
class EditPrisoner:
    """Set these fields of a prisoner seen at `base_version`, with the texts at `texts_version`."""

    id: str
    base_version: int
    values: Mapping[str, object]
    texts_version: int = 0


@attrs.frozen
class RestoreValue:
    """Give a field back the value it had before entry `sequence`."""

    id: str
    base_version: int
    field: str
    sequence: int
    texts_version: int = 0


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

    def rows(self, wanted: PrisonerFilter | None = None, *, quickly: bool = False) -> tuple[PrisonerRow, ...]:
        """The table, by name; `quickly` as `Relatives.rows`. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        wanted = wanted or PrisonerFilter()
        with self._ctx.reading() as reader:
            rows = lights.with_lights(self._ctx, reader, quickly=quickly and wanted.asks_open_fields)
            kept = kept_by(reader, wanted, rows)
        return tuple(sorted(kept, key=lambda row: (row.name.casefold(), row.reference)))

    def row(self, prisoner: str) -> PrisonerRow:
        """One line of the table. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            rows = lights.with_lights(self._ctx, reader, root_of(reader, prisoner))
        if not rows:
            raise KnownError(Code.NOT_FOUND, prisoner)
        return rows[0]

    def get(self, prisoner: str) -> PrisonerView:
        """The detail, also by the id of a record merged with it. Raises KnownError NOT_FOUND, NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            prisoner = root_of(reader, prisoner)
            found = reader.get(Prisoner, prisoner)
            acting = stops.acting_on(reader, found)
            return PrisonerView(
                prisoner=found,
                texts=texts_of(reader, prisoner),
                closed=reader.closed_fields(Prisoner),
                facility=_facility(reader, found.facility),
                claims=_claims(reader, prisoner),
                godparenthoods=tuple(reader.godparenthood_rows(prisoner=prisoner)),
                public_lights=lights.lights_of(self._ctx, reader, prisoner),
                stopped=acting,
                stopped_on={stop.hold.id: stop_rows.stopped(reader, stop.hold)[1] for stop in acting},
                perhaps=frozenset(
                    stop.hold.id for stop in acting if stop_rows.is_unwritten(stop.hold, found)
                ),
                attention=rows_about(self._ctx, reader, "prisoner", prisoner),
                remarks=remarks_on(found, self._ctx.today()),
            )

    def history(self, prisoner: str, field: str | None = None) -> tuple[HistoryRow, ...]:
        """What changed of a prisoner, newest first, as far as my keys go. Raises KnownError NOT_ALLOWED."""
        self._ctx.require_open_reading()
        with self._ctx.reading() as reader:
            rows = editing.history_rows(self._ctx, reader, Prisoner, prisoner, field)
            if texts_of(reader, prisoner).version:
                rows += editing.history_rows(self._ctx, reader, PublicTexts, texts_id(prisoner), field)
        return tuple(sorted(rows, key=lambda row: row.sequence, reverse=True))

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
        own, told = apart(values)
        with_values(no_texts(known.id), told)
        return remarks_on(with_values(known, own), self._ctx.today())

    # writing

    def create(self, command: CreatePrisoner) -> Saved:
        """Add a prisoner; the reference is the next one of this copy.

        Raises:
            KnownError: NOT_ALLOWED, INVALID_FIELD, UNKNOWN_FIELD, UNKNOWN_TERM, BAD_DATE, NEEDS_DESK_KEY,
                ALREADY_SAVED.
        """
        if self._ctx.require(Action.EDIT_PRISONER).limit is Limit.PUBLIC_TEXTS:
            raise KnownError(Code.NOT_ALLOWED)
        _check_not_issued(command.values)
        own, told = apart(command.values)
        prisoner = editing.new_record(Prisoner, new_id(), own)
        if not (prisoner.family_name or prisoner.given_name or prisoner.anonymous):
            raise KnownError(Code.INVALID_FIELD, "family_name", field="family_name")
        with self._ctx.writing() as work:
            prisoner = attrs.evolve(prisoner, id=RecordId(editing.fresh_id(work, Prisoner, command.id)))
            texts = with_values(no_texts(prisoner.id), told)
            self._check_references(work, prisoner, command.values)
            if prisoner.desk is None:
                prisoner = attrs.evolve(prisoner, desk=stops.only_desk(work))
            work.add(attrs.evolve(prisoner, reference=issue(work)[0]))
            add_texts(self._ctx, work, texts)
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
            standing(work, command.id)
            person, texts = changes_of(
                work, command.id, command.base_version, command.texts_version, command.values
            )
            outcome = Outcome.UNTOUCHED
            if person is not None:
                self._check_references(work, person.after, command.values)
                outcome = save_prisoner(self._ctx, work, person.before, person.after)
            if outcome is not Outcome.WIDENS:
                if texts is not None:
                    save_texts(self._ctx, work, texts.after)
                committed = work.commit(Act.PRISONER_CHANGED)
        if outcome is Outcome.WIDENS:
            own, told = apart(command.values)
            if texts is not None:  # the texts decide nothing and need not wait with the rest
                self.edit(attrs.evolve(command, values=told))
            return widening.propose(self._ctx, Prisoner, command.id, command.base_version, own)
        act, decided = Act.PRISONER_CHANGED, [command.id] if outcome is Outcome.DECIDED else []
        return _about(self._ctx.finish(committed, command.id, act, undo=True, prisoners=decided))

    def restore(self, command: RestoreValue) -> Saved:
        """Give a field back an old value: an edit like any other. Raises KnownError as `edit`, NOT_FOUND."""
        self._check_may_edit({command.field})
        with self._ctx.reading() as reader:
            if command.field in text_fields():
                texts = texts_id(command.id)
                old = editing.value_before(reader, PublicTexts, texts, command.field, command.sequence)
            else:
                old = editing.value_before(reader, Prisoner, command.id, command.field, command.sequence)
        values = {command.field: old}
        return self.edit(EditPrisoner(command.id, command.base_version, values, command.texts_version))

    def place_hold(self, command: PlaceHold) -> Saved:
        """Place a stop; it acts at once. Raises KnownError NOT_ALLOWED, NOT_FOUND, UNKNOWN_TERM."""
        return stops.place(self._ctx, command.on_noun, command.on_id, command.reason)

    def stop_reach(self, on_noun: str, on_id: str) -> StopReach:
        """Whom a stop would reach. Raises KnownError NOT_ALLOWED."""
        return stop_rows.reach(self._ctx, on_noun, on_id)

    def lift_hold(self, hold: str) -> Saved:
        """Propose to lift a stop; a second person confirms in `consent.confirm_lift`."""
        return stops.propose_lift(self._ctx, Hold, hold)

    # parts

    def _check_may_edit(self, names: set[str]) -> None:
        limit = self._ctx.require(Action.EDIT_PRISONER).limit
        if limit is Limit.PUBLIC_TEXTS and not names <= set(text_fields()):
            raise KnownError(Code.NOT_ALLOWED)

    def _check_references(self, reader: Reader, prisoner: Prisoner, values: Mapping[str, object]) -> None:
        if "facility" in values and prisoner.facility and not reader.get_many(Facility, [prisoner.facility]):
            raise KnownError(Code.INVALID_FIELD, "facility", field="facility")
        if "owner" in values and prisoner.owner and not self._ctx.knows(prisoner.owner):
            raise KnownError(Code.INVALID_FIELD, "owner", field="owner")


def _about(saved: Saved) -> Saved:
    """Whoever shows the prisoner reads again, also where only the texts changed."""
    return attrs.evolve(saved, changes=saved.changes | Changes.of("prisoner", saved.id))


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
