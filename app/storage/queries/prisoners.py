"""Rows of the Prisoners table.

Bodies are read whole and taken apart here: asking SQL for ten values of one body would parse it ten times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from app.domain.canonical import Plain
from app.domain.dates import PartialDate
from app.domain.field_values import from_plain
from app.domain.hold import Hold, HoldStep
from app.domain.ids import PersonId, RecordId
from app.domain.prisoner import Prisoner
from app.domain.rows import Light, PrisonerRow
from app.domain.signposts import Signposts
from app.domain.stop_reach import touches
from app.domain.two_people import stops_after
from app.place_words import short_words
from app.storage.connection import Connection, Row, Value
from app.storage.core import Core
from app.storage.queries import merged
from app.storage.queries.steps import not_theirs, steps
from app.storage.records import among, number, read_body, text

# A godparenthood that stands: accepted or active (product.md keeps the three numbers apart elsewhere).
_STANDING: Final = "('accepted', 'active')"

_NEVER: Final = "9999-12-31"

# A record that was merged with another is no line of the table.
_MERGED: Final = "merged_into"
_PRISONERS: Final = """
SELECT p.id, p.version, p.body, c.body
FROM main.prisoner p LEFT JOIN temp.prisoner_closed c ON c.id = p.id
WHERE {where}
"""
_GODPARENTS: Final = f"""
SELECT g.prisoner, count(*) FROM main.godparenthood g
WHERE {{where}} AND g.state IN {_STANDING}
GROUP BY g.prisoner
"""  # noqa: S608 - our own words
_HOLDS: Final = "SELECT h.id, h.body FROM main.hold h WHERE {where} AND h.on_noun = 'prisoner'"
_WIDE: Final = (
    "SELECT h.id, h.body FROM main.hold h WHERE h.on_noun IN ('facility', 'country', 'desk', 'case_file')"
)
# Canonical text has one spelling, so most clearances need not be parsed; what is found is read properly.
_CLEARED: Final = """
SELECT c.body FROM main.clearance c
WHERE {where} AND instr(c.body, ?) AND instr(c.body, ?)
"""


@attrs.frozen
class _Beside:
    """What other tables say of these prisoners.

    Attributes:
        places: short words of a place, by its id.
        godparents: how many stand, by prisoner.
        stopped: prisoners under a stop of their own.
        wide: stops that act on what people have in common: a place, a country, a desk, the case file.
        cleared: until when the purpose is cleared, by prisoner.
    """

    places: Mapping[str, str]
    godparents: Mapping[str, int]
    stopped: frozenset[str]
    wide: Sequence[Hold]
    cleared: Mapping[str, str]


def rows(core: Core, on: date, ids: Sequence[str] | None, purpose: str, audience: str) -> list[PrisonerRow]:
    """See `ports.Reader.prisoner_rows`; opens nothing.

    The light of an uncleared name is NOT_ASKED; services know more.
    """
    db = core.connection
    beside = _Beside(
        places={one: _place(plain) for one, plain in _places(db)},
        godparents=_standing(db, ids),
        stopped=_stopped(core, ids),
        wide=_acting(core, db.rows(_WIDE)),
        cleared=_cleared(db, on, ids, purpose, audience),
    )
    where, values = among("p.id", ids)
    is_open, me = core.registers.has_key and core.registers.complete, core.me
    found = ((row, read_body(text(row[2]))) for row in db.rows(_PRISONERS.format(where=where), values))
    made = [_row(row, plain, beside, me, is_open=is_open) for row, plain in found if not plain.get(_MERGED)]
    return sorted(made, key=lambda row: (row.name, row.id))


def cleared_names(core: Core, on: date, purpose: str, audience: str) -> frozenset[str]:
    """Prisoners whom `rows` would give the light YES."""

    def ask() -> frozenset[str]:
        return frozenset(_cleared(core.connection, on, None, purpose, audience))

    return core.row_news.cleared(f"{on} {purpose} {audience}", ask) - _stopped(core, None)


def _places(db: Connection) -> Iterator[tuple[str, Mapping[str, Plain]]]:
    for row in db.rows("SELECT id, body FROM main.facility"):
        yield text(row[0]), read_body(text(row[1]))


def _standing(db: Connection, ids: Sequence[str] | None) -> dict[str, int]:
    where, values = among("g.prisoner", ids)
    found = db.rows(_GODPARENTS.format(where=where), values)
    return {text(row[0]): number(row[1]) for row in found if row[0] is not None}


def _stopped(core: Core, ids: Sequence[str] | None) -> frozenset[str]:
    db = core.connection
    # A stop on a record that was merged is a stop on whom it leads to.
    signposts = Signposts.of(merged.leading_to(core, ids))
    where, values = among("h.on_id", None if ids is None else [*ids, *signposts.merged])
    acting = _acting(core, db.rows(_HOLDS.format(where=where), values))
    return frozenset(signposts.root(hold.on_id) for hold in acting)


def _acting(core: Core, found: Iterable[Row]) -> list[Hold]:
    holds = [from_plain(Hold, read_body(text(row[1])), id=text(row[0])) for row in found]
    if not holds:
        return []
    taken = steps(core, HoldStep)
    return [stop.hold for stop in stops_after(holds, taken, not_theirs(core, taken)) if stop.active]


def _is_under(wide: Sequence[Hold], prisoner: str, plain: Mapping[str, Plain]) -> bool:
    if not wide:
        return False
    said = Prisoner(
        RecordId(prisoner),
        status=_text(plain, "status"),
        facility=_text(plain, "facility"),
        country=_text(plain, "country"),
        desk=_text(plain, "desk"),
    )
    return any(touches(hold, said) for hold in wide)


def _cleared(
    db: Connection, on: date, ids: Sequence[str] | None, purpose: str, audience: str
) -> dict[str, str]:
    where, values = among("c.prisoner", ids)
    marks = [f'"purpose":"{purpose}"', f'"audience":"{audience}"']
    found = db.rows(_CLEARED.format(where=where), [*values, *marks])
    return _latest((read_body(text(row[0])) for row in found), on.isoformat(), purpose, audience)


def _latest(
    clearances: Iterable[Mapping[str, Plain]], today: str, purpose: str, audience: str
) -> dict[str, str]:
    until: dict[str, str] = {}
    for one in clearances:
        prisoner, end = _text(one, "prisoner"), _text(one, "ends_on") or _NEVER
        if one.get("purpose") != purpose or one.get("audience") != audience:
            continue
        if _text(one, "starts_on") <= today <= end and end > until.get(prisoner, ""):
            until[prisoner] = end
    return until


def _row(
    row: Row, plain: Mapping[str, Plain], beside: _Beside, me: PersonId, *, is_open: bool
) -> PrisonerRow:
    prisoner = text(row[0])
    closed = _closed(row[3])
    reference = _text(plain, "reference")
    parts = (_text(plain, "family_name"), _text(plain, "given_name"))
    owner = _text(plain, "owner") or None
    own, until = prisoner in beside.stopped, beside.cleared.get(prisoner)
    return PrisonerRow(
        id=prisoner,
        version=number(row[1]),
        reference=reference,
        name=", ".join(part for part in parts if part) or reference,
        status=_text(plain, "status"),
        facility=beside.places.get(_text(plain, "facility"), ""),
        godparents=beside.godparents.get(prisoner, 0),
        name_in_public=Light.NOT_ASKED if until is None or own else Light.YES,
        name_until=None if until is None or until == _NEVER else date.fromisoformat(until),
        next_step=_text(closed, "next_step") if is_open else None,
        next_step_on=_day(_text(plain, "next_step_on")),
        detained_on=_partial(_text(plain, "detained_on")),
        country=_text(plain, "country"),
        owner=owner,
        mine=owner == me,
        stopped=own or _is_under(beside.wide, prisoner, plain),
        labels=_labels(closed) if is_open else None,
    )


def _closed(body: Value) -> Mapping[str, Plain]:
    return {} if body is None else read_body(text(body))


def _text(plain: Mapping[str, Plain], name: str) -> str:
    value = plain.get(name)
    return value if isinstance(value, str) else ""


def _day(stored: str) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _partial(stored: str) -> PartialDate | None:
    return PartialDate.from_stored(stored) if stored else None


def _labels(closed: Mapping[str, Plain]) -> tuple[str, ...]:
    labels = closed.get("labels")
    return tuple(str(label) for label in labels) if isinstance(labels, list) else ()


def _place(plain: Mapping[str, Plain]) -> str:
    """Short words of a place, with the town."""
    return short_words(*(_text(plain, name) for name in ("name", "what", "number", "town")))
