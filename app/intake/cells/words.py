"""The words lists use for terms of our vocabularies, from `resources/intake/words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

import resources

_TABLE: Final = "intake/words.toml"
_SHORT: Final = 5


@cache
def _data() -> Mapping[str, object]:
    with resources.path(_TABLE).open("rb") as stream:
        return tomllib.load(stream)


@cache
def nothing_words() -> frozenset[str]:
    """What lists write where nothing is known."""
    words = _data()["nothing"]
    return frozenset(words) if isinstance(words, list) else frozenset()


@cache
def phrases(table: str) -> tuple[str, ...]:
    """A plain list of words or phrases."""
    words = _data()[table]
    return tuple(str(word) for word in words) if isinstance(words, list) else ()


@cache
def titles() -> Mapping[str, Mapping[str, str]]:
    """What a title beside the name of a godparent says of them."""
    found = _data()["titles"]
    return {str(word): dict(said) for word, said in found.items()} if isinstance(found, dict) else {}


@cache
def sum_words() -> frozenset[str]:
    """What stands in the name column of a row that adds others up."""
    words = _data()["sums"]
    return frozenset(words) if isinstance(words, list) else frozenset()


@cache
def _words(table: str) -> Mapping[str, str]:
    """Word to term, longest words first."""
    terms = _data()[table]
    if not isinstance(terms, dict):
        return {}
    pairs = [(str(word), str(term)) for term, words in terms.items() for word in words]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


def exact_term(table: str, text: str) -> str:
    """The term a whole cell means, or empty."""
    return _words(table).get(text.casefold().strip(' .,:;!()"“”«»'), "")


def contained_term(table: str, text: str) -> str:
    """The term whose longest word stands at the beginning of a word of the text, or empty."""
    return _contained(table, text)[0]


def without_term(table: str, text: str) -> str:
    """The text without the word that `contained_term` found."""
    start, end = _contained(table, text)[1]
    plain = text.casefold()
    return f"{plain[:start]} {plain[end:]}".strip() if end else text


@lru_cache(maxsize=4096)
def _contained(table: str, text: str) -> tuple[str, tuple[int, int]]:
    """The term and where its word stands, to the end of that word."""
    plain = text.casefold()
    for word, term in _words(table).items():
        # A short word counts only as a whole: "ик" is no colony inside "Виктор".
        end = r"(?!\w)" if len(word) < _SHORT else r"\w*"
        match = re.search(rf"(?<!\w){re.escape(word)}{end}", plain) if word in plain else None
        if match is not None:
            return term, match.span()
    return "", (0, 0)


def status_of_place(what: str) -> str:
    """What being in a kind of place says of a prisoner: a term of the vocabulary `status`, or empty."""
    statuses = _data()["place_status"]
    return str(statuses.get(what, "")) if isinstance(statuses, dict) else ""
