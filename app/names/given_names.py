"""Given names that are one name (Сяргей = Сергей = Serge), from `resources/names/given_names.toml`.

Looked up as written first, then by folded form, so that a spelling nobody wrote down is still found when it
sounds the same. Sources: pairs as Belarusian passports write them (Ганна/Анна, Дзмітрый/Дмитрий); short forms
and western ones as people of both countries use them in documents, from common knowledge of the languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from app.names.fold import READ_GERMAN, WRITTEN_GERMAN, asked_keys, keys, tokens
from app.names.tables import given_names

Group = str
# A short form that is looked up by its sound finds half the surnames (Каця, Кот).
_SHORTEST_SOUND: Final = 4


@cache
def _groups_by_key() -> Mapping[str, frozenset[Group]]:
    found: dict[str, set[Group]] = {}
    for group, (_, spellings) in given_names().items():
        for spelling in spellings:
            for token in tokens(spelling):
                for key in keys(token):
                    found.setdefault(key, set()).add(group)
    return {key: frozenset(groups) for key, groups in found.items()}


@cache
def _groups_by_spelling() -> Mapping[str, frozenset[Group]]:
    # A spelling that stands in the table means what it says there, whatever else it sounds like (Hanna).
    found: dict[str, set[Group]] = {}
    for group, (_, spellings) in given_names().items():
        for spelling in spellings:
            for token in tokens(spelling):
                found.setdefault(token, set()).add(group)
    return {token: frozenset(groups) for token, groups in found.items()}


@lru_cache(maxsize=65536)
def given_groups(token: str) -> frozenset[Group]:
    """The given names this word can be; empty when it is not known as one.

    Args:
        token: one word, either script.
    """
    groups = _groups_by_spelling().get(token.casefold())
    if groups is not None:
        return groups
    for key in asked_keys(token):
        if len(key.lstrip(READ_GERMAN + WRITTEN_GERMAN)) < _SHORTEST_SOUND:
            continue
        groups = _groups_by_key().get(key)
        if groups is not None:
            return groups
    return frozenset()


def is_given_name(token: str) -> bool:
    """Whether this word is known as a given name."""
    return bool(given_groups(token))


def sex_of_given_name(token: str) -> str:
    """`male`, `female`, or empty when unknown or both (Саша)."""
    sexes = {given_names()[group][0] for group in given_groups(token)}
    return sexes.pop() if len(sexes) == 1 else ""
