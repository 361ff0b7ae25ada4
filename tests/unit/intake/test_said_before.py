"""Protects: a list without numbers shows only its differences, and a doubt is still a question."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest

from app.intake.staged import Reading
from app.intake.staging import ExistingPerson
from tests.unit.intake.helpers import brought_in, look

_HEADS = ("name", "birthday", "arrested", "prison")
_ANTON = ("Anton Kot", "1980-02-03", "2021-07-27", "SIZO-1; Minsk")
_ALA = ("Ala Iskra", "1981-03-04", "2021-07-28", "SIZO-1; Minsk")
_NO_DAY = ("Piotr Ptushka", "", "2022-01-02", "SIZO-1; Minsk")


def _known(*rows: Sequence[str], heads: Sequence[str] = _HEADS) -> list[ExistingPerson]:
    """Who came in with this list, without a number."""
    found = look(heads, *rows).rows
    return [attrs.evolve(brought_in(row), id=f"id-{row.number}", keys=frozenset()) for row in found]


def _readings(*rows: Sequence[str], existing: Sequence[ExistingPerson]) -> list[Reading]:
    return [row.reading for row in look(_HEADS, *rows, existing=existing).rows]


def test_the_same_list_again_changes_nobody_and_asks_nothing() -> None:
    known = _known(_ANTON, _ALA, _NO_DAY)
    assert _readings(_ANTON, _ALA, _NO_DAY, existing=known) == [Reading.UNCHANGED] * 3


def test_what_moved_is_a_change_of_the_one_it_is() -> None:
    found = look(_HEADS, (*_ANTON[:3], "SIZO-9; Brest"), existing=_known(_ANTON, _ALA))
    assert [(row.reading, row.existing) for row in found.rows] == [(Reading.CHANGED, "id-2")]
    assert [change.field for change in found.rows[0].changes] == ["facility"]
    assert found.gone == ("id-3",)


@pytest.mark.parametrize(
    "row",
    [
        ("Anton Kott", *_ANTON[1:]),  # a name put right, or a cousin
        ("Anton Kot", "1980-02-04", *_ANTON[2:]),  # another day of birth
        ("Anton Kot", "1980", *_ANTON[2:]),  # a year alone
        ("Anton Kot", "", *_ANTON[2:]),  # none any more
        ("Антон Кот", *_ANTON[1:]),  # another script
    ],
)
def test_anything_else_is_a_question_or_somebody_new(row: tuple[str, ...]) -> None:
    (found,) = look(_HEADS, row, existing=_known(_ANTON)).rows
    assert found.reading in (Reading.DOUBTFUL, Reading.NEW)
    assert found.existing is None or found.reading is Reading.DOUBTFUL


def test_namesakes_of_one_day_are_asked_about_on_either_side() -> None:
    known = _known(_ANTON)
    assert Reading.UNCHANGED not in _readings(_ANTON, _ANTON, existing=known)
    twins = [*known, attrs.evolve(known[0], id="id-twin")]
    assert _readings(_ANTON, existing=twins) == [Reading.DOUBTFUL]


def test_a_name_alone_tells_nobody() -> None:
    known = _known(("Anton Kot",), heads=("name",))
    (found,) = look(("name",), ("Anton Kot",), existing=known).rows
    assert found.reading is not Reading.UNCHANGED


def test_somebody_of_another_source_is_never_known_by_this_one() -> None:
    """What the case file knows from elsewhere was stated by nobody here."""
    known = [attrs.evolve(one, stated={}) for one in _known(_ANTON)]
    assert _readings(_ANTON, existing=known) == [Reading.DOUBTFUL]


def test_without_a_birth_date_every_word_counts() -> None:
    known = _known(_NO_DAY)
    changed = ("Piotr Ptushka", "", "2022-01-03", "SIZO-1; Minsk")
    assert _readings(_NO_DAY, existing=known) == [Reading.UNCHANGED]
    assert Reading.CHANGED not in _readings(changed, existing=known)
