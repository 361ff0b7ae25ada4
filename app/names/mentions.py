"""Names in running text: where does a text name one of these people, in any spelling and any case?

    >>> [(m.offset, m.rule) for m in find_mentions("письмо Жавнеровичу", ["Сяргей Жаўняровіч"])]
    [(7, <Rule.FAMILY_NAME: 'family_name'>)]

Recall comes first: a person judges what is found. Each word is looked at alone and with its neighbours; a
short family name, or one that is also an ordinary word (Уголь, Заяц), counts only beside a given name,
an initial or a form of address. Numbers and addresses are none of this module's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, StrEnum, auto
from functools import lru_cache
from itertools import pairwise
from typing import Final

import attrs

from app.names.clean import clean, is_cyrillic
from app.names.compare import SAME_NAME, may_have_lost_hooks
from app.names.distance import alike
from app.names.fold import fold, keys
from app.names.known_words import given_names_meant, is_listed, is_ordinary, says_person
from app.names.parts import NameParts, name_readings
from app.names.running_words import Word, running_words
from app.names.stems import name_stems, plain_length, skeleton, word_stems
from app.names.tables import given_names

_NO_NAME = re.compile(r"[@_\d]")
_APART = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[\s.\-_*·|/]{1,3}[^\W\d_](?![^\W\d_])){3,}")
_NEAR: Final = 3
_STRONG: Final = 5
_STRONG_SMALL_LETTERS: Final = 7
_IN_PIECES: Final = 6
_MANY: Final = 5


class Rule(StrEnum):
    """Why a place in a text was taken for a name."""

    FULL_NAME = "full_name"  # the family name beside its given name, second family name or patronymic
    WITH_INITIAL = "with_initial"  # the family name beside the first letter of its given name
    FAMILY_NAME = "family_name"  # the family name alone
    ALIKE = "alike"  # a long word that differs from the family name by as much as two spellings may
    PERSON_MEANT = "person_meant"  # a short or ordinary family name beside a word that says a person is meant
    LETTERS_APART = "letters_apart"  # the letters set apart, or the name cut in two


class _Sounds(Enum):
    """How well the sounds of a word meet those of a family name."""

    SAME = auto()
    ALIKE = auto()
    FEW_ALIKE = auto()  # too few to tell alone: Loiko and Lock


_ORDER: Final = {rule: place for place, rule in enumerate(Rule)}


@attrs.frozen
class Mention:
    """A place in a text that names somebody.

    Attributes:
        offset: where the family name begins, in characters of the text as it was given.
        length: how many characters it takes.
        name: which of the names, as it was given.
        rule: why.
    """

    offset: int
    length: int
    name: str = attrs.field(repr=False)
    rule: Rule


def find_mentions(text: str, names: Iterable[str]) -> list[Mention]:
    """Every place where `text` names one of `names`, in order.

    Args:
        text: prose in any language.
        names: full names or family names, one spelling each is enough.
    """
    return NameFinder(names).find(text)


@attrs.frozen
class _Wanted:
    """One reading of one name: what stands for it in a text."""

    name: str
    given: frozenset[str]
    first_sounds: frozenset[str]
    others: frozenset[str]  # stems of its other words: second family name, patronymic, unknown given name
    short: bool
    listed: bool  # an ordinary word as it is stored: Заяц, whose cases look like no word we know
    cyrillic: bool
    hookless: bool  # its s c z may be š č ž whose hooks were lost


class NameFinder:
    """Finds many names in many texts: what is worked out for a word is kept.

    Args:
        names: full names or family names. A number or an address among them has no spellings and no
            family name: it is found as stored or not at all, by whoever searches for it as stored.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._wanted: Final[dict[str, list[_Wanted]]] = {}
        self._skeletons: Final[dict[str, list[tuple[str, _Wanted]]]] = {}
        self._whole: Final[dict[str, str]] = {}
        self._beginnings: Final[set[str]] = set()
        for name in dict.fromkeys(name for name in names if not _NO_NAME.search(name)):
            for reading in name_readings(name):
                self._take_up(name, reading)
        self._known: Final[dict[str, tuple[tuple[_Wanted, _Sounds], ...]]] = {}

    def find(self, text: str) -> list[Mention]:
        """Every place where `text` names one of them, in order."""
        words = list(running_words(text))
        found = {(m.offset, m.name): m for m in (*self._in_pieces(text, words), *self._glued(words))}
        for place, word in enumerate(words):
            for wanted, sounds in self._wanted_by(word.text):
                rule = _judge(wanted, words, place, sounds)
                key = (word.offset, wanted.name)
                if rule and (key not in found or _ORDER[rule] < _ORDER[found[key].rule]):
                    found[key] = Mention(word.offset, word.length, wanted.name, rule)
        return sorted(found.values(), key=lambda mention: (mention.offset, mention.name))

    def _take_up(self, name: str, reading: NameParts) -> None:
        given = frozenset(group for word in reading.given for group in given_names_meant(word))
        beside = [*reading.family, *([reading.patronymic] if reading.patronymic else [])]
        for word in reading.family:
            stems = name_stems(word)
            others = frozenset(s for other in beside if other != word for s in name_stems(other))
            longest = max((plain_length(stem) for stem in stems), default=0)
            wanted = _Wanted(
                name,
                given,
                _first_sounds(given) | frozenset(reading.initials),
                others,
                short=longest < _STRONG,
                listed=is_listed(word),
                cyrillic=is_cyrillic(word),
                hookless=may_have_lost_hooks(word),
            )
            weak = wanted.short or is_ordinary(word)
            for stem in stems:
                self._wanted.setdefault(stem, []).append(wanted)
                if not weak and skeleton(stem):
                    self._skeletons.setdefault(skeleton(stem), []).append((stem, wanted))
            if not weak and longest >= _IN_PIECES:
                self._whole.update(dict.fromkeys(keys(word), name))
                self._beginnings.update(key[:end] for key in keys(word) for end in range(1, len(key)))

    def _wanted_by(self, word: str) -> tuple[tuple[_Wanted, _Sounds], ...]:
        """Who may be meant by this word, and how well its sounds meet theirs."""
        known = self._known.get(word)
        if known is None:
            stems, hookless = word_stems(word), may_have_lost_hooks(word)
            found = {wanted: _Sounds.SAME for stem in stems for wanted in self._wanted.get(stem, ())}
            for stem in stems:
                for other, wanted in self._skeletons.get(skeleton(stem), ()):
                    if found.get(wanted, _Sounds.FEW_ALIKE) is _Sounds.FEW_ALIKE:
                        lost = hookless or wanted.hookless
                        if alike(stem, other, hooks_lost=lost) >= SAME_NAME:
                            many = min(plain_length(stem), plain_length(other)) >= _MANY
                            found[wanted] = _Sounds.ALIKE if many else _Sounds.FEW_ALIKE
            known = self._known[word] = tuple(found.items())
        return known

    def _glued(self, words: Sequence[Word]) -> Iterator[Mention]:
        """Names that begin or end inside a word of a tag or an address (#freeshavnerovich)."""
        for word in words:
            if not word.glued:
                continue
            for cut in range(1, len(word.text)):
                for part, at in ((word.text[cut:], cut), (word.text[:cut], 0)):
                    if len(part) < _STRONG:
                        continue
                    called = at > 0 and says_person(word.text[:cut])
                    for wanted, sounds in self._wanted_by(part):
                        exactly = sounds is _Sounds.SAME
                        if called or (exactly and not _weak(wanted, attrs.evolve(word, text=part))):
                            yield Mention(word.offset, word.length, wanted.name, Rule.FAMILY_NAME)

    def _in_pieces(self, text: str, words: Sequence[Word]) -> Iterator[Mention]:
        for match in _APART.finditer(text):
            joined = clean("".join(char for char in match.group() if char.isalpha())).text.casefold()
            sounds = keys(joined)
            for whole, name in self._whole.items():
                if any(whole in one for one in sounds):
                    yield Mention(match.start(), len(match.group()), name, Rule.LETTERS_APART)
        for one, two in pairwise(words):
            if len(one.text) > 1 and len(two.text) > 1 and fold(one.text)[:-1] in self._beginnings:
                whole_name = self._whole.get(fold(one.text + two.text))
                if whole_name is not None and not is_ordinary(one.text) and not is_ordinary(two.text):
                    length = two.offset + two.length - one.offset
                    yield Mention(one.offset, length, whole_name, Rule.LETTERS_APART)


