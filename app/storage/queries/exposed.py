"""Whose every closed record is and under which desk's key it lies. Never an identity, never a value."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Final

from app.domain.clock import stored_moment
from app.domain.exposure_port import OpenableHead, OwnedBy, Unreadable
from app.storage.core import Core
from app.storage.layout import Layout, Sort, layouts
from app.storage.old_items import SealedOld
from app.storage.records import among, number, optional_text, text

_RELATIVE: Final = "relative"
_ON_ID: Final = "proposal"
"""A proposal names what it is about in a plain field, because that may be a prisoner or a person too."""
_MOMENT: Final = "json_extract(CAST(body AS TEXT), '$.moment')"
_OPENABLE: Final = """
SELECT r.id, r.prisoner, json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'),
       p.reference, json_extract(r.body, '$.relation'), json_extract(r.body, '$.whereabouts'), s.desk, s.epoch
FROM temp.relative r JOIN main.sealed s ON s.id = r.id LEFT JOIN main.prisoner p ON p.id = r.prisoner
"""


def entries_between(core: Core, first: datetime, last: datetime) -> tuple[int, int]:
    """See `ports.Reader.entries_between`."""
    begin = core.connection.one(
        f"SELECT min(sequence) FROM entry WHERE {_MOMENT} >= ?",  # noqa: S608 - ours
        (stored_moment(first),),
    )
    end = core.connection.one(
        f"SELECT max(sequence) FROM entry WHERE {_MOMENT} <= ?",  # noqa: S608 - ours
        (stored_moment(last),),
    )
    if begin is None or end is None or begin[0] is None or end[0] is None:
        return 1, 0
    first_entry, last_entry = number(begin[0]), number(end[0])
    return (first_entry, last_entry) if first_entry <= last_entry else (1, 0)


def closed_of(core: Core, relative: str | None) -> Mapping[str, OwnedBy]:
    """See `ports.Reader.closed_of`."""
    found: dict[str, OwnedBy] = {}
    nouns: dict[str, set[str]] = {}
    for record, owner, identity in _relatives(core, relative):
        found[record] = OwnedBy(_RELATIVE, owner)
        nouns.setdefault(_RELATIVE, set()).add(record)
        if identity:
            found[identity] = OwnedBy("identity", owner)
    for layout, column, refers_to in _steps():
        for record, about in _rows(core, layout, column, nouns.get(refers_to), whole=relative is None):
            owned = found.get(about)
            if owned is not None:
                found.setdefault(record, OwnedBy(layout.noun, owned.relative))
                nouns.setdefault(layout.noun, set()).add(record)
    return found


@cache
def _steps() -> tuple[tuple[Layout, str, str], ...]:
    """Closed nouns with the field that leads to a relative, those that lead there directly first."""
    closed = [layout for layout in layouts() if layout.sort is Sort.REGISTER and layout.noun != _RELATIVE]
    direct = [
        (layout, field.name, _RELATIVE)
        for layout in closed
        for field in layout.references
        if field.refers_to == _RELATIVE
    ]
    direct += [(layout, "on_id", _RELATIVE) for layout in closed if layout.noun == _ON_ID]
    through = {layout.noun for layout, _field, _noun in direct}
    further = [
        (layout, field.name, str(field.refers_to))
        for layout in closed
        for field in layout.references
        if field.refers_to in through and layout.noun not in through
    ]
    return (*direct, *further)


def _relatives(core: Core, relative: str | None) -> Iterator[tuple[str, str, str | None]]:
    where, values = among("id", None if relative is None else [relative])
    for row in core.connection.rows(f"SELECT id, identity FROM temp.relative WHERE {where}", values):  # noqa: S608
        yield text(row[0]), text(row[0]), optional_text(row[1])


def _rows(
    core: Core, layout: Layout, column: str, about: Collection[str] | None, *, whole: bool
) -> Iterator[tuple[str, str]]:
    if not about:
        return
    named = f'"{column}"' if column != "on_id" else "json_extract(body, '$.on_id')"
    where, values = among(named, None if whole else about)
    query = f'SELECT id, {named} FROM temp."{layout.temp}" WHERE {where}'  # noqa: S608 - our own nouns
    for row in core.connection.rows(query, values):
        yield text(row[0]), optional_text(row[1]) or ""


def openable(core: Core) -> list[OpenableHead]:
    """See `ports.Reader.openable`."""
    found: list[OpenableHead] = []
    for row in core.connection.rows(_OPENABLE):
        names = (part for part in (optional_text(row[2]), optional_text(row[3])) if part)
        places = core.log.places(text(row[0]))
        found.append(
            OpenableHead(
                id=text(row[0]),
                prisoner=optional_text(row[1]) or "",
                prisoner_name=", ".join(names) or optional_text(row[4]) or "",
                relation=optional_text(row[5]) or "",
                whereabouts=optional_text(row[6]) or "",
                added=places[0].sequence if places else 0,
                under=(text(row[7]), number(row[8])),
            )
        )
    found.sort(key=lambda one: (one.prisoner_name.casefold(), one.relation, one.id))
    return found


def lies_under(core: Core, records: Collection[str]) -> frozenset[tuple[str, int]]:
    """See `ports.Reader.lies_under`."""
    where, values = among("id", records)
    rows = core.connection.rows(f"SELECT DISTINCT desk, epoch FROM sealed WHERE {where}", values)  # noqa: S608
    now = {(text(row[0]), number(row[1])) for row in rows}
    before = (one.old for one in core.old_values.of_records(*records))
    return frozenset(now | {(old.desk, old.epoch) for old in before if isinstance(old, SealedOld)})


def unreadable(core: Core) -> Unreadable:
    """See `ports.Reader.unreadable`."""
    rows = [(text(row[0]), text(row[1])) for row in core.connection.rows("SELECT id, desk FROM sealed")]
    there = {record for record, _desk in rows}
    mine = core.registers.desks
    return Unreadable(
        gone=frozenset(core.log.ever_sealed()) - there,
        elsewhere=sum(desk not in mine for _record, desk in rows),
        damaged=len(core.registers.damaged),
    )
