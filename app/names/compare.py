"""Whether two names can be one person's: order-free, in any spelling, initials and missing parts understood.

Nothing here decides that two records are one person; a person does. `similarity` compares two texts;
`same_person_hint` adds what else is known. Thresholds hold on `name-spellings.csv` (see tests/unit/names).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import permutations
from typing import Final

import attrs
from rapidfuzz.distance import DamerauLevenshtein

from app.domain.dates import PartialDate
from app.names.fold import fold, keys, tokens
from app.names.given_names import given_groups

SAME_NAME: Final = 0.85
"""From here on two texts are taken for spellings of one name."""

_GERMAN: Final = 0.98
_ONE_PART_MISSING: Final = 0.93
_GIVEN_ONLY: Final = 0.55
_GIVEN_MISSING: Final = 0.88
_INITIAL: Final = 0.93
_OTHER_GIVEN: Final = 0.45
_GIVEN_SPELT_ALIKE: Final = 0.86
_MOST_TOKENS: Final = 4
# Folded ends: -ович -евич (avic), -овна -евна (avna); a patronymic stands beside a given and a family name.
_PATRONYMIC = re.compile(r".{2,}(?:avic|ivic|ic|avna|invna|icna|ivna)")
_SIBLING = (("ski", "ska"), ("ki", "ka"), ("i", "a"), ("in", "ina"), ("av", "ava"), ("ni", "na"))


@attrs.frozen
class NameParts:
    """A name taken apart.

    Attributes:
        given: words known as given names.
        initials: folded first sounds of words that are one letter.
        family: all other words.
        patronymic: a word that looks like one and stands beside a given and a family name, or empty.
    """

    given: tuple[str, ...]
    initials: tuple[str, ...]
    family: tuple[str, ...]
    patronymic: str = ""


@lru_cache(maxsize=32768)
def name_parts(text: str) -> NameParts:
    """Take a name apart, in whatever order it stands."""
    words = tokens(text)
    initials = tuple(fold(word) for word in words if len(word) == 1)
    whole = [word for word in words if len(word) > 1 and not word.isdigit()]
    given = [word for word in whole if given_groups(word)]
    if len(given) == len(whole) and len(whole) > 1:
        given = given[:1]  # two given names in a row: the second may be the surname Антон
    family = [word for word in whole if word not in given]
    patronymic = ""
    if given and len(family) >= 2:
        likely = [word for word in family if _PATRONYMIC.fullmatch(fold(word)) and _of_a_given_name(word)]
        if len(likely) == 1 or (len(likely) > 1 and len(family) > len(likely)):
            patronymic = likely[0]
            family.remove(patronymic)
    return NameParts(tuple(given), initials, tuple(family), patronymic)


def token_similarity(a: str, b: str) -> float:
    """How alike two words are once folded, 0 to 1."""
    return _alike(keys(a), keys(b))


def similarity(a: str, b: str) -> float:
    """How likely two texts are spellings of one name, 0 to 1; from `SAME_NAME` on they are taken for one.

    Args:
        a: a name, words in any order, either script.
        b: another.
    """
    one, two = name_parts(a), name_parts(b)
    if not (one.given or one.family or one.initials) or not (two.given or two.family or two.initials):
        return 0.0
    family = _family_score(one, two)
    given = _given_score(one, two)
    if family is None:
        return _GIVEN_ONLY * given if one.given and two.given else 0.0
    return max(0.0, family * given * _patronymic_factor(one.patronymic, two.patronymic))


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
    name = max((similarity(x, y) for x in a.names for y in b.names), default=0.0)
    born = birth_dates_agree(a.born, b.born)
    if name < SAME_NAME or born is False:
        return None
    detained = a.detained_on is not None and a.detained_on.exact and a.detained_on == b.detained_on
    both_exact = born is True and a.born == b.born and a.born is not None and a.born.exact
    if not detained and not both_exact:
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


def sibling_forms(a: str, b: str) -> bool:
    """Whether two surnames are the forms of one family (Дзятлоўскі, Дзятлоўская); only ever a suggestion."""
    one, two = fold(a), fold(b)
    return one != two and any(
        x.endswith(his) and y.endswith(hers) and x[: -len(his)] == y[: -len(hers)]
        for his, hers in _SIBLING
        for x, y in ((one, two), (two, one))
    )


def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(token) for token in tokens(text))


@lru_cache(maxsize=131072)
def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    best = 0.0
    for x in a:
        for y in b:
            german = x[:1] == "0"
            if german != (y[:1] == "0"):
                continue
            x_sounds, y_sounds = (x[1:], y[1:]) if german else (x, y)
            score = DamerauLevenshtein.normalized_similarity(x_sounds, y_sounds)
            best = max(best, score * (_GERMAN if german else 1.0))
    return best


def _family_score(one: NameParts, two: NameParts) -> float | None:
    """Best alignment of surname words; None when a side has none."""
    fewer, more = sorted((one.family[:_MOST_TOKENS], two.family[:_MOST_TOKENS]), key=len)
    if not fewer:
        return None
    best = max(_aligned(fewer, chosen) for chosen in permutations(more, len(fewer)))
    return best if len(fewer) == len(more) else best * _ONE_PART_MISSING


def _aligned(a: Sequence[str], b: Sequence[str]) -> float:
    # Long words say more than short ones; one word that does not fit at all decides against the whole.
    scores = [(token_similarity(x, y), max(len(x), len(y))) for x, y in zip(a, b, strict=True)]
    mean = sum(score * weight for score, weight in scores) / sum(weight for _, weight in scores)
    return min(mean, min(score for score, _ in scores) + 0.15)


def _given_score(one: NameParts, two: NameParts) -> float:
    if one.given and two.given:
        return 1.0 if any(_same_given(x, y) for x in one.given for y in two.given) else _OTHER_GIVEN
    if one.given or two.given:
        given, other = (one.given, two) if one.given else (two.given, one)
        if other.initials:
            firsts = {first[:1] for word in given for first in _first_sounds(word)}
            return _INITIAL if firsts & {initial[:1] for initial in other.initials} else _OTHER_GIVEN
        # A word of the other side that the table does not know may be this very given name.
        if any(_alike(keys(x), keys(y)) >= _GIVEN_SPELT_ALIKE for x in given for y in other.family):
            return 1.0
        return _GIVEN_MISSING
    if one.initials and two.initials:
        return _INITIAL if set(one.initials) & set(two.initials) else _OTHER_GIVEN
    return 1.0


def _first_sounds(word: str) -> set[str]:
    return {fold(word)} | {fold(group) for group in given_groups(word)}


def _same_given(a: str, b: str) -> bool:
    groups_a, groups_b = given_groups(a), given_groups(b)
    return bool(groups_a & groups_b) or fold(a) == fold(b)


def _patronymic_factor(a: str, b: str) -> float:
    if not a or not b:
        return 1.0
    return 1.0 if token_similarity(a, b) >= 0.7 else 0.8


def _of_a_given_name(word: str) -> bool:
    """Whether a word ends like a patronymic and begins like a given name (Іванавіч, Сергеевна)."""
    stem = re.sub(r"(?:avic|ivic|ic|avna|ivna|icna)$", "", fold(word))
    return len(stem) >= 2 and any(given_groups(stem + ending) for ending in ("", "i", "a", "ai"))
