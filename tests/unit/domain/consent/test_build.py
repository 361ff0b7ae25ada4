"""From records to facts: the days, ages, spans and signatures a decision reads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent import ConsentRequest, Ground, Reason, decide
from app.domain.consent_build import answers_of, facts_from, with_conversation
from app.domain.consent_facts import AnswerFact, Facts, Says
from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.dates import PartialDate
from app.domain.hold import Hold, HoldStep, RelativeHold
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.review_pauses import Pause
from app.domain.source import Claim, StatedValue, Trust, TrustStep
from app.domain.two_people import GRANTED, KEPT, PROPOSED, Stop, stops_after, trusts_after

ZONE = "Europe/Minsk"
NOON = datetime(2026, 11, 1, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ANNA, MAKS, SOURCE = new_id(), new_id(), new_id()


def prisoner(**values: Any) -> Prisoner:
    plain = Prisoner(
        id=RecordId(new_id()),
        family_name="Invented",
        born=PartialDate(1980),
        status="penal_colony",
        country="BY",
    )
    return attrs.evolve(plain, **values)


def relative(of: Prisoner, relation: str = "mother", **values: Any) -> Relative:
    plain = Relative(
        id=RecordId(new_id()),
        prisoner=of.id,
        relation=relation,
        capacity="self" if relation == "self" else "relative_by_practice",
        whereabouts="outside",
    )
    return attrs.evolve(plain, **values)


def answer(purpose: str = "name", kind: str = "given", audience: str = "internal", **values: Any) -> Answer:
    return Answer(answer=new_id(), kind=kind, purpose=purpose, audience=audience, **values)


def talk(who: Relative, *answers: Answer, **values: Any) -> Conversation:
    plain = Conversation(
        id=RecordId(new_id()),
        relative=who.id,
        prisoner=who.prisoner,
        held_on=PartialDate(2026, 11, 1),
        verified_by="voice",
        pressure="none",
        answers=answers,
        recorded_by=ANNA,
        recorded_at=NOON,
    )
    return attrs.evolve(plain, **values)


def may(facts: Facts, purpose: str = "name", audience: str = "internal", **more: Any) -> bool:
    return decide(ConsentRequest(facts.prisoner, purpose, audience, **more), facts, TODAY).allowed


def test_a_conversation_becomes_a_decision() -> None:
    someone = prisoner()
    mother = relative(someone)
    facts = facts_from(someone, time_zone=ZONE, relatives=[mother], conversations=[talk(mother, answer())])
    assert may(facts)


def test_a_countersign_is_by_somebody_else() -> None:
    someone = prisoner()
    mother = relative(someone)
    conversation = talk(mother, answer(audience="public"))
    sign = Countersign(
        id=RecordId(new_id()),
        answer=conversation.answers[0].answer,
        conversation=conversation.id,
        granted=True,
        by=MAKS,
        at=NOON,
    )
    made: dict[str, Any] = {"time_zone": ZONE, "relatives": [mother], "conversations": [conversation]}
    assert may(facts_from(someone, countersigns=[sign], **made), "name", "public")
    own = attrs.evolve(sign, by=ANNA)
    assert not may(facts_from(someone, countersigns=[own], **made), "name", "public")


@pytest.mark.parametrize(
    ("values", "free", "verified"),
    [
        ({}, True, True),
        ({"pressure": ""}, False, True),
        ({"pressure": "possible"}, False, True),
        ({"verified_by": ""}, True, False),
        ({"verified_by": "not_verified"}, True, False),
        ({"verified_by": "a_way_from_2030"}, True, False),
    ],
)
def test_what_was_not_said_is_not_assumed(values: dict[str, str], *, free: bool, verified: bool) -> None:
    fact = answers_of(talk(relative(prisoner()), answer(), **values), ZONE)[0]
    assert (fact.free, fact.verified) == (free, verified)


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("given", Says.YES),
        ("renewed", Says.YES),
        ("refused", Says.NO),
        ("withdrawn", Says.NO),
        ("requested", Says.NOTHING),
        ("deferred", Says.NOTHING),
        ("bypassed", Says.BYPASS),
        ("revoked", Says.TAKES_BACK),
        ("invalidated", Says.TAKES_BACK),
        ("entered_in_error", Says.TAKES_BACK),
        ("a_kind_from_2030", Says.NO),
    ],
)
def test_what_a_kind_of_answer_says(kind: str, says: Says) -> None:
    assert answers_of(talk(relative(prisoner()), answer(kind=kind)), ZONE)[0].says is says


def test_days_are_days_in_the_time_zone_of_the_case_file() -> None:
    late = datetime(2026, 11, 1, 22, 30, tzinfo=UTC)
    fact = answers_of(talk(relative(prisoner()), answer(), recorded_at=late, held_on=None), ZONE)[0]
    assert fact.recorded_on == date(2026, 11, 2)


def test_an_imprecise_conversation_spans_its_days() -> None:
    fact = answers_of(talk(relative(prisoner()), answer(), held_on=PartialDate(2026, 10)), ZONE)[0]
    assert (fact.first, fact.last) == (date(2026, 10, 1), date(2026, 10, 31))
    assert fact.begins == date(2026, 11, 1)
    assert fact.stands == date(2026, 10, 1)


@pytest.mark.parametrize("held", [PartialDate(2026, 11), PartialDate(2026), PartialDate(2026, 11, 1)])
def test_a_yes_whose_span_holds_the_day_of_recording_counts_from_that_day(held: PartialDate) -> None:
    """What is recorded has been said; only a span that has not begun is waited for."""
    fact = answers_of(talk(relative(prisoner()), answer(), held_on=held), ZONE)[0]
    assert fact.begins == fact.recorded_on == date(2026, 11, 1)
    later = answers_of(talk(relative(prisoner()), answer(), held_on=PartialDate(2026, 12)), ZONE)[0]
    assert later.begins == date(2026, 12, 31)


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 400),
    recorded=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_a_yes_never_counts_before_it_was_recorded_nor_before_it_can_have_been_said(
    first: date, days: int, recorded: date
) -> None:
    fact = AnswerFact(
        "a",
        "r",
        Says.YES,
        "contact",
        "internal",
        recorded,
        datetime(recorded.year, recorded.month, recorded.day, tzinfo=UTC),
        first=first,
        last=first + timedelta(days=days),
    )
    assert fact.begins >= max(fact.first or recorded, recorded)
    assert (fact.begins == recorded) == (first <= recorded or fact.last == recorded)


def test_a_condition_makes_a_yes_wait_until_it_is_refusals() -> None:
    someone = prisoner()
    mother = relative(someone)
    conditional = talk(mother, answer(conditions="only without the town"))
    assert not may(facts_from(someone, time_zone=ZONE, relatives=[mother], conversations=[conditional]))


@pytest.mark.parametrize(
    ("relation", "born", "adult"),
    [
        ("mother", None, True),
        ("lawyer", None, True),
        ("sister", None, False),
        ("wife", None, False),
        ("sister", PartialDate(1990), True),
        ("sister", PartialDate(2008), False),
        ("sister", PartialDate(2007), True),
        ("mother", PartialDate(2015), False),
    ],
)
def test_who_is_certainly_adult(relation: str, born: PartialDate | None, *, adult: bool) -> None:
    someone = prisoner()
    one = relative(someone, relation, born=born)
    facts = facts_from(someone, time_zone=ZONE, relatives=[one])
    assert facts.people[one.id].adult(TODAY) is adult


def test_the_record_in_person_is_as_old_as_the_prisoner() -> None:
    someone = prisoner(born=PartialDate(1980, 5, 5))
    me = relative(someone, "self", born=None)
    facts = facts_from(someone, time_zone=ZONE, relatives=[me])
    assert facts.people[me.id].adult_since == facts.adult_since == date(1998, 5, 5)


@pytest.mark.parametrize(
    ("whereabouts", "inside"), [("inside", True), ("outside", False), ("", True), ("unknown", True)]
)
def test_an_unknown_place_counts_as_inside(whereabouts: str, *, inside: bool) -> None:
    someone = prisoner()
    one = relative(someone, whereabouts=whereabouts)
    assert facts_from(someone, time_zone=ZONE, relatives=[one]).people[one.id].inside is inside


@pytest.mark.parametrize(
    ("values", "day", "states"),
    [
        ({"status": "prison"}, TODAY, {"held"}),
        ({"status": ""}, TODAY, {"free"}),
        ({"status": "from_2030"}, TODAY, {"free"}),
        ({"status": "released"}, date(2020, 1, 1), {"free"}),
        ({"status": "released", "released_on": PartialDate(2026, 5, 4)}, date(2026, 5, 3), {"held"}),
        ({"status": "released", "released_on": PartialDate(2026, 5)}, date(2026, 5, 3), {"held", "free"}),
        ({"status": "released", "released_on": PartialDate(2026, 5)}, TODAY, {"free"}),
        ({"status": "dead"}, TODAY, {"dead"}),
        ({"status": "dead", "died_on": PartialDate(2026, 3, 1)}, date(2026, 2, 1), {"held"}),
        ({"status": "prison", "died_on": PartialDate(2026, 3, 1)}, TODAY, {"held", "dead"}),
    ],
)
def test_held_free_or_dead_on_a_day(values: dict[str, Any], day: date, states: set[str]) -> None:
    assert facts_from(prisoner(**values), time_zone=ZONE).states(day) == states


def test_a_stop_is_lifted_by_two() -> None:
    someone = prisoner()
    mother = relative(someone)
    hold = Hold(id=RecordId(new_id()), on_noun="prisoner", on_id=someone.id, placed_by=ANNA, placed_at=NOON)

    def steps(*taken: tuple[str, str]) -> Stop[Hold]:
        made = [HoldStep(RecordId(new_id()), hold=hold.id, step=step, by=by, at=NOON) for step, by in taken]
        return stops_after([hold], made)[0]

    asked = steps((PROPOSED, ANNA))
    by_one = steps((PROPOSED, ANNA), (GRANTED, ANNA))
    kept = steps((PROPOSED, ANNA), (KEPT, MAKS), (GRANTED, MAKS))
    by_two = steps((PROPOSED, ANNA), (GRANTED, MAKS), (KEPT, ANNA))
    told = talk(mother, answer(audience="named_institution", recipients=("b",)))

    def allowed(one: Stop[Hold]) -> bool:
        facts = facts_from(someone, time_zone=ZONE, relatives=[mother], conversations=[told], holds=[one])
        return may(facts, "name", "named_institution", recipients=frozenset({"b"}))

    assert not any(allowed(one) for one in (steps(), asked, by_one, kept))
    assert allowed(by_two)


def test_a_stop_on_a_relative_and_a_review_reach_the_prisoner() -> None:
    someone = prisoner()
    mother = relative(someone)
    told = talk(mother, answer(audience="named_institution", recipients=("b",)))
    request = ConsentRequest(someone.id, "name", "named_institution", recipients=frozenset({"b"}))
    stopped = RelativeHold(id=RecordId(new_id()), relative=mother.id, placed_at=NOON)
    facts = facts_from(
        someone, time_zone=ZONE, relatives=[mother], conversations=[told], relative_holds=[Stop(stopped)]
    )
    assert decide(request, facts, TODAY).reason is Reason.STOPPED
    pause = Pause("prisoner", someone.id, NOON)
    facts = facts_from(someone, time_zone=ZONE, relatives=[mother], conversations=[told], pauses=[pause])
    assert decide(request, facts, TODAY).reason is Reason.PAUSED


@pytest.mark.parametrize(
    ("change", "published"),
    [
        ({}, True),
        ({"confirmed": None}, False),
        ({"confirmed": ANNA}, False),
        ({"at": None}, False),
        ({"ended": ANNA}, False),
        ({"ended": ANNA, "ended_at": None}, False),
        ({"source": new_id()}, False),
    ],
)
def test_a_source_is_trusted_by_two(change: dict[str, Any], *, published: bool) -> None:
    someone = prisoner()
    trust = Trust(
        id=RecordId(new_id()),
        source=SOURCE,
        proposed_by=ANNA,
        proposed_at=NOON,
    )
    said = {"confirmed": MAKS, "at": NOON, "ended_at": NOON, **change}
    steps = [
        TrustStep(RecordId(new_id()), trust=trust.id, step=step, by=said[step], at=said[at])
        for step, at in (("confirmed", "at"), ("ended", "ended_at"))
        if said.get(step)
    ]
    trust = attrs.evolve(trust, source=said.get("source", SOURCE))
    trusts = trusts_after([trust], steps)
    claim = Claim(
        id=RecordId(new_id()),
        prisoner=someone.id,
        source=SOURCE,
        recognised=True,
        listed=True,
        values=(StatedValue("family_name", '"Invented"'), StatedValue("born", '"1981"')),
    )
    facts = facts_from(someone, time_zone=ZONE, claims=[claim], trusts=trusts)
    request = ConsentRequest(
        someone.id,
        "name",
        "public",
        fields=frozenset({"family_name", "born"}),
        grounds=frozenset({Ground.PUBLISHED}),
    )
    assert decide(request, facts, TODAY).fields == (frozenset({"family_name"}) if published else frozenset())
    gone = facts_from(someone, time_zone=ZONE, claims=[attrs.evolve(claim, listed=False)], trusts=trusts)
    assert not decide(request, gone, TODAY).allowed, "ends when the source drops it"
    only_listed = facts_from(
        someone, time_zone=ZONE, claims=[attrs.evolve(claim, recognised=False)], trusts=trusts
    )
    assert not decide(request, only_listed, TODAY).allowed, "listed, and not recognised as held"


def test_a_new_version_of_a_conversation_takes_the_place_of_the_old() -> None:
    someone = prisoner()
    mother = relative(someone)
    conversation = talk(mother, answer("quote"))
    facts = facts_from(someone, time_zone=ZONE, relatives=[mother], conversations=[conversation])
    used = attrs.evolve(conversation, answers=(attrs.evolve(conversation.answers[0], used_up=True),))
    assert may(facts, "quote")
    assert not may(with_conversation(facts, used, ZONE), "quote")
