"""Protects: what people type as a date is understood or refused, never guessed wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.date_words import date_words, parse_date_words
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2021", "2021"),
        ("06.2021", "2021-06"),
        ("6/2021", "2021-06"),
        ("2021-06", "2021-06"),
        ("2021-06-14", "2021-06-14"),
        ("14.6.2021", "2021-06-14"),
        ("14 / 06 / 2021", "2021-06-14"),
        ("~2021-06", "~2021-06"),
        ("май 2021", "2021-05"),
        ("14 мая 2021 г.", "2021-05-14"),
        ("траўня 2021", "2021-05"),
        ("3 лістапада 2020", "2020-11-03"),
        ("сент. 2020", "2020-09"),
        ("14. Juni 2021", "2021-06-14"),
        ("Mrz 2021", None),
        ("März 2021", "2021-03"),
        ("Jänner 2022", "2022-01"),
        ("12 December 1979", "1979-12-12"),
        ("December 12th, 1979", "1979-12-12"),
        ("w październiku 2021", None),
        ("5 października 2021", "2021-10-05"),
        ("ca. 1990", "~1990"),
        ("около 1990 года", "~1990"),
        ("каля 1990", "~1990"),
        ("etwa Mai 1990", "~1990-05"),
    ],
)
def test_reads_what_people_write(typed: str, stored: str | None) -> None:
    if stored is None:
        with pytest.raises(KnownError):
            parse_date_words(typed)
        return
    assert parse_date_words(typed).stored() == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("", "  ", "soon", "14.06.21", "21", "32.01.2020", "2021 2022", "6/14/2021", "ju 2021", "май"),
        *("2021-06-14 10:00", "14 14 мая 2021", "0000", "9999", "1" * 500, "мая июня 2020", "2020?"),
        *("<b>2020</b>",),
    ],
)
def test_refuses_what_it_would_have_to_guess(typed: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse_date_words(typed)
    assert caught.value.code is Code.BAD_DATE


_YEARS = st.integers(1860, 2140)
_DATES = st.builds(
    lambda year, month, day, about: PartialDate(year, month, day if month else None, about),
    _YEARS,
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 28),
    st.booleans(),
)


@given(_DATES, st.sampled_from(["en", "de", "be", "ru", "pl", "xx"]))
def test_what_is_shown_can_be_typed_back(value: PartialDate, language: str) -> None:
    assert parse_date_words(date_words(value, language)) == value


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_known_error(text: str) -> None:
    with suppress(KnownError):
        parse_date_words(text)


def test_reads_as_people_read() -> None:
    assert date_words(PartialDate(1979, 12, 12), "en") == "12 December 1979"
    assert date_words(PartialDate(2021, 5), "be") == "май 2021"
    assert date_words(PartialDate(2021, 6, 14), "de") == "14. Juni 2021"
    assert date_words(PartialDate(1990, about=True), "en") == "ca. 1990"
