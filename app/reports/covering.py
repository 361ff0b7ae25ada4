"""What a series covers of a row: which columns say something, on what grounds, and what was typed. Pure.

Words of a vocabulary, days and places change as a case goes on and are decided anew each time. What somebody
typed about a person (a name, a text, a charge) is new words wherever it is other than the second person saw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from app.domain.canonical import Plain, canonical_bytes
from app.domain.fields import Kind
from app.reports.composed import Cell
from app.reports.kinds import KindColumn, decided_name
from app.reports.standing import Candidate

_TYPED: Final = frozenset({Kind.TEXT, Kind.FREE_TEXT, Kind.WORDS, Kind.PARTS, Kind.PICTURE})


@attrs.frozen
class Told:
    """One person as a series keeps them.

    Attributes:
        fields: `column=ground+ground` for each column that says something, in the order of the kind.
        typed: fingerprint of what was typed.
    """

    fields: tuple[str, ...]
    typed: str


def told_of(columns: Sequence[KindColumn], person: Candidate, row: Sequence[Cell]) -> Told:
    """One row of a report."""
    said = [(column, value) for column, value in zip(columns, row, strict=True) if value is not None]
    typed: list[Plain] = [[column.key, value] for column, value in said if is_typed(column)]
    mark = hashlib.sha256(canonical_bytes(typed)).hexdigest()
    return Told(tuple(f"{column.key}={'+'.join(_grounds(column, person))}" for column, _value in said), mark)


def is_typed(column: KindColumn) -> bool:
    """Whether somebody's own words about a person can stand in it; those of a place are the place's."""
    return any(field.kind in _TYPED and field.noun != "facility" for field in column.decided_fields())


def of_places(columns: Sequence[KindColumn]) -> bool:
    """Whether the words of a place can stand in these columns."""
    return any(field.noun == "facility" for column in columns for field in column.decided_fields())


def vocabularies(columns: Sequence[KindColumn]) -> frozenset[str]:
    """The lists of words these columns take theirs from."""
    every = (field for column in columns for field in column.decided_fields())
    return frozenset(field.vocabulary for field in every if field.vocabulary)


def _grounds(column: KindColumn, person: Candidate) -> Iterator[str]:
    names = {decided_name(field) for field in column.decided_fields()}
    found = (person.decisions.get(name) for name in names)
    yield from sorted({str(one.ground) for one in found if one is not None and one.allowed and one.ground})
