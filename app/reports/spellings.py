"""Which spelling of a name a report shows, and in which order names stand. Pure.

A report shows names in the letters of its own language first: a Belarusian finds nobody in Latin ones.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import attrs

from app.domain.prisoner import OtherName, Prisoner
from app.names.clean import is_cyrillic
from app.reports.transform import OTHER_SPELLING

_CYRILLIC: Final = frozenset({"be", "ru", "uk", "kk"})
_SPELLINGS: Final = frozenset({"", "official", "spelling"})
"""Uses of another name that spell the same name; a pen name or a name by marriage is another one."""
_LETTERS: Final = "абвгґдеёєжзиіїйклмнопрстуўфхцчшщъыьэюя"
"""Belarusian order, with the letters of Russian and Ukrainian where they stand there."""
_PLACE: Final = {letter: place for place, letter in enumerate(_LETTERS)}


def writes_cyrillic(language: str) -> bool:
    """Whether a language is written in Cyrillic letters."""
    return language in _CYRILLIC


def in_letters_of(prisoner: Prisoner, language: str) -> Prisoner:
    """The person with the spelling in the letters of this language as the name, the other one beside it.

    As they are where there is none, or where it lacks a part the name has.
    """
    wanted = writes_cyrillic(language)
    if _written_so(prisoner.family_name, prisoner.given_name, cyrillic=wanted):
        return prisoner
    found = [name for name in prisoner.other_names if _spells(name, prisoner, cyrillic=wanted)]
    found.sort(key=lambda name: name.language != language)  # the first in this language, else the first
    if not found:
        return prisoner
    first = found[0]
    other = OtherName(
        language=OTHER_SPELLING, family_name=prisoner.family_name, given_name=prisoner.given_name
    )
    return attrs.evolve(
        prisoner, family_name=first.family_name, given_name=first.given_name, other_names=(other,)
    )


def sort_key(prisoner: Prisoner, language: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """By family name, then given name, as this language orders letters; its own letters before others."""
    cyrillic_first = writes_cyrillic(language)
    return tuple(
        _key(text, cyrillic_first=cyrillic_first) for text in (prisoner.family_name, prisoner.given_name)
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


def _key(text: str, *, cyrillic_first: bool) -> tuple[tuple[int, int], ...]:
    return tuple(
        pair for char in text.casefold() if (pair := _letter(char, cyrillic_first=cyrillic_first)) is not None
    )


def _letter(char: str, *, cyrillic_first: bool) -> tuple[int, int] | None:
    """A block of letters and the place in it; None for signs that do not count."""
    if char in _PLACE:
        return (1 if cyrillic_first else 2, _PLACE[char])
    base = unicodedata.normalize("NFKD", char)[:1]
    if base.isalpha() or base.isdecimal():
        return (2 if cyrillic_first else 1, ord(base))
    return (0, 0) if char.isspace() else None
