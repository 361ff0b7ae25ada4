"""Protects: columns of values find the same rows as looking at every row does, whatever happens to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.services.value_column import ValueColumn, in_all

_ACTS = st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 400), st.booleans()), max_size=400)


@given(_ACTS, st.integers(0, 400))
def test_rows_are_found_by_their_values(acts: list[tuple[int, int, bool]], limit: int) -> None:
    column, plain = ValueColumn(), list[int]()
    for place, value, takes_away in acts:
        if takes_away and plain:
            column.delete(place % len(plain))
            del plain[place % len(plain)]
        else:
            at = place % (len(plain) + 1)
            column.insert(at, value)
            plain.insert(at, value)
    order = sorted(range(len(plain)), key=lambda at: plain[at])
    for _again in range(2):
        assert list(column.where(lambda value: isinstance(value, int) and value < limit)) == [
            value < limit for value in plain
        ]
        assert column.values() == set(plain)
        assert [column.value(at) for at in range(len(column))] == plain
        column.sort(order)
        plain.sort()
    made = ValueColumn.of(plain)
    assert [made.value(at) for at in range(len(made))] == plain


def test_more_values_than_a_byte_holds() -> None:
    column = ValueColumn()
    for value in range(600):
        column.insert(len(column), value)
    assert column.where(lambda value: value == 599).find(1) == 599
    assert column.where(lambda value: value != 0).count(1) == 599


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans())))
def test_rows_that_all_mean(rows: list[tuple[bool, bool, bool]]) -> None:
    choices = [bytes(row[place] for row in rows) for place in range(3)]
    assert list(in_all(choices)) == [all(row) for row in rows]
