"""Whose relative a row of a table of relatives is: by a number of the prisoner, or by the name as a question.

The number of such a table points to a prisoner of the same file, or to one of this source; it was written for
nothing else, so it joins where it means one person and no name beside it speaks against that. A name joins
nobody: two prisoners can have it.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from app.intake.family_tables import NameKey, name_key
from app.intake.joining import STILL_ONE_NAME, ExistingPerson, same_name
from app.intake.namesakes import Namesakes
from app.intake.problems import ProblemCode
from app.intake.reading import RowRead
from app.intake.staged import Reading, row_candidate, row_of_candidate
from app.names.compare import similarity


@attrs.frozen
class Whose:
    """What a row of a table of relatives says of the prisoner.

    Attributes:
        reading: joined to another row, changed for somebody known, doubtful or refused.
        same_as: the row whose person it is.
        existing: somebody known, whose row it is.
        candidates: whom a person may choose from.
        problem: why it is in doubt.
    """

    reading: Reading
    same_as: int | None = None
    existing: ExistingPerson | None = None
    candidates: tuple[str, ...] = ()
    problem: ProblemCode | None = None


class FamilyRows:
    """Everybody a table of relatives can refer to.

    Args:
        existing: everybody the case file knows.
        namesakes: them by name.
    """

    def __init__(self, existing: Iterable[ExistingPerson], namesakes: Namesakes) -> None:
        self._existing = tuple(existing)
        self._namesakes = namesakes
        self._keys: dict[str, list[RowRead]] = {}
        self._counted: dict[str, list[RowRead]] = {}
        self._named: dict[NameKey, list[RowRead]] = {}
        self._known: dict[int, str] = {}

    def remember(self, row: RowRead) -> None:
        """Somebody a row names."""
        if row.key:
            self._keys.setdefault(_plain(row.key), []).append(row)
        elif row.counted:
            self._counted.setdefault(_plain(row.counted), []).append(row)
        if not row.name.anonymous:
            self._named.setdefault(name_key(row.name.whole), []).append(row)

    def is_known(self, number: int, person: str) -> None:
        """The person of a row is this one of the case file."""
        self._known[number] = person

    def whose(self, row: RowRead) -> Whose:
        """Whose relative this row is."""
        if row.broken or (row.name.empty and not row.refers):
            return Whose(Reading.REFUSED)
        return self._by_number(row) if row.refers else self._by_name(row)

    def _by_number(self, row: RowRead) -> Whose:
        number = _plain(row.refers)
        rows = self._keys.get(number) or self._counted.get(number) or []
        fitting = [one for one in rows if _fits(row, one)]
        if len(rows) == 1 == len(fitting) or (len(fitting) == 1 and not row.name.empty):
            return Whose(Reading.JOINED, same_as=fitting[0].number)
        if rows:
            twice = len(rows) > 1
            problem = ProblemCode.NUMBER_TWICE if twice else ProblemCode.OTHER_NAME_SAME_NUMBER
            named = self._candidates(row) if not row.name.empty else ()
            candidates = dict.fromkeys((*named, *map(self._candidate, rows)))
            return Whose(Reading.DOUBTFUL, candidates=tuple(candidates), problem=problem)
        person = next((one for one in self._existing if row.refers in one.keys), None)
        if person is not None and (row.name.empty or same_name(row, person)):
            return Whose(Reading.CHANGED, existing=person)
        if person is not None:
            candidates = dict.fromkeys((*self._candidates(row), person.id))
            problem = ProblemCode.OTHER_NAME_SAME_NUMBER
            return Whose(Reading.DOUBTFUL, candidates=tuple(candidates), problem=problem)
        if row.name.empty:
            return Whose(Reading.REFUSED, problem=ProblemCode.NUMBER_OF_NOBODY)
        return self._by_name(row)

    def _by_name(self, row: RowRead) -> Whose:
        candidates = self._candidates(row)
        if not candidates:
            return Whose(Reading.DOUBTFUL, problem=ProblemCode.NAMED_NOWHERE_ELSE)
        in_file = any(row_of_candidate(one) is not None for one in candidates)
        problem = ProblemCode.NAMED_ELSEWHERE if in_file else ProblemCode.KNOWN_FROM_ELSEWHERE
        return Whose(Reading.DOUBTFUL, candidates=candidates, problem=problem)

    def _candidates(self, row: RowRead) -> tuple[str, ...]:
        """Everybody of this name, in the file and in the case file."""
        key = name_key(row.name.whole)
        found = [self._candidate(one) for one in self._named.get(key, ())]
        known = [one.id for one in self._namesakes.named(row.name.whole)]
        return tuple(dict.fromkeys((*found, *known)))

    def _candidate(self, row: RowRead) -> str:
        return self._known.get(row.number) or row_candidate(row.number)


def _fits(row: RowRead, prisoner: RowRead) -> bool:
    """Whether no name speaks against what the number says."""
    if row.name.empty or row.name.anonymous or prisoner.name.anonymous:
        return True
    return similarity(row.name.whole, prisoner.name.whole) >= STILL_ONE_NAME


def _plain(number: str) -> str:
    """A number as it is compared: as a spreadsheet or a hand wrote it."""
    return number.strip().casefold().removesuffix(".0").lstrip("0") or number
