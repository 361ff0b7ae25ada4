"""Every relative with what they said, read as plain values: for reviews and plans over the whole register."""

from __future__ import annotations

from typing import Final

from app.domain.canonical import Plain
from app.domain.port_values import SpokenFacts
from app.storage.core import Core
from app.storage.records import optional_text, read_body, text

_RELATIVES: Final = """
SELECT r.id, r.prisoner, p.family_name, p.given_name, p.reference, p.owner,
       json_extract(r.body, '$.relation'), json_extract(r.body, '$.asking'),
       CASE json_extract(r.body, '$.relation') WHEN 'self' THEN p.born ELSE json_extract(r.body, '$.born') END
FROM temp.relative r LEFT JOIN (
    SELECT id, reference, owner, json_extract(body, '$.family_name') AS family_name,
           json_extract(body, '$.given_name') AS given_name, json_extract(body, '$.born') AS born
    FROM main.prisoner
) p ON p.id = r.prisoner
ORDER BY r.id
"""
_TALKS: Final = "SELECT relative, body FROM temp.conversation ORDER BY id"


def facts(core: Core) -> list[SpokenFacts]:
    """See `ports.Reader.spoken_facts`."""
    talks: dict[str, list[dict[str, Plain]]] = {}
    for row in core.connection.rows(_TALKS):
        talks.setdefault(optional_text(row[0]) or "", []).append(read_body(text(row[1])))
    return [
        SpokenFacts(
            relative=text(row[0]),
            prisoner=optional_text(row[1]) or "",
            prisoner_name=", ".join(name for name in map(optional_text, row[2:4]) if name)
            or optional_text(row[4])
            or "",
            owner=optional_text(row[5]),
            relation=optional_text(row[6]) or "",
            asking=optional_text(row[7]) or "",
            born=optional_text(row[8]) or "",
            talks=tuple(talks.get(text(row[0]), ())),
        )
        for row in core.connection.rows(_RELATIVES)
    ]
