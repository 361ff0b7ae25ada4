"""Protects: a name alone never makes a second person of somebody who is known, and joins nobody either."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest

from app.intake.problems import ProblemCode
from app.intake.staged import Reading
from app.intake.staging import ExistingPerson
from tests.unit.intake.helpers import brought_in, look

_HEADS = ("name", "birthday")


def _known(*rows: Sequence[str]) -> list[ExistingPerson]:
    found = look(_HEADS, *rows).rows
    return [attrs.evolve(brought_in(row), id=f"id-{row.number}", keys=frozenset()) for row in found]


@pytest.mark.parametrize("name", ["Anton Kot", "Kot, Anton", "Антон Кот", "Кот Антон Пятровіч"])
def test_a_name_without_a_date_asks_whether_it_is_the_one_who_is_known(name: str) -> None:
    known = _known(("Anton Kot", "1980-02-03"))
    found = look(("Gefangener", "Pate"), (name, "Anna Beispiel"), existing=known)
    (row,) = found.rows
    assert (row.reading, row.candidates) == (Reading.DOUBTFUL, ("id-2",))
    assert ProblemCode.KNOWN_FROM_ELSEWHERE in {one.code for one in row.problems}
    assert found.gone == ()


def test_of_two_namesakes_both_are_named_and_nobody_is_likely() -> None:
    known = _known(("Anton Kot", "1980-02-03"), ("Anton Kot", "1990-05-06"))
    (row,) = look(("name",), ("Anton Kot",), existing=known).rows
    assert (row.reading, row.existing, set(row.candidates)) == (Reading.DOUBTFUL, None, {"id-2", "id-3"})


def test_another_birth_date_is_another_person() -> None:
    (row,) = look(_HEADS, ("Anton Kot", "1990-05-06"), existing=_known(("Anton Kot", "1980-02-03"))).rows
    assert row.reading is Reading.NEW


def test_another_number_of_the_source_is_another_person() -> None:
    known = [attrs.evolve(one, keys=frozenset({"7"})) for one in _known(("Anton Kot", ""))]
    (row,) = look(("id", "name"), ("9", "Anton Kot"), existing=known).rows
    assert row.reading is Reading.NEW


def test_a_given_name_alone_is_everybodys() -> None:
    (row,) = look(("name",), ("Anton",), existing=_known(("Anton Kot", ""))).rows
    assert row.reading is not Reading.DOUBTFUL
