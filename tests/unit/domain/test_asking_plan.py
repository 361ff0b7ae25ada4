"""Protects the forecast of talks: nobody not safe or who said no is asked, no family twice within weeks."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.asking_plan import APART_WEEKS, Why, plan_of
from app.domain.consent_facts import Says
from app.domain.review_due import Listener, Said

TODAY = date(2026, 11, 22)
_ASKING = ("free", "first_words", "through_another", "not_safe", "pause", "published_only", "")


def _said(number: int, says: Says, ago: int, lasts: int) -> Said:
    day = TODAY - timedelta(days=ago)
    return Said(f"a{number}", "given", says, "contact", "internal", day, day + timedelta(days=lasts))


@st.composite
def _listeners(draw: st.DrawFn) -> list[Listener]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        family = draw(st.integers(0, 4))
        said = tuple(
            _said(
                place, draw(st.sampled_from((Says.YES, Says.YES, Says.NO))), ago, draw(st.integers(20, 365))
            )
            for place, ago in enumerate(sorted(draw(st.lists(st.integers(0, 400), max_size=3)), reverse=True))
        )
        asking = draw(st.sampled_from(_ASKING))
        owner = draw(st.sampled_from(("hanna", "maks", None)))
        who = (f"r{number:02d}", f"p{family}", f"Family {family}", "mother")
        found.append(Listener(*who, owner, asking, None, said))
    return found


@given(_listeners())
def test_a_plan_asks_nobody_it_should_not_and_no_family_twice_within_weeks(listeners: list[Listener]) -> None:
    plan = plan_of(listeners, (), TODAY)
    by_id = {one.relative: one for one in listeners}
    weeks: dict[str, list[date]] = defaultdict(list)
    for talk in plan.talks:
        who = by_id[talk.relative]
        assert who.asking not in ("not_safe", "pause", "published_only")
        assert not who.said or who.said[-1].says is Says.YES, "whoever said no is left alone"
        assert talk.week >= TODAY - timedelta(days=TODAY.weekday())
        weeks[talk.prisoner].append(talk.week - timedelta(days=talk.week.weekday()))
    for days in weeks.values():
        days.sort()
        assert all((b - a).days >= 7 * APART_WEEKS for a, b in itertools.pairwise(days))
    assert sum(plan.per_month()) == len(plan.talks)
    assert sum(sum(months) for months in plan.owners().values()) == len(plan.talks)


@given(_listeners())
def test_every_end_of_the_year_is_planned_counted_or_left_out_with_its_number(
    listeners: list[Listener],
) -> None:
    """Nothing falls through: what falls due is a talk, part of one, or told as beyond."""
    plan = plan_of(listeners, (), TODAY)
    assert sum(plan.due) == len(plan.talks) + plan.together + plan.beyond
    refusing = [one for one in listeners if one.said and one.said[-1].says is Says.NO]
    assert plan.said_no == len(refusing)


def test_what_ends_is_asked_before_it_ends_and_who_was_never_asked_in_the_year() -> None:
    ends = Listener("r1", "p1", "A", "mother", "hanna", "free", None, (_said(1, Says.YES, 200, 365),))
    new = Listener("r2", "p2", "B", "sister", "hanna", "first_words", None, ())
    unsafe = Listener("r3", "p3", "C", "mother", None, "not_safe", None, ())
    plan = plan_of([ends, new, unsafe], (), TODAY)
    found = {talk.relative: talk for talk in plan.talks}
    assert set(found) == {"r1", "r2"}
    assert (found["r1"].why, found["r2"].why) == (Why.ENDS, Why.FIRST_WORDS)
    assert found["r1"].week <= found["r1"].due_on == TODAY + timedelta(days=165)
    assert plan.not_safe == 1
