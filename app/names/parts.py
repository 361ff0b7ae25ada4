"""A name taken apart: given name, initials, surname words, patronymic, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import attrs

from app.names.fold import fold, initial_sounds, tokens
from app.names.given_names import given_groups

# Folded ends: -ович -евич (avic), -овна -евна (avna); a patronymic stands beside a given and a family name.
_PATRONYMIC = re.compile(r".{2,}(?:avic|ivic|ic|avna|invna|icna|ivna)")
_PATRONYMIC_END = re.compile(r"(?:avic|ivic|ic|avna|ivna|icna)$")
_FEWEST_WITH_PATRONYMIC = 3
# Words of names that are no part of the surname (Мамед оглы, бен Аврам, de la).
_PARTICLES = frozenset(
    {"оглы", "кызы", "углы", "ogly", "oglu", "oğlu", "kyzy", "qizi", "qızı", "von", "van", "de"}
)


@attrs.frozen
class NameParts:
    """A name taken apart.

    Attributes:
        given: words known as given names.
        initials: folded first sounds of words that are one letter, every sound it can be.
        family: all other words.
        patronymic: a word that looks like one and stands beside a given and a family name, or empty.
    """

    given: tuple[str, ...]
    initials: tuple[str, ...]
    family: tuple[str, ...]
    patronymic: str = ""


def name_parts(text: str) -> NameParts:
    """Take a name apart, in whatever order it stands; the likeliest way."""
    return name_readings(text)[0]


@lru_cache(maxsize=32768)
def name_readings(text: str) -> tuple[NameParts, ...]:
    """Every way to take a name apart: of Паўлюк Антон either may be the surname."""
    words = tokens(text)
    initials = tuple(
        sound for word in words if len(word) == 1 and not word.isdigit() for sound in initial_sounds(word)
    )
    whole = tuple(w for w in words if len(w) > 1 and not w.isdigit() and w not in _PARTICLES)
    given = [word for word in whole if given_groups(word)]
    if not given:
        return (NameParts((), initials, whole),)
    found = (
        [_apart(whole, one, initials) for one in given]
        if len(whole) > 1
        else [NameParts(tuple(given), initials, ())]
    )
    if len(given) == len(whole) == 1 or (initials and len(whole) == 1):
        found.append(NameParts((), initials, whole))  # the surname Антон, alone or behind an initial
    return tuple(dict.fromkeys(found))


def _apart(whole: tuple[str, ...], given: str, initials: tuple[str, ...]) -> NameParts:
    family = list(whole)
    family.remove(given)
    patronymic = ""
    if len(whole) >= _FEWEST_WITH_PATRONYMIC:
        likely = list(_patronymics(family))
        if len(likely) == 1 or (likely and len(family) > len(likely)):
            patronymic = likely[0]
        elif likely:  # Іван Якубовіч Антановіч: the patronymic stands behind the given name
            place = whole.index(given)
            patronymic = (
                whole[place + 1] if place + 1 < len(whole) and whole[place + 1] in likely else likely[0]
            )
    if patronymic:
        family.remove(patronymic)
    return NameParts((given,), initials, tuple(family), patronymic)


def _patronymics(words: list[str]) -> Iterator[str]:
    for word in words:
        if _PATRONYMIC.fullmatch(fold(word)) and _of_a_given_name(word):
            yield word


@lru_cache(maxsize=32768)
def _of_a_given_name(word: str) -> bool:
    """Whether a word ends like a patronymic and begins like a given name (Іванавіч, Сергеевна)."""
    stem = _PATRONYMIC_END.sub("", fold(word))
    return len(stem) >= 2 and any(given_groups(stem + ending) for ending in ("", "i", "a", "ai"))
