"""One person in many spellings, and the people one could take for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from tests.benchmarks.names.people import MEN, WOMEN, Invented, surnames
from tests.benchmarks.names.systems import BELARUSIAN, RUSSIAN, title

_LOOK_ALIKES: Final = {"а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "і": "i", "х": "x"}


_BOTH_SEXES: Final = (
    ("скі", "ская"), ("ский", "ская"), ("цкі", "цкая"), ("цкий", "цкая"), ("оў", "ова"), ("еў", "ева"),
    ("аў", "ава"), ("ов", "ова"), ("ев", "ева"), ("ін", "іна"), ("ын", "ына"), ("ин", "ина"),
)  # fmt: skip


def spellings(chance: random.Random, person: Invented) -> list[str]:
    """Between 8 and 13 spellings of one person, plain and as people really write them."""
    plain: list[str] = []
    for column, systems in enumerate((BELARUSIAN, RUSSIAN)):
        for spell in systems.values():
            parts = [title(spell(part)) for part in (person.given[column], person.family[column])]
            if chance.random() < 0.15:
                parts.insert(1, title(spell(person.father[column])))
            plain.append(" ".join(parts if chance.random() < 0.7 else [*parts[-1:], *parts[:-1]]))
    family = title(RUSSIAN["old passport"](person.family[1]))
    plain.append(f"{person.given[2]} {family}")
    chosen = chance.sample(plain, chance.randint(8, min(12, len(plain))))
    return list(dict.fromkeys([*chosen, _noisy(chance, person)]))


def _noisy(chance: random.Random, person: Invented) -> str:
    column = chance.randrange(2)
    given, family = title(person.given[column]), title(person.family[column])
    kind = chance.randrange(5)
    if kind == 0:
        return f"{given} " + "".join(_LOOK_ALIKES.get(char, char) for char in family)
    if kind == 1:
        return (
            f"{given[0]}. {title(BELARUSIAN['passport be'](person.family[0]))}"
            if given[0] not in "ЮЯЕЁЄ"
            else f"{given} {family}"
        )
    if kind == 2:
        return f"{family.upper()}, {given}"
    if kind == 3:
        return f"{given}\u00a0{family[:3]}\u00ad{family[3:]}"
    place = chance.randrange(2, len(family) - 2)
    return f"{given} {family[:place]}{family[place]}{family[place:]}"


def near_misses(chance: random.Random, person: Invented) -> Iterator[str]:
    """Other people: a brother or sister, somebody with the same family name, one with the same given name."""
    column = chance.randrange(2)
    others = [name.split() for name in (WOMEN if person.man else MEN)]
    family = person.family[column]
    sibling = _other_sex(family, man=person.man)
    yield f"{title(chance.choice(others)[column])} {title(sibling)}"
    same_sex = [name.split() for name in (MEN if person.man else WOMEN)]
    other = chance.choice([name for name in same_sex if name[0] != person.given[0]])
    yield f"{title(family)} {other[column]}"
    his, hers = surnames(chance, 1)[0]
    yield f"{person.given[column]} {title((his if person.man else hers)[column])}"


def other_endings(person: Invented) -> Iterator[str]:
    """The same given name and the same root with another ending: Барсуковіч is not Барсукоўскі."""
    for ending, other in (
        ("овіч", "оўскі"),
        ("оўскі", "овіч"),
        ("енка", "енік"),
        ("онак", "овіч"),
        ("іцкі", "евіч"),
    ):
        if person.family[0].endswith(ending):
            yield f"{person.given[0]} {title(person.family[0][: -len(ending)] + other)}"


def _other_sex(family: str, *, man: bool) -> str:
    for his, hers in _BOTH_SEXES:
        ending, other = (his, hers) if man else (hers, his)
        if family.endswith(ending):
            return family[: -len(ending)] + other
    return family
