"""Rows of the Prisoners table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

from app.domain.dates import PartialDate
from app.domain.rows import Light, PrisonerRow
from app.i18n import _
from app.storage.connection import Row
from app.storage.core import Core
from app.storage.records import among, number, optional_text, text

# A godparenthood that stands: accepted or active (product.md keeps the three numbers apart elsewhere).
_STANDING: Final = "('accepted', 'active')"

_NUMBERED: Final = frozenset({"penal_colony", "prison", "open_facility", "educational_colony"})

_QUERY: Final = f"""
SELECT p.id, p.version, p.reference,
       json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'),
       json_extract(p.body, '$.status'),
       json_extract(f.body, '$.name'), json_extract(f.body, '$.number'), json_extract(f.body, '$.town'),
       json_extract(f.body, '$.what'),
       (SELECT count(*) FROM main.godparenthood g WHERE g.prisoner = p.id AND g.state IN {_STANDING}),
       json_extract(c.body, '$.next_step'), json_extract(p.body, '$.next_step_on'),
       json_extract(p.body, '$.detained_on'), json_extract(p.body, '$.country'), p.owner,
       EXISTS (SELECT 1 FROM main.hold h WHERE h.on_id = p.id AND h.on_noun = 'prisoner'
               AND json_extract(h.body, '$.lifted_at') IS NULL),
       json_extract(c.body, '$.labels')
FROM main.prisoner p
LEFT JOIN main.facility f ON f.id = p.facility
LEFT JOIN temp.prisoner_closed c ON c.id = p.id
WHERE {{where}}
ORDER BY json_extract(p.body, '$.family_name'), json_extract(p.body, '$.given_name'), p.id
"""  # noqa: S608 - our own words

_CLEARED: Final = """
SELECT prisoner, max(coalesce(json_extract(body, '$.ends_on'), '9999-12-31')) FROM main.clearance
WHERE json_extract(body, '$.purpose') = ? AND json_extract(body, '$.audience') = ?
  AND coalesce(json_extract(body, '$.starts_on'), '') <= ?
  AND coalesce(json_extract(body, '$.ends_on'), '9999-12-31') >= ?
GROUP BY prisoner
"""


def rows(core: Core, on: date, ids: Sequence[str] | None, purpose: str, audience: str) -> list[PrisonerRow]:
    """See `ports.Reader.prisoner_rows`. The light of an uncleared name is NOT_ASKED; services know more."""
    where, values = among("p.id", ids)
    today = on.isoformat()
    cleared = {
        text(row[0]): text(row[1])
        for row in core.connection.rows(_CLEARED, (purpose, audience, today, today))
        if row[0] is not None
    }
    found = core.connection.rows(_QUERY.format(where=where), values)
    return [_row(core, row, cleared.get(text(row[0]))) for row in found]


def _row(core: Core, row: Row, until: str | None) -> PrisonerRow:
    reference = optional_text(row[2]) or ""
    name = ", ".join(part for part in (optional_text(row[3]), optional_text(row[4])) if part)
    stopped = bool(row[16])
    return PrisonerRow(
        id=text(row[0]),
        version=number(row[1]),
        reference=reference,
        name=name or reference,
        status=optional_text(row[5]) or "",
        facility=facility_words(row[6], row[7], row[8], row[9]),
        godparents=number(row[10]),
        name_in_public=Light.NOT_ASKED if until is None or stopped else Light.YES,
        name_until=_end(until),
        next_step=(optional_text(row[11]) or "") if core.registers.has_key else None,
        next_step_on=date.fromisoformat(text(row[12])) if row[12] else None,
        detained_on=PartialDate.from_stored(text(row[13])) if row[13] else None,
        country=optional_text(row[14]) or "",
        owner=optional_text(row[15]),
        mine=row[15] == core.me,
        stopped=stopped,
        labels=_labels(row[17]) if core.registers.has_key else None,
    )


def _labels(value: object) -> tuple[str, ...]:
    return tuple(str(label) for label in json.loads(str(value))) if value else ()


def _end(until: str | None) -> date | None:
    return None if until is None or until == "9999-12-31" else date.fromisoformat(until)


def facility_words(name: object, number_: object, town: object, what: object) -> str:
    """Short words of a place: colonies and prisons by number, every other place by name, with the town."""
    if number_ and what in _NUMBERED:
        place = _("No. {number}").replace("{number}", str(number_))
    else:
        place = str(name or "")
    return ", ".join(part for part in (place, str(town or "")) if part)
