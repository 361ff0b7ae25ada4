"""The tables of names as data: given names, endings, look-alike letters, words that are also surnames.

They lie in `resources/names/` as TOML, one line a thing, per language, for people who know names to edit.
Everything is checked when it is read; a table that says nonsense is a bug of ours, never a silent miss.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Final

import resources
from app.domain.errors import BugError

LANGUAGES: Final = frozenset({"be", "ru", "uk", "pl", "lt", "de", "en", "fr", "west"})
SEXES: Final = ("male", "female")


@cache
def given_names() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Each group of given names that are one name: its sex and its spellings, the group's name first."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    data = _read("given_names")
    _require(set(data) == set(SEXES), "given_names: male and female")
    for sex in SEXES:
        for name, languages in _table(data[sex], f"given_names, {sex}").items():
            _require(name not in found, f"given_names: {name} stands twice")
            words = _by_language(f"given_names, {name}", languages).values()
            found[name] = (sex, (name, *(word for of_one in words for word in of_one)))
    return found


@cache
def look_alikes() -> tuple[tuple[str, str], ...]:
    """Letters nobody can tell apart in a usual font: Latin, Cyrillic."""
    pairs = _read("look_alikes").get("latin_cyrillic")
    _require(isinstance(pairs, list), "look_alikes: latin_cyrillic is a list")
    found: list[tuple[str, str]] = []
    for pair in pairs if isinstance(pairs, list) else ():
        _require(isinstance(pair, str) and len(pair) == 2, "look_alikes: two letters a pair")
        _require(not "\u0400" <= pair[0] <= "\u052f", "look_alikes: Latin first")
        _require("\u0400" <= pair[1] <= "\u052f", "look_alikes: Cyrillic second")
        found.append((pair[0], pair[1]))
    _require(len({latin for latin, _ in found}) == len(found), "look_alikes: a letter stands twice")
    return tuple(found)


@cache
def endings() -> Mapping[str, tuple[str, ...]]:
    """Endings a surname can take in running text, as written, per language."""
    found = _by_language("endings", _read("endings"))
    _require(bool(found), "endings: at least one language")
    return found


@cache
def ordinary_words() -> Mapping[str, tuple[str, ...]]:
    """Words of a language that are also surnames, or are spelt like one: alone they name nobody."""
    return _by_language("ordinary_words", _read("ordinary_words"))


@cache
def forms_of_address() -> Mapping[str, tuple[str, ...]]:
    """Words that stand beside a surname and say that a person is meant (Frau, пан, сям'я)."""
    return _by_language("forms_of_address", _read("forms_of_address"))


def _read(name: str) -> dict[str, object]:
    with resources.path(f"names/{name}.toml").open("rb") as stream:
        return tomllib.load(stream)


def _by_language(what: str, data: object) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _table(data, what).items():
        _require(language in LANGUAGES, f"{what}: unknown language {language}")
        _require(isinstance(words, str) and bool(words.strip()), f"{what}, {language}: words in one text")
        found[language] = tuple(str(words).split())
    return found


def _table(data: object, what: str) -> dict[str, object]:
    if not isinstance(data, dict):
        raise BugError(f"resources/names: {what} is a table")
    return data


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise BugError(f"resources/names: {what}")
