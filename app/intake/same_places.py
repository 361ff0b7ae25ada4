"""One place under several names: "PK 17", "ИК-17", "ПК №17" and "Шклоў, калонія 17" are one colony.

Kind and number say which place it is, unless the list or the case file knows two such places in different
towns: then only those that name the town are told apart, and nothing is joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from app.domain.source import Facility
from app.intake.cells.places import PlaceRead
from app.intake.reading import RowRead
from app.names.fold import fold, tokens

_TELLING: Final = ("name", "what", "number", "town")
_Known = dict[tuple[str, str], list[Mapping[str, str]]]


def one_of_each_place(rows: Sequence[RowRead], places: Iterable[Facility]) -> list[RowRead]:
    """The rows, with every spelling of a place put as one: that of the case file, or the fullest.

    Args:
        rows: as they were read.
        places: of the case file.
    """
    known: _Known = {}
    for place in places:
        told: dict[str, str] = {name: getattr(place, name) for name in _TELLING}
        values = {name: text for name, text in told.items() if text}
        if _number(values)[1]:
            known.setdefault(_number(values), []).append(values)
    named: _Known = {}
    for row in rows:
        if _number(row.place.values)[1]:
            named.setdefault(_number(row.place.values), []).append(row.place.values)
    best = {key: _best(values, known.get(key, [])) for key, values in named.items()}
    return [_placed(row, best.get(_number(row.place.values))) for row in rows]


def _placed(row: RowRead, place: Mapping[str, str] | None) -> RowRead:
    if place is None or place == row.place.values:
        return row
    return attrs.evolve(row, place=PlaceRead(place, row.place.whereabouts))


def _best(named: Sequence[Mapping[str, str]], known: Sequence[Mapping[str, str]]) -> Mapping[str, str] | None:
    """The one spelling all of these are, or None where they may be two places."""
    towns = {_folded(values["town"]) for values in (*named, *known) if values.get("town")}
    if len(towns) > 1 or len(known) > 1:
        return None
    if known:
        return known[0]
    often = Counter(values.get("name", "") for values in named)
    return max(named, key=lambda one: (len(one), often[one.get("name", "")], one.get("name", "")))


def _number(values: Mapping[str, str]) -> tuple[str, str]:
    """Kind and number; nothing where one of them is missing."""
    what, number = values.get("what", "unknown"), values.get("number", "")
    return (what, number) if number and what != "unknown" else ("", "")


def _folded(town: str) -> str:
    return " ".join(fold(token) for token in tokens(town))
