"""Protects: what a column is taken for is said with reasons; no choice opens a family or makes a yes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.intake.column_choice import Refusal, Sure, facts_of, offered, refusal
from app.intake.how_read import HowRead
from app.intake.mapping import By, Meaning, Target, Why
from app.intake.parts import Part, parts_of
from app.intake.staging import preview_parts
from tests.canaries import RELATIVE_PHONE
from tests.unit.intake.helpers import TODAY, as_list

_TITLES = ("id", "name", "birthday", "family agrees", "mother's phone", "Who", "Talk")
_ROW = ("7", "Anton Kot", "1980-05-15", "yes", RELATIVE_PHONE, "teacher", RELATIVE_PHONE)


def _part(how: HowRead | None = None, titles: Sequence[str] = _TITLES) -> Part:
    return parts_of((as_list(titles, _ROW, ("8", "Piotr Bus", "soon", "", "", "", "")),), how or HowRead())[0]


def _with(index: int, meaning: Meaning | None) -> Part:
    return _part(HowRead().with_columns({_part().column_key(index): meaning}))


@pytest.mark.parametrize(
    ("index", "meaning", "refused"),
    [
        (3, Target.OCCUPATION, Refusal.SPEAKS_OF_CONSENT),
        (3, Why.LEFT_OUT, Refusal.SPEAKS_OF_CONSENT),
        (3, Why.CONSENT, None),
        (4, Target.OCCUPATION, Refusal.SPEAKS_OF_FAMILY),
        (4, Why.CLOSED, None),
        (4, Why.LEFT_OUT, None),
        (6, Target.OCCUPATION, Refusal.HOLDS_CONTACTS),
        (6, Why.FAMILY, None),
        (5, Target.OCCUPATION, None),
        (5, Target.BORN, Refusal.FILLED_ALREADY),
        (1, Target.OCCUPATION, Refusal.NO_NAMES_LEFT),
        (1, Target.FAMILY_NAME, None),
        (2, Why.LEFT_OUT, None),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(
    index: int, meaning: Meaning, refused: Refusal | None
) -> None:
    assert refusal(_part(), index, meaning) is refused


def test_nothing_a_column_may_be_is_a_yes() -> None:
    assert offered(_part(), 3) == (Why.CONSENT,)
    assert set(offered(_part(), 4)) == {Why.FAMILY, Why.CONSENT, Why.CLOSED, Why.LEFT_OUT}
    assert Target.OCCUPATION in offered(_part(), 5)


def test_a_chosen_column_is_read_and_the_guess_of_another_gives_way() -> None:
    part = _with(5, Target.BORN)
    assert [column.target for column in part.columns][2:6:3] == [None, Target.BORN]
    assert part.columns[2].why is Why.TWICE
    assert part.columns[5].by is By.REMEMBERED
    part = _with(5, Target.OCCUPATION)
    found = preview_parts((part,), (), today=TODAY)
    assert found.rows[0].values["occupation"] == "teacher"


def test_a_column_left_out_is_kept_nowhere_and_a_closed_one_is() -> None:
    for meaning, kept in ((Why.LEFT_OUT, False), (Why.CLOSED, True)):
        row = preview_parts((_with(4, meaning),), (), today=TODAY).rows[0]
        assert ("mother's phone" in [cell.column for cell in row.raw]) is kept
        assert not any(kin.phones for kin in row.read.kin)


def test_how_sure_a_column_is_comes_from_its_cells() -> None:
    part = _part()
    found = preview_parts((part,), (), today=TODAY)
    facts = facts_of(part, [problem for row in found.rows for problem in row.problems])
    assert [one.sure for one in facts] == [
        Sure.SURE, Sure.SURE, Sure.LOOK, Sure.KEPT, Sure.KEPT, Sure.UNKNOWN, Sure.UNKNOWN,
    ]  # fmt: skip
    assert (facts[2].filled, facts[2].unread) == (2, 1)


def test_cells_that_reach_a_family_are_closed_where_columns_are_shown() -> None:
    part = _part()
    facts = facts_of(part, ())
    assert [one.closed for one in facts] == [False, False, False, True, True, False, True]
    assert RELATIVE_PHONE not in repr(facts)


def test_two_columns_under_one_head_are_remembered_apart() -> None:
    titles = ("name", "remark", "remark", "", "", "", "")
    first = _part(titles=titles)
    keys = [first.column_key(index) for index in range(len(titles))]
    assert len(set(keys)) == len(keys)


def test_what_is_remembered_has_no_words_of_the_list() -> None:
    titles = ("name", RELATIVE_PHONE, "c", "d", "e", "f", "g")
    part = _part(titles=titles)
    how = HowRead().with_columns({part.column_key(1): Why.FAMILY}).with_switch("tables", part.key, on=True)
    assert RELATIVE_PHONE not in how.as_text()
    assert "name" not in how.as_text()
