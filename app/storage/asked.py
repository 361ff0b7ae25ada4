"""What somebody typed into the search box, and how a record answers: as written, otherwise spelt, alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Final

import attrs
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from app.i18n import N_
from app.names.fold import asked_keys, fold, initial_sounds, tokens
from app.names.given_names import given_groups

_QUOTED: Final = re.compile(r"""\s*["«„“”](?P<words>[^"»“”]+)["»“”]?\s*""")
# A letter no name has, before and after: whole given names meet, never beginnings of them.
_GIVEN: Final = "ʔ"
# First sounds that are one letter where the hooks of č š ž are lost.
_HOOKLESS: Final[Mapping[str, str]] = {"s": "sx", "x": "xs", "z": "zj", "j": "jz", "t": "tc", "c": "ct"}
_SHORTEST_ALIKE: Final = 5
_ALIKE: Final = 0.75
_MOST_ALIKE: Final = 12
LOOKED_UP: Final = 6
"""Beginnings of so many letters, the mark among them, are looked up in the index."""
_MOST_WORDS: Final = 200


class How(IntEnum):
    """How a record was found, the best first."""

    AS_WRITTEN = 0
    FOLDED = 1
    ALIKE = 2


HOW_WORDS: Final[Mapping[How, str]] = {
    How.AS_WRITTEN: "",
    How.FOLDED: N_("in another spelling"),
    How.ALIKE: N_("spelt alike"),
}


def written(text: str) -> list[str]:
    """The words of a text as an index keeps them: small letters, one script a word, nothing else changed."""
    return [token.replace("'", "") for token in tokens(text)]


@attrs.define
class Asked:
    """One question.

    Attributes:
        written: its words as they are written.
        readings: for each word, every folded reading.
        only_as_written: it stood between quotation marks: no other spelling counts.
        alike: for each word, words of names that are only alike; empty until they are needed.
    """

    written: tuple[str, ...]
    readings: tuple[tuple[str, ...], ...]
    only_as_written: bool
    alike: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, text: str) -> Asked:
        """Understand what was typed."""
        quoted = _QUOTED.fullmatch(text)
        words = quoted["words"] if quoted else text
        readings = tuple(_all_readings(token) for token in tokens(words))
        return cls(tuple(written(words)), readings, quoted is not None)

    def how(self, text: str) -> How:
        """How a record with these words answers."""
        words = written(text)
        if all(any(word.startswith(asked) for word in words) for asked in self.written):
            return How.AS_WRITTEN
        keys = [key for token in tokens(text) for key in (*asked_keys(token), *given_marks(token))]
        return How.FOLDED if _begin(keys, self.readings) or not self.alike else How.ALIKE

    def readings_of(self, how: How) -> tuple[tuple[str, ...], ...]:
        """What the words of a record found so begin with."""
        return self.alike if how is How.ALIKE else self.readings


def given_marks(token: str) -> tuple[str, ...]:
    """What an index keeps for a word that is a given name: the same for Зміцер, Дмитрий and Demetrius."""
    return tuple(
        sorted(f"{_GIVEN}{group.casefold().replace(chr(39), '')}{_GIVEN}" for group in given_groups(token))
    )


def _all_readings(token: str) -> tuple[str, ...]:
    if len(token) == 1 and not token.isdigit():
        return initial_sounds(token)
    return (*asked_keys(token), *given_marks(token))


class Vocabulary:
    """The folded words of all names, to find those that are only alike. In memory, like the index in TEMP.

    Only words that begin with the same sound, or with that letter without its hook, are compared, so that
    every key pressed is answered at once.
    """

    def __init__(self) -> None:
        self._words: Final[dict[str, dict[str, str]]] = {}
        self._long: Final[dict[str, set[str]]] = {}

    def take_up(self, name: Sequence[str]) -> None:
        """Add the words of a name (`app.names.fold.tokens`)."""
        for token in name:
            word = fold(token)
            self._words.setdefault(word[:1], {})[word] = word

    def keep(self, words: Iterable[str]) -> None:
        """Remember the long words of an index, to know which of them begin somehow."""
        for word in words:
            if len(word) > LOOKED_UP and not word[-1].isdigit():
                self._long.setdefault(word[:LOOKED_UP], set()).add(word)

    def beginning(self, key: str) -> tuple[str, ...] | None:
        """The words that begin with a key longer than the index looks up; None where there are too many.

        A handful of words is walked only as far as somebody wants to see; everybody who has a word with such
        a beginning would have to be gathered first. Among a million people "аляксан" is a tenth of all.
        """
        if key[-1].isdigit():
            return None
        found = [word for word in self._long.get(key[:LOOKED_UP], ()) if word.startswith(key)]
        return tuple(sorted(found)) if len(found) <= _MOST_WORDS else None

    def clear(self) -> None:
        """Forget everything."""
        self._words.clear()
        self._long.clear()

    def alike(self, asked: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        """For each word its readings and the words like it; empty when there is nothing new."""
        found = tuple(self._with_alike(readings) for readings in asked)
        return () if all(len(more) == len(plain) for more, plain in zip(found, asked, strict=True)) else found

    def _with_alike(self, readings: Sequence[str]) -> tuple[str, ...]:
        key = readings[0]
        if len(key) < _SHORTEST_ALIKE or key.isdigit():
            return tuple(readings)
        near = [
            found
            for first in _HOOKLESS.get(key[:1], key[:1])
            for found in process.extract(
                key,
                self._words.get(first, {}),
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=_ALIKE,
                limit=_MOST_ALIKE,
            )
        ]
        likest = sorted(near, key=lambda found: -found[1])[:_MOST_ALIKE]
        return tuple(dict.fromkeys((*readings, *(word for word, _score, _key in likest))))


def _begin(keys: Sequence[str], asked: Sequence[Sequence[str]]) -> bool:
    return all(any(key.startswith(tuple(readings)) for key in keys) for readings in asked)
