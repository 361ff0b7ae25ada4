"""Rows without a number, found again in a newer list of the same source by what they said the last time.

A number is the best proof. Where a list has none, a row is known again only if nobody else can be meant: the
name and the whole birth date stand once in what this source said before and once in the new list; or, without
a birth date, every value of the row does (but the place: people are moved), and there is more than a name. A
name that was put right, a namesake, a date that moved: a question to a person, as before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Final

from app.domain.dates import PartialDate
from app.domain.errors import KnownError
from app.intake.joining import ExistingPerson, canonical_text
from app.intake.reading import RowRead

_NAMES: Final = ("family_name", "given_name", "patronymic")
_BORN: Final = "born"
_NO_PLACE: Final = "facility"
"""Stands in what a source stated, and is no value of a row."""


class SaidBefore:
    """Who a row without a number is, by what its source said the last time.

    Args:
        existing: everybody the case file knows; those this source stated without a number count.
        rows: all of the new list.
    """

    def __init__(self, existing: Sequence[ExistingPerson], rows: Iterable[RowRead]) -> None:
        people = [one for one in existing if one.stated and not one.keys]
        asked = [row for row in rows if _can_be_known(row)] if people else []
        self._by_birth = _once((_birth(one.stated), one) for one in people)
        self._by_all = _once((_all(one.stated), one) for one in people)
        said = [_said(row) for row in asked]
        self._births = Counter(_birth(one) for one in said)
        self._alls = Counter(_all(one) for one in said)

    def of(self, row: RowRead) -> ExistingPerson | None:
        """The one person of this source the row can be, or None where it may be nobody or another."""
        if not (self._by_birth or self._by_all) or not _can_be_known(row):
            return None
        said = _said(row)
        birth, whole = _birth(said), _all(said)
        if birth is not None:
            return self._by_birth.get(birth) if self._births[birth] == 1 else None
        return self._by_all.get(whole) if whole is not None and self._alls[whole] == 1 else None


def _can_be_known(row: RowRead) -> bool:
    return not (row.key or row.of_family or row.broken or row.name.empty or row.name.anonymous)


def _said(row: RowRead) -> Mapping[str, str]:
    return {field: canonical_text(field, value) for field, value in row.values.items()}


def _name(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(said.get(field, "") for field in _NAMES)


def _birth(said: Mapping[str, str]) -> Hashable | None:
    """Name and birth date, where that is a day: a year is shared by too many."""
    born = said.get(_BORN, "").strip('"')
    return (*_name(said), born) if any(_name(said)) and _is_day(born) else None


def _is_day(text: str) -> bool:
    try:
        born = PartialDate.from_stored(text)
    except KnownError:
        return False
    return born.first == born.last


def _all(said: Mapping[str, str]) -> Hashable | None:
    """Everything that was said, where that is more than a name."""
    told = {field: text for field, text in said.items() if field != _NO_PLACE}
    return frozenset(told.items()) if set(told) - {*_NAMES} else None


def _once(found: Iterable[tuple[Hashable | None, ExistingPerson]]) -> dict[Hashable, ExistingPerson]:
    """Who is the only one to be known so."""
    people: dict[Hashable, ExistingPerson] = {}
    twice: set[Hashable] = set()
    for key, person in found:
        if key is None:
            continue
        if key in people:
            twice.add(key)
        people[key] = person
    return {key: person for key, person in people.items() if key not in twice}
