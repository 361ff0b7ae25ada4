"""Rows of godparents and godparenthoods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.dates import PartialDate
from app.domain.rows import GodparenthoodRow, GodparentRow
from app.storage.connection import Row, Value
from app.storage.core import Core
from app.storage.records import among, number, optional_text, text

_GODPARENTS: Final = """
SELECT g.id, g.version, json_extract(g.body, '$.family_name'), json_extract(g.body, '$.given_name'),
       json_extract(g.body, '$.what'), json_extract(g.body, '$.office'), json_extract(g.body, '$.chamber'),
       json_extract(g.body, '$.country'), json_extract(g.body, '$.party'),
       json_extract(g.body, '$.term_until'), json_extract(g.body, '$.protocol_version'),
       (SELECT count(*) FROM main.godparenthood h WHERE h.godparent = g.id),
       (SELECT count(*) FROM main.godparenthood h WHERE h.godparent = g.id AND h.state = 'active'),
       (SELECT max(json_extract(a.body, '$.on')) FROM main.godparent_action a WHERE a.godparent = g.id)
FROM main.godparent g
WHERE {where}
ORDER BY 3, 4, 1
"""

_GODPARENTHOODS: Final = """
SELECT h.id, h.version, h.prisoner, json_extract(p.body, '$.family_name'),
       json_extract(p.body, '$.given_name'), p.reference, h.godparent,
       json_extract(g.body, '$.family_name'), json_extract(g.body, '$.given_name'),
       json_extract(g.body, '$.country'), h.state, json_extract(h.body, '$.since'),
       json_extract(h.body, '$.ended_on')
FROM main.godparenthood h
JOIN main.prisoner p ON p.id = h.prisoner
JOIN main.godparent g ON g.id = h.godparent
WHERE (?1 IS NULL OR h.prisoner = ?1) AND (?2 IS NULL OR h.godparent = ?2)
ORDER BY 4, 5, 8, 9, 1
"""


def rows(core: Core, ids: Sequence[str] | None) -> list[GodparentRow]:
    """See `ports.Reader.godparent_rows`."""
    where, values = among("g.id", ids)
    return [_godparent(row) for row in core.connection.rows(_GODPARENTS.format(where=where), values)]


def godparenthoods(core: Core, prisoner: str | None, godparent: str | None) -> list[GodparenthoodRow]:
    """See `ports.Reader.godparenthood_rows`."""
    return [_godparenthood(row) for row in core.connection.rows(_GODPARENTHOODS, (prisoner, godparent))]


def _godparent(row: Row) -> GodparentRow:
    return GodparentRow(
        id=text(row[0]),
        version=number(row[1]),
        name=_name(row[2], row[3]),
        what=optional_text(row[4]) or "",
        office=optional_text(row[5]) or "",
        chamber=optional_text(row[6]) or "",
        country=optional_text(row[7]) or "",
        party=optional_text(row[8]) or "",
        term_until=_partial(row[9]),
        protocol_version=optional_text(row[10]) or "",
        godparenthoods=number(row[11]),
        active=number(row[12]),
        last_action_on=date.fromisoformat(text(row[13])) if row[13] else None,
    )


def _godparenthood(row: Row) -> GodparenthoodRow:
    return GodparenthoodRow(
        id=text(row[0]),
        version=number(row[1]),
        prisoner=text(row[2]),
        prisoner_name=_name(row[3], row[4]) or optional_text(row[5]) or "",
        godparent=text(row[6]),
        godparent_name=_name(row[7], row[8]),
        godparent_country=optional_text(row[9]) or "",
        state=optional_text(row[10]) or "",
        since=_partial(row[11]),
        ended_on=_partial(row[12]),
    )


def _name(family: Value, given: Value) -> str:
    return ", ".join(part for part in (optional_text(family), optional_text(given)) if part)


def _partial(value: Value) -> PartialDate | None:
    return PartialDate.from_stored(text(value)) if value else None
