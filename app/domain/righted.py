"""Records dated by a wrong clock, read so that no doubt turns into a yes.

Two people sign that the clock was wrong. What was recorded before they signed and is dated after that moment
carries a wrong date: a yes among it never bears, a no and a stop have always counted, an end has come by the
time they signed. So no repair makes a no older than a yes.

Source: consent.md, *Clock*.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import attrs

from app.domain.attention import AnyAttention
from app.domain.conversation import Conversation
from app.domain.hold import Hold, RelativeHold
from app.domain.review import Review, ReviewConfirmation
from app.domain.source import Trust

Signed = Sequence[datetime]
"""Moments two people signed a repair at, after the record (or its newest version) had been written."""


def _wrong(moment: datetime | None, signed: Signed) -> datetime | None:
    """The first of these moments that shows a date to be wrong; None where it may be right."""
    return next((each for each in sorted(signed) if moment is not None and moment > each), None)


def righted_talk(talk: Conversation, since_made: Signed) -> Conversation:
    """A conversation without the day of recording where that is wrong: noes count always, yeses never."""
    return attrs.evolve(talk, recorded_at=None) if _wrong(talk.recorded_at, since_made) else talk


def righted_stop(hold: Hold, since_made: Signed, since_now: Signed) -> Hold:
    """A stop that has always stopped where its day is wrong, and was lifted by the time the two signed."""
    placed = None if _wrong(hold.placed_at, since_made) else hold.placed_at
    lifted = _wrong(hold.lifted_at, since_now) or hold.lifted_at
    return attrs.evolve(hold, placed_at=placed, lifted_at=lifted)


def righted_relative_stop(hold: RelativeHold, since_made: Signed, since_now: Signed) -> RelativeHold:
    """As `righted_stop`."""
    placed = None if _wrong(hold.placed_at, since_made) else hold.placed_at
    lifted = _wrong(hold.lifted_at, since_now) or hold.lifted_at
    return attrs.evolve(hold, placed_at=placed, lifted_at=lifted)


def righted_trust(trust: Trust, since_now: Signed) -> Trust:
    """Trust that ended by the time the two signed where its end is wrong; a wrong beginning stays late."""
    return attrs.evolve(trust, ended_at=_wrong(trust.ended_at, since_now) or trust.ended_at)


def righted_attention(one: AnyAttention, since_made: Signed) -> AnyAttention:
    """Hostile attention that has always paused where its day is wrong."""
    return attrs.evolve(one, recorded_at=None) if _wrong(one.recorded_at, since_made) else one


def righted_review(review: Review, since_made: Signed) -> Review:
    """A review that was made by the time the two signed where its day is wrong."""
    return attrs.evolve(review, at=_wrong(review.at, since_made) or review.at)


def righted_confirmation(sign: ReviewConfirmation, since_made: Signed) -> ReviewConfirmation:
    """As `righted_review`."""
    return attrs.evolve(sign, at=_wrong(sign.at, since_made) or sign.at)
