"""Vocabularies: the words a term may be, with their wording in every language and what rules read of them.

One file per vocabulary in `resources/vocabularies/`. The stored code never changes its meaning; its words
stand beside it, in every language Poruch speaks, because a term without words is a bug in the data and not
in a catalogue. Country and language names come from babel, never from here.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

import attrs

import resources
from app.domain.errors import BugError, Code, KnownError
from app.i18n import current_language
from app.languages import WITH_WORDS, spelt, words_of

SPEAKS: Final = WITH_WORDS
"""Languages a term may carry: those of the window always, the others where reports read the vocabulary."""

Datum = str | int | bool | tuple[str, ...]


@attrs.frozen
class Term:
    """One word of a vocabulary.

    Attributes:
        code: what is stored.
        words: wording by language.
        data: what rules read of it; a missing attribute means no or none.
        hidden: forms do not offer it; what is stored with it keeps its words.
    """

    code: str
    words: Mapping[str, str]
    data: Mapping[str, Datum]
    hidden: bool = False

    def text(self, name: str) -> str:
        """An attribute that is a word, or empty."""
        value = self.data.get(name, "")
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """An attribute that is a yes or no; missing means no."""
        return self.data.get(name) is True

    def number(self, name: str) -> int:
        """An attribute that is a whole number; missing means 0."""
        value = self.data.get(name, 0)
        return value if isinstance(value, int) else 0

    def items(self, name: str) -> tuple[str, ...]:
        """An attribute that is a list of words; missing means none."""
        value = self.data.get(name, ())
        return value if isinstance(value, tuple) else ()


@attrs.frozen
class Vocabulary:
    """The terms of one vocabulary in the order a form shows them."""

    name: str
    terms: tuple[Term, ...]
    by_code: Mapping[str, Term] = attrs.field(repr=False)

    def __contains__(self, code: object) -> bool:
        return code in self.by_code

    def term(self, code: str) -> Term:
        """The term of this code.

        Raises:
            KnownError: UNKNOWN_TERM.
        """
        found = self.by_code.get(code)
        if found is None:
            raise KnownError(Code.UNKNOWN_TERM, field=self.name)
        return found


_OWN: dict[str, Vocabulary] = {}
"""Vocabularies with the words of the case file that is open: one process has one."""


def use_own(terms: Mapping[str, Sequence[Term]]) -> None:
    """Take the words of the case file that was opened, or none at its close.

    Args:
        terms: by vocabulary; one whose code ships with Poruch words or hides that, and keeps what rules
            read of it.
    """
    _OWN.clear()
    _OWN.update({name: _with_own(shipped(name), own) for name, own in terms.items()})


def _with_own(known: Vocabulary, own: Sequence[Term]) -> Vocabulary:
    by_code = dict(known.by_code)
    for term in own:
        base = known.by_code.get(term.code)
        words, data = (base.words, base.data) if base is not None else ({}, {})
        by_code[term.code] = Term(
            term.code, MappingProxyType({**words, **term.words}), MappingProxyType(dict(data)), term.hidden
        )
    return Vocabulary(known.name, tuple(by_code.values()), MappingProxyType(by_code))


def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of this name, with the words of the open case file. Raises as `shipped`."""
    return _OWN.get(name) or shipped(name)


@cache
def shipped(name: str) -> Vocabulary:
    """The vocabulary of this name as it ships with Poruch, read once.

    Raises:
        KnownError: UNKNOWN_TERM, there is no such vocabulary.
        BugError: the file that ships with Poruch is not what it should be.
    """
    file = resources.path(f"vocabularies/{name}.toml")
    if not name.isidentifier() or not file.exists():
        raise KnownError(Code.UNKNOWN_TERM, field=name)
    plain: Mapping[str, object] = tomllib.loads(file.read_text(encoding="utf-8"))
    listed = plain.get("term")
    if not isinstance(listed, list):
        raise BugError(f"the vocabulary {name} has no terms")
    terms = tuple(_read(name, item) for item in listed)
    by_code = MappingProxyType({term.code: term for term in terms})
    if len(by_code) != len(terms):
        raise BugError(f"the vocabulary {name} has a term twice")
    return Vocabulary(name, terms, by_code)


@cache
def vocabulary_version() -> str:
    """A digest of all vocabularies: what was computed from others does not hold."""
    digest = hashlib.sha256()
    for file in sorted(resources.path("vocabularies").glob("*.toml")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def names() -> tuple[str, ...]:
    """Every vocabulary that ships with Poruch."""
    return tuple(
        sorted(
            file.stem
            for file in resources.path("vocabularies").glob("*.toml")
            if "[[term]]" in file.read_text(encoding="utf-8")
        )
    )


def word(name: str, code: str, language: str | None = None) -> str:
    """How a stored term reads: in this language, else in English, else the code itself.

    Args:
        name: the vocabulary.
        code: the stored term; one this version does not know reads as itself.
        language: one that reports speak; None for the language of the window.

    Raises:
        KnownError: UNKNOWN_TERM, there is no such vocabulary.
    """
    term = vocabulary(name).by_code.get(code)
    if term is None:
        return code
    spoken = language or current_language()
    words = term.words.get(words_of(spoken)) or term.words.get("en")
    return spelt(words or next(iter(term.words.values()), code), spoken)


def pairs(name: str, language: str | None = None) -> tuple[tuple[str, str], ...]:
    """(code, words) of every term that is offered, in order, for a form.

    Raises:
        KnownError: UNKNOWN_TERM, there is no such vocabulary.
    """
    offered = (term.code for term in vocabulary(name).terms if not term.hidden)
    return tuple((code, word(name, code, language)) for code in offered)


def _read(name: str, item: object) -> Term:
    if not isinstance(item, Mapping) or not isinstance(item.get("code"), str):
        raise BugError(f"the vocabulary {name} has a term without a code")
    words: dict[str, str] = {}
    data: dict[str, Datum] = {}
    for key, value in item.items():
        if key in SPEAKS and isinstance(value, str):
            words[key] = value
        elif isinstance(value, list):
            data[key] = tuple(str(part) for part in value)
        elif key != "code" and isinstance(value, str | int):
            data[key] = value
    return Term(item["code"], MappingProxyType(words), MappingProxyType(data))
