"""Protects: a date read the other way round is marked, and one written with words or as a number is read."""

from __future__ import annotations

import pytest

from app.domain.dates import PartialDate
from app.intake.cells.dates import DayOrder, order_of, read_date
from app.intake.cells.places import read_place
from app.intake.cells.terms import read_term
from app.intake.problems import ProblemCode
from tests.unit.intake.helpers import look

YEARS = (1931, 2018)


def test_a_list_that_writes_the_month_first_is_read_so() -> None:
    """03/04/2022 was read as 3 April without a word, in a list whose other dates say 4 March."""
    rows = look(
        ("First name", "Surname", "DOB", "Arrested"),
        ("Anna", "Dzikavets", "2/14/1985", "03/04/2022"),
        ("Ryhor", "Kavalok", "12/25/1996", "12/30/2020"),
    ).rows
    assert rows[0].values["born"] == PartialDate(1985, 2, 14)
    assert rows[0].values["detained_on"] == PartialDate(2022, 3, 4)
    assert [problem.code for problem in rows[0].problems] == [ProblemCode.DAY_OR_MONTH]
    assert rows[1].values["detained_on"] == PartialDate(2020, 12, 30)


def test_nothing_says_which_comes_first_so_it_is_marked() -> None:
    rows = look(("Name", "Arrested"), ("Anna Dzikavets", "03/04/2022"), ("Ryhor Kavalok", "05/05/2021")).rows
    assert rows[0].values["detained_on"] == PartialDate(2022, 4, 3)
    assert [problem.code for problem in rows[0].problems] == [ProblemCode.DAY_OR_MONTH]
    assert not rows[1].problems


def test_a_day_over_twelve_says_that_days_come_first() -> None:
    rows = look(("Name", "Arrested"), ("Anna Dzikavets", "03/04/2022"), ("Ryhor Kavalok", "25/05/2021")).rows
    assert not rows[0].problems
    assert order_of(["25/05/2021", "05/25/2021"]) is DayOrder.UNSAID


@pytest.mark.parametrize(
    ("cell", "stored"),
    [("12.V.1987", "1987-05-12"), ("12 XI 1990", "1990-11-12"), ("ХІІ 1990", "1990-12"),
     ("14 березня 1982", "1982-03-14"), ("листопад 1983", "1983-11"), ("1979 г.н.", "1979"),
     ("3 мая 1975 г.р.", "1975-05-03"), ("ur. 1975", "1975"), ("geb. 1975", "1975")],
)  # fmt: skip
def test_words_and_signs_around_a_date(cell: str, stored: str) -> None:
    found = read_date(cell, YEARS)
    assert found.value is not None
    assert (found.value.stored(), found.doubts) == (stored, ())


@pytest.mark.parametrize(
    ("cell", "stored", "code"),
    [("33000", "1990-05-07", ProblemCode.DATE_SERIAL),
     ("12.03.1990, Мінск", "1990-03-12", ProblemCode.DATE_REST),
     ("Mai 87", "1987-05", ProblemCode.YEAR_OF_TWO_DIGITS)],
)  # fmt: skip
def test_what_is_taken_for_a_date_is_marked(cell: str, stored: str, code: ProblemCode) -> None:
    found = read_date(cell, YEARS)
    assert found.value is not None
    assert (found.value.stored(), [one for one, _weight in found.doubts]) == (stored, [code])


@pytest.mark.parametrize("cell", ["59000", "12", "осень 2023", "44 гады", "XIIII 1990"])
def test_what_is_no_date_stays_none(cell: str) -> None:
    assert read_date(cell, YEARS).value is None


@pytest.mark.parametrize(
    ("cell", "months"),
    [("6 л.", 72), ("2 г. 6 м.", 30), ("7 р. 6 міс.", 90), ("4 J. 6 M.", 54), ("10 років", 120),
     ("3 г. домашней химии", 36), ("5 l.", 60), ("2 lata i 6 mies.", 30)],
)  # fmt: skip
def test_terms_in_short_words(cell: str, months: int) -> None:
    found = read_term(cell)
    assert (found.value.months, found.doubts) == (months, ())


@pytest.mark.parametrize(
    "cell", ["этап в ИК-4", "перевели из ИК-15 в СИЗО-1", "ИК-15 → СИЗО-1", "verlegt nach Kolonie 4"]
)
def test_where_somebody_is_moved_to_is_not_where_they_are(cell: str) -> None:
    found = read_place(cell)
    assert (found.value.values, [code for code, _weight in found.doubts]) == (
        {},
        [ProblemCode.FACILITY_UNREAD],
    )
