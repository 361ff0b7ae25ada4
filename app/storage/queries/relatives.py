"""Relatives of the opened register with everything their lines are computed from. Never an identity."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, TypeVar

from app.domain.conversation import Conversation, Countersign
from app.domain.field_values import from_plain
from app.domain.hold import RelativeHold, RelativeHoldStep
from app.domain.port_values import RelativeFacts, RelativeHead
from app.domain.ports import Record
from app.domain.relative import Relative
from app.domain.two_people import Stop, stops_after
from app.storage.connection import Value
from app.storage.core import Core
from app.storage.queries.steps import not_theirs, steps
from app.storage.records import among, number, optional_text, read_body, text

_T = TypeVar("_T", bound=Record)

_RELATIVES: Final = """
SELECT r.id, r.version, r.body, json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'),
       p.reference, p.owner
FROM temp.relative r LEFT JOIN main.prisoner p ON p.id = r.prisoner
WHERE {where}
"""
_HEADS: Final = """
SELECT r.id, r.version, r.prisoner,
       json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'), p.reference,
       p.owner, json_extract(r.body, '$.relation'), json_extract(r.body, '$.nickname'),
       json_extract(r.body, '$.asking')
FROM temp.relative r JOIN main.prisoner p ON p.id = r.prisoner
WHERE {where}
"""
_SPOKEN_FOR: Final = """
SELECT r.prisoner FROM temp.relative r
WHERE r.id IN (SELECT relative FROM temp.conversation UNION SELECT relative FROM temp.relative_hold)
"""
_OF = "SELECT c.relative, c.id, c.version, c.body FROM temp.{table} c{join} WHERE {where} ORDER BY c.id"


def facts(core: Core, prisoners: Collection[str] | None, ids: Sequence[str] | None) -> list[RelativeFacts]:
    """See `ports.Reader.relative_facts` and `families_of`."""
    where, values = among("r.id", ids)
    if prisoners is not None:
        of_these, more = among("r.prisoner", prisoners)
        where, values = f"{where} AND {of_these}", [*values, *more]
    relatives = list(core.connection.rows(_RELATIVES.format(where=where), values))
    # Here and not in SQL: setting a sorter up costs more than finding one family.
    relatives.sort(key=lambda row: (optional_text(row[3]) or "", optional_text(row[4]) or "", text(row[0])))
    # All or a few: a list of ids costs less than the whole register only when it is short.
    some = None if prisoners is None and ids is None else [text(row[0]) for row in relatives]
    conversations = _by_relative(core, Conversation, "conversation", some)
    stops = _stops(core, some)
    countersigns = _countersigns(core, some)
    return [
        RelativeFacts(
            relative=from_plain(Relative, read_body(text(row[2])), id=text(row[0]), version=number(row[1])),
            prisoner_name=_name(row[3], row[4], row[5]),
            owner=optional_text(row[6]),
            conversations=tuple(sorted(conversations.get(text(row[0]), []), key=_when)),
            countersigns=tuple(countersigns.get(text(row[0]), [])),
            holds=tuple(stops.get(text(row[0]), ())),
        )
        for row in relatives
    ]


def heads(core: Core, prisoner: str | None, ids: Sequence[str] | None) -> list[RelativeHead]:
    """See `ports.Reader.relative_heads`."""
    where, values = among("r.id", ids)
    if prisoner is not None:
        where, values = f"{where} AND r.prisoner = ?", [*values, prisoner]
    return [
        RelativeHead(
            id=text(row[0]),
            version=number(row[1]),
            prisoner=text(row[2]),
            prisoner_name=_name(row[3], row[4], row[5]),
            owner=optional_text(row[6]),
            relation=optional_text(row[7]) or "",
            nickname=optional_text(row[8]) or "",
            asking=optional_text(row[9]) or "",
        )
        for row in core.connection.rows(_HEADS.format(where=where), values)
    ]


def spoken_for(core: Core) -> frozenset[str]:
    """See `ports.Reader.spoken_for`."""
    return frozenset(optional_text(row[0]) or "" for row in core.connection.rows(_SPOKEN_FOR))


def _name(family: Value, given: Value, reference: Value) -> str:
    parts = [part for part in (optional_text(family), optional_text(given)) if part]
    return ", ".join(parts) or optional_text(reference) or ""


def _when(conversation: Conversation) -> tuple[str, str]:
    held = conversation.held_on.first.isoformat() if conversation.held_on else ""
    recorded = conversation.recorded_at.isoformat() if conversation.recorded_at else ""
    return held or recorded[:10], recorded


def _by_relative(core: Core, cls: type[_T], table: str, ids: Sequence[str] | None) -> dict[str, list[_T]]:
    where, values = among("c.relative", ids)
    found: dict[str, list[_T]] = {}
    for row in core.connection.rows(_OF.format(table=table, join="", where=where), values):
        record = from_plain(cls, read_body(text(row[3])), id=text(row[1]), version=number(row[2]))
        found.setdefault(optional_text(row[0]) or "", []).append(record)
    return found


def _stops(core: Core, ids: Sequence[str] | None) -> dict[str, list[Stop[RelativeHold]]]:
    by_relative = _by_relative(core, RelativeHold, "relative_hold", ids)
    holds = [hold for some in by_relative.values() for hold in some]
    found: dict[str, list[Stop[RelativeHold]]] = {}
    taken = steps(core, RelativeHoldStep) if holds else []
    for stop in stops_after(holds, taken, not_theirs(core, taken)):
        found.setdefault(stop.hold.relative or "", []).append(stop)
    return found


def _countersigns(core: Core, ids: Sequence[str] | None) -> dict[str, list[Countersign]]:
    where, values = among("v.relative", ids)
    found: dict[str, list[Countersign]] = {}
    query = f"SELECT v.relative, c.id, c.version, c.body FROM temp.countersign c JOIN temp.conversation v ON v.id = c.conversation WHERE {where} ORDER BY c.id"  # noqa: S608, E501
    for row in core.connection.rows(query, values):
        record = from_plain(Countersign, read_body(text(row[3])), id=text(row[1]), version=number(row[2]))
        found.setdefault(optional_text(row[0]) or "", []).append(record)
    return found
