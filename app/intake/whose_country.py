"""A country that stands right behind a godparent is theirs: no prisoner's case lies in a parliament's land.

"Godparent, Chamber, Country" is how offices write it; taken for the country of the case, every prisoner with
a godparent in Berlin would have become a German case.
"""

from __future__ import annotations

from typing import Final

import attrs

from app.intake.mapping import By, ColumnReading, Target

_GODPARENTS: Final = frozenset({Target.GODPARENT, Target.GODPARENT_CHAMBER})


def with_whose_country(columns: tuple[ColumnReading, ...]) -> tuple[ColumnReading, ...]:
    """The columns, a country behind a godparent or a chamber taken for theirs; never against a person."""
    found = {column.target: column for column in columns}
    country = found.get(Target.COUNTRY)
    if country is None or country.by is not By.HEAD or Target.GODPARENT_COUNTRY in found:
        return columns
    before = next((one for one in columns if one.index == country.index - 1), None)
    if before is None or before.target not in _GODPARENTS:
        return columns
    theirs = attrs.evolve(country, target=Target.GODPARENT_COUNTRY)
    return tuple(theirs if column is country else column for column in columns)
