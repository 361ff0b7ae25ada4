"""What a word of a text is besides a surname: an ordinary word, a given name, a form of address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from app.names.clean import is_cyrillic
from app.names.fold import fold
from app.names.given_names import Group, given_groups
from app.names.stems import name_stems, word_stems
from app.names.tables import forms_of_address, given_names, ordinary_words

_SHORTEST_GIVEN: Final = 4
_SHORTEST_ORDINARY: Final = 3
# Endings of a noun or adjective, folded; not -аў and -оў, which make a surname of an ordinary word (Азёраў).
_SLAVIC_CASES: Final = ("", "a", "u", "i", "am", "ai", "ami", "ah", "aha", "amu", "im", "ih", "imi")
# A hard stem never takes -ей, -ея, -ею (a soft one may: птицею): Бабея is a case of Бабей, not of баба.
_OF_A_GLIDE = re.compile(r"(?<=[бвгдкмптфх][еэ])(?:й|я|ю|ем|і|и|е|яў|ев|ям|ямі|ями|ях)$")
# -en is a plural in German only: Бабаян and Pawiecień are no plurals of баба and powiat.
_CASES: Final[Mapping[str, tuple[str, ...]]] = {
    "de": ("", "s", "an", "n", "a", "am"),
    "en": ("", "s"),
    "fr": ("", "s"),
}


@lru_cache(maxsize=65536)
def is_ordinary(word: str) -> bool:
    """Whether a word is in the table of ordinary words, in some case, in its own script."""
    sounds, script = fold(word), is_cyrillic(word)
    base = _OF_A_GLIDE.sub("й", word) if script else word
    if base.endswith("й") and _OF_A_GLIDE.search(base):
        return fold(base) in _ordinary_with_a_glide()
    return any(
        (script, sounds[: len(sounds) - len(end)]) in stems
        for ends, stems in _ordinary_stems()
        for end in ends
        if sounds.endswith(end)
    )


def is_listed(word: str) -> bool:
    """Whether a word stands in the table of ordinary words letter by letter."""
    return word.casefold() in _listed()


@cache
def _listed() -> frozenset[str]:
    return frozenset(word.casefold() for words in ordinary_words().values() for word in words)


@cache
def _ordinary_with_a_glide() -> frozenset[str]:
    """Ordinary words that end in -ей as they stand (муравей)."""
    return frozenset(
        fold(word) for words in ordinary_words().values() for word in words if word.endswith("ей")
    )


@lru_cache(maxsize=65536)
def given_names_meant(word: str) -> frozenset[Group]:
    """The given names a word of a text may be, in some case (Сяргеем, Annas)."""
    groups = given_groups(word)
    if len(word) < _SHORTEST_GIVEN:
        return groups
    known = _given_stems()
    return groups.union(*(known.get(stem, frozenset()) for stem in word_stems(word)))


@lru_cache(maxsize=8192)
def says_person(word: str) -> bool:
    """Whether a word says that the name beside it is a person's (Frau, сям'і)."""
    return word.casefold() in _addresses()


@cache
def _addresses() -> frozenset[str]:
    return frozenset(word.casefold() for words in forms_of_address().values() for word in words)


@cache
def _ordinary_stems() -> tuple[tuple[tuple[str, ...], frozenset[tuple[bool, str]]], ...]:
    """The endings words of a language take, with the stems of its ordinary words."""
    # A word is ordinary in its own script only: English "sava" says nothing about Сава.
    found: dict[tuple[str, ...], set[tuple[bool, str]]] = {}
    for language, words in ordinary_words().items():
        stems = found.setdefault(_CASES.get(language, _SLAVIC_CASES), set())
        for word in map(str.casefold, words):
            sounds, script = fold(word), is_cyrillic(word)
            stems.add((script, sounds))
            stems |= {
                (script, sounds[: len(sounds) - len(end)])
                for end in ("a", "i", "ai")
                if sounds.endswith(end) and len(sounds) - len(end) >= _SHORTEST_ORDINARY
            }
    return tuple((ends, frozenset(stems)) for ends, stems in found.items())


@cache
def _given_stems() -> Mapping[str, frozenset[Group]]:
    found: dict[str, set[Group]] = {}
    for group, (_, spellings) in given_names().items():
        for spelling in spellings:
            word = spelling.casefold()
            if len(word) >= _SHORTEST_GIVEN:
                for stem in name_stems(word):
                    found.setdefault(stem, set()).add(group)
    return {stem: frozenset(groups) for stem, groups in found.items()}
