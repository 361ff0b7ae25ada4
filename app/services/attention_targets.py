"""Whom hostile attention may touch beside the one it is recorded from: offered, never decided here."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from app.domain.godparent import Godparent
from app.domain.ports import Reader
from app.domain.prisoner import Prisoner, display_name
from app.domain.relative import Relative
from app.domain.report import Desk
from app.domain.source import Facility
from app.services.context import Context
from app.services.godparents import OVER
from app.services.spoken import spoken


@attrs.frozen
class Target:
    """Something hostile attention can touch.

    Attributes:
        field: name of the field of `RecordAttention` that takes it.
        words: how it is called.
        likely: chosen to begin with.
    """

    field: str
    id: str
    words: str
    likely: bool = False


def related(ctx: Context, noun: str, record: str) -> tuple[Target, ...]:
    """The record itself and what is close to it. Raises KnownError NOT_FOUND, NEEDS_DESK_KEY, NOT_ALLOWED."""
    ctx.require_open_reading()
    with ctx.reading() as reader:
        return tuple(_related(reader, noun, record))


def _related(reader: Reader, noun: str, record: str) -> Iterator[Target]:
    if noun == "godparent":
        godparent = reader.get(Godparent, record)
        yield Target("godparents", record, _name(godparent), likely=True)
    elif noun == "relative":
        relative = reader.get(Relative, record)
        prisoner = reader.get(Prisoner, relative.prisoner or "")
        yield Target("relatives", record, spoken(relative, display_name(prisoner)), likely=True)
        yield from _around(reader, prisoner, likely=False)
    elif noun == "prisoner":
        yield from _around(reader, reader.get(Prisoner, record), likely=True)
    for desk in reader.find(Desk):
        yield Target("desks", desk.id, desk.name)


def _around(reader: Reader, prisoner: Prisoner, *, likely: bool) -> Iterator[Target]:
    yield Target("prisoners", prisoner.id, display_name(prisoner), likely=likely)
    for row in reader.godparenthood_rows(prisoner=prisoner.id):
        if row.state not in OVER:
            yield Target("godparents", row.godparent, row.godparent_name)
    facility = reader.get_many(Facility, [prisoner.facility or ""]).get(prisoner.facility or "")
    if facility is not None:
        yield Target("facilities", facility.id, facility.name)


def _name(godparent: Godparent) -> str:
    return ", ".join(part for part in (godparent.family_name, godparent.given_name) if part)
