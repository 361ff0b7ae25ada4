"""Going on with an older copy: what was lost is written again, then an officer signs that it was restored."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.domain.acts import Act
from app.domain.correction import LogDoubt, LogDoubtStep
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.roles import Action
from app.services.clearances import renew_everybody
from app.services.context import Context, Saved
from app.services.journal_places import looked_in
from app.services.replaying import Outlook, Replaying


class Restoring:
    """Use cases of a copy that is older than another.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def outlook(self, journal: Path | None = None) -> Outlook:
        """What signing would write again, and who would wait.

        Args:
            journal: a folder the journal of noes may lie in, beside those that are known.

        Raises:
            KnownError: NOT_ALLOWED.
        """
        self._ctx.require(Action.RESTORE)
        return Replaying(self._ctx).outlook(looked_in(self._ctx, journal))

    def sign(self, reason: str, journal: Path | None = None) -> Saved:
        """Sign, as an officer, that a backup was restored and this is the log to go on with.

        What the journal of noes says was lost is written again first, in an entry of its own: a cut between
        the two leaves everything denied.

        Args:
            reason: what happened, in a few words.
            journal: a folder the journal of noes may lie in, beside those that are known.

        Raises:
            KnownError: NOT_ALLOWED, ALREADY_DONE where there is no doubt.
        """
        self._ctx.require(Action.RESTORE)
        with self._ctx.reading() as reader:
            if not self._ctx.righting.doubts(reader):
                raise KnownError(Code.ALREADY_DONE)
        Replaying(self._ctx).write_again(looked_in(self._ctx, journal))
        with self._ctx.writing(about_the_copy=True) as work:
            standing = self._ctx.righting.doubts(work)
            work.check_rows(LogDoubt, [one.id for one in standing])
            now, why = self._ctx.now(), " ".join(reason.split())
            for one in standing:
                work.add(
                    LogDoubtStep(RecordId(new_id()), log_doubt=one.id, reason=why, by=self._ctx.me, at=now)
                )
            committed = work.commit(Act.BACKUP_RESTORED)
        saved = self._ctx.finish(committed, standing[0].id, Act.BACKUP_RESTORED)
        for _slice in renew_everybody(self._ctx):
            pass
        return saved
