"""When a yes bears, when a no bears, and which of them wins: one person, line by line of the rule book."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

from app.domain.consent import Reason
from app.domain.consent_facts import CountersignFact
from tests.unit.domain.consent.families import (
    CHILD,
    ME,
    MOTHER,
    ask,
    days_ago,
    family,
    no,
    signed,
    takes_back,
    yes,
)
from tests.unit.domain.consent.ledger_maker import TODAY, at


def test_silence_is_a_no() -> None:
    assert ask(family()).reason is Reason.NOBODY_ASKED


def test_a_yes_allows_until_it_ends_after_twelve_months() -> None:
    decision = ask(family(answer := yes("mother")))
    assert decision.allowed
    assert decision.until == date(2027, 11, 12)
    assert decision.used == (answer.id,)


@pytest.mark.parametrize(
    ("why", "change"),
    [
        ("there was pressure", {"free": False}),
        ("the channel was not verified", {"verified": False}),
        ("it has a condition", {"conditional": True}),
        ("it is used up", {"used_up": True}),
        ("it has ended", {"ends_on": days_ago(1)}),
        ("it was never recorded", {"recorded_at": None}),
        ("it may only have been said tomorrow", {"first": days_ago(3), "last": TODAY + timedelta(days=1)}),
        ("it was recorded more than a year after it was said", {"first": date(2025, 1, 1)}),
        ("it is for one event and another is asked", {"event": "visit"}),
    ],
)
def test_a_yes_does_not_bear_if(why: str, change: dict[str, Any]) -> None:
    assert not ask(family(yes("mother", **change))).allowed, why


def test_a_yes_over_an_unverified_channel_bears_inside_the_house_only() -> None:
    facts = family(yes("mother", verified=False))
    assert ask(facts, "name", "internal").allowed
    assert not ask(facts, "name", "named_institution", "bundestag").allowed


def test_a_yes_bears_on_its_last_day_and_not_on_the_next() -> None:
    facts = family(yes("mother", ends_on=TODAY))
    assert ask(facts).allowed
    assert not ask(facts, on=TODAY + timedelta(days=1)).allowed


def test_nobody_can_set_a_later_end_than_twelve_months() -> None:
    assert ask(family(yes("mother", ends_on=date(2035, 1, 1)))).until == date(2027, 11, 12)


def test_direct_contact_ends_after_six_months() -> None:
    facts = family(yes("mother", "direct_contact", "named_godparent", recipients=frozenset({"x"})))
    assert ask(facts, "direct_contact", "named_godparent", "x", subject="mother").until == date(2027, 5, 12)


@pytest.mark.parametrize(
    ("audience", "names", "asked", "asked_names", "covered"),
    [
        ("internal", (), "internal", (), True),
        ("internal", (), "named_godparent", ("x",), False),
        ("named_godparent", ("x",), "internal", (), True),
        ("named_godparent", ("x",), "named_godparent", ("x",), True),
        ("named_godparent", ("x", "y"), "named_godparent", ("x",), True),
        ("named_godparent", ("x",), "named_godparent", ("x", "y"), False),
        ("named_godparent", (), "named_godparent", ("x",), False),
        ("named_godparent", ("x",), "all_godparents", (), False),
        ("named_godparent", ("x",), "named_institution", ("x",), False),
        ("named_institution", ("b",), "named_institution", ("b",), True),
        ("named_institution", ("b",), "all_godparents", (), False),
        ("all_godparents", (), "named_godparent", ("x",), True),
        ("all_godparents", (), "all_godparents", (), True),
        ("all_godparents", (), "named_institution", ("b",), False),
        ("all_godparents", (), "public", (), False),
        ("public", (), "named_godparent", ("x",), True),
        ("public", (), "named_institution", ("b",), True),
        ("public", (), "all_godparents", (), True),
        ("public", (), "public", (), True),
        ("public", ("x",), "public", (), False),  # names whom it means, so it means nobody else
        ("", (), "internal", (), False),
        ("everybody_from_2030", (), "internal", (), False),
    ],
)
def test_a_yes_covers_the_narrower_and_whom_it_names(
    audience: str, names: tuple[str, ...], asked: str, asked_names: tuple[str, ...], *, covered: bool
) -> None:
    facts = family(yes("mother", audience=audience, recipients=frozenset(names)))
    assert ask(facts, "name", asked, *asked_names).allowed is covered


@pytest.mark.parametrize(
    ("audience", "names", "asked", "asked_names", "stops"),
    [
        ("public", (), "public", (), True),
        ("public", (), "all_godparents", (), False),
        ("public", (), "internal", (), False),
        ("all_godparents", (), "public", (), True),
        ("all_godparents", (), "all_godparents", (), True),
        ("all_godparents", (), "named_godparent", ("x",), False),
        ("all_godparents", ("x",), "named_godparent", ("x",), True),
        ("all_godparents", (), "named_institution", ("b",), False),
        ("named_godparent", ("x",), "named_godparent", ("x",), True),
        ("named_godparent", ("x",), "named_godparent", ("x", "y"), True),
        ("named_godparent", ("x",), "named_godparent", ("y",), False),
        ("named_godparent", (), "named_godparent", ("y",), True),
        ("named_godparent", ("x",), "all_godparents", (), True),
        ("named_godparent", ("x",), "public", (), True),
        ("named_godparent", ("x",), "named_institution", ("b",), False),
        ("named_institution", ("b",), "named_institution", ("b",), True),
        ("named_institution", ("b",), "all_godparents", (), False),
        ("named_institution", ("b",), "public", (), True),
        ("public", ("b",), "named_institution", ("b",), True),
        ("internal", (), "internal", (), True),
        ("internal", (), "named_godparent", ("x",), True),
        ("internal", (), "public", (), True),
        ("", (), "internal", (), True),
        ("everybody_from_2030", (), "named_godparent", ("x",), True),
    ],
)
def test_a_no_covers_every_wider_and_whom_it_names(
    audience: str, names: tuple[str, ...], asked: str, asked_names: tuple[str, ...], *, stops: bool
) -> None:
    facts = family(yes("sister"), no("mother", audience=audience, recipients=frozenset(names)))
    facts = attrs.evolve(facts, people={"sister": attrs.evolve(MOTHER, id="sister"), "mother": MOTHER})
    assert ask(facts, "name", asked, *asked_names).allowed is not stops


def test_the_newest_wins() -> None:
    assert not ask(family(yes("mother", ago=10), no("mother", ago=9))).allowed
    assert ask(family(no("mother", ago=10), yes("mother", ago=9))).allowed


def test_a_tie_is_a_no() -> None:
    assert not ask(family(yes("mother"), no("mother"))).allowed
    assert not ask(family(no("mother"), yes("mother"))).allowed


def test_an_older_no_is_back_when_the_yes_has_ended() -> None:
    facts = family(no("mother", ago=300), yes("mother", ago=20, ends_on=days_ago(5)))
    assert ask(facts, on=days_ago(6)).allowed
    assert ask(facts).reason is Reason.SOMEBODY_SAID_NO


def test_a_no_never_expires() -> None:
    assert ask(family(no("mother", ago=9000))).reason is Reason.SOMEBODY_SAID_NO


def test_a_yes_stands_at_the_first_day_it_can_have_been_said() -> None:
    """A yes "in November", a no on the 5th: the yes may have been older."""
    november: dict[str, Any] = {"first": date(2026, 11, 1), "last": date(2026, 11, 20)}
    assert not ask(family(no("mother", ago=17), yes("mother", ago=2, **november))).allowed


def test_a_no_stands_at_the_last_day_it_can_have_been_said_or_was_recorded() -> None:
    """A no "in 2026" recorded in March is not overruled by a yes in June."""
    some_day: dict[str, Any] = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
    assert not ask(family(no("mother", ago=250, **some_day), yes("mother", ago=150))).allowed


def test_a_no_recorded_late_outweighs_a_yes_said_in_between() -> None:
    late = no("mother", ago=1, first=days_ago(60), last=days_ago(60))
    assert not ask(family(yes("mother", ago=30), late)).allowed


def test_a_no_bears_from_the_first_day_it_can_have_been_said() -> None:
    facts = family(yes("mother", ago=100), no("mother", ago=1, first=days_ago(60), last=days_ago(1)))
    assert ask(facts, on=days_ago(61)).allowed
    assert not ask(facts, on=days_ago(60)).allowed


def test_a_yes_bears_only_once_it_was_certainly_said_and_recorded() -> None:
    facts = family(yes("mother", ago=10, first=days_ago(40), last=days_ago(40)))
    assert not ask(facts, on=days_ago(11)).allowed
    assert ask(facts, on=days_ago(10)).allowed


def test_a_damaged_no_counts_always() -> None:
    broken = no("mother", recorded_on=None, recorded_at=None)
    assert not ask(family(broken, yes("mother"))).allowed
    assert not ask(family(broken, yes("mother")), on=date(2000, 1, 1)).allowed


def test_a_no_to_one_detail_leaves_the_others() -> None:
    facts = family(yes("mother"), no("mother", fields=frozenset({"patronymic"})))
    decision = ask(facts, fields=("family_name", "patronymic"))
    assert decision.allowed
    assert decision.fields == {"family_name"}
    assert decision.left_out == {"patronymic": Reason.SOMEBODY_SAID_NO}
    assert not ask(facts).allowed, "the purpose as a whole includes the refused detail"


def test_a_yes_for_one_detail_is_for_no_other() -> None:
    facts = family(yes("mother", fields=frozenset({"family_name"})))
    assert ask(facts, fields=("family_name", "patronymic")).fields == {"family_name"}
    assert not ask(facts).allowed


def test_a_call_is_for_one_event() -> None:
    named: dict[str, Any] = {"recipients": frozenset({"x"})}
    once = family(yes("mother", "call", "named_godparent", event="may", **named))
    asks: dict[str, Any] = {"subject": "mother"}
    assert ask(once, "call", "named_godparent", "x", event="may", **asks).allowed
    assert not ask(once, "call", "named_godparent", "x", event="june", **asks).allowed
    blanket = family(yes("mother", "call", "named_godparent", **named))
    assert not ask(blanket, "call", "named_godparent", "x", subject="mother").allowed


# -- taking back -----------------------------------------------------------------------------------------


def test_a_yes_taken_back_is_gone_at_once() -> None:
    answer = yes("mother")
    facts = family(answer, takes_back(answer), unsigned=True, countersigns=signed(answer))
    assert ask(facts).reason is Reason.NOBODY_ASKED


def test_taking_back_bears_nothing_itself() -> None:
    answer = yes("mother", ago=20)
    facts = family(answer, takes_back(answer, ago=10), yes("mother", ago=5))
    assert ask(facts).allowed


def test_a_no_is_taken_back_only_by_two() -> None:
    refusal = no("mother", ago=20)
    back = takes_back(refusal)
    allowed = yes("mother", ago=30)
    alone = family(allowed, refusal, back, unsigned=True, countersigns=signed(allowed))
    assert ask(alone).reason is Reason.SOMEBODY_SAID_NO
    assert ask(attrs.evolve(alone, countersigns=signed(allowed, back))).allowed


def test_nobody_takes_back_a_no_in_a_talk_with_somebody_else() -> None:
    refusal = no("sister", ago=20)
    back = takes_back(refusal, by="mother")
    sister = attrs.evolve(MOTHER, id="sister")
    assert not ask(family(yes("mother"), refusal, back, people=(ME, MOTHER, sister))).allowed


def test_taking_back_a_taking_back() -> None:
    answer = yes("mother", ago=20)
    first = takes_back(answer, ago=10)
    second = takes_back(first, ago=5, cancels=first.id)
    one_signed = family(answer, first, second, unsigned=True, countersigns=signed(answer))
    assert not ask(one_signed).allowed, "bringing a yes back takes two"
    assert ask(family(answer, first, second)).allowed


def test_taking_back_what_is_not_there_or_itself_changes_nothing() -> None:
    answer = yes("mother")
    lost = takes_back(answer, cancels="nothing")
    ring = takes_back(answer, id="ring", cancels="ring")
    assert ask(family(answer, lost, ring)).allowed


# -- the second person -----------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["all_godparents", "public"])
def test_a_wide_yes_waits_for_a_second_person(audience: str) -> None:
    answer = yes("mother", audience=audience)
    waiting = ask(family(answer, unsigned=True), "name", audience)
    assert waiting.reason is Reason.WAITS_FOR_SECOND
    assert waiting.needs_second_person
    assert waiting.waits == (answer.id,)
    assert ask(family(answer), "name", audience).allowed


def test_a_yes_for_a_named_institution_acts_at_once() -> None:
    answer = yes("mother", audience="named_institution", recipients=frozenset({"b"}))
    assert ask(family(answer, unsigned=True), "name", "named_institution", "b").allowed


def test_a_yes_over_a_no_of_the_same_person_waits_whatever_its_audience() -> None:
    refusal, answer = no("mother", audience="internal", ago=20), yes("mother", audience="internal")
    assert ask(family(refusal, answer, unsigned=True), "name", "internal").reason is not Reason.AGREED
    assert ask(family(refusal, answer), "name", "internal").allowed


@pytest.mark.parametrize(
    ("why", "by", "later", "granted"),
    [
        ("who recorded it signs it", "anna", timedelta(hours=1), True),
        ("nobody signed it", None, timedelta(hours=1), True),
        ("the second person said no", "maks", timedelta(hours=1), False),
        ("signed before it was recorded", "maks", timedelta(hours=-1), True),
    ],
)
def test_a_signature_does_not_count_if(why: str, by: str | None, later: timedelta, *, granted: bool) -> None:
    answer = yes("mother")
    sign = CountersignFact(answer.id, granted=granted, by=by, at=at(days_ago(10), 9) + later)
    assert not ask(family(answer, countersigns=(sign,))).allowed, why


def test_a_refused_signature_outweighs_a_given_one() -> None:
    answer = yes("mother")
    both = (*signed(answer), *signed(answer, by="olga", granted=False))
    assert not ask(family(answer, countersigns=both)).allowed


def test_a_signature_counts_only_once_it_was_known() -> None:
    answer = yes("mother")
    sign = CountersignFact(answer.id, granted=True, by="maks", at=at(days_ago(2), 10))
    facts = family(answer, countersigns=(sign,))
    assert not ask(facts, known_at=at(days_ago(2), 9)).allowed
    assert ask(facts, known_at=at(days_ago(2), 10)).allowed


@pytest.mark.parametrize(
    ("purpose", "audience", "hours", "until", "counts"),
    [
        ("name", "all_godparents", 48, None, True),
        ("name", "all_godparents", 47, None, False),
        ("name", "public", 48, None, False),
        ("photo", "all_godparents", 48, None, False),
        ("name", "all_godparents", 48, at(days_ago(9)), False),
    ],
)
def test_a_case_file_of_one_person(
    purpose: str, audience: str, hours: int, until: datetime | None, *, counts: bool
) -> None:
    answer = yes("me", purpose, audience)
    sign = CountersignFact(
        answer.id, granted=True, by="anna", at=at(days_ago(10), 9) + timedelta(hours=hours)
    )
    facts = family(answer, countersigns=(sign,), one_person_until=until or at(date(2030, 1, 1)))
    assert ask(facts, purpose, audience).allowed is counts


# -- age -------------------------------------------------------------------------------------------------


def test_a_yes_made_as_a_child_does_not_bear_once_grown_up() -> None:
    grown = attrs.evolve(CHILD, adult_since=days_ago(5))
    facts = family(yes("child", "own_name", ago=30), people=(MOTHER, grown))
    assert not ask(facts, "own_name", subject="child").allowed
    since = family(yes("child", "own_name", ago=4), people=(MOTHER, grown))
    assert ask(since, "own_name", subject="child").allowed


def test_as_known_then() -> None:
    """What was recorded later did not exist when the letter went out."""
    facts = family(yes("mother", ago=30), no("mother", ago=3, first=days_ago(20), last=days_ago(20)))
    assert ask(facts, on=days_ago(10), known_at=at(days_ago(10))).allowed
    assert not ask(facts, on=days_ago(10)).allowed
