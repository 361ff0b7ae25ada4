"""Hostile attention with its reviews, read once per transaction: what pauses which family now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import attrs

from app.domain.attention import AnyAttention, Attention, ClosedAttention
from app.domain.ports import Reader, Record
from app.domain.review import Cause, Review, ReviewConfirmation
from app.domain.review_pauses import Pause, pauses_of
from app.domain.righted import righted_attention, righted_confirmation, righted_review


@attrs.frozen
class PauseRecords:
    """Everything pauses are computed from.

    Attributes:
        by_family: hostile attention by every prisoner whose family it touches.
        reviews: those of hostile attention; none without the key, so that nothing opens again there.
        not_theirs: ids of those that name somebody who did not sign them: they end nothing.
    """

    attention: tuple[AnyAttention, ...] = ()
    reviews: tuple[Review, ...] = ()
    confirmations: tuple[ReviewConfirmation, ...] = ()
    not_theirs: frozenset[str] = frozenset()
    by_family: Mapping[str, list[AnyAttention]] = attrs.field(init=False, repr=False, eq=False)

    @by_family.default
    def _by_family(self) -> Mapping[str, list[AnyAttention]]:
        found: dict[str, list[AnyAttention]] = defaultdict(list)
        for one in self.attention:
            for prisoner in one.families:
                found[prisoner].append(one)
        return dict(found)

    def of(self, prisoner: str, one_person_until: datetime | None) -> tuple[Pause, ...]:
        """The pauses of one family, ended ones too."""
        found = self.by_family.get(prisoner)
        if not found:
            return ()
        reviews = [one for one in self.reviews if one.id not in self.not_theirs]
        confirmations = [one for one in self.confirmations if one.id not in self.not_theirs]
        return pauses_of(prisoner, found, reviews, confirmations, one_person_until)

    def families(self) -> frozenset[str]:
        """Prisoners whose family some attention touches, reviewed or not."""
        return frozenset(self.by_family)

    def righted(self, made: Callable[[Record], Sequence[datetime]]) -> PauseRecords:
        """The same with the dates of a wrong clock: a pause has always paused, a review was over when two
        signed that the clock was wrong.

        Args:
            made: moments of repairs signed after a record was written.
        """
        return PauseRecords(
            tuple(righted_attention(one, made(one)) for one in self.attention),
            tuple(righted_review(one, made(one)) for one in self.reviews),
            tuple(righted_confirmation(one, made(one)) for one in self.confirmations),
            self.not_theirs,
        )

    def check(self, reader: Reader) -> None:
        """Compare with the log. Raises KnownError ROW_NOT_IN_LOG, RECORD_DAMAGED."""
        reader.check_rows(Attention, (one.id for one in self.attention if isinstance(one, Attention)))
        if not reader.has_desk_key:
            return
        closed = (one.id for one in self.attention if isinstance(one, ClosedAttention))
        reader.check_rows(ClosedAttention, closed)
        reader.check_rows(Review, (one.id for one in self.reviews))
        reader.check_rows(ReviewConfirmation, (one.id for one in self.confirmations))


def read_pauses(reader: Reader) -> PauseRecords:
    """All of it; a few rows, because hostile attention is rare."""
    opened: list[AnyAttention] = list(reader.find(Attention))
    if not reader.has_desk_key:
        return PauseRecords(tuple(opened))
    attention = (*opened, *reader.find(ClosedAttention))
    if not attention:
        return PauseRecords()
    reviews = reader.find(Review, cause=Cause.ATTENTION.value)
    confirmations = reader.find(ReviewConfirmation)
    doubtful = reader.not_theirs([*reviews, *confirmations])
    return PauseRecords(attention, tuple(reviews), tuple(confirmations), doubtful)
