"""Writing a list: people, places, claims, families, godparents, in one transaction somebody else commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import attrs

from app.domain.canonical import canonical_bytes
from app.domain.changing import made_of, with_fields
from app.domain.dates import PartialDate
from app.domain.field_values import value_to_plain
from app.domain.fields import fields_of
from app.domain.ids import RecordId, new_id
from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner
from app.domain.report import Desk
from app.domain.source import (
    MOST_REMARKS,
    Claim,
    Facility,
    ListRow,
    ListRun,
    RowRemark,
    Source,
    StatedValue,
)
from app.intake.cells.places import facility_key_of
from app.intake.staged import Brings, Reading, StagedRow, row_of_candidate
from app.intake.table import line_of
from app.services.context import Context
from app.services.duplicates import keep_pair_apart
from app.services.facts import trusted_sources
from app.services.held_back import save_narrowly
from app.services.intake_comments import write_comments
from app.services.intake_families import write_families
from app.services.intake_godparents import write_godparents
from app.services.intake_looked import Looked
from app.services.known_people import source_named
from app.services.references import issue
from app.services.stating import StatedBefore, StatedNow

_BROUGHT_IN: Final = frozenset({Reading.NEW, Reading.CHANGED, Reading.UNCHANGED, Reading.JOINED})


class Run:
    """One commit of one list: everything it writes, inside the transaction of whoever commits.

    Attributes:
        id: of the run.
        touched: prisoners whose decisions may have changed.
    """

    def __init__(self, context: Context, work: UnitOfWork, looked: Looked) -> None:
        self._context = context
        self._work = work
        self._looked = looked
        self._preview = looked.preview
        self.id = RecordId(new_id())
        self.touched: list[str] = []
        self._source = self._kept_source()
        desks = work.find(Desk)
        self._desk = desks[0].id if len(desks) == 1 else None
        self._desks = {desk.name.casefold(): desk.id for desk in desks}
        self._claims = StatedBefore(work.find(Claim, source=self._source.id))
        self._counts = dict.fromkeys(_BROUGHT_IN, 0)

    def _kept_source(self) -> Source:
        """The source, with how its lists are read."""
        mapping = self._looked.how_whole.as_text()
        known = source_named(self._work, self._looked.source_name)
        if known is None:
            return self._work.add(Source(RecordId(new_id()), name=self._looked.source_name, mapping=mapping))
        if known.mapping == mapping:
            return known
        return self._work.save(attrs.evolve(known, mapping=mapping), known.version)

    def write(self) -> None:
        rows = [row for row in self._preview.rows if row.reading in _BROUGHT_IN]
        places = self._write_facilities()
        people = self._write_people(rows, places)
        self._write_claims(rows, people, places)
        self._drop_gone()
        write_comments(self._context, self._work, rows, people)
        write_godparents(self._context, self._work, rows, people, self._looked.godparents)
        if self._work.has_desk_key:
            self._write_cells(rows, people)
            write_families(self._context, self._work, rows, people, self._looked.kins)
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
        adding = self._adding(rows)
        for row, reference in zip(new, references, strict=True):
            together = [row, *adding.get(row.number, ())]
            desk = next(
                (self._desks[name] for one in together if (name := one.read.desk.casefold()) in self._desks),
                self._desk,
            )
            place = next((one.facility for one in together if one.facility), "")
            given = {"reference": reference, "facility": places.get(place), "desk": desk}
            if (photo := self._looked.photos.of(row.number)) is not None:
                given["photo"] = self._work.blob_put(photo)
            values = {name: value for one in reversed(together) for name, value in one.values.items()}
            prisoner = made_of(Prisoner, {"id": RecordId(new_id()), **values, **given})
            made.append(prisoner)
            ids[row.number] = prisoner.id
            for other in row.candidates:  # whoever is new although they were proposed: a person said so
                if row_of_candidate(other) is None:
                    keep_pair_apart(self._context, self._work, prisoner.id, other)
        ids |= {one.number: ids[first] for first, more in adding.items() if first in ids for one in more}
        self._work.add_many(made)
        self._change_people(rows, places)
        for row in rows:
            self._counts[row.reading] += 1
        self.touched += ids.values()
        return ids

    @staticmethod
    def _adding(rows: Sequence[StagedRow]) -> Mapping[int, Sequence[StagedRow]]:
        """Rows that add to somebody new, by the row that names them first."""
        found: dict[int, list[StagedRow]] = {}
        for row in rows:
            if row.reading is Reading.JOINED and row.same_as is not None:
                found.setdefault(row.same_as, []).append(row)
        return found

    def _change_people(self, rows: Sequence[StagedRow], places: Mapping[str, str]) -> None:
        photos = self._looked.photos
        known = [row for row in rows if row.reading is Reading.CHANGED or photos.of(row.number) is not None]
        stored = self._work.get_many(Prisoner, [row.existing for row in known if row.existing])
        after = dict(stored)  # two rows may be one person: the second goes on from the first
        for row in known:
            if row.existing is None:
                continue
            # What somebody typed here since is not overwritten: the list's value stands in the claim.
            values: dict[str, object] = {
                change.field: change.after for change in row.changes if not change.edited
            }
            if "facility" in values:
                values["facility"] = places.get(row.facility or "")
            photo = photos.of(row.number)
            if photo is not None and not after[row.existing].photo:
                values["photo"] = self._work.blob_put(photo)
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
        if not self._preview.whole:
            return  # who is missing from parts of a file is not gone from the list
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
            remarks=tuple(islice(_remarks(self._preview.rows), MOST_REMARKS)),
        )


def _remarks(rows: Sequence[StagedRow]) -> Iterator[RowRemark]:
    """What a report of the run cannot read off what was written: rows left out first, then remarks."""
    for row in rows:
        if row.reading not in _BROUGHT_IN:
            codes = dict.fromkeys(problem.code for problem in row.problems) or ("",)
            yield from (RowRemark(row.number, row.reading.value, str(code)) for code in codes)
    for row in rows:
        if row.reading in _BROUGHT_IN:
            told = [str(problem.code) for problem in row.problems]
            if row.brings is Brings.GODPARENT:  # that relatives came in stands in the open nowhere
                told.append(row.brings.value)
            yield from (RowRemark(row.number, row.reading.value, code) for code in dict.fromkeys(told))


def stated(field: str, value: object) -> StatedValue:
    """A value of a prisoner's field as a claim keeps it: the canonical text of its stored form."""
    plain = value_to_plain(fields_of(Prisoner)[field], value)
    return StatedValue(field=field, value=canonical_bytes(plain).decode("utf-8"))
