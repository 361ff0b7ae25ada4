"""Protects: what may be done before a call: no deadlock for the careful, no loophole for the careless."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest

from app.domain.consent_build import facts_from
from app.domain.consent_contact import FirstWordsFact, MayContact, contact_rule
from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.hold import RelativeHold
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative, SafeContactPlan
from app.domain.two_people import Stop

TODAY = date(2026, 11, 22)
ZONE = "Europe/Vilnius"
PRISONER = Prisoner(RecordId(new_id()), status="penal_colony", born=PartialDate(1980))


def _mother(**values: Any) -> Relative:
    return Relative(RecordId(new_id()), prisoner=PRISONER.id, relation="mother", **values)


def _talk(
    who: Relative, days_ago: int, *answers: Answer, direction: str = "they_came", **more: Any
) -> Conversation:
    day = TODAY - timedelta(days=days_ago)
    return Conversation(
        RecordId(new_id()),
        relative=who.id,
        prisoner=PRISONER.id,
        held_on=PartialDate.of(day),
        direction=direction,
        verified_by="voice",
        pressure="none",
        answers=answers,
        recorded_by=new_id(),
        recorded_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        **more,
    )


def _answer(kind: str, ends_on: date | None = None) -> Answer:
    return Answer(new_id(), kind=kind, purpose="contact", audience="internal", ends_on=ends_on)


def _rule(who: Relative, *talks: Conversation, holds: Any = (), permits: Any = ()) -> Any:
    facts = facts_from(PRISONER, time_zone=ZONE, relatives=[who], conversations=talks, relative_holds=holds)
    return contact_rule(facts, who, talks, TODAY, time_zone=ZONE, permits=permits)


def test_a_yes_bears_until_its_end() -> None:
    mother = _mother()
    rule = _rule(mother, _talk(mother, 30, _answer("given", TODAY + timedelta(days=40))))
    assert (rule.may, rule.until, rule.allowed) == (MayContact.YES, TODAY + timedelta(days=40), True)


def test_nobody_asked_needs_first_words_allowed_by_an_officer() -> None:
    mother = _mother()
    assert _rule(mother).may is MayContact.FIRST_WORDS_WAIT
    permit = FirstWordsFact(datetime(2026, 11, 20, tzinfo=UTC), "officer", TODAY)
    assert _rule(mother, permits=[permit]).may is MayContact.FIRST_WORDS
    used = _talk(mother, 1, direction="we_came")
    assert not _rule(mother, used, permits=[permit]).allowed
    late = FirstWordsFact(datetime(2026, 11, 20, tzinfo=UTC), "officer", TODAY - timedelta(days=1))
    assert not _rule(mother, permits=[late]).allowed


def test_who_came_to_us_may_be_answered_once() -> None:
    mother = _mother()
    assert _rule(mother, _talk(mother, 3)).may is MayContact.CAME_TO_US
    both = (_talk(mother, 3), _talk(mother, 2, direction="we_came"))
    assert _rule(mother, *both).may is MayContact.ASKED_ALREADY


def test_through_a_named_intermediary() -> None:
    mother = _mother(plan=(SafeContactPlan(through="the neighbour"),))
    assert _rule(mother).may is MayContact.THROUGH


@pytest.mark.parametrize(
    ("ended_ago", "may"), [(1, "ask_again"), (90, "ask_again"), (91, "first_words_wait")]
)
def test_an_ended_yes_allows_one_contact_within_90_days(ended_ago: int, may: str) -> None:
    mother = _mother()
    talk = _talk(mother, 200, _answer("given", TODAY - timedelta(days=ended_ago)))
    rule = _rule(mother, talk)
    assert rule.may == may
    if rule.allowed:
        assert rule.until == TODAY - timedelta(days=ended_ago) + timedelta(days=90)
        once = _talk(mother, 0, direction="we_came")
        assert _rule(mother, talk, once).may is MayContact.ASKED_ALREADY


def test_a_talk_after_midnight_is_of_the_next_day_where_the_case_file_is() -> None:
    mother = _mother()
    yes = _talk(mother, 200, _answer("given", TODAY - timedelta(days=5)))
    ended = TODAY - timedelta(days=5)
    late = datetime(ended.year, ended.month, ended.day, 22, 30, tzinfo=UTC)  # half past midnight in Vilnius
    called = attrs.evolve(_talk(mother, 0, direction="we_came"), held_on=None, recorded_at=late)
    assert _rule(mother, yes, called).may is MayContact.ASKED_ALREADY


def test_a_no_a_stop_and_where_they_are_forbid_asking_again() -> None:
    mother = _mother()
    ended = _talk(mother, 200, _answer("given", TODAY - timedelta(days=5)))
    no = _rule(mother, ended, _talk(mother, 2, _answer("withdrawn")))
    assert (no.may, no.kind, no.since) == (MayContact.SAID_NO, "withdrawn", TODAY - timedelta(days=2))
    hold = RelativeHold(RecordId(new_id()), relative=mother.id, placed_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert _rule(mother, ended, holds=[Stop(hold)]).may is MayContact.STOPPED
    outside = _talk(mother, 200, _answer("given", TODAY - timedelta(days=5)), whereabouts="outside")
    assert _rule(mother, outside).may is MayContact.PLACE
    assert _rule(_with(mother, whereabouts="outside"), outside).may is MayContact.ASK_AGAIN


def _with(one: Relative, **values: Any) -> Relative:
    import attrs

    return attrs.evolve(one, **values)


@pytest.mark.parametrize(
    ("asking", "may"), [("not_safe", "not_safe"), ("published_only", "not_safe"), ("pause", "pause")]
)
def test_where_asking_is_the_danger_nothing_else_allows_it(asking: str, may: str) -> None:
    mother = _mother(asking=asking, plan=(SafeContactPlan(through="the neighbour"),))
    assert _rule(mother, _talk(mother, 3)).may == may


def test_what_was_recorded_later_was_not_known() -> None:
    mother = _mother()
    yes = _talk(mother, 30, _answer("given", TODAY + timedelta(days=40)))
    facts = facts_from(PRISONER, time_zone=ZONE, relatives=[mother], conversations=[yes])
    before = datetime(2026, 10, 1, tzinfo=UTC)
    assert (
        contact_rule(facts, mother, [yes], TODAY, time_zone=ZONE, known_at=before).may
        is MayContact.FIRST_WORDS_WAIT
    )
