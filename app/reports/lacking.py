"""What a report lacks: who is named without something the kind would carry, or with something old. Pure.

The clearance for a photo that is there stands first: it is what takes longest to get. A photo nobody has
stands last, and where many are named only if somebody is shown: an office without photos is not told so a
thousand times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.dates import add_months
from app.domain.fields import Field
from app.domain.ids import RecordId
from app.domain.prisoner import HELD
from app.reports.composed import Cell
from app.reports.kinds import KindColumn, ReportKind
from app.reports.standing import Candidate, may
from app.reports.transform import holder

_FEW: Final = 12
"""Of so few people somebody can be asked for a photo of each."""


@attrs.frozen
class Missing:
    """A person who is in the rows without a value the kind carries (no summary in this language).

    Attributes:
        old: the value stands there, and was checked too long ago.
        there: a photo or quote is there, and may not leave: its clearance is missing.
        once: it may have been used: it is agreed to for one use.
    """

    prisoner: RecordId
    column: str
    old: bool = False
    there: bool = False
    once: bool = False


def is_of_prison(column: KindColumn, person: Candidate) -> bool:
    """Whether a column says where somebody is held or written to who is not in prison any more."""
    if person.prisoner.status in HELD:
        return False
    return any(field.noun == "facility" or field.name == "envelope_name" for field in column.fields)


def missing(
    kind: ReportKind, named: Sequence[Candidate], rows: Sequence[tuple[Cell, ...]], today: date
) -> list[Missing]:
    """Everything it lacks; a column of pictures nobody has goes."""
    pictures = {column.key: place for place, column in enumerate(kind.columns) if column.shows_picture}
    found = list(_missing(kind, named, rows, today))
    absent = [one for one in found if one.column in pictures and not one.there]
    shown = any(row[place] is not None for row in rows for place in pictures.values())
    others = [one for one in found if one.there or one.column not in pictures]
    first = sorted(others, key=lambda one: one.column not in pictures)
    return [*first, *(absent if shown or len(named) <= _FEW else ())]


def _missing(
    kind: ReportKind, named: Sequence[Candidate], rows: Sequence[tuple[Cell, ...]], today: date
) -> Iterator[Missing]:
    for person, row in zip(named, rows, strict=True):
        for column, value in zip(kind.columns, row, strict=True):
            there = (column.shows_picture or column.used_once) and _is_there(column, person)
            wanted = column.shows_picture or there or not column.optional
            if value is None and wanted and not _is_refused(column, person):
                yield Missing(person.prisoner.id, column.key, there=there, once=column.used_once)
            elif value is not None and _is_old(column, person, today):
                yield Missing(person.prisoner.id, column.key, old=True)


def _is_refused(column: KindColumn, person: Candidate) -> bool:
    """Whether a column says nothing because what it hangs on says no, or nothing: then it is not missing."""
    if is_of_prison(column, person) or (column.only_with and not may(column.only_with, person)):
        return True
    return column.only_if is not None and str(getattr(person.prisoner, column.only_if.name)) == "no"


def _is_there(column: KindColumn, person: Candidate) -> bool:
    """Whether what may not leave stands there all the same."""
    return any(_value(field, person) not in (None, "", ()) for field in column.fields) and not may(
        column, person
    )


def _value(field: Field, person: Candidate) -> object:
    record = holder(field, person.prisoner, person.facility, person.texts)
    return getattr(record, field.name) if record is not None else None


def _is_old(column: KindColumn, person: Candidate, today: date) -> bool:
    """Whether a day that has to be fresh lies too far back."""
    if not column.fresh_months:
        return False
    day = _value(column.fields[0], person)
    return isinstance(day, date) and add_months(day, column.fresh_months) < today
