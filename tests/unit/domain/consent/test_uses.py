"""What was agreed to for one use: used, it counts no more, whoever said it; a use never allows anything."""

from __future__ import annotations

import random
from datetime import timedelta

import attrs

from app.domain.consent import Reason, decide
from app.domain.consent_facts import Facts
from app.domain.consent_uses import UseFact, apart_from
from app.domain.ids import PersonId, RecordId
from app.domain.narrowing import Narrowing, again, read_narrowing, values_of
from app.domain.single_use import SingleUse
from tests.unit.domain.consent.families import LAWYER, ME, MOTHER, ask, days_ago, family, no, yes
from tests.unit.domain.consent.ledger_maker import TODAY, Maker, at

USED = UseFact("quote", at(days_ago(3)), "report")


def _used(facts: Facts, *uses: UseFact) -> Facts:
    return attrs.evolve(facts, uses=uses)


def test_a_used_yes_counts_no_more_and_says_why() -> None:
    facts = family(yes("me", "quote"))
    assert ask(facts, "quote").allowed
    decision = ask(_used(facts, USED), "quote")
    assert (decision.allowed, decision.reason) == (False, Reason.USED)


def test_a_use_ends_every_yes_to_a_quote_whoever_said_it_and_to_whom() -> None:
    facts = family(yes("me", "quote"), yes("me", "quote", "named_institution", recipients=frozenset({"b"})))
    assert not ask(_used(facts, USED), "quote", "named_institution", "b").allowed
    everybody = family(
        yes("me", "quote"), yes("mother", "quote"), yes("lawyer", "quote"), people=(ME, MOTHER, LAWYER)
    )
    assert not ask(_used(everybody, USED), "quote").allowed


def test_it_ends_no_yes_to_anything_else() -> None:
    facts = _used(family(yes("me", "name"), yes("me", "photo")), USED)
    assert ask(facts, "name").allowed
    assert ask(facts, "photo").allowed


def test_a_yes_recorded_since_is_for_another_use() -> None:
    facts = _used(family(yes("me", "quote"), yes("me", "quote", ago=2)), USED)
    assert ask(facts, "quote").allowed


def test_a_no_stays_a_no() -> None:
    facts = _used(family(yes("me", "quote"), no("me", "quote", ago=1)), USED)
    assert ask(facts, "quote").reason is Reason.OWN_NO


def test_nobody_asked_is_not_told_as_used() -> None:
    facts = _used(family(yes("me", "quote", "named_institution", recipients=frozenset({"b"}))), USED)
    assert ask(facts, "quote").reason is not Reason.USED, "nobody ever agreed to the public"


def test_the_report_that_used_it_is_replayed_as_it_was_decided() -> None:
    facts = _used(family(yes("me", "quote")), USED)
    assert USED.at is not None
    assert ask(facts, "quote", on=days_ago(3), known_at=USED.at).allowed
    assert not ask(facts, "quote", on=days_ago(3), known_at=USED.at + timedelta(seconds=1)).allowed
    assert ask(apart_from(facts, "report"), "quote").allowed, "a withdrawal asks what it carried itself"
    assert not ask(apart_from(facts, "another"), "quote").allowed


def test_a_use_without_a_moment_counts_always() -> None:
    assert not ask(_used(family(yes("me", "quote")), UseFact("quote", None)), "quote").allowed


def test_a_use_never_allows_anything() -> None:
    ended = 0
    for seed in range(1500):
        maker = Maker(random.Random(f"uses-{seed}"))
        maker.focus = "quote"
        facts = maker.facts()
        request = maker.request(facts)
        use = UseFact("quote", maker.chance.choice((None, at(TODAY), at(days_ago(50)))))
        before, after = decide(request, facts, TODAY), decide(request, _used(facts, use), TODAY)
        assert before.allowed or not after.allowed, seed
        assert after.fields <= before.fields, seed
        ended += before.allowed and not after.allowed
    assert ended > 20, "the worlds hold yeses that a use ends"


def test_a_use_lost_with_a_backup_comes_back_from_the_journal_of_noes() -> None:
    use = SingleUse(
        RecordId("1" * 32), prisoner="2" * 32, purpose="quote", report="3" * 32, by="4" * 32, at=USED.at
    )
    (values,) = values_of(use)
    moment = at(TODAY)
    item = Narrowing("single_use", use.id, 9, PersonId("4" * 32), moment, values=values)
    read = read_narrowing(item.plain())
    assert read is not None
    assert again([read], PersonId("5" * 32)) == attrs.evolve(use, by="5" * 32)
