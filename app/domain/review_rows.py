"""Rows for screens about reviews and hostile attention (see `rows`)."""

from __future__ import annotations

from datetime import date, datetime

import attrs

from app.domain.dates import PartialDate
from app.domain.review import Cause


@attrs.frozen
class ReviewRow:
    """One open review.

    Attributes:
        because: what raised it (`review.Review.because`).
        relative: who, where it is about one of the family.
        about: "mother of …", or the prisoner's name where it is about the family.
        due_on: the day it is about, where it has one.
        asking: somebody decided to ask again.
        pauses: what leaves the house waits for it.
        what: kind of the hostile attention that raised it, else empty.
        happened_on: when that was.
        mine: of a prisoner I own.
        note: what an officer asks.
    """

    cause: Cause
    because: str
    prisoner: str
    relative: str | None
    about: str
    raised_on: date
    due_on: date | None
    asking: bool
    pauses: bool
    what: str = ""
    happened_on: PartialDate | None = None
    owner: str | None = None
    mine: bool = False
    note: str = attrs.field(default="", repr=False)

    @property
    def key(self) -> str:
        """Its name in a list."""
        return "/".join((self.because, self.prisoner, self.relative or ""))


@attrs.frozen
class AttentionRow:
    """One line of the register of hostile attention.

    Attributes:
        touched: whom it touches, in words the reader may see.
        families: how many families it pauses or paused.
        paused: how many of them wait for a review; None without the key.
        closed: it touches a relative, and people without the key do not see it.
        in_error: somebody recorded that it never happened.
        waits: reviewed or taken back, it stays closed for wider audiences until a second person agrees.
        note: None without the key.
    """

    id: str
    what: str
    happened_on: PartialDate | None
    touched: tuple[str, ...]
    families: int
    paused: int | None
    closed: bool
    in_error: bool
    waits: bool
    note: str | None
    recorded_by: str
    recorded_at: datetime | None


@attrs.frozen
class AttentionEffect:
    """What recording hostile attention does at once.

    Attributes:
        families: names of the prisoners whose family pauses, by name.
        told: about how many of them something may leave the house today, which then waits.
        reviews: how many reviews it raises.
    """

    families: tuple[str, ...]
    told: int
    reviews: int
