"""Protects: in a narrow window a column gives what it does not need before a word of another is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.column_fit import fitted


def test_where_there_is_room_one_takes_what_is_left() -> None:
    assert fitted([100, 50, 80], [40, 40, 40], 300, 2) == [100, 50, 150]


def test_who_needs_less_gives_to_whom_something_is_cut() -> None:
    assert fitted([200, 80, 100], [150, 95, 100], 360, 2) == [155, 100, 105]


def test_where_a_little_is_missing_the_one_that_takes_is_cut() -> None:
    assert fitted([200, 100, 100], [200, 100, 100], 390, 2) == [200, 100, 90]


def test_where_much_is_missing_nothing_is_cut_and_the_table_scrolls() -> None:
    assert fitted([200, 100, 100], [200, 100, 100], 300, 2) == [200, 100, 100]


_WIDTHS = st.lists(st.tuples(st.integers(20, 300), st.integers(20, 300)), min_size=1, max_size=9)


@given(_WIDTHS, st.integers(0, 2_000), st.data())
def test_the_room_is_filled_or_nobody_has_more_than_needed(
    columns: list[tuple[int, int]], room: int, data: st.DataObject
) -> None:
    wanted, needed = [one for one, _ in columns], [one for _, one in columns]
    taker = data.draw(st.integers(0, len(columns) - 1))
    widths = fitted(wanted, needed, room, taker)
    assert all(width > 0 for width in widths)
    if sum(widths) > room:
        assert widths == [min(want, need) for want, need in columns]
    elif sum(wanted) > room:
        assert sum(widths) == room
