"""Signed proof that this is not the newest log: written down, told, and settled by an officer.

While a doubt stands the copy can be read and nothing else: every decision is no (`righting` says which
stand). An officer settles all of them with one entry, "a backup was restored" (`restoring`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs

from app.casefile.proof import ProofLine
from app.domain.acts import Act
from app.domain.correction import LogDoubt
from app.domain.ids import RecordId, new_id
from app.domain.proof_fit import Comparison, Fit
from app.services.context import Context

PUT_BACK: Final = "put back"
"""In place of a proof line: this copy was made from a backup."""


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

    def put_back(self, made_at: datetime | None = None) -> None:
        """Write down, in a copy that was just made from a backup, that it is one.

        Args:
            made_at: moment the backup was made, as it says.
        """
        with self._ctx.reading() as reader:
            head = reader.head()[0]
            newest = reader.entry(head).moment
        self._write(
            Act.BACKUP_PUT_BACK,
            LogDoubt(
                RecordId(new_id()),
                fit=Fit.RESTORED,
                proof=PUT_BACK,
                moment=made_at,
                head=head,
                head_moment=newest,
                found_by=self._ctx.me,
                found_at=self._ctx.now(),
            ),
        )

    def write_down(self, found: Comparison, proof: ProofLine) -> None:
        """Write a doubt into the log, once for every proof line."""
        text = proof.checkpoint.text()
        with self._ctx.reading() as reader:
            if any(one.proof == text for one in self._ctx.righting.doubts(reader)):
                return
        self._write(
            Act.LOG_DOUBTED,
            LogDoubt(
                RecordId(new_id()),
                fit=found.fit,
                proof=text,
                sequence=found.sequence,
                moment=found.moment,
                head=found.head,
                head_moment=found.head_moment,
                found_by=self._ctx.me,
                found_at=self._ctx.now(),
            ),
        )

    def _write(self, act: Act, doubt: LogDoubt) -> None:
        with self._ctx.writing(about_the_copy=True) as work:
            # From here on this copy is another one: what it writes never stands in the newer one's place.
            first = not self._ctx.righting.doubts(work)
            work.add(doubt)
            committed = work.commit(act, automatic=act is Act.LOG_DOUBTED, new_copy=first)
        self._ctx.finish(committed, doubt.id, act)

    def _told(self, doubt: LogDoubt) -> Doubt:
        """The doubt as it was found; the log has grown since."""
        fit = Fit(doubt.fit) if doubt.fit in (Fit.OLDER, Fit.RESTORED) else Fit.DIFFERS
        told = Comparison(fit, doubt.sequence or 0, doubt.moment, doubt.head or 0, doubt.head_moment)
        return Doubt(told, self._ctx.name_of(doubt.found_by))
