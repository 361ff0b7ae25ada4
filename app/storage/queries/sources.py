"""Rows of sources, of the trust in them, and of lists brought in."""

from __future__ import annotations

from typing import Final

from app.domain.clock import moment_from_stored
from app.domain.rows import ListRunRow, SourceRow
from app.domain.source import Trust, TrustStep
from app.domain.two_people import SourceTrust, trusts_after
from app.storage.connection import Row
from app.storage.core import Core
from app.storage.queries.steps import not_theirs, steps
from app.storage.records import number, optional_text, text

_SOURCES: Final = """
SELECT s.id, json_extract(s.body, '$.name'), json_extract(s.body, '$.link'),
       (SELECT count(*) FROM main.claim c WHERE c.source = s.id)
FROM main.source s
ORDER BY 2, 1
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
    standing: dict[str, SourceTrust] = {}
    trusts, taken = steps(core, Trust), steps(core, TrustStep)
    for one in trusts_after(trusts, taken, not_theirs(core, [*trusts, *taken])):
        # Several trusts of one source: one that acts comes first, then the newest that waits.
        source = one.trust.source or ""
        if one.ended is None and not (source in standing and standing[source].acts):
            standing[source] = one
    return [_source(row, standing.get(text(row[0]))) for row in core.connection.rows(_SOURCES)]


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


def _source(row: Row, trust: SourceTrust | None) -> SourceRow:
    waits = "trusted" if trust is not None and trust.acts else "waits"
    return SourceRow(
        id=text(row[0]),
        name=optional_text(row[1]) or "",
        link=optional_text(row[2]) or "",
        trust=waits if trust is not None else "not_trusted",
        trust_id=trust.trust.id if trust is not None else None,
        proposed_by=(trust.trust.proposed_by or "") if trust is not None else "",
        claims=number(row[3]),
    )
