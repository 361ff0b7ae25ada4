"""Somebody of the same name in the case file, where nothing but the name tells: a question, not a new person.

A workbook of godparents names prisoners and says no birth date. Without this each of them would have come in
a second time, and have counted as gone from the list they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.dates import PartialDate
from app.intake.family_tables import NameKey, name_key
from app.intake.joining import ExistingPerson
from app.intake.reading import RowRead


class Namesakes:
    """Everybody the case file knows, by name in any spelling and order.

    Args:
        existing: everybody the case file knows.
    """

    def __init__(self, existing: Sequence[ExistingPerson]) -> None:
        self._existing = existing
        self._named: dict[NameKey, list[ExistingPerson]] | None = None

    def of(self, row: RowRead) -> list[ExistingPerson]:
        """Whom a row may mean by its name, where no number and no birth date says it is somebody else."""
        if row.name.anonymous:
            return []
        found = {one.id: one for name in _names(row) for one in self.named(name)}
        return [
            one
            for one in found.values()
            if not (one.keys and row.key) and may_be_one_day(one.born, born_of(row))
        ]

    def named(self, name: str) -> Sequence[ExistingPerson]:
        """Everybody called so."""
        return self._by_name().get(name_key(name), ())

    def _by_name(self) -> dict[NameKey, list[ExistingPerson]]:
        """Made when it is first asked for: a long list into an empty case file needs none."""
        if self._named is None:
            self._named = {}
            for person in self._existing:
                for name in {name_key(name) for name in person.names}:
                    self._named.setdefault(name, []).append(person)
        return self._named


def _names(row: RowRead) -> Iterator[str]:
    """The name as it stands and without a patronymic; a given name alone is everybody's."""
    if row.name.given_name and row.name.family_name:
        yield row.name.whole
        yield f"{row.name.given_name} {row.name.family_name}"


def born_of(row: RowRead) -> PartialDate | None:
    """The birth date a row says."""
    value = row.values.get("born")
    return value if isinstance(value, PartialDate) else None


def may_be_one_day(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates can be of one day, where one of them is not known too."""
    if one is None or other is None:
        return True
    return one.first <= other.last and other.first <= one.last
