"""The lines of the decision in their order, as the rule book has them."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import attrs
import pytest

from app.domain.consent import Ground, Reason, reason_words
from app.domain.consent_facts import Facts, StatusSpan
from app.domain.consent_purposes import LegalGrounds, default_legal_grounds, purposes
from tests.unit.domain.consent.families import (
    CHILD,
    DEAD,
    FREE,
    LAWYER,
    ME,
    MOTHER,
    SISTER,
    TRUSTEE,
    ask,
    days_ago,
    family,
    no,
    stop,
    trusts,
    yes,
)
from tests.unit.domain.consent.ledger_maker import TODAY, at

INSIDE_MOTHER = attrs.evolve(MOTHER, inside=True)


# -- outside the house: stops ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "target_id"),
    [
        ("prisoner", "prisoner"),
        ("relative", "sister"),
        ("godparent", "x"),
        ("institution", "x"),
        ("facility", "colony"),
        ("country", "BY"),
        ("desk", "vilnius"),
        ("case_file", ""),
        ("a_word_from_2030", "?"),
    ],
)
def test_a_stop_on_anything_it_touches_denies_outside(target: str, target_id: str) -> None:
    facts = family(
        yes("mother"), holds=(stop(target, target_id),), facility="colony", country="BY", desk="vilnius"
    )
    assert ask(facts, "name", "named_godparent", "x").reason is Reason.STOPPED
    assert ask(facts, "name", "internal").allowed


@pytest.mark.parametrize(
    ("target", "target_id"),
    [("prisoner", "another"), ("godparent", "y"), ("facility", "z"), ("country", "AZ"), ("desk", "kyiv")],
)
def test_a_stop_on_something_else_does_not(target: str, target_id: str) -> None:
    facts = family(yes("mother"), holds=(stop(target, target_id),), facility="colony", country="BY", desk="v")
    assert ask(facts, "name", "named_godparent", "x").allowed


def test_a_stop_counts_from_its_day_to_the_day_it_was_lifted() -> None:
    facts = family(yes("mother", ago=50), holds=(stop("prisoner", "prisoner", ago=20, lifted_ago=10),))
    assert ask(facts, on=days_ago(21)).allowed
    assert not ask(facts, on=days_ago(20)).allowed
    assert not ask(facts, on=days_ago(11)).allowed
    assert ask(facts, on=days_ago(10)).allowed
    assert not ask(facts, on=days_ago(10), known_at=at(days_ago(11))).allowed, "not yet known to be lifted"


def test_a_pause_denies_outside_until_reviewed() -> None:
    paused = family(yes("mother"), holds=(stop("prisoner", "prisoner", review=True),))
    assert ask(paused).reason is Reason.PAUSED
    assert ask(paused, "name", "internal").allowed


def test_a_stop_on_the_prisoner_touches_the_relative_too() -> None:
    facts = family(yes("mother", "own_name"), holds=(stop("prisoner", "prisoner"),))
    assert ask(facts, "own_name", subject="mother").reason is Reason.STOPPED


# -- the register of legal grounds -----------------------------------------------------------------------


def test_without_a_legal_ground_nothing_goes() -> None:
    nothing = LegalGrounds(MappingProxyType({}))
    assert ask(family(yes("mother"), legal=nothing)).reason is Reason.NO_LEGAL_GROUND
    assert ask(family(yes("mother"), legal=nothing), "name", "internal").reason is Reason.NO_LEGAL_GROUND


def test_the_shipped_register_covers_every_purpose_and_is_not_confirmed() -> None:
    register = default_legal_grounds()
    assert not register.confirmed
    assert {(one.code, one.data_class) for one in purposes().values()} == register.bases.keys()


# -- the prisoner's own words ----------------------------------------------------------------------------


def test_the_prisoners_own_no_denies_whatever_the_family_says() -> None:
    assert ask(family(yes("mother"), no("me"))).reason is Reason.OWN_NO


def test_the_prisoners_own_no_denies_what_is_published() -> None:
    facts = family(no("me"), trusted=(trusts(),))
    assert ask(facts, fields=("family_name",), published=True).reason is Reason.OWN_NO


@pytest.mark.parametrize("purpose", ["family", "own_name", "family_known"])
def test_for_family_purposes_the_prisoners_own_no_counts_too(purpose: str) -> None:
    facts = family(yes("mother", purpose), no("me", purpose))
    assert ask(facts, purpose, subject="mother").reason is Reason.PRISONERS_NO


def test_for_others_it_does_not() -> None:
    facts = family(yes("mother", "contact", "internal"), no("me", "contact", "internal"))
    assert ask(facts, "contact", "internal", subject="mother").allowed


def test_the_prisoners_own_yes_is_enough() -> None:
    decision = ask(family(yes("me", "photo"), people=(ME, INSIDE_MOTHER, LAWYER)), "photo")
    assert decision.allowed
    assert decision.ground is Ground.AGREED


def test_with_a_relatives_no_beside_it_two_settle_it() -> None:
    assert ask(family(yes("me"), no("mother"))).reason is Reason.TWO_MUST_SETTLE


def test_the_no_of_somebody_nobody_knows_counts_and_their_yes_does_not() -> None:
    assert ask(family(yes("me"), no("stranger"))).reason is Reason.TWO_MUST_SETTLE
    assert not ask(family(yes("stranger"))).allowed


def test_a_yes_in_the_prisoners_record_said_by_another_is_not_their_own() -> None:
    assert not ask(family(yes("me", capacity="legal_representative"))).allowed


# -- freed -----------------------------------------------------------------------------------------------


def test_who_is_free_is_asked_whatever_the_family_or_a_source_says() -> None:
    facts = family(yes("mother"), trusted=(trusts(),), status=FREE)
    assert ask(facts, fields=("family_name",), published=True).reason is Reason.ASK_THEM
    assert (
        ask(attrs.evolve(facts, status=()), fields=("family_name",), published=True).reason is Reason.ASK_THEM
    )


def test_who_may_be_free_already_counts_as_free() -> None:
    overlapping = (StatusSpan("held", last=TODAY), StatusSpan("free", first=days_ago(20)))
    assert ask(family(yes("mother"), status=overlapping)).reason is Reason.ASK_THEM


def test_who_is_free_and_said_yes_is_told() -> None:
    assert ask(family(yes("me"), status=FREE)).allowed


# -- the family ------------------------------------------------------------------------------------------


def test_one_no_in_the_family_outweighs_every_yes() -> None:
    facts = family(yes("mother", ago=1), no("sister", ago=400), people=(ME, MOTHER, SISTER))
    assert ask(facts).reason is Reason.SOMEBODY_SAID_NO


@pytest.mark.parametrize("capacity", ["", "self"])
def test_a_yes_needs_standing_a_no_does_not(capacity: str) -> None:
    mother = attrs.evolve(MOTHER, capacity=capacity)
    assert ask(family(yes("mother"), people=(ME, mother))).reason is Reason.NOBODY_ASKED
    assert ask(family(yes("me"), no("mother"), people=(ME, mother))).reason is Reason.TWO_MUST_SETTLE


@pytest.mark.parametrize("capacity", ["", "relative_by_practice"])
@pytest.mark.parametrize("said", ["", "relative_by_practice", "authorised_by_prisoner"])
def test_by_practice_speaks_a_relative_and_nobody_else(capacity: str, said: str) -> None:
    """Also where such a yes came into the file by another way than the sheet."""
    friend = attrs.evolve(MOTHER, capacity=capacity, by_practice=False)
    facts = family(yes("mother", capacity=said), people=(ME, friend))
    assert ask(facts).reason is Reason.NOBODY_ASKED
    authorised = attrs.evolve(friend, capacity="authorised_by_prisoner", mandate="public")
    assert ask(family(yes("mother"), people=(ME, authorised))).allowed


def test_a_conversation_may_say_less_than_the_register_never_more() -> None:
    facts = family(yes("lawyer", "photo", capacity="relative_by_practice"), people=(ME, LAWYER))
    assert not ask(facts, "photo").allowed
    more = family(yes("mother", "photo", capacity="legal_representative"))
    assert not ask(more, "photo").allowed


@pytest.mark.parametrize("capacity", ["legal_representative", "authorised_by_prisoner"])
def test_more_than_practice_stands_in_the_register_or_nowhere(capacity: str) -> None:
    """Typed into a talk alone, it would let one person send health to an institution."""
    mother = attrs.evolve(MOTHER, capacity="")
    said = family(yes("mother", "health", capacity=capacity), people=(ME, mother))
    assert not ask(said, "health", "named_institution", "b").allowed
    on_record = attrs.evolve(MOTHER, capacity=capacity, mandate="everything")
    written = family(yes("mother", "health", capacity=capacity), people=(ME, on_record))
    assert ask(written, "health", "named_institution", "b").allowed


@pytest.mark.parametrize("purpose", ["health", "photo", "quote"])
def test_a_relative_by_practice_never_suffices_for_health_photo_or_quote_outside(purpose: str) -> None:
    facts = family(yes("mother", purpose))
    assert ask(facts, purpose, "named_institution", "b").reason is Reason.NOBODY_ASKED
    assert ask(facts, purpose, "internal").allowed
    enough = family(yes("trustee", purpose), people=(ME, TRUSTEE))
    assert ask(enough, purpose, "named_institution", "b").allowed


@pytest.mark.parametrize("key", [LAWYER, TRUSTEE])
def test_outside_a_silent_representative_or_authorised_person_denies(key: object) -> None:
    person = LAWYER if key is LAWYER else TRUSTEE
    facts = family(yes("mother"), people=(ME, MOTHER, person))
    assert ask(facts).reason is Reason.KEY_ANSWER_MISSING
    assert ask(facts, "name", "internal").allowed
    assert ask(family(yes("mother"), yes(person.id), people=(ME, MOTHER, person))).allowed


@pytest.mark.parametrize("purpose", ["photo", "health", "family", "quote"])
def test_public_photo_health_family_or_quote_needs_every_close_relative_inside(purpose: str) -> None:
    people = (ME, INSIDE_MOTHER, TRUSTEE)
    silent = family(yes("trustee", purpose), people=people)
    assert ask(silent, purpose).reason is Reason.CLOSE_RELATIVE_SILENT
    assert ask(silent, purpose, "all_godparents").reason is Reason.CLOSE_RELATIVE_SILENT, "counts as public"
    assert ask(silent, purpose, "named_institution", "b").allowed
    assert ask(family(yes("trustee", purpose), yes("mother", purpose), people=people), purpose).allowed
    outside = family(yes("trustee", purpose), people=(ME, MOTHER, TRUSTEE))
    assert ask(outside, purpose).allowed


def test_the_name_in_public_does_not_need_them() -> None:
    assert ask(family(yes("trustee"), people=(ME, INSIDE_MOTHER, TRUSTEE))).allowed


def test_it_lasts_until_the_earliest_end_of_what_it_rests_on() -> None:
    soon = TODAY + timedelta(days=20)
    facts = family(
        yes("trustee", "photo"), yes("mother", "photo", ends_on=soon), people=(ME, INSIDE_MOTHER, TRUSTEE)
    )
    decision = ask(facts, "photo")
    assert decision.until == soon
    assert len(decision.used) == 2


# -- what a purpose needs --------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["photo", "health", "quote", "case_detail"])
def test_a_no_to_the_name_in_public_denies_what_needs_it(purpose: str) -> None:
    facts = family(yes("trustee", purpose), no("mother", "name"), people=(ME, MOTHER, TRUSTEE))
    assert ask(facts, purpose).reason is Reason.SOMEBODY_SAID_NO
    assert ask(family(yes("me", purpose), no("me", "name")), purpose).reason is Reason.OWN_NO


@pytest.mark.parametrize("purpose", ["letters", "parcels", "money", "call", "direct_contact", "media"])
def test_a_no_to_contact_denies_what_needs_it(purpose: str) -> None:
    said = yes("mother", purpose, "named_godparent", recipients=frozenset({"x"}), event="may")
    facts = family(said, no("mother", "contact", "public"))
    request: dict[str, Any] = {"subject": "mother", "event": "may"}
    assert ask(family(said), purpose, "named_godparent", "x", **request).allowed
    assert ask(facts, purpose, "named_godparent", "x", **request).reason is Reason.OWN_NO
    assert not ask(facts, purpose, "named_godparent", "x", event="may").allowed, "her own yes is gone too"


def test_that_a_sister_wants_no_contact_does_not_stop_the_mothers_letters() -> None:
    facts = family(yes("mother", "letters"), no("sister", "contact", "internal"), people=(ME, MOTHER, SISTER))
    assert ask(facts, "letters").allowed


def test_silence_to_what_is_needed_denies_nothing() -> None:
    assert ask(family(yes("me", "photo")), "photo").allowed


# -- published -------------------------------------------------------------------------------------------


def test_published_needs_the_same_value_in_a_trusted_source() -> None:
    facts = family(trusted=(trusts("family_name"), trusts("given_name", "wrong")))
    decision = ask(facts, fields=("family_name", "given_name", "born"), published=True)
    assert decision.reason is Reason.PUBLISHED
    assert decision.fields == decision.published == {"family_name"}
    assert decision.until is None
    assert decision.left_out["given_name"] is Reason.NOBODY_ASKED


def test_untrusted_nothing_is_published() -> None:
    assert not ask(family(), fields=("family_name",), published=True).allowed


def test_published_is_for_certain_adults_only() -> None:
    facts = family(trusted=(trusts(),), adult_since=None)
    assert not ask(facts, fields=("family_name",), published=True).allowed


def test_published_stops_at_a_no_of_the_family_and_at_a_stop() -> None:
    facts = family(no("mother"), trusted=(trusts(),))
    assert ask(facts, fields=("family_name",), published=True).reason is Reason.SOMEBODY_SAID_NO
    stopped = family(trusted=(trusts(),), holds=(stop("prisoner", "prisoner"),))
    assert ask(stopped, fields=("family_name",), published=True).reason is Reason.STOPPED


@pytest.mark.parametrize("purpose", ["health", "family", "quote", "letters"])
def test_health_family_and_words_are_never_published(purpose: str) -> None:
    assert not ask(family(trusted=(trusts(),)), purpose, fields=("family_name",), published=True).allowed


def test_what_is_published_may_be_told_in_confidence_too() -> None:
    facts = family(trusted=(trusts(),))
    decision = ask(
        facts, "confidential_advocacy", "named_institution", "b", fields=("family_name",), published=True
    )
    assert decision.ground is Ground.PUBLISHED


def test_a_relatives_data_is_never_published() -> None:
    facts = family(trusted=(trusts(),))
    assert not ask(facts, "own_name", subject="mother", fields=("family_name",), published=True).allowed


def test_a_kind_that_takes_published_values_only_takes_no_yes() -> None:
    facts = family(yes("me"), trusted=(trusts(),))
    decision = ask(facts, fields=("family_name", "born"), published=True, agreed=False)
    assert decision.ground is Ground.PUBLISHED
    assert decision.left_out == {"born": Reason.NOT_PUBLISHED}


def test_published_as_it_was_known() -> None:
    facts = family(trusted=(attrs.evolve(trusts(ago=30), until_on=days_ago(5), until_at=at(days_ago(5))),))
    assert ask(facts, fields=("family_name",), published=True, on=days_ago(6)).allowed
    assert not ask(facts, fields=("family_name",), published=True).allowed
    assert not ask(facts, fields=("family_name",), published=True, on=days_ago(31)).allowed
    assert ask(facts, fields=("family_name",), published=True, known_at=at(days_ago(6))).allowed


def test_published_and_agreed_side_by_side() -> None:
    facts = family(yes("mother"), trusted=(trusts(),))
    decision = ask(facts, fields=("family_name", "born"), published=True)
    assert decision.fields == {"family_name", "born"}
    assert decision.published == {"family_name"}
    assert decision.ground is Ground.AGREED


# -- a relative's own data -------------------------------------------------------------------------------


def test_a_relatives_own_data_needs_their_own_yes() -> None:
    facts = family(yes("mother", "own_name"), people=(ME, MOTHER, SISTER))
    assert ask(facts, "own_name", subject="mother").allowed
    assert ask(facts, "own_name", subject="sister").reason is Reason.RELATIVE_NOT_ASKED
    assert ask(family(no("mother", "own_name")), "own_name", subject="mother").reason is Reason.OWN_NO


def test_the_family_does_not_refuse_for_a_relative() -> None:
    facts = family(
        yes("mother", "contact", "internal"), no("sister", "contact", "internal"), people=(MOTHER, SISTER)
    )
    assert ask(facts, "contact", "internal", subject="mother").allowed


def test_a_child_needs_the_guardians_yes_and_no_no_of_their_own() -> None:
    people = (ME, MOTHER, CHILD)
    allowed = ask(family(yes("mother", "own_name"), people=people), "own_name", subject="child")
    assert allowed.allowed
    assert allowed.until == TODAY + timedelta(days=99), "the day before they are 18"
    refused = family(yes("mother", "own_name"), no("child", "own_name"), people=people)
    assert ask(refused, "own_name", subject="child").reason is Reason.OWN_NO
    alone = family(yes("child", "own_name"), people=people)
    assert ask(alone, "own_name", subject="child").reason is Reason.GUARDIAN_NOT_ASKED


def test_of_unknown_age_counts_as_a_child() -> None:
    sister = attrs.evolve(SISTER, adult_since=None)
    facts = family(yes("sister", "contact", "internal"), people=(ME, sister))
    assert ask(facts, "contact", "internal", subject="sister").reason is Reason.GUARDIAN_NOT_ASKED


def test_what_is_the_prisoners_is_never_asked_of_a_relative() -> None:
    assert ask(family(yes("mother", "photo")), "photo", subject="mother").reason is Reason.UNCLEAR
    assert ask(family(), "name", subject="nobody").reason is Reason.UNCLEAR


# -- a prisoner under 18 ---------------------------------------------------------------------------------


def test_for_a_prisoner_under_18_the_guardian_decides() -> None:
    minor = attrs.evolve(ME, adult_since=TODAY + timedelta(days=30), guardian="mother")
    facts = family(yes("mother"), people=(minor, MOTHER, SISTER), adult_since=minor.adult_since)
    decision = ask(facts)
    assert decision.allowed
    assert decision.until == TODAY + timedelta(days=29)
    aunt = family(yes("sister"), people=(minor, MOTHER, SISTER), adult_since=minor.adult_since)
    assert ask(aunt).reason is Reason.GUARDIAN_NOT_ASKED
    own = family(yes("me"), people=(minor, MOTHER), adult_since=minor.adult_since)
    assert not ask(own).allowed
    veto = family(yes("mother"), no("me"), people=(minor, MOTHER), adult_since=minor.adult_since)
    assert ask(veto).reason is Reason.OWN_NO


def test_a_legal_representative_speaks_for_a_prisoner_under_18() -> None:
    minor = attrs.evolve(ME, adult_since=None)
    assert ask(family(yes("lawyer"), people=(minor, LAWYER), adult_since=None)).allowed
    said = yes("me", capacity="legal_representative", mandate="public")
    said_for = family(said, people=(minor,), adult_since=None)
    assert ask(said_for).allowed
    for mandate in ("", "contact", "from_2030"):
        less = family(attrs.evolve(said, mandate=mandate), people=(minor,), adult_since=None)
        assert not ask(less).allowed, "how far it goes is unknown, or not so far"


# -- after a death ---------------------------------------------------------------------------------------


def test_after_a_death_the_next_of_kin_decide_and_each_may_veto() -> None:
    people = (ME, MOTHER, SISTER, TRUSTEE)
    assert ask(family(yes("mother", "photo"), people=people, status=DEAD), "photo").allowed
    assert not ask(family(yes("trustee"), people=people, status=DEAD)).allowed
    assert not ask(family(yes("me"), people=people, status=DEAD)).allowed
    veto = family(yes("mother"), no("trustee"), people=people, status=DEAD)
    assert ask(veto).reason is Reason.SOMEBODY_SAID_NO
    assert ask(family(yes("mother"), no("me"), status=DEAD)).reason is Reason.OWN_NO


# -- counted in figures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts", [family(), family(status=FREE), family(status=DEAD), family(adult_since=None), family(status=())]
)
def test_in_figures_silence_is_a_yes(facts: Facts) -> None:
    assert ask(facts, "statistics").reason is Reason.COUNTED
    assert ask(facts, "statistics", subject="mother").allowed


@pytest.mark.parametrize("by", ["me", "mother", "stranger"])
def test_in_figures_a_refusal_is_honoured(by: str) -> None:
    assert not ask(family(no(by, "statistics")), "statistics").allowed


def test_in_figures_a_stop_stops() -> None:
    assert ask(family(holds=(stop("case_file"),)), "statistics").reason is Reason.STOPPED


# -- what is unclear is a no -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("purpose", "audience"), [("colour", "public"), ("name", "the_moon"), ("name", "named_godparent")]
)
def test_an_unclear_request_is_denied(purpose: str, audience: str) -> None:
    assert ask(family(yes("me")), purpose, audience).reason is Reason.UNCLEAR


def test_every_reason_has_words() -> None:
    sentences = {reason_words(reason) for reason in Reason}
    assert len(sentences) == len(Reason)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_day_long_ago_is_decided_like_any_other() -> None:
    assert not ask(family(yes("me")), on=date(1990, 1, 1)).allowed
