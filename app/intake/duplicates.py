"""Likely doubles: two rows, or a row and somebody already known, who may be one person. Never merges.

A pair is shown when the names can be spellings of one name *and* the birth date or the day of detention says
the same (`app.names.same_person.same_person_hint`). Namesakes with another birth date are not shown.
"""

from __future__ import annotations

from collections.abc import Generator, Hashable, Iterable, Sequence
from typing import Final

import attrs

from app.domain.dates import PartialDate
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.names.fold import fold, tokens
from app.names.same_person import Hint, KnownPerson, same_person_hint

_LARGE_BLOCK: Final = 12
_FIRST_SOUNDS: Final = 2
_SLICE: Final = 400


@attrs.frozen
class Candidate:
    """Somebody to compare.

    Attributes:
        label: how the caller knows them: a row number or an id.
        person: what is known of them.
        new: whether they stand in the list at hand; two known people are not compared.
    """

    label: Hashable
    person: KnownPerson
    new: bool = True


@attrs.frozen
class Double:
    """Two labels that may be one person, and why."""

    a: Hashable
    b: Hashable
    hint: Hint


def likely_doubles(candidates: Sequence[Candidate]) -> tuple[Double, ...]:
    """Every pair worth showing, strongest first.

    Only people who share a day of detention or an exact birth date are compared: a hint needs one of them.
    """
    search = pairs_of(candidates, no_progress)
    while True:
        try:
            next(search)
        except StopIteration as done:
            found: tuple[Double, ...] = done.value
            return found


def pairs_of(
    candidates: Sequence[Candidate], progress: Progress
) -> Generator[None, None, tuple[Double, ...]]:
    """The same in slices of some hundredths of a second; `progress` may cancel."""
    found: dict[tuple[int, int], Double] = {}
    born = [_span(candidate.person.born) for candidate in candidates]
    blocks, compared = list(_blocks(candidates)), 0
    for done, block in enumerate(blocks):
        for one, two in block:
            compared += 1
            if compared % _SLICE == 0:
                progress(done, len(blocks), _("Comparing people"))
                yield
            if not _meet(born[one], born[two]) or (one, two) in found:
                continue
            a, b = candidates[one], candidates[two]
            hint = same_person_hint(a.person, b.person) if a.new or b.new else None
            if hint is not None:
                found[(one, two)] = Double(a.label, b.label, hint)
    return tuple(sorted(found.values(), key=lambda double: -double.hint.score))


def _span(day: PartialDate | None) -> tuple[int, int] | None:
    return None if day is None else (day.first.toordinal(), day.last.toordinal())


def _meet(one: tuple[int, int] | None, two: tuple[int, int] | None) -> bool:
    """Whether two birth dates may be one day: soon told, and what most people of one day end at."""
    return one is None or two is None or (one[0] <= two[1] and two[0] <= one[1])


def _blocks(candidates: Sequence[Candidate]) -> Iterable[Iterable[tuple[int, int]]]:
    by_day: dict[tuple[str, str], list[int]] = {}
    for index, candidate in enumerate(candidates):
        person = candidate.person
        for name, day in (("detained", person.detained_on), ("born", person.born)):
            if day is not None and day.exact:
                by_day.setdefault((name, day.stored()), []).append(index)
    for block in by_day.values():
        if len(block) > 1:
            yield _pairs(candidates, block)


def _pairs(candidates: Sequence[Candidate], block: list[int]) -> Iterable[tuple[int, int]]:
    if len(block) <= _LARGE_BLOCK:
        for at, one in enumerate(block):
            for two in block[at + 1 :]:
                yield one, two
        return
    # Many were detained on one day: compare only those who share the first sounds of some word.
    by_sound: dict[str, list[int]] = {}
    for index in block:
        for sound in _sounds(candidates[index].person):
            by_sound.setdefault(sound, []).append(index)
    seen: set[tuple[int, int]] = set()
    for group in by_sound.values():
        for at, one in enumerate(group):
            for two in group[at + 1 :]:
                if (one, two) not in seen:
                    seen.add((one, two))
                    yield one, two


def _sounds(person: KnownPerson) -> frozenset[str]:
    """The first sounds of every word of every name."""
    return frozenset(fold(token)[:_FIRST_SOUNDS] for name in person.names for token in tokens(name))
