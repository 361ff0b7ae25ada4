"""Signed proof that this is not the newest log: written down, told, and settled by an officer.

While a doubt stands nothing leaves the house (`righting` says which stand); work goes on, and whoever unlocks
is told. An officer settles all of them with one entry: "a backup was restored".
"""

from __future__ import annotations

from typing import Final

import attrs

from app.casefile.proof import ProofLine
from app.domain.acts import Act
from app.domain.correction import LogDoubt, LogDoubtStep
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.proof_fit import Comparison, Fit
from app.domain.roles import Action
from app.services.context import Context, Saved


@attrs.frozen
class Doubt:
    """A doubt that stands, in words a screen can say."""

    comparison: Comparison
    found_by: str


class Doubts:
    """Use cases of doubts.

    Args:
        ctx: the session.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx: Final = ctx

    def standing(self) -> tuple[Doubt, ...]:
        """The doubts that stand; while there is one, nothing leaves the house."""
        with self._ctx.reading() as reader:
            return tuple(self._told(one) for one in self._ctx.righting.doubts(reader))

    def restored(self, reason: str) -> Saved:
        """Sign, as an officer, that a backup was restored and this is the log to go on with.

        Args:
            reason: what happened, in a few words.

        Raises:
            KnownError: NOT_ALLOWED, ALREADY_DONE where there is no doubt.
        """
        self._ctx.require(Action.RESTORE)
        with self._ctx.writing() as work:
            standing = self._ctx.righting.doubts(work)
            if not standing:
                raise KnownError(Code.ALREADY_DONE)
            work.check_rows(LogDoubt, [one.id for one in standing])
            now, why = self._ctx.now(), " ".join(reason.split())
            for one in standing:
                work.add(
                    LogDoubtStep(RecordId(new_id()), log_doubt=one.id, reason=why, by=self._ctx.me, at=now)
                )
            committed = work.commit(Act.BACKUP_RESTORED)
        return self._ctx.finish(committed, standing[0].id, Act.BACKUP_RESTORED)

    def write_down(self, found: Comparison, proof: ProofLine) -> None:
        """Write a doubt into the log, once for every proof line."""
        text = proof.checkpoint.text()
        with self._ctx.reading() as reader:
            if any(one.proof == text for one in self._ctx.righting.doubts(reader)):
                return
        with self._ctx.writing() as work:
            doubt = LogDoubt(
                RecordId(new_id()),
                fit=found.fit,
                proof=text,
                sequence=found.sequence,
                moment=found.moment,
                head=found.head,
                head_moment=found.head_moment,
                found_by=self._ctx.me,
                found_at=self._ctx.now(),
            )
            work.add(doubt)
            committed = work.commit(Act.LOG_DOUBTED, automatic=True)
        self._ctx.finish(committed, doubt.id, Act.LOG_DOUBTED)

    def _told(self, doubt: LogDoubt) -> Doubt:
        """The doubt as it was found; the log has grown since."""
        fit = Fit.OLDER if doubt.fit == Fit.OLDER else Fit.DIFFERS
        told = Comparison(fit, doubt.sequence or 0, doubt.moment, doubt.head or 0, doubt.head_moment)
        return Doubt(told, self._ctx.name_of(doubt.found_by))
