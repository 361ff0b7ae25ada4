"""The preview of a list: what every row would do, before anything is written.

Pure: a list that was read and the people who are known go in, one frozen `Preview` comes out. Nothing in it
is consent. Cells without an open field of their own stand only in `StagedRow.raw`, which is kept sealed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from app.collecting import nothing_to_collect
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, at_once, no_progress, part_of
from app.domain.source import Facility
from app.i18n import _
from app.intake.counting import counted
from app.intake.deciding import decide, settled
from app.intake.duplicates import Candidate, pairs_of
from app.intake.how_read import HowRead
from app.intake.joining import ExistingPerson, FieldChange
from app.intake.mapping import Why
from app.intake.parts import Part, file_notes, parts_of, whole
from app.intake.readers import ReadList
from app.intake.reading import RowRead, RowReader
from app.intake.said_before import SaidBefore
from app.intake.same_places import one_of_each_place
from app.intake.source_hint import language_of_names, source_hint
from app.intake.staged import (
    Beside,
    Counts,
    LikelyDouble,
    Preview,
    Reading,
    StagedFacility,
    StagedRow,
)
from app.intake.stager import Stager
from app.intake.table import Note
from app.names.same_person import KnownPerson

__all__ = [
    "Counts", "ExistingPerson", "FieldChange", "LikelyDouble", "Preview", "Reading", "StagedFacility",
    "StagedRow", "decide", "preview",
]  # fmt: skip

_ROWS: Final = (0, 60, 100)  # of the whole time, measured
_PAIRS: Final = (60, 75, 100)
_COMPARING: Final = (75, 100, 100)
_SLICE: Final = 500


def preview(
    read: ReadList,
    existing: Sequence[ExistingPerson],
    *,
    today: date,
    places: Iterable[Facility] = (),
    progress: Progress = no_progress,
) -> Preview:
    """Say what bringing one table in would do, as it is read when nobody chose anything.

    Raises:
        KnownError: LIST_NO_NAMES, LIST_EMPTY, CANCELLED.
    """
    parts = parts_of((read,), HowRead())
    check_readable(parts)
    return preview_parts(parts, existing, today=today, places=places, progress=progress)


def check_readable(parts: Sequence[Part]) -> None:
    """Refuse a file nothing of which can be brought in.

    Raises:
        KnownError: LIST_NO_NAMES, LIST_EMPTY.
    """
    if any(part.taken for part in parts):
        return
    named = any(part.names_people for part in parts)
    raise KnownError(Code.LIST_EMPTY if named else Code.LIST_NO_NAMES)


def preview_parts(
    parts: Sequence[Part],
    existing: Sequence[ExistingPerson],
    *,
    today: date,
    places: Iterable[Facility] = (),
    progress: Progress = no_progress,
) -> Preview:
    """Say what bringing the parts of a file in would do; nothing is in it where no part is taken.

    Args:
        parts: of the file, from `parts.parts_of`.
        existing: everybody the case file knows.
        today: in the time zone of the case file.
        places: every place the case file knows.
        progress: called between steps; it may cancel.

    Raises:
        KnownError: CANCELLED.
    """
    with nothing_to_collect():
        return _preview(parts, existing, today, places, progress)


def _preview(
    parts: Sequence[Part],
    existing: Sequence[ExistingPerson],
    today: date,
    places: Iterable[Facility],
    progress: Progress,
) -> Preview:
    taken = [part for part in parts if part.taken]
    read = [one for part in taken for one in _rows_of(part, today, _share(progress, part, taken))]
    rows = one_of_each_place([row for row, _beside in read], places)
    language = language_of_names([row.name.whole for row in rows])
    fields = frozenset(field for part in taken for field in _reader(part, today).fields())
    candidates = [*_as_candidates(rows), *_known_candidates(existing)]
    doubles = at_once(pairs_of(candidates, part_of(progress, *_PAIRS)))
    stager = Stager(existing, fields, language, doubles, SaidBefore(existing, rows))
    staged = _staged(stager, rows, [beside for _row, beside in read], part_of(progress, *_COMPARING))
    staged = settled(staged, {person.id: person for person in existing}, fields, language)
    complete = whole(parts) and not all(part.of_families for part in taken)
    gone = _gone(existing, staged) if complete else ()
    first = (taken or parts)[0]
    return Preview(
        name=first.read.name,
        sha256=first.read.sha256,
        source_hint=source_hint([row.link for row in rows]),
        language=language,
        columns=first.columns,
        rows=staged,
        facilities=_facilities(rows),
        counts=counted(staged, doubles),
        gone=gone,
        notes=_notes(parts, gone),
        fields=fields,
        whole=complete,
    )


def _gone(existing: Sequence[ExistingPerson], rows: Sequence[StagedRow]) -> tuple[str, ...]:
    """Whom this source named, by a number or without one, and does not now; who may be meant is not gone."""
    keys = {row.key for row in rows if row.key}
    meant = {one for row in rows for one in (row.existing, *row.candidates)}
    return tuple(
        one.id
        for one in existing
        if (not one.keys & keys if one.keys else one.stated and one.id not in meant)
    )


def _share(progress: Progress, part: Part, taken: Sequence[Part]) -> Progress:
    """The share of one part in the time its rows take to be read."""
    first, last, of = _ROWS
    total = max(1, sum(len(one.rows) for one in taken))
    before = sum(len(one.rows) for one in taken if one.number < part.number)
    start, end = (first + (last - first) * rows // total for rows in (before, before + len(part.rows)))
    return part_of(progress, start, end, of)


def _rows_of(part: Part, today: date, progress: Progress) -> Iterator[tuple[RowRead, Beside]]:
    """Every row of a part, read."""
    reader = _reader(part, today)
    raw = list(reader.people(part.rows))
    reader.learn_order(raw)
    comments = _comments(part) if part.with_comments else {}
    for done, row in enumerate(raw):
        if done % _SLICE == 0:
            progress(done, len(raw), _("Reading the rows"))
        yield reader.read(row), Beside(part.columns, row, reader.continues(row), comments.get(row.number, ()))


def _reader(part: Part, today: date) -> RowReader:
    return RowReader(part.columns, today, of_families=part.of_families)


def _comments(part: Part) -> dict[int, tuple[str, ...]]:
    """What stands beside the cells of each row, under the head of the column."""
    found: dict[int, tuple[str, ...]] = {}
    for one in part.read.comments:
        title = part.columns[one.column].title.strip() if one.column < len(part.columns) else ""
        found[one.row] = (*found.get(one.row, ()), f"{title}: {one.text}" if title else one.text)
    return found


def _staged(
    stager: Stager, rows: Sequence[RowRead], beside: Sequence[Beside], progress: Progress
) -> tuple[StagedRow, ...]:
    found: dict[int, StagedRow] = {}
    places = sorted(range(len(rows)), key=lambda place: rows[place].of_family)  # whose they are comes first
    for done, place in enumerate(places):
        if done % _SLICE == 0:
            progress(done, len(rows), _("Comparing with the case file"))
        found[place] = stager.staged(rows[place], beside[place])
    return tuple(found[place] for place in range(len(rows)))


def _notes(parts: Sequence[Part], gone: Sequence[str]) -> tuple[Note, ...]:
    taken = [part for part in parts if part.taken]
    counted_rows = any(column.why is Why.COUNTER for part in taken for column in part.columns)
    notes = [*file_notes(parts), *([Note.ROWS_COUNTED] if counted_rows else [])]
    readable = Note.NO_NAMES not in notes  # a list of something else lost nobody
    return (*notes, Note.PEOPLE_GONE) if gone and readable else tuple(notes)


def _as_candidates(rows: Sequence[RowRead]) -> list[Candidate]:
    return [
        Candidate(row.number, KnownPerson(row.name.spellings, _day(row, "born"), _day(row, "detained_on")))
        for row in rows
        if not (row.name.anonymous or row.name.empty or row.broken or row.of_family)
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


def _facilities(rows: Iterable[RowRead]) -> tuple[StagedFacility, ...]:
    """Every place once, with the fullest values any row gives it."""
    places: dict[str, Mapping[str, str]] = {}
    for row in rows:
        if row.place.key and len(row.place.values) > len(places.get(row.place.key, {})):
            places[row.place.key] = row.place.values
    return tuple(StagedFacility(key, values) for key, values in places.items())
