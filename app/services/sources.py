"""Sources and the trust of two people in them: what stands in a trusted source counts as published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.acts import Act
from app.domain.changes import Changes
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.ports import UnitOfWork
from app.domain.progress import Progress, no_progress
from app.domain.roles import Action, Need, pair_allowed
from app.domain.rows import SourceRow
from app.domain.source import Claim, Source, Trust, TrustStep
from app.domain.two_people import CONFIRMED, ENDED, SourceTrust
from app.services.clearances import renew_clearances
from app.services.context import Context, Saved
from app.services.folding import trusts_in
from app.services.second import Second, at_the_keyboard
from app.services.written_once import roles_when_writing


@attrs.frozen
class Trusted:
    """What came of saying yes to a source: `waits` until a second person has said so too."""

    saved: Saved
    waits: bool

    @property
    def changes(self) -> Changes:
        """For screens to reload."""
        return self.saved.changes


class Sources:
    """Which sources there are and who trusts them.

    Args:
        context: the session.
    """

    def __init__(self, context: Context) -> None:
        self._context: Final = context

    def rows(self) -> tuple[SourceRow, ...]:
        """Every source with its trust: `trusted`, `waits` or `not_trusted`."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            rows = reader.source_rows()
        return tuple(attrs.evolve(row, proposed_by=self._context.name_of(row.proposed_by)) for row in rows)

    def waiting_for_me(self) -> frozenset[str]:
        """Sources somebody else trusts first and whose second yes I may give."""
        self._context.require_open_reading()
        me, mine = self._context.me, self._context.roles
        with self._context.reading() as reader:
            waits = [one.trust for one in trusts_in(reader) if one.ended is None and not one.acts]
            return frozenset(
                trust.source or ""
                for trust in waits
                if trust.proposed_by != me
                and pair_allowed(
                    roles_when_writing(reader, trust.id, trust.proposed_by), mine, Action.TRUST_SOURCE
                )
            )

    def numbers(self, source: str) -> Mapping[str, str]:
        """Ids of the prisoners a source speaks of, by their number in it."""
        self._context.require_open_reading()
        with self._context.reading() as reader:
            claims = reader.find(Claim, source=source)
        return {claim.key: claim.prisoner for claim in claims if claim.prisoner}

    def trust(self, source: str, progress: Progress = no_progress) -> Trusted:
        """Say that this source may be trusted: the first yes proposes, another person's yes confirms.

        Raises:
            KnownError: NOT_FOUND, NOT_ALLOWED, ALREADY_DONE, SAME_PERSON_TWICE, CANCELLED.
        """
        self._context.require(Action.TRUST_SOURCE)
        with self._context.writing() as work:
            work.get(Source, source)
            current = current_trust(work, source)
            if current is None:
                return self._propose(work, source)
            if current.acts:
                raise KnownError(Code.ALREADY_DONE)
            return self._confirm(work, current.trust, at_the_keyboard(self._context), progress)

    def answer(self, source: str, second: Second, *, granted: bool) -> Saved:
        """A second person's yes or no from elsewhere to trust that waits; a no ends it.

        Raises:
            KnownError: NOT_FOUND, NOT_ALLOWED, ALREADY_DONE, SAME_PERSON_TWICE, what `second.enter` raises.
        """
        self._context.require(Action.TRUST_SOURCE)
        second.require(Action.TRUST_SOURCE)
        with self._context.writing() as work:
            second.enter(work)
            current = current_trust(work, source)
            if current is None or current.acts:
                raise KnownError(Code.ALREADY_DONE)
            if granted:
                return self._confirm(work, current.trust, second).saved
            self._take(work, current.trust, ENDED, second)
            self._refresh(work, source)
            return self._context.finish(work.commit(Act.TRUST_ENDED), source, Act.TRUST_ENDED)

    def end_trust(self, source: str, progress: Progress = no_progress) -> Saved:
        """Take trust back: one person is enough, because it narrows.

        Raises:
            KnownError: NOT_ALLOWED, ALREADY_DONE, CANCELLED.
        """
        if self._context.require(Action.TRUST_SOURCE).need is Need.NEVER:
            raise KnownError(Code.NOT_ALLOWED)
        with self._context.writing() as work:
            current = current_trust(work, source)
            if current is None:
                raise KnownError(Code.ALREADY_DONE)
            self._take(work, current.trust, ENDED, at_the_keyboard(self._context))
            self._refresh(work, source, progress)
            return self._context.finish(work.commit(Act.TRUST_ENDED), source, Act.TRUST_ENDED)

    def _propose(self, work: UnitOfWork, source: str) -> Trusted:
        trust = Trust(
            RecordId(new_id()),
            source=source,
            proposed_by=self._context.me,
            proposed_at=self._context.now(),
        )
        work.add(trust)
        saved = self._context.finish(work.commit(Act.TRUST_PROPOSED), source, Act.TRUST_PROPOSED)
        return Trusted(saved, waits=True)

    def _confirm(
        self, work: UnitOfWork, trust: Trust, second: Second, progress: Progress = no_progress
    ) -> Trusted:
        if trust.proposed_by == second.person:
            raise KnownError(Code.SAME_PERSON_TWICE)
        proposer = roles_when_writing(work, trust.id, trust.proposed_by)
        if not pair_allowed(proposer, second.roles, Action.TRUST_SOURCE):
            raise KnownError(Code.NOT_ALLOWED)
        # What is trusted is what the log says the source states, not what somebody slipped in since.
        claims = [claim.id for claim in work.find(Claim, source=trust.source)]
        work.check_rows(Claim, claims)
        work.check_rows(Trust, [trust.id])
        self._take(work, trust, CONFIRMED, second)
        self._refresh(work, trust.source or "", progress)
        saved = self._context.finish(
            work.commit(Act.TRUST_CONFIRMED), trust.source or "", Act.TRUST_CONFIRMED
        )
        return Trusted(saved, waits=False)

    def _take(self, work: UnitOfWork, trust: Trust, step: str, who: Second) -> None:
        """Write one step about trust; the proposal itself is never changed."""
        at = self._context.moment(work)
        work.add(
            TrustStep(RecordId(new_id()), trust=trust.id, step=step, by=who.person, at=at, slip=who.slip)
        )

    def _refresh(self, work: UnitOfWork, source: str, progress: Progress = no_progress) -> None:
        """Clearances rest on trust: renew those of everybody this source speaks of, in the same entry."""
        touched = {claim.prisoner for claim in work.find(Claim, source=source) if claim.prisoner}
        renew_clearances(self._context, work, touched, progress)


def current_trust(work: UnitOfWork, source: str) -> SourceTrust | None:
    """The trust that is proposed or acts today, None where there is none or it has ended."""
    open_ones = [one for one in trusts_in(work, source=source) if one.ended is None]
    acting = [one for one in open_ones if one.acts]
    return (acting or open_ones)[-1] if open_ones else None
