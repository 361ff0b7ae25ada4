"""One person as lists, letters and articles write them, and the people one could take for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from tests.benchmarks.strangers.letters import BELARUSIAN_WAYS, RUSSIAN_WAYS, capitals, tidy_russian
from tests.benchmarks.strangers.people import Stranger, other_given, sibling

_HIDDEN: Final = {"а": "a", "е": "e", "о": "o", "с": "c", "р": "p", "х": "x", "і": "i"}
_FINGERS: Final = {"a": "s", "e": "r", "o": "p", "i": "u", "n": "m", "v": "b", "k": "l", "t": "r"}


def written(person: Stranger) -> list[tuple[str, str]]:
    """Given and family name in every way there is, in both scripts."""
    found = [(capitals(person.given[at].lower()), capitals(person.family[at])) for at in (0, 1)]
    found += [
        (capitals(way(person.given[0])), capitals(way(person.family[0]))) for way in BELARUSIAN_WAYS.values()
    ]
    found += [
        (capitals(way(person.given[1])), capitals(tidy_russian(way(person.family[1]))))
        for way in RUSSIAN_WAYS.values()
    ]
    western = person.given[2]
    found += [(western, found[2][1]), (western, found[11][1])]
    return list(dict.fromkeys(found))


def spellings(chance: random.Random, person: Stranger, number: int) -> list[str]:
    """So many of them, in either order, some as careless people type them."""
    ways = written(person)
    chosen = chance.sample(ways, min(number, len(ways)))
    return list(dict.fromkeys(_put(chance, given, family) for given, family in chosen))


def _put(chance: random.Random, given: str, family: str) -> str:
    kind = chance.random()
    if kind < 0.45:
        return f"{given} {family}"
    if kind < 0.7:
        return f"{family} {given}"
    if kind < 0.78:
        return f"{family.upper()} {given}"
    if kind < 0.84:
        return f"{family}, {given[0]}."
    if kind < 0.9:
        return f"{given} {''.join(_HIDDEN.get(letter, letter) for letter in family)}"
    if kind < 0.95 and family.isascii() and len(family) > 6:
        at = chance.randrange(3, len(family) - 1)
        return f"{given} {family[:at]}{_FINGERS.get(family[at], family[at])}{family[at + 1 :]}"
    return f"{given}  {family[:4]}\u200b{family[4:]}"


def near_misses(chance: random.Random, person: Stranger, crowd: list[Stranger]) -> Iterator[str]:
    """Another given name, a sister or brother, the same given name with other family names."""
    at = chance.randrange(2)
    yield f"{capitals(other_given(chance, person)[at].lower())} {capitals(person.family[at])}"
    other = sibling(chance, person)
    yield f"{capitals(other.given[at].lower())} {capitals(other.family[at])}"
    for one in chance.sample(crowd, 2):
        if one.his != person.his:
            family = one.his[at] if person.man else one.hers[at]
            yield f"{capitals(person.given[at].lower())} {capitals(family)}"
