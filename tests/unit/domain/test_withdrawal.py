"""Protects: what a withdrawal reaches and proposes follows from the rules, and loses nothing planned."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.consent import LATEST, ConsentRequest
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import AnswerFact, Facts
from app.domain.withdrawal import (
    carried_and_lost,
    proposed_state,
    reach_of,
    refuses_godparent,
    sooner,
    step_before,
    without_talk,
)
from tests.unit.domain.consent.families import HELD, MOTHER, PRISONER, no, yes
from tests.unit.domain.consent.ledger_maker import TODAY


@pytest.mark.parametrize(
    ("state", "becomes"),
    [("active", "paused"), ("dormant", "paused"), ("invited", "ended"), ("paused", ""), ("ended", "")],
)
def test_what_runs_pauses_and_what_nobody_accepted_ends(state: str, becomes: str) -> None:
    assert proposed_state(state) == becomes


def test_a_next_step_is_put_before_the_one_that_stands() -> None:
    assert step_before("Call back", "Call the lawyer") == "Call back · Call the lawyer"
    assert step_before("Call back", "") == "Call back"
    assert step_before("Call back", "Call back · Call the lawyer") == "Call back · Call the lawyer"
    assert sooner(date(2026, 1, 2), date(2026, 1, 1)) == date(2026, 1, 1)
    assert sooner(date(2026, 1, 2), None) == date(2026, 1, 2)


def test_a_no_reaches_its_purpose_and_all_that_need_it() -> None:
    assert reach_of([yes("mother", "photo")]) == frozenset()
    assert reach_of([no("mother", "photo")]) == {"photo"}
    assert reach_of([no("mother", "name")]) >= {"name", "photo", "health", "case_detail"}
    assert "letters" in reach_of([no("mother", "contact", "internal")])


def _facts(*answers: AnswerFact) -> Facts:
    people = {"mother": MOTHER}
    return Facts(PRISONER, date.min, status=HELD, people=people, answers=answers)


def test_a_report_lost_what_a_no_denies_and_it_reaches() -> None:
    facts = _facts(no("mother", "name"))
    ledger = Ledger(facts, LATEST)
    asked = [ConsentRequest(PRISONER, "name", "public", fields=frozenset({"family_name"}))]
    assert carried_and_lost(ledger, asked, reach_of(facts.answers), TODAY)
    assert not carried_and_lost(ledger, asked, frozenset({"letters"}), TODAY)


def test_a_godparent_is_refused_by_a_no_and_not_by_silence() -> None:
    refused = _facts(no("mother", "godparent_sought", "internal"))
    assert refuses_godparent(Ledger(refused, LATEST), PRISONER, "godparent", TODAY)
    assert not refuses_godparent(Ledger(_facts(), LATEST), PRISONER, "godparent", TODAY)


def test_without_a_talk_its_answers_are_gone_and_no_others() -> None:
    first, second = yes("mother", conversation="first"), no("mother", conversation="second")
    assert without_talk(_facts(first, second), "second").answers == (first,)
