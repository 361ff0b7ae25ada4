"""Days as people know them: what is stored comes back, and an imprecise date is never read too kindly."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import (
    PartialDate,
    add_months,
    certainly_adult,
    eighteenth_birthday,
    end_of_month,
    years_between,
)
from app.domain.errors import Code, KnownError

DAYS = st.dates(date(1860, 1, 1), date(2140, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    precision = draw(st.integers(1, 3))
    return PartialDate(
        day.year,
        day.month if precision > 1 else None,
        day.day if precision > 2 else None,
        draw(st.booleans()),
    )


@given(partial_dates())
def test_the_stored_form_comes_back(known: PartialDate) -> None:
    assert PartialDate.from_stored(known.stored()) == known


@given(partial_dates())
def test_first_and_last_hold_what_is_known(known: PartialDate) -> None:
    assert known.first <= known.last
    assert (known.first == known.last) == known.exact
    if not known.about:
        assert known.first.year == known.last.year == known.year


@given(st.lists(partial_dates()))
def test_they_sort(known: list[PartialDate]) -> None:
    ordered = sorted(known)
    assert all(one <= two for one, two in pairwise(ordered))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021-6",
        "2021-13",
        "2021-00",
        "2021-02-30",
        "1849",
        "2151",
        "2021-06-",
        "~",
        "2021 ",
        " 2021",
        "2021-06-14T",
        "٢٠٢١",
        "~~2021",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        PartialDate.from_stored(text)
    assert caught.value.code is Code.BAD_DATE


def test_a_day_without_a_month_is_no_date() -> None:
    with pytest.raises(KnownError):
        PartialDate(2021, None, 4)


@given(DAYS)
def test_a_whole_day_is_exact(day: date) -> None:
    assert PartialDate.of(day).first == PartialDate.of(day).last == day


@given(DAYS, st.integers(-240, 240))
def test_months_are_clipped_to_the_end_of_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(moved.year, moved.month)[1]
    assert moved.day == min(day.day, last)


def test_months_as_people_count_them() -> None:
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert end_of_month(date(2024, 2, 3)) == date(2024, 2, 29)


@given(partial_dates(), DAYS)
def test_nobody_counts_as_adult_who_might_not_be(born: PartialDate, on: date) -> None:
    """The strict reading: every birth date that is possible must have made them 18."""
    youngest = born.last
    assert certainly_adult(born, on) == (years_between(youngest, on) >= 18)
    if certainly_adult(born, on):
        assert years_between(born.first, on) >= 18


@given(partial_dates())
def test_the_eighteenth_birthday_is_the_first_day_somebody_is_certainly_adult(born: PartialDate) -> None:
    birthday = eighteenth_birthday(born)
    assert certainly_adult(born, birthday)
    assert not certainly_adult(born, birthday - timedelta(days=1))


def test_unknown_birth_counts_as_under_eighteen() -> None:
    assert not certainly_adult(None, date(2026, 1, 1))
    assert eighteenth_birthday(PartialDate(2008, 2, 29)) == date(2026, 3, 1)
    assert not certainly_adult(PartialDate(2008), date(2026, 12, 30))
    assert not certainly_adult(PartialDate(2008, about=True), date(2026, 12, 31))