def _judge(wanted: _Wanted, words: Sequence[Word], place: int, sounds: _Sounds) -> Rule | None:
    """Whether the word at this place names the wanted person, and why."""
    word, exactly = words[place], sounds is _Sounds.SAME
    near = [*words[max(0, place - _NEAR) : place], *words[place + 1 : place + 1 + _NEAR]]
    if any(_belongs(wanted, other) for other in near):
        return Rule.FULL_NAME if exactly else Rule.ALIKE
    beside = [*words[max(0, place - 2) : place], *words[place + 1 : place + 3]]
    if word.capital and any(_is_initial(wanted, other) for other in beside):
        return Rule.WITH_INITIAL if exactly else Rule.ALIKE
    if sounds is _Sounds.FEW_ALIKE:
        return None
    if _weak(wanted, word):
        beside = [*words[max(0, place - 1) : place], *words[place + 1 : place + 2]]
        meant = any(_means_person(wanted, other) for other in beside) or _is_half(words, place)
        return Rule.PERSON_MEANT if meant and word.capital else None
    if not word.capital:
        same_script = exactly and wanted.cyrillic == is_cyrillic(word.text)
        if not same_script or len(fold(word.text)) < _STRONG_SMALL_LETTERS:
            return None
    return Rule.FAMILY_NAME if exactly else Rule.ALIKE


