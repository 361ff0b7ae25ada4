"""Whether a change of one record reaches any fact a decision looks at. Pure; decides nothing itself.

Most edits (a next step, a note, a nickname) touch no fact; whoever saves them need not decide anything again.
The answer is read off the facts themselves, so a rule that looks at one field more is noticed here by itself.
"""

from __future__ import annotations

from enum import Enum

from app.domain.consent_build import facts_of_prisoner, person_fact, publishable_fields
from app.domain.ids import RecordId
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative


class Touched(Enum):
    """What a change of a prisoner reaches."""

    NOTHING = "nothing"
    VALUES = "values"  # only what a trusted source may state; of weight where one states anything
    MORE = "more"


def touched_by(before: Prisoner, after: Prisoner) -> Touched:
    """What decisions about a prisoner and family see of this change."""
    if facts_of_prisoner(before) != facts_of_prisoner(after) or _merged(before) != _merged(after):
        return Touched.MORE
    if any(getattr(before, name) != getattr(after, name) for name in publishable_fields()):
        return Touched.VALUES
    return Touched.NOTHING


def _merged(prisoner: Prisoner) -> tuple[object, ...]:
    return (prisoner.merged_into, prisoner.merged_at, prisoner.merged_claims, prisoner.one_person_with)


def person_touched(before: Relative, after: Relative) -> bool:
    """Whether decisions see anything of this change of a relative.

    Of the prisoner only the birth date counts here, and only for the prisoner's own record: it is the same
    before and after.
    """
    whose = Prisoner(RecordId(""))
    return before.prisoner != after.prisoner or person_fact(before, whose) != person_fact(after, whose)
