"""Photos for a report: whose may leave, read from the case file and drawn anew for its pages.

They are drawn in the limited child, which takes a moment to start; what came out stays in memory while the
case file is open, so that looking, approving and writing show the very same pixels without drawing them anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from app.domain.errors import Code, KnownError
from app.domain.ports import Reader
from app.domain.progress import Progress, no_progress
from app.picture_reading import Drawn
from app.reports.elsewhere.kinds import ELSEWHERE
from app.reports.kinds import ReportKind
from app.reports.portraits import portraits
from app.reports.standing import Candidate, may
from app.services.context import Context

_MOST: Final = 2_000
"""So many stay in memory: some 50 MB."""


def with_portraits(
    ctx: Context,
    reader: Reader,
    kind: ReportKind,
    candidates: Sequence[Candidate],
    progress: Progress = no_progress,
) -> tuple[Candidate, ...]:
    """The same people, each with the photo where this kind shows one and it may leave.

    Raises:
        KnownError: ROW_NOT_IN_LOG, PICTURE_UNREADABLE, CANCELLED.
    """
    column = next((one for one in kind.columns if one.shows_picture), None)
    if column is None or kind.layout == ELSEWHERE:
        return tuple(candidates)
    wanted = {one.prisoner.photo for one in candidates if one.prisoner.photo and may(column, one)}
    shown = _drawn(ctx, reader, sorted(wanted), progress)
    return tuple(
        attrs.evolve(one, portrait=shown.get(one.prisoner.photo or "")) if may(column, one) else one
        for one in candidates
    )


def _drawn(
    ctx: Context, reader: Reader, photos: Sequence[str], progress: Progress
) -> Mapping[str, Drawn | None]:
    known = ctx.portraits
    read = {photo: content for photo in photos if (content := _bytes(reader, photo)) is not None}
    new = [photo for photo in read if photo not in known]
    if len(known) + len(new) > _MOST:
        known.clear()
        new = list(read)
    known |= zip(new, portraits([read[photo] for photo in new], progress), strict=True)
    return {photo: known[photo] for photo in read}


def _bytes(reader: Reader, photo: str) -> bytes | None:
    """The bytes as the log has them; read each time, so that what was exchanged since is seen."""
    try:
        return reader.blob_get(photo)
    except KnownError as error:
        if error.code is Code.NOT_FOUND:
            return None
        raise
