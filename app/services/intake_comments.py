"""Comments beside cells of a list, kept as closed working notes of the person in that row; never interpreted.

Whatever a comment says of consent, it is no answer and asks nobody: it is somebody's note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from app.domain.ports import UnitOfWork
from app.domain.prisoner import Prisoner
from app.intake.staged import StagedRow
from app.services.context import Context
from app.services.intake_families import may_write_closed


def write_comments(
    ctx: Context, work: UnitOfWork, rows: Sequence[StagedRow], people: Mapping[int, str]
) -> None:
    """Add to the working notes what they do not say yet; nothing where the key of the desk is missing.

    Args:
        ctx: the session.
        work: the transaction of the list.
        rows: that are brought in.
        people: ids of the prisoners by row.
    """
    said: dict[str, list[str]] = {}
    for row in rows:
        if row.comments:
            said.setdefault(people[row.number], []).extend(row.comments)
    for prisoner in work.get_many(Prisoner, list(said)).values():
        if not may_write_closed(ctx, prisoner.desk):
            continue
        known = prisoner.working_notes
        new = [text for text in dict.fromkeys(said[prisoner.id]) if text not in known]
        if new:
            notes = "\n".join((*([known] if known else []), *new))
            work.save(attrs.evolve(prisoner, working_notes=notes), prisoner.version)
