"""Bringing a list in: looked at first, committed whole or not at all, taken back as a whole later.

Nothing a list says ever becomes an answer of a relative. Its raw cells go into sealed rows; what stands in
open fields is kept beside the prisoner as a claim of that source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.canonical import canonical_bytes
from app.domain.changing import made_of, with_fields
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.field_values import value_to_plain
from app.domain.fields import fields_of
from app.domain.ids import RecordId, new_id
from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.progress import Progress, no_progress, part_of
from app.domain.report import Desk
from app.domain.roles import Action
from app.domain.rows import ListRunRow
from app.domain.source import Claim, Facility, ListRow, ListRun, Source, StatedValue
from app.i18n import _
from app.intake.cells.places import facility_key_of
from app.intake.joining import ExistingPerson
from app.intake.readers import read_list
from app.intake.staged import Preview, Reading, StagedRow
from app.intake.staging import decide, preview
from app.intake.table import line_of
from app.services.backups import backed_up_before
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.duplicates import keep_pair_apart
from app.services.facts import trusted_sources
from app.services.held_back import save_narrowly
from app.services.known_people import existing_people, source_named
from app.services.references import issue
from app.services.stating import StatedBefore, StatedNow
from app.services.taking_back import TakenBack, take_back

LEAVE_OUT: Final = "leave_out"
"""In place of an id: a doubtful row that is not to be brought in."""
_BROUGHT_IN: Final = frozenset({Reading.NEW, Reading.CHANGED, Reading.UNCHANGED})


@attrs.frozen
class Looked:
    """A list somebody looked at: what it would do, and the state of the case file it was compared with.

    Attributes:
        known: everybody it was compared with, by id, for `Intake.decide` and for their names.
    """

    preview: Preview
    source_name: str
    head: int
    cells_left_out: bool
    known: Mapping[str, ExistingPerson] = attrs.field(factory=dict, repr=False)


class Intake:
    """Lists: look, bring in, take back.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def look(self, path: Path, source_name: str, progress: Progress = no_progress) -> Looked:
        """Read a list and compare it with the case file; writes nothing.

        Args:
            path: the file.
            source_name: whose list it is, as people call it.

        Raises:
            KnownError: NOT_ALLOWED, LIST_NO_NAMES and everything `readers.read_list` raises.
        """
        self._context.require(Action.BRING_IN_LIST)
        read = read_list(path, progress=progress)
        with self._context.reading() as reader:
            existing = existing_people(reader, source_named(reader, source_name))
            head = reader.head()[0]
            has_key = reader.has_desk_key
            places = reader.find(Facility)
        found = preview(read, existing, today=self._context.today(), places=places, progress=progress)
        known = {person.id: person for person in existing}
        return Looked(found, " ".join(source_name.split()), head, cells_left_out=not has_key, known=known)

    def decide(self, looked: Looked, choices: Mapping[int, str | None]) -> Looked:
        """The list after a person chose for doubtful rows; writes nothing.

        Args:
            looked: from `look`.
            choices: number of the row to the id of the person it belongs to, None for somebody new,
                `LEAVE_OUT` for nobody. Of somebody who is not known here the row stays doubtful.
        """
        left_out = {row for row, person in choices.items() if person == LEAVE_OUT}
        people = {
            row: looked.known[person] if person is not None else None
            for row, person in choices.items()
            if person is None or person in looked.known
        }
        return attrs.evolve(looked, preview=decide(looked.preview, people, left_out))

    def commit(self, looked: Looked, progress: Progress = no_progress) -> Saved:
        """Bring the list in: everything in one transaction and one log entry, or nothing.

        Raises:
            KnownError: NOT_ALLOWED, LIST_CHANGED_SINCE_PREVIEW, NOTHING_CHANGED, NO_SPACE, CANNOT_WRITE.
        """
        self._context.require(Action.BRING_IN_LIST)
        self._check_unchanged(looked)
        head = backed_up_before(self._context, part_of(progress, 0, 3, 6))
        progress = part_of(progress, 3, 6, 6)
        with self._context.writing() as work:
            if work.head()[0] != head:
                raise KnownError(Code.LIST_CHANGED_SINCE_PREVIEW)
            progress(0, 3, _("Writing the people"))
            run = _Run(self._context, work, looked)
            run.write()
            progress(1, 3, _("Bringing clearances up to date"))
            renew_clearances(self._context, work, set(run.touched))
            progress(2, 3, _("Saving"))
            saved = self._context.finish(work.commit(Act.LIST_BROUGHT_IN), run.id, Act.LIST_BROUGHT_IN)
        progress(3, 3, _("Done"))
        return saved

    def take_back(self, run: str, progress: Progress = no_progress) -> TakenBack:
        """Undo a whole list, after a backup; see `taking_back.take_back`."""
        self._context.require(Action.UNDO_LIST)
        backed_up_before(self._context, progress)
        return take_back(self._context, run)

    def _check_unchanged(self, looked: Looked) -> None:
        with self._context.reading() as reader:
            if reader.head()[0] != looked.head:
                raise KnownError(Code.LIST_CHANGED_SINCE_PREVIEW)

    def runs(self) -> tuple[ListRunRow, ...]:
        """Lists brought in, newest first."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            rows = reader.list_runs()
        name = self._context.name_of
        return tuple(attrs.evolve(row, brought_in_by=name(row.brought_in_by)) for row in rows)


class _Run:
    """One commit of one list."""

    def __init__(self, context: Context, work: UnitOfWork, looked: Looked) -> None:
        self._context = context
        self._work = work
        self._preview = looked.preview
        self.id = RecordId(new_id())
        self.touched: list[str] = []
        self._source = source_named(work, looked.source_name) or work.add(
            Source(RecordId(new_id()), name=looked.source_name)
        )
        desks = work.find(Desk)
        self._desk = desks[0].id if len(desks) == 1 else None
        self._claims = StatedBefore(work.find(Claim, source=self._source.id))
        self._counts = {Reading.NEW: 0, Reading.CHANGED: 0, Reading.UNCHANGED: 0}

    def write(self) -> None:
        rows = [row for row in self._preview.rows if row.reading in _BROUGHT_IN]
        places = self._write_facilities()
        people = self._write_people(rows, places)
        self._write_claims(rows, people, places)
        self._drop_gone()
        if self._work.has_desk_key:
            self._write_cells(rows, people)
        self._work.add(self._summary())

    def _write_facilities(self) -> Mapping[str, str]:
        """Ids of the places by the key the list knows them under; a known place is not made twice."""
        known = {facility_key_of(place): place.id for place in self._work.find(Facility)}
        made: list[Facility] = []
        ids: dict[str, str] = {}
        for staged in self._preview.facilities:
            place = made_of(Facility, {"id": RecordId(new_id()), **staged.values})
            same = known.get(facility_key_of(place))
            if same is None:
                made.append(place)
                known[facility_key_of(place)] = place.id
            ids[staged.key] = same or place.id
        self._work.add_many(made)
        return ids

    def _write_people(self, rows: Sequence[StagedRow], places: Mapping[str, str]) -> Mapping[int, str]:
        """Ids of the prisoners by row number."""
        new = [row for row in rows if row.reading is Reading.NEW]
        references = issue(self._work, len(new)) if new else []
        ids: dict[int, str] = {row.number: row.existing for row in rows if row.existing}
        made: list[Prisoner] = []
        for row, reference in zip(new, references, strict=True):
            given = {"reference": reference, "facility": places.get(row.facility or ""), "desk": self._desk}
            prisoner = made_of(Prisoner, {"id": RecordId(new_id()), **row.values, **given})
            made.append(prisoner)
            ids[row.number] = prisoner.id
            for other in row.candidates:  # whoever is new although they were proposed: a person said so
                keep_pair_apart(self._context, self._work, prisoner.id, other)
        self._work.add_many(made)
        self._change_people([row for row in rows if row.reading is Reading.CHANGED], places)
        for row in rows:
            self._counts[row.reading] += 1
        self.touched += ids.values()
        return ids

    def _change_people(self, rows: Sequence[StagedRow], places: Mapping[str, str]) -> None:
        stored = self._work.get_many(Prisoner, [row.existing for row in rows if row.existing])
        after = dict(stored)  # two rows may be one person: the second goes on from the first
        for row in rows:
            if row.existing is None:
                continue
            # What somebody typed here since is not overwritten: the list's value stands in the claim.
            values: dict[str, object] = {
                change.field: change.after for change in row.changes if not change.edited
            }
            if "facility" in values:
                values["facility"] = places.get(row.facility or "")
            after[row.existing] = with_fields(after[row.existing], values)
        changed = [(before, after[key]) for key, before in stored.items() if after[key] != before]
        trusted = self._source.id in trusted_sources(self._work)
        save_narrowly(self._context, self._work, changed, trusted=trusted)

    def _write_claims(
        self, rows: Sequence[StagedRow], people: Mapping[int, str], places: Mapping[str, str]
    ) -> None:
        stated = StatedNow(self._claims)
        for row in rows:
            stated.add(self._claim(row, people[row.number], places))
        self._work.add_many(stated.made)
        self._work.save_many(stated.changed)
        self.touched += stated.lost

    def _claim(self, row: StagedRow, prisoner: str, places: Mapping[str, str]) -> Claim:
        values = list(row.claim_values)
        place = places.get(row.facility or "")
        if place is not None:
            values.append(stated("facility", place))
        return Claim(
            RecordId(new_id()),
            prisoner=prisoner,
            source=self._source.id,
            key=row.key,
            link=row.link,
            stated_on=PartialDate.of(self._context.today()),
            recognised=row.recognised,
            recognised_on=row.recognised_on,
            listed=True,
            values=tuple(sorted(values, key=lambda value: value.field)),
        )

    def _drop_gone(self) -> None:
        """Who was in the list before and is not now: the claim stays, but no longer stands in the source."""
        dropped = self._claims.dropped(set(self._preview.gone), set(self.touched))
        self._work.save_many(dropped)
        self.touched += [claim.prisoner for claim in dropped if claim.prisoner]

    def _write_cells(self, rows: Sequence[StagedRow], people: Mapping[int, str]) -> None:
        self._work.add_many(
            ListRow(
                RecordId(new_id()),
                prisoner=people[row.number],
                list_run=self.id,
                row=line_of(row.number),
                cells=row.raw,
            )
            for row in rows
        )

    def _summary(self) -> ListRun:
        return ListRun(
            self.id,
            source=self._source.id,
            sha256=self._preview.sha256,
            brought_in_by=self._context.me,
            brought_in_at=self._context.now(),
            rows=len(self._preview.rows),
            added=self._counts[Reading.NEW],
            changed=self._counts[Reading.CHANGED],
            problems=sum(len(row.problems) for row in self._preview.rows),
        )


def stated(field: str, value: object) -> StatedValue:
    """A value of a prisoner's field as a claim keeps it: the canonical text of its stored form."""
    plain = value_to_plain(fields_of(Prisoner)[field], value)
    return StatedValue(field=field, value=canonical_bytes(plain).decode("utf-8"))
