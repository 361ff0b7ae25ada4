"""What speaks for two records being one person: names, birth dates, the day of detention. Never decides it.

A name alone is never enough, because namesakes are common; a person looks at every pair.
"""

from __future__ import annotations

from enum import StrEnum

import attrs

from app.domain.dates import PartialDate
from app.names.compare import SAME_NAME, similarity
from app.names.fold import fold, tokens


class Reason(StrEnum):
    """Why two people may be one; worded in `app.words` or by the page that shows them."""

    SAME_NAME = "same_name"
    OTHER_SPELLING = "other_spelling"
    SAME_BIRTH_DATE = "same_birth_date"
    BIRTH_DATE_FITS = "birth_date_fits"
    SAME_DAY_DETAINED = "same_day_detained"
    OTHER_BIRTH_DATE = "other_birth_date"
    SIBLING_FORM = "sibling_form"


@attrs.frozen
class KnownPerson:
    """What is known of somebody, as far as comparing needs it.

    Attributes:
        names: every spelling, given and family name in one text.
        born: birth date, as partial as it is known.
        detained_on: day of detention.
    """

    names: tuple[str, ...]
    born: PartialDate | None = None
    detained_on: PartialDate | None = None


@attrs.frozen
class Hint:
    """Two people may be one: how strongly, 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...]


def same_person_hint(a: KnownPerson, b: KnownPerson) -> Hint | None:
    """What speaks for two being one person, or None when it is not enough to show.

    A name alone is never enough: namesakes are common. A birth date that cannot be the same speaks against.
    """
    # Days first: comparing names takes a hundred times as long, and in a long list most pairs end here.
    born = birth_dates_agree(a.born, b.born)
    if born is False:
        return None
    detained = a.detained_on is not None and a.detained_on.exact and a.detained_on == b.detained_on
    both_exact = born is True and a.born == b.born and a.born is not None and a.born.exact
    if not detained and not both_exact:
        return None
    name = max((similarity(x, y, worth=SAME_NAME) for x in a.names for y in b.names), default=0.0)
    if name < SAME_NAME:
        return None
    same = any(set(_folded(x)) == set(_folded(y)) for x in a.names for y in b.names)
    reasons = [Reason.SAME_NAME if same else Reason.OTHER_SPELLING]
    if both_exact:
        reasons.append(Reason.SAME_BIRTH_DATE)
    elif born is True:
        reasons.append(Reason.BIRTH_DATE_FITS)
    if detained:
        reasons.append(Reason.SAME_DAY_DETAINED)
    score = name * (1.0 if both_exact and detained else 0.95 if both_exact else 0.92 if born else 0.86)
    return Hint(round(score, 3), tuple(reasons))


def birth_dates_agree(a: PartialDate | None, b: PartialDate | None) -> bool | None:
    """Whether two birth dates can be one day; None when one is unknown."""
    if a is None or b is None:
        return None
    return a.first <= b.last and b.first <= a.last


def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(token) for token in tokens(text))
