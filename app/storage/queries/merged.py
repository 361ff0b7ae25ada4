"""Records of prisoners that were merged with another one, found by where they lead."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from app.domain.field_values import from_plain
from app.domain.prisoner import Prisoner
from app.storage.core import Core
from app.storage.records import among, number, read_body, text

_MERGED: Final = """
SELECT p.id, p.version, p.body FROM main.prisoner p INDEXED BY prisoner_merged
WHERE p.merged_into IS NOT NULL AND {where} ORDER BY p.id
"""


def leading_to(core: Core, prisoners: Collection[str] | None) -> list[Prisoner]:
    """See `ports.Reader.merged_with`; open fields only."""
    found: dict[str, Prisoner] = {}
    wanted = prisoners
    while wanted is None or wanted:
        where, values = among("p.merged_into", wanted)
        rows = [
            from_plain(Prisoner, read_body(text(row[2])), id=text(row[0]), version=number(row[1]))
            for row in core.connection.rows(_MERGED.format(where=where), values)
        ]
        # A ring, which is damage, is walked once.
        fresh = {str(one.id): one for one in rows if one.id not in found}
        found |= fresh
        wanted = [] if wanted is None else list(fresh)
    return list(found.values())
