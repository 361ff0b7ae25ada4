"""Which spelling of a name a report shows, and in which order names stand. Pure.

A report shows names in the letters of its own language first: a Belarusian finds nobody in Latin ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

import attrs

from app.domain.prisoner import OtherName, Prisoner
from app.languages import KNOWN, words_of
from app.names.clean import is_cyrillic
from app.reports.transform import OTHER_SPELLING

_OTHERS_IN_CYRILLIC: Final = frozenset({"uk", "kk"})
_SPELLINGS: Final = frozenset({"", "official", "spelling"})
"""Uses of another name that spell the same name; a pen name or a name by marriage is another one."""
_LETTERS: Final = "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя"
"""Belarusian order, with the letters of Russian and Ukrainian where they stand there."""
_PLACE: Final = {letter: place for place, letter in enumerate(_LETTERS)}
_POLISH: Final = {
    letter: place for place, letter in enumerate("0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż")
}
"""Polish order: its own letters stand behind those they look like, and are none of them."""


def writes_cyrillic(language: str) -> bool:
    """Whether a language is written in Cyrillic letters."""
    known = KNOWN.get(language)
    return known.cyrillic if known is not None else language in _OTHERS_IN_CYRILLIC


def in_letters_of(prisoner: Prisoner, language: str) -> Prisoner:
    """The person with the spelling in the letters of this language as the name, the other one beside it.

    What was written down as the spelling in this very language goes before a name that only has its letters:
    a Pole is Andrzej in Polish, and Сяргей is Сергей in Russian. As they are where there is none, or where it
    lacks a part the name has.
    """
    wanted = writes_cyrillic(language)
    written_so = _written_so(prisoner.family_name, prisoner.given_name, cyrillic=wanted)
    found = [name for name in prisoner.other_names if _spells(name, prisoner, cyrillic=wanted)]
    own = words_of(language)
    first = next((name for name in found if name.language == own), None)
    if first is None and not written_so:
        first = found[0] if found else None
    if first is None:
        return prisoner
    beside = prisoner.other_names
    if wanted or not written_so:
        beside = _beside(prisoner, cyrillic=not wanted)
    return attrs.evolve(
        prisoner, family_name=first.family_name, given_name=first.given_name, other_names=beside
    )


def _beside(prisoner: Prisoner, *, cyrillic: bool) -> tuple[OtherName, ...]:
    """The name in the other letters, for the column that shows it: the first that is written so."""
    plain = OtherName("", prisoner.family_name, prisoner.given_name)
    for name in (plain, *prisoner.other_names):
        if _spells(name, prisoner, cyrillic=cyrillic):
            return (attrs.evolve(name, language=OTHER_SPELLING),)
    return ()


def sort_key(prisoner: Prisoner, language: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """By family name, then given name, as this language orders letters; its own letters before others."""
    cyrillic_first = writes_cyrillic(language)
    return tuple(
        _key(text, language, cyrillic_first=cyrillic_first)
        for text in (prisoner.family_name, prisoner.given_name)
    )


def _spells(name: OtherName, prisoner: Prisoner, *, cyrillic: bool) -> bool:
    whole = bool(name.family_name or not prisoner.family_name) and bool(
        name.given_name or not prisoner.given_name
    )
    return (
        whole and name.use in _SPELLINGS and _written_so(name.family_name, name.given_name, cyrillic=cyrillic)
    )


def _written_so(family: str, given: str, *, cyrillic: bool) -> bool:
    return is_cyrillic(f"{given} {family}") == cyrillic


def _key(text: str, language: str, *, cyrillic_first: bool) -> tuple[tuple[int, int], ...]:
    own = _POLISH if language == "pl" else {}
    found = (_letter(char, own, cyrillic_first=cyrillic_first) for char in text.casefold())
    return tuple(pair for pair in found if pair is not None)


def _letter(char: str, own: Mapping[str, int], *, cyrillic_first: bool) -> tuple[int, int] | None:
    """A block of letters and the place in it; None for signs that do not count.

    Args:
        own: places of the letters of a language that orders Latin ones by itself.
    """
    if char in own:
        return (1, own[char])
    if char in _PLACE:
        return (1 if cyrillic_first else 2, _PLACE[char])
    base = unicodedata.normalize("NFKD", char)[:1]
    if base.isalpha() or base.isdecimal():
        return (2 if cyrillic_first else 1, own.get(base, ord(base)))
    return (0, 0) if char.isspace() else None
