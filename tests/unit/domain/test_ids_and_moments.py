"""Ids tell nothing, and a moment is stored in one form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import SystemClock, local_day, moment_from_stored, stored_moment
from app.domain.errors import Code, KnownError
from app.domain.ids import is_id, new_id


def test_ids_are_random_and_of_one_shape() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_id(one) for one in made)
    # A time-ordered id would begin alike all the time.
    assert len({one[:4] for one in made}) > 900


@pytest.mark.parametrize(
    "text", ["", "0" * 31, "0" * 33, "A" * 32, "g" * 32, "0" * 31 + "\n", "0" * 32 + "\n", "٠" * 32]
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


MOMENTS = st.integers(631_152_000_000_000, 6_942_672_000_000_000).map(
    lambda microseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
)


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_moments_come_back_in_utc_and_milliseconds(utc: datetime, offset_minutes: int) -> None:
    moment = utc.astimezone(timezone(timedelta(minutes=offset_minutes)))
    again = moment_from_stored(stored_moment(moment))
    assert again.tzinfo is UTC
    assert timedelta(0) <= moment - again < timedelta(milliseconds=1)
    assert stored_moment(again) == stored_moment(moment)


@given(MOMENTS, MOMENTS)
def test_stored_moments_sort_like_moments(one: datetime, two: datetime) -> None:
    stored = [stored_moment(each) for each in (one, two)]
    if stored[0] < stored[1]:
        assert one < two


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-22",
        "2026-11-22T14:02:03Z",
        "2026-11-22T14:02:03.456",
        "2026-11-22T14:02:03.456+00:00",
        "2026-13-22T14:02:03.456Z",
        "2026-11-22T25:02:03.456Z",
        "2026-11-22T14:02:03.456Z\n",
        "2026-11-22 14:02:03.456Z",
    ],
)
def test_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(KnownError) as caught:
        moment_from_stored(text)
    assert caught.value.code is Code.BAD_DATE


def test_the_clock_gives_what_storing_keeps() -> None:
    now = SystemClock().now()
    assert moment_from_stored(stored_moment(now)) == now


def test_a_day_is_the_day_where_the_case_file_is() -> None:
    moment = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert local_day(moment, "Europe/Minsk").day == 23
    assert local_day(moment, "Europe/Berlin").day == 22