def _weak(wanted: _Wanted, word: Word) -> bool:
    """Whether a family name says too little alone: short, or an ordinary word where it stands."""
    listed_here = wanted.listed and wanted.cyrillic == is_cyrillic(word.text)
    if listed_here or is_ordinary(word.text):
        return True
    # Чулі пра Ільіна: a capital inside a sentence. German writes every noun with one.
    return wanted.short and not (word.inside and word.capital and is_cyrillic(word.text))


def _is_half(words: Sequence[Word], place: int) -> bool:
    """Whether the word is half of a double family name: tied to another that is no ordinary word."""
    tied = [words[place - 1]] if place and words[place].tied else []
    tied += [other for other in words[place + 1 : place + 2] if other.tied]
    return any(other.capital and len(other.text) >= _STRONG and not is_ordinary(other.text) for other in tied)


def _belongs(wanted: _Wanted, word: Word) -> bool:
    """Whether a neighbour is the given name or another part of this very name."""
    if len(word.text) == 1:
        return False
    if wanted.others and not wanted.others.isdisjoint(word_stems(word.text)):
        return True
    return not wanted.given.isdisjoint(given_names_meant(word.text)) if wanted.given else False


def _is_initial(wanted: _Wanted, word: Word) -> bool:
    return len(word.text) == 1 and word.capital and fold(word.text)[:1] in wanted.first_sounds


def _means_person(wanted: _Wanted, word: Word) -> bool:
    """Whether a neighbour of a weak name says that a person is meant, when it is nobody else's given name."""
    if says_person(word.text):
        return True
    if wanted.given or not word.capital:
        return False
    return len(word.text) == 1 or bool(given_names_meant(word.text))


@lru_cache(maxsize=8192)
def _first_sounds(groups: frozenset[str]) -> frozenset[str]:
    spellings = [spelling for group in groups for spelling in given_names()[group][1]]
    return frozenset(fold(part)[:1] for spelling in spellings for part in (spelling, spelling[:1]))
