"""What hostile attention pauses, and until when: pure, from records as they were written.

A pause acts on everything that leaves the house. One review opens it again for a named godparent or
institution; for all godparents and the public it takes a second person, whatever anybody said before. That
is a rule of the facts and not of the moment somebody clicked, so nobody can record it away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

import attrs

from app.domain.attention import AnyAttention
from app.domain.consent_answers import ALONE_WAITS
from app.domain.review import Cause, Outcome, Review, ReviewConfirmation


@attrs.frozen
class Pause:
    """A pause: what it is on, since when, and when it ended for whom (None: it still acts).

    Attributes:
        named_at: for a named godparent or institution.
        godparents_at: for all godparents.
        public_at: for the public.
    """

    on_noun: str
    on_id: str
    raised_at: datetime | None
    named_at: datetime | None = None
    godparents_at: datetime | None = None
    public_at: datetime | None = None


def pauses_of(
    prisoner: str,
    attention: Iterable[AnyAttention],
    reviews: Sequence[Review],
    confirmations: Sequence[ReviewConfirmation],
    one_person_until: datetime | None,
) -> tuple[Pause, ...]:
    """The pauses of one family.

    Args:
        prisoner: whose.
        attention: all of it; what does not touch this family is left out.
        reviews: those of hostile attention.
        confirmations: of these reviews.
        one_person_until: until when the case file had only one person.
    """
    refused = {one.review for one in confirmations if not one.granted}
    pauses: list[Pause] = []
    for one in attention:
        if prisoner in one.families:
            over = [r for r in reviews if r.id not in refused and settles(r, one.id, prisoner)]
            pauses.append(_pause(prisoner, one, over, confirmations, one_person_until))
    return tuple(pauses)


def settles(review: Review, because: str, prisoner: str) -> bool:
    """Whether this review is over and about this family and attention; an unknown outcome settles nothing."""
    about = review.cause == Cause.ATTENTION and review.because == because
    whose = review.prisoner == prisoner or (review.prisoner is None and review.outcome == Outcome.IN_ERROR)
    known = review.outcome in set(Outcome) and Outcome(review.outcome).settles
    return about and whose and known and review.by is not None and review.at is not None


def confirmed_by_another(review: Review, confirmations: Iterable[ReviewConfirmation]) -> datetime | None:
    """When a second person first agreed to this review."""
    signs = [one for one in confirmations if one.review == review.id and one.granted]
    moments = [one.at for one in signs if one.at is not None and one.by not in (None, review.by)]
    return min(moments, default=None)


def confirmed_alone(
    review: Review, confirmations: Iterable[ReviewConfirmation], one_person_until: datetime | None
) -> datetime | None:
    """When the only person of a case file confirmed it themselves, two days later; never for the public."""
    if review.at is None or one_person_until is None:
        return None
    signs = [one for one in confirmations if one.review == review.id and one.granted and one.by == review.by]
    moments = [
        one.at
        for one in signs
        if one.at is not None and one.at - review.at >= ALONE_WAITS and one.at <= one_person_until
    ]
    return min(moments, default=None)


def _pause(
    prisoner: str,
    attention: AnyAttention,
    reviews: Collection[Review],
    confirmations: Sequence[ReviewConfirmation],
    one_person_until: datetime | None,
) -> Pause:
    named = [one.at for one in reviews if one.at is not None]
    public = [found for one in reviews if (found := confirmed_by_another(one, confirmations))]
    alone = [found for one in reviews if (found := confirmed_alone(one, confirmations, one_person_until))]
    return Pause(
        on_noun="prisoner",
        on_id=prisoner,
        raised_at=attention.recorded_at,
        named_at=min(named, default=None),
        godparents_at=min([*public, *alone], default=None),
        public_at=min(public, default=None),
    )
