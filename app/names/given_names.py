"""Given names that are one name (Сяргей = Сергей = Serge), from `resources/names/given_names.toml`.

Looked up by folded form, so that a spelling nobody wrote down is still found when it sounds the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Final

import resources
from app.domain.errors import BugError
from app.names.fold import keys, tokens

_TABLE: Final = "names/given_names.toml"
_SEXES: Final = ("male", "female")

Group = str


@cache
def _groups_by_key() -> Mapping[str, frozenset[Group]]:
    found: dict[str, set[Group]] = {}
    for group, (_, spellings) in _table().items():
        for spelling in spellings:
            for token in tokens(spelling):
                for key in keys(token):
                    found.setdefault(key, set()).add(group)
    return {key: frozenset(groups) for key, groups in found.items()}


@cache
def _groups_by_spelling() -> Mapping[str, frozenset[Group]]:
    # A spelling that stands in the table means what it says there, whatever else it sounds like (Hanna).
    found: dict[str, set[Group]] = {}
    for group, (_, spellings) in _table().items():
        for spelling in spellings:
            for token in tokens(spelling):
                found.setdefault(token, set()).add(group)
    return {token: frozenset(groups) for token, groups in found.items()}


@cache
def _table() -> Mapping[Group, tuple[str, tuple[str, ...]]]:
    with resources.path(_TABLE).open("rb") as stream:
        data = tomllib.load(stream)
    found: dict[Group, tuple[str, tuple[str, ...]]] = {}
    for sex in _SEXES:
        for name, languages in data[sex].items():
            if name in found or not all(isinstance(words, str) for words in languages.values()):
                raise BugError("given_names.toml: a name stands twice or a line is not text")
            spellings = (name, *(word for words in languages.values() for word in words.split()))
            found[name] = (sex, spellings)
    return found


def given_groups(token: str) -> frozenset[Group]:
    """The given names this word can be; empty when it is not known as one.

    Args:
        token: one word, either script.
    """
    groups = _groups_by_spelling().get(token.casefold())
    if groups is not None:
        return groups
    for key in keys(token):
        groups = _groups_by_key().get(key)
        if groups is not None:
            return groups
    return frozenset()


def is_given_name(token: str) -> bool:
    """Whether this word is known as a given name."""
    return bool(given_groups(token))


def sex_of_given_name(token: str) -> str:
    """`male`, `female`, or empty when unknown or both (Саша)."""
    sexes = {_table()[group][0] for group in given_groups(token)}
    return sexes.pop() if len(sexes) == 1 else ""
