"""What is other in a file than in what we kept of it: words that were not there, and words that are gone.

Nothing is known of lines: a word processor breaks them anew. Each text that was kept takes its words out of
the file, the longest first and each once; what the template says on every page takes them as often as it
stands there. Words that nobody takes are new, texts that find no words are gone.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from app.reports.elsewhere.told import Place, Said, Spot

_READ: Final = frozenset({Spot.PAGE, Spot.PARAGRAPH, Spot.CELL, Spot.TABLE})


@attrs.frozen
class Moved:
    """What is other.

    Attributes:
        new: words of the file, with their place.
        gone: texts that were kept and do not stand in it any more.
    """

    new: tuple[tuple[Place, str], ...] = attrs.field(repr=False)
    gone: tuple[str, ...] = attrs.field(repr=False)


def moved(said: Sequence[Said], kept: Iterable[str], template: Iterable[str]) -> Moved:
    """Compare.

    Args:
        said: what the file says.
        kept: texts of ours, each as often as it stood there.
        template: texts that may stand there any number of times.
    """
    words = [(place, word) for place, text in _read(said) for word in text.split()]
    stream = [_plain(word) for _place, word in words]
    taken = [not word for word in stream]
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(stream):
        places[word].append(at)
    texts = sorted(((_words(text), text) for text in kept), key=lambda one: len(one[0]), reverse=True)
    gone = [text for each, text in texts if each and not _take(each, stream, taken, places)]
    for each in sorted((_words(text) for text in template), key=len, reverse=True):
        while each and _take(each, stream, taken, places):
            pass
    return Moved(tuple(_runs(words, taken)), tuple(gone))


def without(said: Sequence[Said], names: Iterable[str], mark: str) -> tuple[Said, ...]:
    """What the file says with each of these names, once, as a mark: as often as we had put them there.

    Args:
        mark: one word that stands for a word of a name.
    """
    wanted = sorted((_words(name) for name in names), key=len, reverse=True)
    found = list(said)
    for reading in _readings(said):
        where = [(at, number) for at in reading for number in range(len(said[at].text.split()))]
        parts = {at: said[at].text.split() for at in reading}
        stream = [_plain(parts[at][number]) for at, number in where]
        taken = [False] * len(stream)
        places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(stream):
            places[word].append(at)
        for each in wanted:
            if each:
                _take(each, stream, taken, places)
        for (at, number), gone in zip(where, taken, strict=True):
            if gone:
                parts[at][number] = mark
        for at in reading:
            found[at] = attrs.evolve(said[at], text=" ".join(parts[at]))
    return tuple(found)


def _readings(said: Sequence[Said]) -> list[list[int]]:
    """Which texts are read together: the first of every place, the second of every place, and so on."""
    seen: Counter[Place] = Counter()
    groups: list[list[int]] = []
    for at, one in enumerate(said):
        if one.place.spot in _READ:
            if len(groups) == seen[one.place]:
                groups.append([])
            groups[seen[one.place]].append(at)
            seen[one.place] += 1
    return groups


def _read(said: Sequence[Said]) -> Iterator[tuple[Place, str]]:
    """Every text somebody reads, once: other readings of the same place are for the search for names."""
    seen: set[Place] = set()
    for one in said:
        if one.place.spot in _READ and one.place not in seen:
            seen.add(one.place)
            yield one.place, one.text


def _words(text: str) -> list[str]:
    return [word for word in map(_plain, text.split()) if word]


def _plain(word: str) -> str:
    """Letters and digits alone: signs are set anew by every program."""
    return "".join(char for char in unicodedata.normalize("NFKC", word) if char.isalnum())


def _take(each: list[str], stream: list[str], taken: list[bool], places: dict[str, list[int]]) -> bool:
    """Take the first free place of these words; whether there was one. Signs alone stand anywhere."""
    for start in places.get(each[0], ()):
        if taken[start]:
            continue
        at, found = start, [start]
        for word in each[1:]:
            at += 1
            while at < len(stream) and not stream[at]:
                at += 1
            if at >= len(stream) or taken[at] or stream[at] != word:
                break
            found.append(at)
        if len(found) == len(each):
            for one in found:
                taken[one] = True
            return True
    return False


def _runs(words: Sequence[tuple[Place, str]], taken: Sequence[bool]) -> Iterator[tuple[Place, str]]:
    """Words nobody took, those beside each other together."""
    run: list[str] = []
    place = None
    for (where, word), gone in zip(words, taken, strict=True):
        if gone or (place is not None and where != place):
            if run and place is not None:
                yield place, " ".join(run)
            run, place = [], None
        if not gone:
            run.append(word)
            place = where
    if run and place is not None:
        yield place, " ".join(run)
