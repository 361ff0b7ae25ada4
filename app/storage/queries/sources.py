"""Rows of sources, of the trust in them, and of lists brought in."""

from __future__ import annotations

from typing import Final

from app.domain.clock import moment_from_stored
from app.domain.rows import ListRunRow, SourceRow
from app.storage.connection import Row
from app.storage.core import Core
from app.storage.records import number, optional_text, text

_SOURCES: Final = """
SELECT s.id, json_extract(s.body, '$.name'), json_extract(s.body, '$.link'), t.id,
       json_extract(t.body, '$.proposed_by'), json_extract(t.body, '$.confirmed_by'),
       (SELECT count(*) FROM main.claim c WHERE c.source = s.id)
FROM main.source s
LEFT JOIN main.trust t ON t.source = s.id AND json_extract(t.body, '$.ended_at') IS NULL
ORDER BY 2, 1, json_extract(t.body, '$.confirmed_at') IS NULL, json_extract(t.body, '$.proposed_at') DESC
"""

_RUNS: Final = """
SELECT l.id, l.source, json_extract(s.body, '$.name'), json_extract(l.body, '$.brought_in_by'),
       json_extract(l.body, '$.brought_in_at'), json_extract(l.body, '$.rows'),
       json_extract(l.body, '$.added'), json_extract(l.body, '$.changed'),
       json_extract(l.body, '$.problems'), json_extract(l.body, '$.undone')
FROM main.list_run l LEFT JOIN main.source s ON s.id = l.source
ORDER BY 5 DESC, 1
"""


def rows(core: Core) -> list[SourceRow]:
    """See `ports.Reader.source_rows`."""
    found: dict[str, SourceRow] = {}
    for row in core.connection.rows(_SOURCES):
        # Several trusts of one source: a confirmed one comes first, then the newest.
        found.setdefault(text(row[0]), _source(row))
    return list(found.values())


def list_runs(core: Core) -> list[ListRunRow]:
    """See `ports.Reader.list_runs`."""
    return [
        ListRunRow(
            id=text(row[0]),
            source=optional_text(row[1]) or "",
            source_name=optional_text(row[2]) or "",
            brought_in_by=optional_text(row[3]) or "",
            brought_in_at=moment_from_stored(text(row[4])) if row[4] else None,
            rows=_count(row[5]),
            added=_count(row[6]),
            changed=_count(row[7]),
            problems=_count(row[8]),
            undone=bool(row[9]),
        )
        for row in core.connection.rows(_RUNS)
    ]


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _source(row: Row) -> SourceRow:
    proposed, confirmed = optional_text(row[4]), optional_text(row[5])
    two = confirmed is not None and confirmed != proposed
    return SourceRow(
        id=text(row[0]),
        name=optional_text(row[1]) or "",
        link=optional_text(row[2]) or "",
        trust="trusted" if two else "waits" if row[3] else "not_trusted",
        trust_id=optional_text(row[3]),
        proposed_by=proposed or "",
        claims=number(row[6]),
    )
