"""How far two folded words are apart, when some changes are likelier than others.

Folding cannot bridge everything: a glide that one system writes and another leaves out, Воўк and Волк, a
reader who drops the hooks of č š ž. Such a change costs less than a whole letter; every other costs one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

_VOWELS: Final = frozenset("aiu")
_WORTH_A_LOOK: Final = 0.6
_LIKELY: Final = {"ai": 0.7, "lv": 0.6, "fp": 0.8, "fv": 0.7, "uv": 0.6}
# Only where one of the two is Latin without hooks or digraphs: its s may be an š whose hook was lost.
_HOOK_LOST: Final = {"jz": 0.25, "sx": 0.25, "ct": 0.25}
_GLIDE_COST: Final = 0.5
_OTHER_ENDING: Final = 1.4
_BEGINNING_COST: Final = 0.6


@lru_cache(maxsize=262144)
def alike(a: str, b: str, *, hooks_lost: bool = False) -> float:
    """How alike two folded words are, 0 to 1.

    Args:
        a: a folded word.
        b: another.
        hooks_lost: one of them was plain Latin letters that may stand for č š ž.
    """
    if a == b:
        return 1.0
    plain = DamerauLevenshtein.normalized_similarity(a, b)
    if plain < _WORTH_A_LOOK:
        return plain
    return max(0.0, 1.0 - _cost(a, b, hooks_lost=hooks_lost) / max(len(a), len(b)))


def _cost(a: str, b: str, *, hooks_lost: bool) -> float:
    """The cheapest way from one word to the other (Wagner and Fischer, 1974, with weights)."""
    row = [0.0]
    for place in range(len(b)):
        row.append(row[-1] + _letter(b, place))
    for i, x in enumerate(a):
        below = [row[0] + _letter(a, i)]
        for j, y in enumerate(b):
            changed = row[j] if x == y else row[j] + _change(x, y, hooks_lost=hooks_lost)
            if x != y and i == len(a) - 1 and j == len(b) - 1 and changed - row[j] == 1.0:
                changed = row[j] + _OTHER_ENDING  # Лопуханец is not Лопухонок
            below.append(min(changed, row[j + 1] + _letter(a, i), below[j] + _letter(b, j)))
        row = below
    return row[-1]


def _change(x: str, y: str, *, hooks_lost: bool) -> float:
    pair = x + y if x < y else y + x
    likely = _LIKELY.get(pair)
    if likely is None and hooks_lost:
        likely = _HOOK_LOST.get(pair)
    return 1.0 if likely is None else likely


def _letter(word: str, place: int) -> float:
    """What one letter more costs: little for a glide beside a vowel and for a prosthetic sound in front."""
    char = word[place]
    after = word[place + 1 : place + 2]
    before = word[place - 1 : place] if place else ""
    if place == 0 and char in "vhi" and len(word) > 3 and (after in _VOWELS or char == "i"):
        return _BEGINNING_COST
    if char == "i" and (before in _VOWELS or after in _VOWELS):
        return _GLIDE_COST
    if char == "v" and before in _VOWELS and after in _VOWELS:
        return _BEGINNING_COST
    return 1.0
