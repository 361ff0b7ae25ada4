"""Protects: each rule of findings, at its edges."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.domain import finding_rules as rules
from app.domain.case_findings import Rule
from app.domain.consent_facts import Says
from app.domain.finding_facts import Briefed, GivenRole, Heard, Pair, Shown, Talk
from app.domain.review_due import Said

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def said(name: str, says: Says, day: date, **more: object) -> Said:
    values: dict[str, object] = {"purpose": "contact", "audience": "internal", "end": day + timedelta(365)}
    return Said(name, "given", says, day=day, **(values | more))  # type: ignore[arg-type]


def talk(name: str, day: date, *, outgoing: bool = True, verified: bool = True) -> Talk:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Talk(name, "r", day, day, at, "p", outgoing, verified)


def heard(answers: list[Said], talks: list[Talk], talk_of: dict[str, Talk]) -> Heard:
    return Heard("r", "p", answers, talks, talk_of)


def shown(name: str, at: datetime, by: str = "p", relative: str = "r", reason: str = "") -> Shown:
    return Shown(name, relative, by, at, reason)


def test_a_talk_on_the_day_of_the_no_is_the_talk_of_the_no() -> None:
    first = talk("t1", DAY)
    one = heard([said("a", Says.NO, DAY)], [first], {"a": first})
    assert list(rules.contact_after_a_no(one)) == []
    later = talk("t2", DAY + timedelta(1))
    one = heard([said("a", Says.NO, DAY)], [first, later], {"a": first})
    assert [each.facts for each in rules.contact_after_a_no(one)] == [("t2", "a")]


def test_a_no_that_was_taken_back_is_none() -> None:
    first, later = talk("t1", DAY), talk("t2", DAY + timedelta(1))
    answers = [said("a", Says.NO, DAY), said("b", Says.TAKES_BACK, DAY, cancels="a")]
    assert list(rules.contact_after_a_no(heard(answers, [later], {"a": first, "b": first}))) == []


def test_on_one_day_a_no_outweighs_a_yes() -> None:
    first, later = talk("t1", DAY), talk("t2", DAY + timedelta(1))
    answers = [said("a", Says.NO, DAY), said("b", Says.YES, DAY)]
    assert list(rules.contact_after_a_no(heard(answers, [later], {"a": first, "b": first})))


def test_a_name_shown_before_the_no_was_recorded_is_fine() -> None:
    first = talk("t1", DAY)
    one = heard([said("a", Says.NO, DAY)], [first], {"a": first})
    assert list(rules.shown_after_a_no(one, [shown("s", NOON - timedelta(hours=1))])) == []
    assert list(rules.shown_after_a_no(one, [shown("s", NOON + timedelta(hours=1))]))


def test_a_yes_ends_soon_from_a_month_before_to_its_last_day() -> None:
    first = talk("t1", DAY)
    one = heard([said("a", Says.YES, DAY, end=DAY + timedelta(30))], [first], {"a": first})
    assert len(list(rules.ends_soon(one, DAY))) == 1
    assert list(rules.ends_soon(one, DAY - timedelta(1))) == []
    assert len(list(rules.ends_soon(one, DAY + timedelta(30)))) == 1
    assert list(rules.ends_soon(one, DAY + timedelta(31))) == []


def test_a_correction_needs_no_talk() -> None:
    one = heard([], [], {})
    assert list(rules.shown_no_talk(one, [shown("s", NOON, reason="correction")], DAY + timedelta(9))) == []
    assert list(rules.shown_no_talk(one, [shown("s", NOON)], DAY + timedelta(2))) == []
    (found,) = rules.shown_no_talk(one, [shown("s", NOON)], DAY + timedelta(3))
    assert (found.rule, found.times) == (Rule.NO_TALK, 1)


def test_many_is_many_different_relatives_within_an_hour() -> None:
    same = [shown(f"s{n}", NOON + timedelta(minutes=n)) for n in range(30)]
    assert list(rules.unusual_showing(same)) == []
    many = [shown(f"s{n}", NOON + timedelta(minutes=5 * n), relative=f"r{n}") for n in range(11)]
    assert [one.times for one in rules.unusual_showing(many)] == [11]
    slow = [shown(f"s{n}", NOON + timedelta(minutes=6.5 * n), relative=f"r{n}") for n in range(11)]
    assert list(rules.unusual_showing(slow)) == []


def test_three_at_night_are_unusual() -> None:
    night = [shown(f"s{n}", datetime(2026, 11, 22, 2, n, tzinfo=UTC)) for n in range(3)]
    assert list(rules.unusual_showing(night[:2])) == []
    assert [one.by for one in rules.unusual_showing(night)] == ["p"]
    two = [*night[:2], shown("s9", datetime(2026, 11, 22, 3, tzinfo=UTC), by="other")]
    assert list(rules.unusual_showing(two)) == []


def test_halves_ten_minutes_apart_are_quick_and_one_person_is_another_finding() -> None:
    def pair(minutes: int, second: str) -> Pair:
        return Pair("1", "2", "p", second, NOON, NOON + timedelta(minutes=minutes), "relative", "r")

    assert [len(list(rules.quick_pair([pair(minutes, "q")]))) for minutes in (10, 11)] == [1, 0]
    assert list(rules.quick_pair([pair(1, "p")])) == []
    assert len(list(rules.one_person([pair(600, "p"), pair(600, "q")]))) == 1


def test_a_role_less_than_a_week_old_is_told_of_either_half() -> None:
    def told(person: str, days: int, alone: str = "") -> int:
        pair = Pair("1", "2", "p", "q", NOON, NOON + timedelta(hours=1), "relative", "r")
        return len(list(rules.new_role([pair], [GivenRole(person, "g", NOON - timedelta(days=days), alone)])))

    assert [told("p", days) for days in (-1, 0, 7, 8)] == [0, 1, 1, 0]
    assert [told(person, 1) for person in ("p", "q", "x")] == [1, 1, 0]
    assert [told("q", 1, alone) for alone in ("p", "x")] == [1, 0]


def test_an_older_protocol_is_not_the_newest() -> None:
    found = rules.not_briefed([Briefed("a", "10"), Briefed("b", "9"), Briefed("c", "")])
    assert sorted(one.about for one in found) == ["b", "c"]
    assert [one.about for one in rules.not_briefed([Briefed("c", "")])] == ["c"]
