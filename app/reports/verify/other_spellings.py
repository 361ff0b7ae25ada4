"""Protected names in a finished file in any spelling and case: what is sure, what a person judges."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

import attrs

from app.names.clean import clean
from app.names.compare import SAME_NAME, similarity
from app.names.mentions import Mention, NameFinder, Rule
from app.reports.verify.name_places import BORDER, TAKEN, Text

_SURE: Final = frozenset({Rule.FULL_NAME, Rule.LETTERS_APART})
_AROUND: Final = 3


@attrs.frozen
class ProtectedName:
    """One spelling of a name that must not be in the file; `person` is an opaque id."""

    person: str
    text: str = attrs.field(repr=False)


@attrs.frozen
class Spelt:
    """A protected name found in some spelling.

    Attributes:
        person: whose.
        where: the place in the file.
        said: the words of the file.
        sure: a whole name, and not a cleared person's: nothing to judge.
    """

    person: str
    where: str
    said: str = attrs.field(repr=False)
    sure: bool


def as_read(text: str) -> str:
    """The words of a text with their capitals and hooks, one space between; an apostrophe ends none.

    The sign of a tag or an address stays with its word: a name may be glued to others in it.
    """
    seen = clean(unicodedata.normalize("NFKC", text)).text.replace("'", "")
    kept = (
        char if char.isalnum() else "" if unicodedata.combining(char) else " #" if tag else " "
        for char, tag in zip(seen, _tags(seen), strict=True)
    )
    return " ".join("".join(kept).split())


def _tags(text: str) -> Iterator[bool]:
    """Whether each sign begins a tag or an address."""
    return (char in "#@" and behind.isalnum() for char, behind in zip_longest(text, text[1:], fillvalue=""))


def _nobody_asks(words: int) -> None:
    """For callers that show no progress."""


class OtherSpellings:
    """The search for protected names in every spelling.

    Args:
        protected: the names.
        cleared: names that may be in the file.
    """

    def __init__(self, protected: Sequence[ProtectedName], cleared: Iterable[str]) -> None:
        self._people: Final[dict[str, list[str]]] = {}
        for name in protected:
            owners = self._people.setdefault(name.text, [])
            if name.person not in owners:
                owners.append(name.person)
        self._finder: Final = NameFinder(self._people)
        self._cleared: Final = tuple(dict.fromkeys(cleared))
        self._mentions: Final[dict[str, tuple[Mention, ...]]] = {}
        self._is_cleared: Final[dict[str, bool]] = {}

    def found(self, text: Text, searched: Callable[[int], None] = _nobody_asks) -> Iterator[Spelt]:
        """Every place of one text that names a protected person; `searched` is told the words done."""
        start = 0
        for words in _between(text.words):
            searched(start)
            said = " ".join(words)
            for mention in self._find(said):
                where = text.places[start + said.count(" ", 0, mention.offset)]
                for person in self._people[mention.name]:
                    yield self._judged(person, where, said, mention)
            start += len(words) + 1

    def _find(self, said: str) -> tuple[Mention, ...]:
        # A cell stands in four files, and a thousand rows say the same word.
        known = self._mentions.get(said)
        if known is None:
            known = self._mentions[said] = tuple(self._finder.find(said))
        return known

    def _judged(self, person: str, where: str, said: str, mention: Mention) -> Spelt:
        end = mention.offset + mention.length
        before = said[: mention.offset].split()[-_AROUND:]
        after = said[end:].split()[:_AROUND]
        words = said[mention.offset : end]
        sure = mention.rule in _SURE and not self._may_be_cleared(mention.name, [*before, words, *after])
        return Spelt(person, where, words, sure)

    def _may_be_cleared(self, name: str, around: Sequence[str]) -> bool:
        """Whether a cleared person bears this very name, so that a person must judge who is meant."""
        known = self._is_cleared.get(name)
        if known is None:
            known = self._is_cleared[name] = any(
                similarity(name, cleared) >= SAME_NAME for cleared in self._cleared
            )
        return known and bool(around)


def _between(words: Sequence[str]) -> Iterable[list[str]]:
    """The stretches of words between the places of cleared names and the borders of cells and rows."""
    stretch: list[str] = []
    for word in words:
        if word in (TAKEN, BORDER):
            yield stretch
            stretch = []
        else:
            stretch.append(word)
    yield stretch
