"""What a person sees before merging, and what was merged before: read only."""

from __future__ import annotations

from datetime import datetime

import attrs

from app.domain.field_values import is_empty
from app.domain.godparent import Godparenthood
from app.domain.merging import to_choose, told, united
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.source import Claim
from app.services.context import Context
from app.services.same_person import root_of, standing
from app.services.unmerging import merged_in


@attrs.frozen
class Moving:
    """How much moves along with a record; None for what my keys do not tell."""

    relatives: int | None
    claims: int
    godparenthoods: int


@attrs.frozen
class Compared:
    """Two records side by side.

    Attributes:
        choose: fields in which only one value can stay.
        united: fields of which both stay.
        one_says: fields only one of them fills.
        left_moves, right_moves: what would move if that one went.
    """

    left: Prisoner
    right: Prisoner
    choose: tuple[str, ...]
    united: tuple[str, ...]
    one_says: tuple[str, ...]
    left_moves: Moving
    right_moves: Moving


@attrs.frozen
class MergedRow:
    """A record that leads to another one."""

    id: str
    reference: str
    name: str
    into: str
    into_reference: str
    into_name: str
    at: datetime | None
    by: str


def compared(reader: Reader, left: str, right: str) -> Compared:
    """Two standing records. Raises KnownError NOT_FOUND, MERGED_AWAY."""
    one, other = standing(reader, left), standing(reader, right)
    choose, both = to_choose(one, other), united(one, other)
    one_says = tuple(
        name
        for name, value in told(one).items()
        if name not in both and is_empty(value) != is_empty(getattr(other, name))
    )
    return Compared(one, other, choose, both, one_says, moving(reader, left), moving(reader, right))


def moving(reader: Reader, prisoner: str) -> Moving:
    """How much moves along with a record."""
    return Moving(
        relatives=len(reader.relative_heads(prisoner)) if reader.has_desk_key else None,
        claims=reader.count(Claim, prisoner=prisoner),
        godparenthoods=reader.count(Godparenthood, prisoner=prisoner),
    )


def merged_rows(ctx: Context, reader: Reader) -> tuple[MergedRow, ...]:
    """Every record that leads to another, newest first."""
    found = []
    for one in reader.merged_with():
        into = reader.get(Prisoner, root_of(reader, one.id))
        by = reader.entry(merged_in(reader, one.id)).person
        row = MergedRow(
            one.id,
            one.reference,
            display_name(one),
            into.id,
            into.reference,
            display_name(into),
            one.merged_at,
            ctx.name_of(by),
        )
        found.append(row)
    return tuple(sorted(found, key=lambda row: str(row.at), reverse=True))
