"""Reviews as they are stored: occasions that ask for one, what came of it, and the second person's yes.

All closed, because a review says that somebody spoke, all written once and never taken away: without its
refusal a review would wait for another answer. Which reviews are open is computed (`review_due`), and so is
what they pause (`review_pauses`).

Source: consent.md, *Reviews*.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import attrs

from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE


class Cause(StrEnum):
    """Why something is up for review: words of the vocabulary `review_cause`."""

    ATTENTION = "attention"
    STATUS = "status"
    BORDER = "border"
    GODPARENT = "godparent"
    ENDS = "ends"
    ADULT = "adult"
    BYPASS = "bypass"
    QUARTER = "quarter"  # the quarter review asks the owner


class Outcome(StrEnum):
    """What came of a review: words of the vocabulary `review_outcome`."""

    STILL_HOLDS = "still_holds"
    ASK_AGAIN = "ask_again"
    STOP = "stop"
    ENDED = "ended"
    IN_ERROR = "in_error"  # what raised it never happened

    @property
    def settles(self) -> bool:
        """Whether the review is over; after *ask again* it waits for what they say."""
        return self is not Outcome.ASK_AGAIN


@noun("occasion", lasting=True)
@attrs.frozen
class Occasion:
    """Something that happened to a family and asks for a review without pausing anything.

    Attributes:
        note, due_on: what an officer asks, and until when.
    """

    id: RecordId
    version: int = 0
    cause: str = stored(N_("Why"), Kind.TERM, _SENSITIVE, vocabulary="review_cause", required=True)
    prisoner: str | None = stored(
        N_("Prisoner"), Kind.REFERENCE, _SENSITIVE, refers_to="prisoner", required=True
    )
    relative: str | None = stored(N_("Relative"), Kind.REFERENCE, _SENSITIVE, refers_to="relative")
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _SENSITIVE)
    due_on: date | None = stored(N_("Until"), Kind.DAY, _SENSITIVE)
    raised_by: str | None = stored(N_("Recorded by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    raised_at: datetime | None = stored(N_("Recorded"), Kind.MOMENT, _SENSITIVE)


@noun("review", lasting=True)
@attrs.frozen
class Review:
    """What came of one review.

    Attributes:
        because: what raised it: id of the hostile attention, occasion or answer, or the day (ISO) of an end
            or birthday.
        prisoner: whose family; empty for everybody the hostile attention touches (`in_error`).
        relative: who, where it is about one of the family.
    """

    id: RecordId
    version: int = 0
    cause: str = stored(N_("Why"), Kind.TERM, _SENSITIVE, vocabulary="review_cause", required=True)
    because: str = stored(N_("Because of"), Kind.TEXT, _SENSITIVE, required=True)
    prisoner: str | None = stored(N_("Prisoner"), Kind.REFERENCE, _SENSITIVE, refers_to="prisoner")
    relative: str | None = stored(N_("Relative"), Kind.REFERENCE, _SENSITIVE, refers_to="relative")
    outcome: str = stored(
        N_("What came of it"), Kind.TERM, _SENSITIVE, vocabulary="review_outcome", required=True
    )
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _SENSITIVE)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)


@noun("review_confirmation", lasting=True)
@attrs.frozen
class ReviewConfirmation:
    """A second person's yes or no to what a review opens again for more than a named godparent."""

    id: RecordId
    version: int = 0
    review: str | None = stored(N_("Review"), Kind.REFERENCE, _SENSITIVE, refers_to="review", required=True)
    granted: bool = stored(N_("Agreed"), Kind.FLAG, _SENSITIVE)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)
    slip: str = stored(N_("Signed in a slip"), Kind.TEXT, _SENSITIVE)
