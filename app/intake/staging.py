"""The preview of a list: what every row would do, before anything is written.

Pure: a list that was read and the people who are known go in, one frozen `Preview` comes out. Nothing in it
is consent. Cells without an open field of their own stand only in `StagedRow.raw`, which is kept sealed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.domain.source import Facility, ListCell
from app.i18n import _
from app.intake.counters import without_counter
from app.intake.counting import counted
from app.intake.duplicates import Candidate, Double, likely_doubles
from app.intake.heads import with_heads
from app.intake.joining import ExistingPerson, FieldChange, join, name_withdrawn, same_name, stated_values
from app.intake.mapping import ColumnReading, Target, Why, recognise
from app.intake.problems import Problem, ProblemCode, Weight
from app.intake.readers import ReadList
from app.intake.reading import RowRead, RowReader
from app.intake.same_places import one_of_each_place
from app.intake.source_hint import language_of_names, source_hint
from app.intake.staged import Counts, LikelyDouble, Preview, Reading, StagedFacility, StagedRow
from app.intake.table import Note, RawRow
from app.names.same_person import KnownPerson

__all__ = [
    "Counts", "ExistingPerson", "FieldChange", "LikelyDouble", "Preview", "Reading", "StagedFacility",
    "StagedRow", "decide", "preview",
]  # fmt: skip

_STEPS: Final = 4


def preview(
    read: ReadList,
    existing: Sequence[ExistingPerson],
    *,
    today: date,
    places: Iterable[Facility] = (),
    progress: Progress = no_progress,
) -> Preview:
    """Say what bringing a list in would do.

    Args:
        read: the list from `readers.read_list`.
        existing: everybody the case file knows.
        today: in the time zone of the case file.
        places: every place the case file knows.
        progress: called between steps.

    Raises:
        KnownError: LIST_NO_NAMES, LIST_EMPTY, CANCELLED.
    """
    read = with_heads(read)
    columns = without_counter(recognise(read.columns), read.rows)
    reader = RowReader(columns, today)
    if not (reader.has(Target.NAME) or reader.has(Target.FAMILY_NAME)):
        raise KnownError(Code.LIST_NO_NAMES)
    if not read.rows:
        raise KnownError(Code.LIST_EMPTY)
    progress(1, _STEPS, _("Reading the rows"))
    raw = list(reader.people(read.rows))
    if reader.has(Target.NAME):
        reader.learn_order(raw)
    rows = one_of_each_place([reader.read(row) for row in raw], places)
    language = language_of_names(row.name.whole for row in rows)
    progress(2, _STEPS, _("Looking for likely doubles"))
    doubles = likely_doubles([*_as_candidates(rows), *_known_candidates(existing)])
    progress(3, _STEPS, _("Comparing with the case file"))
    staged = _Stager(existing, columns, reader.fields(), language, doubles).stage(rows, raw)
    keys = {row.key for row in rows if row.key}
    gone = tuple(person.id for person in existing if person.keys and not person.keys & keys)
    return Preview(
        name=read.name,
        sha256=read.sha256,
        source_hint=source_hint(row.link for row in rows),
        language=language,
        columns=columns,
        rows=tuple(staged),
        facilities=_facilities(rows),
        counts=counted(staged, doubles),
        gone=gone,
        notes=_notes(read, columns, gone),
        fields=reader.fields(),
    )


def _notes(read: ReadList, columns: Sequence[ColumnReading], gone: Sequence[str]) -> tuple[Note, ...]:
    counted_rows = any(column.why is Why.COUNTER for column in columns)
    notes = [*read.notes]
    notes += [Note.ROWS_COUNTED] if counted_rows else []
    return (*notes, Note.PEOPLE_GONE) if gone else tuple(notes)


def decide(
    found: Preview,
    choices: Mapping[int, ExistingPerson | None],
    left_out: Collection[int] = (),
) -> Preview:
    """The preview after a person chose for doubtful rows.

    Args:
        found: the preview.
        choices: row number to the person it belongs to, or None for somebody new. Other rows stay.
        left_out: numbers of doubtful rows that are not to be brought in.
    """
    rows: list[StagedRow] = []
    for row in found.rows:
        if row.reading is Reading.DOUBTFUL and row.number in left_out:
            rows.append(attrs.evolve(row, reading=Reading.LEFT_OUT, existing=None))
        elif row.reading is Reading.DOUBTFUL and row.number in choices:
            rows.append(_decided(row, choices[row.number], found))
        else:
            rows.append(row)
    readings = Counter(row.reading for row in rows)
    counts = attrs.evolve(found.counts, **{reading.value: readings[reading] for reading in Reading})
    return attrs.evolve(found, rows=tuple(rows), counts=counts)


def _decided(row: StagedRow, person: ExistingPerson | None, found: Preview) -> StagedRow:
    if person is None:
        return attrs.evolve(row, reading=Reading.NEW, existing=None, changes=())
    joined = join(row.read, person, fields=found.fields, language=found.language)
    return attrs.evolve(
        row,
        reading=Reading.CHANGED if joined.changes else Reading.UNCHANGED,
        existing=person.id,
        changes=joined.changes,
        claim_values=joined.claim_values,
    )


class _Stager:
    """Gives every row its reading."""

    def __init__(
        self,
        existing: Sequence[ExistingPerson],
        columns: Sequence[ColumnReading],
        fields: frozenset[str],
        language: str,
        doubles: Sequence[Double],
    ) -> None:
        self._by_key = {key: person for person in existing for key in person.keys}
        self._by_id = {person.id: person for person in existing}
        self._columns = columns
        self._fields = fields
        self._language = language
        self._doubles = _by_row(doubles)
        self._seen: set[str] = set()

    def stage(self, rows: Sequence[RowRead], raw: Sequence[RawRow]) -> list[StagedRow]:
        return [self._staged(row, cells) for row, cells in zip(rows, raw, strict=True)]

    def _staged(self, row: RowRead, raw: RawRow) -> StagedRow:
        reading, person, extra = self._reading(row)
        candidates = self._candidates(row, person) if reading is Reading.DOUBTFUL else ()
        changes: tuple[FieldChange, ...] = ()
        claim = stated_values(row.values)
        if reading is Reading.CHANGED and person is not None:
            joined = join(row, person, fields=self._fields, language=self._language)
            changes, claim = joined.changes, joined.claim_values
            reading = Reading.CHANGED if changes else Reading.UNCHANGED
        doubles = tuple(
            double
            for double in self._doubles.get(row.number, ())
            if person is None or double.existing != person.id
        )
        return StagedRow(
            number=row.number,
            key=row.key,
            link=row.link,
            reading=reading,
            existing=person.id if person is not None else None,
            values=row.values,
            facility=row.place.key or None,
            changes=changes,
            recognised=row.listing.recognised,
            recognised_on=row.recognised_on,
            declaration=row.declaration,
            claim_values=claim,
            raw=_cells(self._columns, raw),
            problems=row.problems + extra,
            likely_doubles=doubles,
            read=row,
            candidates=candidates,
        )

    def _reading(self, row: RowRead) -> tuple[Reading, ExistingPerson | None, tuple[Problem, ...]]:
        if row.name.empty or row.broken:
            return Reading.REFUSED, None, ()
        if row.key and row.key in self._seen:
            # Who this is cannot be told by the number: the likely one is named and a person chooses.
            return Reading.DOUBTFUL, self._likely(row), (_about(row, ProblemCode.NUMBER_TWICE),)
        self._seen.add(row.key)
        person = self._by_key.get(row.key) if row.key else None
        if person is not None:
            if same_name(row, person):
                hidden = (_about(row, ProblemCode.NAME_WITHDRAWN),) if name_withdrawn(row, person) else ()
                return Reading.CHANGED, person, hidden
            return Reading.DOUBTFUL, person, (_about(row, ProblemCode.OTHER_NAME_SAME_NUMBER),)
        known = self._likely(row)
        # Somebody this source never had, from another list or typed in: a person says whether it is one.
        if known is not None and not known.keys:
            return Reading.DOUBTFUL, known, (_about(row, ProblemCode.KNOWN_FROM_ELSEWHERE),)
        return Reading.NEW, None, ()

    def _likely(self, row: RowRead) -> ExistingPerson | None:
        """Whom the case file knows that this may be, by name and days."""
        likely = next((double for double in self._doubles.get(row.number, ()) if double.existing), None)
        return self._by_id.get(likely.existing or "") if likely is not None else None

    def _candidates(self, row: RowRead, person: ExistingPerson | None) -> tuple[str, ...]:
        """Everybody known a doubtful row may be: the likely one, other likely ones, whose number it is."""
        by_key = self._by_key.get(row.key) if row.key else None
        found = [person.id] if person is not None else []
        found += [double.existing for double in self._doubles.get(row.number, ()) if double.existing]
        found += [by_key.id] if by_key is not None else []
        return tuple(dict.fromkeys(found))


def _about(row: RowRead, code: ProblemCode) -> Problem:
    return Problem(row.number, "", code, Weight.MARKED)


def _cells(columns: Sequence[ColumnReading], raw: RawRow) -> tuple[ListCell, ...]:
    titles = [column.title for column in columns] + [""] * max(0, len(raw.cells) - len(columns))
    return tuple(
        ListCell(column=title, text=text) for title, text in zip(titles, raw.cells, strict=False) if text
    )


def _as_candidates(rows: Sequence[RowRead]) -> list[Candidate]:
    return [
        Candidate(row.number, KnownPerson((row.name.whole,), _day(row, "born"), _day(row, "detained_on")))
        for row in rows
        if not row.name.anonymous and not row.name.empty and not row.broken
    ]


def _known_candidates(existing: Sequence[ExistingPerson]) -> list[Candidate]:
    return [
        Candidate(person.id, KnownPerson(person.names, person.born, person.detained_on), new=False)
        for person in existing
        if person.fields.get("anonymous") is not True
    ]


def _day(row: RowRead, field: str) -> PartialDate | None:
    value = row.values.get(field)
    return value if isinstance(value, PartialDate) else None


def _by_row(doubles: Sequence[Double]) -> dict[int, tuple[LikelyDouble, ...]]:
    found: dict[int, tuple[LikelyDouble, ...]] = {}
    for double in doubles:
        for one, two in ((double.a, double.b), (double.b, double.a)):
            if isinstance(one, int):
                row, person = (two, None) if isinstance(two, int) else (None, str(two))
                shown = LikelyDouble(row, person, double.hint.score, double.hint.reasons)
                found[one] = (*found.get(one, ()), shown)
    return found


def _facilities(rows: Iterable[RowRead]) -> tuple[StagedFacility, ...]:
    """Every place once, with the fullest values any row gives it."""
    places: dict[str, Mapping[str, str]] = {}
    for row in rows:
        if row.place.key and len(row.place.values) > len(places.get(row.place.key, {})):
            places[row.place.key] = row.place.values
    return tuple(StagedFacility(key, values) for key, values in places.items())
