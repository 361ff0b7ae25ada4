"""The birthday list: who is on it, in which order, what never leaves, and every format checked.

Protects: nobody's birthday is forgotten without a word, nobody is on it who may not be written to, and
nothing but the day and the month of birth leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.prisoner import Prisoner
from app.domain.source import Facility
from app.reports.birthdays import birthday_in, may_be_in
from app.reports.compose import Composition, Request, compose
from app.reports.draft import make_files
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS
from app.reports.standing import FieldDecision, Why
from app.reports.verify import verify
from tests.reports.making import COLONY, MARCH, candidate, decisions, files, made, prisoner

_KIND = shipped_kind("birthday_list")
_ALL = decisions("birthday_list")
_TODAY = date(2026, 11, 22)
_NEW_YEAR = Period(date(2026, 12, 20), date(2027, 1, 10))


def _born(number: int, born: PartialDate | None, **values: Any) -> Prisoner:
    return attrs.evolve(prisoner(number, "Alena", f"Kvitkavets{number}"), born=born, **values)


def _list(
    *people: Prisoner,
    decided: Mapping[str, FieldDecision] = _ALL,
    period: Period = MARCH,
    facility: Facility = COLONY,
) -> Composition:
    candidates = tuple(attrs.evolve(candidate(one, decided), facility=facility) for one in people)
    return compose(Request(_KIND, "en", "2026-031", _TODAY, candidates, period=period))


def _why(composition: Composition, person: Prisoner) -> Why:
    return composition.because[person.id].why


def test_who_has_a_birthday_stands_in_its_order_and_who_has_none_nowhere() -> None:
    first = _born(1, PartialDate(1990, 12, 24))
    second = _born(2, PartialDate(1961, 1, 2))
    other = _born(3, PartialDate(1961, 2, 2))
    found = _list(second, other, first, period=_NEW_YEAR)
    assert found.named == (first.id, second.id)
    assert found.figures_only == found.left_out == ()
    assert [row[1] for row in found.report.rows] == ["24 December", "2 January"]
    assert not found.report.figures
    assert not found.report.figures_notes
    assert not found.report.lead


def test_the_year_of_birth_and_the_patronymic_leave_only_as_the_envelope_has_it() -> None:
    said = str(_list(_born(1, PartialDate(1974, 3, 9))).report.plain())
    assert "1974" not in said
    assert "Canarovna" not in said
    assert "Канарэйка Канараўна" in said
    assert "9 March" in said
    assert "2 October 2026" in said


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"accepts_letters": "no"}, Why.SAYS_NO),
        ({"accepts_letters": ""}, Why.SAYS_NOTHING),
        ({"accepts_letters": "unknown"}, Why.SAYS_NOTHING),
        ({"anonymous": True}, Why.NO_NAME),
        ({"born": PartialDate(1980, 3)}, Why.BIRTHDAY_UNKNOWN),
        ({"born": PartialDate(1980)}, Why.BIRTHDAY_UNKNOWN),
        ({"born": None}, Why.BIRTHDAY_UNKNOWN),
        ({"born": PartialDate(1980, 3, 5, about=True)}, Why.BIRTHDAY_UNKNOWN),
    ],
)
def test_who_may_not_be_written_to_is_left_out_and_why(values: dict[str, Any], why: Why) -> None:
    person = attrs.evolve(_born(1, PartialDate(1980, 3, 5)), **values)
    found = _list(person, _born(2, PartialDate(1980, 3, 5)))
    assert found.left_out == (person.id,)
    assert _why(found, person) is why


@pytest.mark.parametrize("field", sorted(_ALL))
def test_each_field_is_decided_by_itself(field: str) -> None:
    """A no to the name, the birthday or to letters takes the person out; any other no takes the value out."""
    person = _born(1, PartialDate(1980, 3, 5))
    decided = {**_ALL, field: FieldDecision(allowed=False, reason="nobody_asked")}
    found = _list(person, decided=decided)
    if field in ("given_name", "family_name", "born", "accepts_letters"):
        assert found.left_out == (person.id,)
        because = found.because[person.id]
        assert (because.why, because.field, because.reason) == (Why.NOT_CLEARED, field, "nobody_asked")
    else:
        assert found.named == (person.id,)
        empty = {"envelope_name": {"envelope"}, "facility": {"address", "address_latin", "checked"}}
        assert {one.column for one in found.missing} == empty.get(field, set())


@pytest.mark.parametrize("status", ["released", "died", "abroad", "home_free"])
def test_who_is_not_held_is_not_written_to(status: str) -> None:
    found = _list(_born(1, PartialDate(1980, 3, 5), status=status))
    assert found.named == found.left_out == ()


@pytest.mark.parametrize(
    ("checked", "old"),
    [(date(2026, 5, 22), False), (date(2026, 5, 21), True), (date(2024, 1, 1), True), (_TODAY, False)],
)
def test_an_address_nobody_checked_for_six_months_is_told(checked: date, *, old: bool) -> None:
    found = _list(_born(1, PartialDate(1980, 3, 5)), facility=attrs.evolve(COLONY, checked_on=checked))
    assert [(one.column, one.old) for one in found.missing] == ([("checked", True)] if old else [])
    assert found.named


def test_an_address_nobody_ever_checked_is_told() -> None:
    found = _list(_born(1, PartialDate(1980, 3, 5)), facility=attrs.evolve(COLONY, checked_on=None))
    assert [(one.column, one.old) for one in found.missing] == [("checked", False)]


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize(
    "address",
    [
        "ПК-4, г. Гомель, вул. Прыкладная, 3, +375 29 555 01 01",
        "ПК-4, г. Гомель, t.me/canary",
        "вул. 2",  # too short to be one: it would blind the check to every 2
    ],
)
def test_what_is_no_address_is_found_in_the_place_of_one(file_format: str, address: str) -> None:
    facility = attrs.evolve(COLONY, address_cyrillic=address)
    person = _born(1, PartialDate(1980, 3, 5), envelope_name="вул. Другая, 2 кв. 7")
    report = _list(person, facility=facility).report
    (made_file,) = make_files(report, (file_format,))
    checks = verify([made_file], report, _KIND, lambda _r, _f: made_file.content)
    assert [one.check for one in checks if not one.passed] == ["contacts"]


def test_figures_in_a_kind_that_counts_nobody_are_refused() -> None:
    composition = made("birthday_list")
    counted = made("parliament_briefing", hidden=7).report
    spoilt = attrs.evolve(composition.report, figures=counted.figures)
    file = files(attrs.evolve(composition, report=spoilt), ("docx",))["docx"]
    checks = verify([file], spoilt, _KIND, lambda _r, _f: file.content)
    assert [one.check for one in checks if not one.passed] == ["figures"]


@given(
    born=st.dates(date(1930, 1, 1), date(2008, 12, 31)),
    first=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    days=st.integers(0, 365),
)
def test_a_birthday_is_in_a_period_where_one_of_its_days_is_it(born: date, first: date, days: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + days))
    every = {date.fromordinal(n) for n in range(first.toordinal(), period.last.toordinal() + 1)}

    def has(day: date) -> bool:
        leap = (born.month, born.day) == (2, 29) and day.year % 4 != 0
        return (day.month, day.day) == ((3, 1) if leap else (born.month, born.day))

    known = PartialDate.of(born)
    found = birthday_in(known, period)
    assert found == min((day for day in every if has(day)), default=None)
    if found is not None:
        assert may_be_in(PartialDate(born.year), period)
        if found.month == born.month:
            assert may_be_in(PartialDate(born.year, born.month), period)
