"""Whether two names can be spellings of one: no order, either script, initials and missing parts understood.

    >>> similarity("Сяргей Жаўняровіч", "Schawnerowitsch, Sergei") > SAME_NAME
    True

Nothing here decides that two records are one person; a person does. Thresholds were set on spellings of
invented people (tests/unit/names) and are measured on others (`python3 dev.py bench`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from typing import Final

from app.names.distance import alike
from app.names.fold import READ_GERMAN, WRITTEN_GERMAN, asked_keys, fold, keys
from app.names.given_names import given_groups
from app.names.parts import NameParts, name_readings
from app.names.tables import given_names

SAME_NAME: Final = 0.85
"""From here on two texts are taken for spellings of one name."""

_GERMAN: Final = 0.98
_ONE_PART_MISSING: Final = 0.93
_GIVEN_ONLY: Final = 0.55
_GIVEN_MISSING: Final = 0.88
_INITIAL: Final = 0.93
_OTHER_GIVEN: Final = 0.45
_GIVEN_SPELT_ALIKE: Final = 0.8
_OTHER_PATRONYMIC: Final = 0.8
_PATRONYMIC_ALIKE: Final = 0.7
_SIBLING: Final = 0.8
_DIGRAPHS = re.compile("[skz]h|[cs]z|ts|tsch|zs")
_ANY_DIGRAPHS = re.compile(f"ch|{_DIGRAPHS.pattern}")
_BARE_C = re.compile("c(?![hkz])")
_MOST_TOKENS: Final = 4
_SEX_ENDINGS: Final = (("ski", "ska"), ("ki", "ka"), ("in", "ina"), ("av", "ava"), ("i", "a"))


def similarity(a: str, b: str, *, worth: float = 0.0) -> float:
    """How likely two texts are spellings of one name, 0 to 1; from `SAME_NAME` on they are taken for one.

    Args:
        a: a name, words in any order, either script.
        b: another.
        worth: less than this need not be told apart: it may come out as 0, and comes out soon.
    """
    return max(_compared(one, two, worth) for one in name_readings(a) for two in name_readings(b))


def token_similarity(a: str, b: str) -> float:
    """How alike two words are once folded, 0 to 1."""
    return _alike(a, b)


def sibling_forms(a: str, b: str) -> bool:
    """Whether two surnames are the forms of one family (Дзятлоўскі, Дзятлоўская); only ever a suggestion."""
    one, two = fold(a), fold(b)
    return one != two and any(
        x.endswith(his) and y.endswith(hers) and x[: -len(his)] == y[: -len(hers)]
        for his, hers in _SEX_ENDINGS
        for x, y in ((one, two), (two, one))
    )


def _compared(one: NameParts, two: NameParts, worth: float) -> float:
    if not (one.given or one.family or one.initials) or not (two.given or two.family or two.initials):
        return 0.0
    given = _given_score(one, two)
    if given < worth:
        return 0.0  # surnames take ten times as long to compare, and can only lessen it
    family = _family_score(one, two)
    if family is None:
        return _GIVEN_ONLY * given if one.given and two.given else 0.0
    return max(0.0, family * given * _patronymic_factor(one.patronymic, two.patronymic))


@lru_cache(maxsize=131072)
def _alike(a: str, b: str) -> float:
    hooks_lost = may_have_lost_hooks(a) or may_have_lost_hooks(b)
    best = 0.0
    for x in asked_keys(a):
        for y in keys(b):
            german = x[:1] in (READ_GERMAN, WRITTEN_GERMAN)
            if german and x[:1] == y[:1]:
                best = max(best, alike(x[1:], y[1:]) * _GERMAN)
            elif not german and y[:1] not in (READ_GERMAN, WRITTEN_GERMAN):
                best = max(best, alike(x, y, hooks_lost=hooks_lost))
    return min(best, _SIBLING) if best < 1.0 and sibling_forms(a, b) else best


def may_have_lost_hooks(word: str) -> bool:
    """Whether a word is plain Latin letters whose s c z may be š č ž: who writes sh or cz means s by s.

    A ch beside a bare c is х of a system with hooks (Chomelovic).
    """
    return word.isascii() and not (_DIGRAPHS if _BARE_C.search(word) else _ANY_DIGRAPHS).search(word)


def _family_score(one: NameParts, two: NameParts) -> float | None:
    """Best alignment of surname words; None when a side has none."""
    fewer, more = sorted((one.family[:_MOST_TOKENS], two.family[:_MOST_TOKENS]), key=len)
    if not fewer:
        return None
    best = max(_aligned(fewer, chosen) for chosen in permutations(more, len(fewer)))
    return best if len(fewer) == len(more) else best * _ONE_PART_MISSING


def _aligned(a: Sequence[str], b: Sequence[str]) -> float:
    # Long words say more than short ones; one word that does not fit at all decides against the whole.
    scores = [(_alike(x, y), max(len(x), len(y))) for x, y in zip(a, b, strict=True)]
    mean = sum(score * weight for score, weight in scores) / sum(weight for _, weight in scores)
    return min(mean, min(score for score, _ in scores) + 0.15)


def _given_score(one: NameParts, two: NameParts) -> float:
    if one.given and two.given:
        return 1.0 if any(_same_given(x, y) for x in one.given for y in two.given) else _OTHER_GIVEN
    if one.given or two.given:
        given, other = (one.given, two) if one.given else (two.given, one)
        if other.initials:
            firsts = {first for word in given for first in _first_sounds(word)}
            return _INITIAL if firsts & set(other.initials) else _OTHER_GIVEN
        # A word of the other side that the table does not know may be this very given name.
        if any(_alike(x, y) >= _GIVEN_SPELT_ALIKE for x in given for y in other.family):
            return 1.0
        return _GIVEN_MISSING
    if one.initials and two.initials:
        return _INITIAL if set(one.initials) & set(two.initials) else _OTHER_GIVEN
    return 1.0


@lru_cache(maxsize=32768)
def _first_sounds(word: str) -> frozenset[str]:
    groups = given_groups(word)
    spellings = {word, *(spelling for group in groups for spelling in given_names()[group][1])}
    return frozenset(fold(part)[:1] for spelling in spellings for part in (spelling, spelling[:1]))


def _same_given(a: str, b: str) -> bool:
    groups_a, groups_b = given_groups(a), given_groups(b)
    return bool(groups_a & groups_b) or fold(a) == fold(b)


def _patronymic_factor(a: str, b: str) -> float:
    if not a or not b:
        return 1.0
    return 1.0 if _alike(a, b) >= _PATRONYMIC_ALIKE else _OTHER_PATRONYMIC
