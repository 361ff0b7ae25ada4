"""What a person chose for doubtful rows, and rows that are the person of another row.

A row of another row follows it: to somebody new it adds what that row does not say, with somebody known it is
compared as any other, and while the other row waits or is left out it waits too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import attrs

from app.domain.field_values import is_empty
from app.intake.joining import ExistingPerson, FieldChange
from app.intake.problems import Problem, ProblemCode, Weight
from app.intake.staged import Preview, Reading, StagedRow, row_candidate
from app.intake.stager import as_person

_SAYS_NOTHING: Final = frozenset({"family_name", "given_name", "patronymic", "anonymous"})
"""Of a row known to be somebody already the name says nothing more."""


def decide(
    found: Preview,
    choices: Mapping[int, ExistingPerson | int | None],
    left_out: Collection[int] = (),
    known: Mapping[str, ExistingPerson] | None = None,
) -> Preview:
    """The preview after a person chose for doubtful rows.

    Args:
        found: the preview.
        choices: number of a doubtful row to the person it belongs to, the number of the row whose person it
            is, or None for somebody new.
        left_out: numbers of doubtful rows that are not to be brought in.
        known: everybody the list was compared with, by id.
    """
    rows: list[StagedRow] = []
    for row in found.rows:
        if row.reading is Reading.DOUBTFUL and row.number in left_out:
            rows.append(attrs.evolve(row, reading=Reading.LEFT_OUT, existing=None, changes=(), same_as=None))
        elif row.reading is Reading.DOUBTFUL and row.number in choices:
            rows.append(_decided(row, choices[row.number], found))
        else:
            rows.append(row)
    made = settled(rows, known or {}, found.fields, found.language)
    readings = Counter(row.reading for row in made)
    counts = attrs.evolve(found.counts, **{reading.value: readings[reading] for reading in Reading})
    return attrs.evolve(found, rows=made, counts=counts)


def _decided(row: StagedRow, choice: ExistingPerson | int | None, found: Preview) -> StagedRow:
    if choice is None:
        return attrs.evolve(row, reading=Reading.NEW, existing=None, changes=(), same_as=None)
    if isinstance(choice, int):
        return attrs.evolve(row, reading=Reading.JOINED, existing=None, changes=(), same_as=choice)
    chosen = attrs.evolve(row, same_as=None)
    return as_person(chosen, choice, found.fields, found.language)


def settled(
    rows: Sequence[StagedRow], known: Mapping[str, ExistingPerson], fields: frozenset[str], language: str
) -> tuple[StagedRow, ...]:
    """The rows, each that is another row's person made what that row is.

    Args:
        rows: in the order of the file; a row refers only to one before it or to one that refers to nobody.
        known: everybody the list was compared with, by id.
        fields: of a prisoner the list says something about.
        language: of its names.
    """
    if not any(row.same_as is not None for row in rows):
        return tuple(rows)
    by_number = {row.number: row for row in rows}
    told: dict[int, set[str]] = {}
    for row in rows:
        if row.same_as is None:
            continue
        first = _first(row, by_number)
        person = known.get(first.existing or "") if first is not None else None
        if first is None or first.reading in (Reading.DOUBTFUL, Reading.REFUSED, Reading.LEFT_OUT):
            by_number[row.number] = _waiting(row, first)
        elif first.reading is Reading.NEW:
            by_number[row.number] = _added(row, first, told.setdefault(first.number, set()))
        elif person is not None:
            same = as_person(_as_read(row), person, fields, language)
            by_number[row.number] = _recognised_as(same, first)
    return tuple(by_number[row.number] for row in rows)


def _first(row: StagedRow, rows: Mapping[int, StagedRow]) -> StagedRow | None:
    """The row at the end of the references, or None where they lead nowhere."""
    seen = {row.number}
    found: StagedRow | None = row
    while found is not None and found.same_as is not None:
        found = rows.get(found.same_as)
        if found is None or found.number in seen:
            return None
        seen.add(found.number)
    return found


def _as_read(row: StagedRow) -> StagedRow:
    """The row with everything it says, whatever was made of it before."""
    return attrs.evolve(row, values=row.read.values, facility=row.read.place.key or None, stated=None)


def _waiting(row: StagedRow, first: StagedRow | None) -> StagedRow:
    candidates = (row_candidate(first.number), *row.candidates) if first is not None else row.candidates
    return attrs.evolve(
        _as_read(row),
        reading=Reading.DOUBTFUL,
        existing=None,
        changes=(),
        candidates=tuple(dict.fromkeys(candidates)),
        problems=_with(row, ProblemCode.NAMED_ELSEWHERE),
        same_as=None,
    )


def _added(row: StagedRow, first: StagedRow, told: set[str]) -> StagedRow:
    """What a row adds to somebody new in another row; where both say something, the first one counts."""
    said = {name: value for name, value in row.read.values.items() if name not in _SAYS_NOTHING}
    new = {
        name: value for name, value in said.items() if is_empty(first.values.get(name)) and name not in told
    }
    told.update(new)
    differs = any(
        not is_empty(first.values.get(name)) and first.values.get(name) != value
        for name, value in said.items()
    ) or any(name in told and name not in new for name in said if is_empty(first.values.get(name)))
    added = attrs.evolve(
        row,
        reading=Reading.JOINED,
        existing=None,
        same_as=first.number,
        values=new,
        changes=tuple(FieldChange(name, None, value) for name, value in new.items()),
        stated=None,
        facility=(row.read.place.key or None) if first.facility is None else None,
        problems=_with(row, ProblemCode.OTHER_ROW_SAYS_ELSE) if differs else row.problems,
        likely_doubles=tuple(one for one in row.likely_doubles if one.row != first.number),
    )
    return _recognised_as(added, first)


def _recognised_as(row: StagedRow, first: StagedRow) -> StagedRow:
    """A row that tells no status says nothing against the recognition another row states."""
    return row if row.read.values.get("status") else attrs.evolve(row, recognised=first.recognised)


def _with(row: StagedRow, code: ProblemCode) -> tuple[Problem, ...]:
    problem = Problem(row.number, "", code, Weight.MARKED)
    return row.problems if problem in row.problems else (*row.problems, problem)
