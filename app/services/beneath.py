"""When another program exchanged, overwrote or moved the open case file: seeing it, saving what was saved.

The store refuses every save from then on; this says so before somebody saves, and makes a backup of what this
window still holds, beside the case file, without writing a byte into it.

Source: security.md, *One writer*; `app.storage.beneath`.
"""

from __future__ import annotations

from collections.abc import Generator
from enum import StrEnum
from typing import Final

from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.services.backups import Backups, Made
from app.services.context import Context


class Standing(StrEnum):
    """What lies under the case file's name."""

    OURS = "ours"
    EXCHANGED = "exchanged"
    """Another file; ours is whole, without a name."""
    OVERWRITTEN = "overwritten"
    """Our file, with bytes that are not ours."""
    MOVED = "moved"
    """Nothing."""


class Beneath:
    """Use cases of a case file somebody touched while it was open.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def standing(self) -> Standing:
        """Look now; costs one look at a folder."""
        try:
            self._ctx.store.check_beneath()
        except KnownError as error:
            if error.code is Code.CASE_FILE_MOVED:
                return Standing.MOVED
            return Standing.EXCHANGED if error.details.get("whole") else Standing.OVERWRITTEN
        return Standing.OURS

    def keeping(self, progress: Progress = no_progress) -> Generator[None, None, Made]:
        """A checked backup of what was saved here, wherever backups go, in slices.

        Raises:
            KnownError: CASE_FILE_EXCHANGED where it was overwritten and nothing whole is left; as
                `Backups.making`.
        """
        if self.standing() is Standing.OVERWRITTEN:
            raise KnownError(Code.CASE_FILE_EXCHANGED)
        return (yield from Backups(self._ctx).making_unrecorded(progress))
