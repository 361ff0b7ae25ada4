"""Protects: an audit counts answers as its definitions say, whatever was said in whatever order."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent_audit import ANSWER_COLUMNS, Period, ToldAnswer, answer_counts, answers_by
from app.domain.consent_facts import Says
from app.domain.errors import Code, KnownError

_DAY0 = date(2026, 1, 1)
_KINDS = {
    "given": Says.YES,
    "renewed": Says.YES,
    "refused": Says.NO,
    "withdrawn": Says.NO,
    "deferred": Says.NOTHING,
    "revoked": Says.TAKES_BACK,
    "entered_in_error": Says.TAKES_BACK,
    "bypassed": Says.BYPASS,
}


@st.composite
def _said(draw: st.DrawFn) -> list[ToldAnswer]:
    """Answers of a few people, in the order they were recorded; many take back what is there."""
    found: list[ToldAnswer] = []
    day = 0
    for place in range(draw(st.integers(0, 14))):
        day += draw(st.integers(0, 9))
        kind = draw(st.sampled_from(sorted(_KINDS)))
        names = [one.id for one in found] or [""]
        found.append(
            ToldAnswer(
                id=f"a{place}",
                relative=draw(st.sampled_from("mn")),
                kind=kind,
                says=_KINDS[kind],
                purpose=draw(st.sampled_from(("contact", "name"))),
                audience=draw(st.sampled_from(("internal", "public"))),
                recorded=_DAY0 + timedelta(day),
                place=place,
                end=_DAY0 + timedelta(day + draw(st.integers(-5, 40))),
                cancels=draw(st.sampled_from(names)) if _KINDS[kind] is Says.TAKES_BACK else "",
            )
        )
    return found


def _slow(said: list[ToldAnswer], period: Period) -> Counter[tuple[str, str, str]]:
    """The same figures again, day by day: on every day, which yes has run out and was not before?"""
    cells: Counter[tuple[str, str, str]] = Counter()
    for one in said:
        if period.first <= one.recorded <= period.last:
            if one.kind in ("given", "renewed"):
                cells[(one.purpose, one.audience, "yes")] += 1
            elif one.kind == "refused":
                cells[(one.purpose, one.audience, "no")] += 1
            elif one.kind == "withdrawn":
                cells[(one.purpose, one.audience, "withdrew")] += 1
            elif one.kind in ("revoked", "entered_in_error"):
                about = [other for other in said if other.id == one.cancels] or [one]
                cells[(about[0].purpose, about[0].audience, "taken_back")] += 1
    day = period.first
    while day <= period.last:
        known = [one for one in said if one.recorded <= day]
        gone = {one.cancels for one in known if _KINDS[one.kind] is Says.TAKES_BACK}
        left = [one for one in known if one.id not in gone and _KINDS[one.kind] in (Says.YES, Says.NO)]
        for person in "mn":
            for purpose in ("contact", "name"):
                words = [one for one in left if (one.relative, one.purpose) == (person, purpose)]
                newest = words[-1] if words else None
                if newest and _KINDS[newest.kind] is Says.YES and max(newest.end, newest.recorded) == day:
                    cells[(purpose, newest.audience, "ran_out")] += 1
        day += timedelta(1)
    return cells


@given(said=_said(), first=st.integers(0, 80), length=st.integers(0, 60))
def test_counts_equal_a_slow_recount(said: list[ToldAnswer], first: int, length: int) -> None:
    period = Period(_DAY0 + timedelta(first), _DAY0 + timedelta(first + length))
    counted = list(answer_counts(said, period))
    slow = _slow(said, period)
    found = Counter((one.purpose, one.audience, column) for column, one in counted)
    assert found == +slow
    for of, place in (("purpose", 0), ("audience", 1)):
        table = answers_by(counted, (), of)
        for row in table:
            for column, value in zip(ANSWER_COLUMNS, row.values, strict=True):
                wanted = sum(n for key, n in slow.items() if key[place] == row.key and key[2] == column)
                assert value == wanted


@given(said=_said())
def test_two_halves_of_a_period_add_up_to_it(said: list[ToldAnswer]) -> None:
    whole = Period(_DAY0, _DAY0 + timedelta(120))
    halves = (Period(_DAY0, _DAY0 + timedelta(50)), Period(_DAY0 + timedelta(51), _DAY0 + timedelta(120)))
    split = [one for half in halves for one in answer_counts(said, half)]
    assert sorted((c, one.id) for c, one in split) == sorted(
        (c, one.id) for c, one in answer_counts(said, whole)
    )


@given(said=_said(), later=st.integers(1, 30))
def test_what_is_recorded_later_changes_no_earlier_period(said: list[ToldAnswer], later: int) -> None:
    last = max((one.recorded for one in said), default=_DAY0)
    period = Period(_DAY0, last)
    more = [
        ToldAnswer("z", "m", "refused", Says.NO, "contact", "public", last + timedelta(later), 99, last),
        ToldAnswer("y", "m", "revoked", Says.TAKES_BACK, "", "", last + timedelta(later), 100, last, "a0"),
    ]
    before, after = (sorted((c, one.id) for c, one in answer_counts(s, period)) for s in (said, said + more))
    assert before == after


@pytest.mark.parametrize(("first", "last"), [(2, 1), (0, 11), (11, 12)])
def test_a_period_is_over_and_not_turned_round(first: int, last: int) -> None:
    period = Period(_DAY0 + timedelta(first), _DAY0 + timedelta(last))
    with pytest.raises(KnownError) as refused:
        period.check(_DAY0 + timedelta(10))
    assert (refused.value.code, refused.value.details["field"]) == (Code.INVALID_FIELD, "period")


def test_both_ends_are_in_it() -> None:
    period = Period(_DAY0, _DAY0 + timedelta(1))
    period.check(_DAY0 + timedelta(1))
    assert [_DAY0 + timedelta(day) in period for day in (-1, 0, 1, 2)] == [False, True, True, False]
    assert attrs.evolve(period, last=_DAY0) == Period(_DAY0, _DAY0)
