"""Records dated by a wrong clock, read so that no doubt turns into a yes.

Two people sign that the clock was wrong. What was recorded before they signed and is dated after that moment
carries a wrong date: a yes among it never bears, a no and a stop have always counted, an end has come by the
time they signed. So no repair makes a no older than a yes.

Source: consent.md, *Clock*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import attrs

from app.domain.attention import AnyAttention
from app.domain.conversation import Conversation
from app.domain.ports import Record
from app.domain.review import Review, ReviewConfirmation
from app.domain.two_people import H, SourceTrust, Stop

Signed = Sequence[datetime]
"""Moments two people signed a repair at, after a record had been written."""
SignedAfter = Callable[[Record], Signed]
"""Gives them for a record."""


def _wrong(moment: datetime | None, signed: Signed) -> datetime | None:
    """The first of these moments that shows a date to be wrong; None where it may be right."""
    return next((each for each in sorted(signed) if moment is not None and moment > each), None)


def righted_talk(talk: Conversation, since_made: Signed) -> Conversation:
    """A conversation without the day of recording where that is wrong: noes count always, yeses never."""
    return attrs.evolve(talk, recorded_at=None) if _wrong(talk.recorded_at, since_made) else talk


def righted_stop(stop: Stop[H], signed: SignedAfter) -> Stop[H]:
    """A stop that has always stopped where its day is wrong, and was lifted by the time the two signed."""
    made = stop
    if _wrong(stop.hold.placed_at, signed(stop.hold)):
        made = attrs.evolve(made, hold=attrs.evolve(stop.hold, placed_at=None))
    if stop.granted is not None and (moment := _wrong(stop.granted.at, signed(stop.granted))):
        made = attrs.evolve(made, granted=attrs.evolve(stop.granted, at=moment))
    return made


def righted_trust(one: SourceTrust, signed: SignedAfter) -> SourceTrust:
    """Trust that ended by the time the two signed where its end is wrong; a wrong beginning stays late."""
    if one.ended is not None and (moment := _wrong(one.ended.at, signed(one.ended))):
        return attrs.evolve(one, ended=attrs.evolve(one.ended, at=moment))
    return one


def righted_attention(one: AnyAttention, since_made: Signed) -> AnyAttention:
    """Hostile attention that has always paused where its day is wrong."""
    return attrs.evolve(one, recorded_at=None) if _wrong(one.recorded_at, since_made) else one


def righted_review(review: Review, since_made: Signed) -> Review:
    """A review that was made by the time the two signed where its day is wrong."""
    return attrs.evolve(review, at=_wrong(review.at, since_made) or review.at)


def righted_confirmation(sign: ReviewConfirmation, since_made: Signed) -> ReviewConfirmation:
    """As `righted_review`."""
    return attrs.evolve(sign, at=_wrong(sign.at, since_made) or sign.at)
