"""Whether what a family said of somebody by name may mean a recipient: in doubt it does.

An answer keeps the words that were said. A recipient keeps every name it ever had, because the log does; so a
no said of *Committee on Human Rights* still meets it under another name, in other letters, shortened to its
initials or with half of its words left out. A yes is read the other way: only the very name counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from app.domain.consent_facts import Facts
from app.names.fold import keys, tokens

_ALIKE: Final = 85
_WHOLE_ALIKE: Final = 88
_ENOUGH: Final = 5  # letters: shorter words are the same or not
_INITIALS: Final = 3  # letters of the shortest short form
_SMALL_WORDS: Final = (
    "a an the in to of and or as for on at by with "
    "der die das den dem des im am auf und oder für von vom zum zur bei "
    "у ў і ды для ва па на аб з и в для во по о с из "
    "i w z dla de du la le les des et"
)
_SMALL: Final = frozenset(_SMALL_WORDS.split())


def known_as(facts: Facts, names: frozenset[str], ids: frozenset[str]) -> frozenset[str]:
    """What this family's answers and stops call recipients that go by these names.

    Args:
        facts: of one prisoner and family.
        names: every name the recipients have or had.
        ids: of the recipients, and of godparents they are.
    """
    if not names:
        return ids
    said = {text for answer in facts.answers for text in answer.recipients}
    said |= {hold.target_id for hold in facts.holds if hold.target == "institution" and hold.target_id}
    return ids | {text for text in said if any(may_mean(text, name) for name in names)}


@lru_cache(maxsize=20_000)
def may_mean(said: str, name: str) -> bool:
    """Whether words somebody said may mean who goes by this name."""
    these, those = _words(said), _words(name)
    if not these or not those:
        return not these  # signs alone: nobody knows whom they meant
    few, many = sorted((these, those), key=len)
    if all(any(_same(one, other) for other in many) for one in few) or _initials(few, many):
        return True
    return fuzz.ratio("".join(these), "".join(those)) >= _WHOLE_ALIKE


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in nothing but case, signs and spaces."""
    return tokens(one) == tokens(other)


def _words(text: str) -> tuple[str, ...]:
    found = tokens(text)
    return tuple(word for word in found if word not in _SMALL) or found


def _same(one: str, other: str) -> bool:
    if one == other or _sounds(one) & _sounds(other):
        return True
    long = min(len(one), len(other)) >= _ENOUGH
    return long and fuzz.ratio(min(_sounds(one)), min(_sounds(other))) >= _ALIKE


@lru_cache(maxsize=20_000)
def _sounds(word: str) -> frozenset[str]:
    return frozenset(keys(word)) or frozenset({word})


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one word is the first letters of the others, some of them left out: OSCE."""
    if len(short) != 1 or not _INITIALS <= len(short[0]) <= len(long) or short[0][0] != long[0][0]:
        return False
    letters = iter(word[0] for word in long)
    return all(letter in letters for letter in short[0])
