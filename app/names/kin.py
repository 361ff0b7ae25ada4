"""People who look alike and are not proposed as one: brothers, sisters, namesakes. Never decides it."""

from __future__ import annotations

from collections.abc import Generator, Hashable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final

import attrs

from app.names.compare import sibling_forms
from app.names.fold import fold, tokens
from app.names.same_person import KnownPerson, birth_dates_agree

_SLICE: Final = 200
_LARGE: Final = 40
"""So many people of one name are a common name and no finding."""


class Kin(StrEnum):
    """Why two people who look alike are not proposed."""

    NAMESAKE = "namesake"  # the same name, another birth date
    SIBLING = "sibling"  # one family name and patronymic, or detained on one day, another given name


@attrs.frozen
class Named:
    """Somebody, with the parts of one name kept apart."""

    label: Hashable
    family: str
    given: str
    patronymic: str
    person: KnownPerson


@attrs.frozen
class KinPair:
    """Two labels and why they are shown apart."""

    a: Hashable
    b: Hashable
    why: Kin


def kin(people: Iterable[Named]) -> Generator[None, None, tuple[KinPair, ...]]:
    """Every such pair among people of one family name, as it is folded or in the other sex's form.

    In slices of some hundredths of a second.
    """
    by_family: dict[str, list[Named]] = {}
    found: list[KinPair] = []
    for place, one in enumerate(people):
        if one.family and one.given:
            by_family.setdefault(_stem(one.family), []).append(one)
        if place % _SLICE == 0:
            yield
    for place, group in enumerate(by_family.values()):
        if len(group) <= _LARGE:
            found += _among(group)
        if place % _SLICE == 0:
            yield
    return tuple(found)


def _among(group: Sequence[Named]) -> Iterator[KinPair]:
    for place, one in enumerate(group):
        for other in group[place + 1 :]:
            why = _why(one, other)
            if why is not None:
                yield KinPair(one.label, other.label, why)


def _why(one: Named, other: Named) -> Kin | None:
    same_family = _folded(one.family) == _folded(other.family)
    same_given = _folded(one.given) == _folded(other.given)
    if same_family and same_given:
        apart = birth_dates_agree(one.person.born, other.person.born) is False
        return Kin.NAMESAKE if apart else None
    if same_given or not (same_family or sibling_forms(one.family, other.family)):
        return None
    detained, day = one.person.detained_on, other.person.detained_on
    together = detained is not None and detained.exact and detained == day
    father = bool(one.patronymic) and _root(one.patronymic) == _root(other.patronymic)
    return Kin.SIBLING if together or father else None


@lru_cache(maxsize=65536)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(fold(token) for token in tokens(text))


def _stem(family: str) -> str:
    """The same for both forms of a family name, so that a brother and a sister meet."""
    return " ".join(_folded(family)).rstrip("ai")


def _root(patronymic: str) -> str:
    """The father's name without the ending that tells sons from daughters."""
    return " ".join(_folded(patronymic))[:5]
