"""How far a representation carries: what is unknown is a no, and who represents still has to be asked."""

from __future__ import annotations

import attrs
import pytest

from app.domain.consent import Reason
from tests.unit.domain.consent.families import LAWYER, ME, MOTHER, ask, family, yes


@pytest.mark.parametrize("capacity", ["legal_representative", "authorised_by_prisoner"])
@pytest.mark.parametrize(
    ("mandate", "decides"),
    [
        ("", ()),
        ("from_2030", ()),
        ("contact", ("letters",)),
        ("public", ("letters", "godparent_sought", "name")),
        ("everything", ("letters", "godparent_sought", "name", "health")),
    ],
)
def test_who_represents_decides_what_was_written_down_and_nothing_else(
    capacity: str, mandate: str, decides: tuple[str, ...]
) -> None:
    """Also where a yes came into the file by another way; written in the register or in the talk alike."""
    lawyer = attrs.evolve(LAWYER, capacity=capacity, mandate="")
    for purpose in ("letters", "godparent_sought", "name", "health"):
        audience, whom = ("named_institution", "b") if purpose == "health" else ("named_godparent", "a")
        talk = yes("lawyer", purpose, audience="all_godparents", mandate=mandate)
        if purpose == "health":
            talk = attrs.evolve(talk, audience=audience, recipients=frozenset({"b"}))
        register = attrs.evolve(lawyer, mandate=mandate)
        written = family(attrs.evolve(talk, mandate=""), people=(ME, register))
        spoken = family(talk, people=(ME, lawyer))
        for facts in (written, spoken):
            decision = ask(facts, purpose, audience, whom)
            assert decision.allowed == (purpose in decides), (purpose, decision.reason)


def test_register_and_talk_both_have_to_reach() -> None:
    wide, narrow = yes("lawyer", "health", mandate="everything"), yes("lawyer", "health", mandate="contact")
    for facts in (
        family(wide, people=(ME, attrs.evolve(LAWYER, mandate="public"))),
        family(narrow, people=(ME, LAWYER)),
    ):
        assert not ask(facts, "health").allowed


def test_a_mother_speaks_by_practice_beyond_what_she_represents() -> None:
    mother = attrs.evolve(MOTHER, capacity="legal_representative", mandate="contact")
    assert ask(family(yes("mother"), people=(ME, mother))).allowed
    assert not ask(family(yes("mother", "health"), people=(ME, mother)), "health").allowed


def test_an_unknown_reach_is_told_as_that_and_her_silence_still_counts() -> None:
    unknown = attrs.evolve(LAWYER, mandate="")
    asked = family(yes("lawyer", "health"), people=(ME, unknown))
    assert ask(asked, "health").reason is Reason.MANDATE_UNKNOWN
    beside = family(yes("mother"), yes("lawyer"), people=(ME, MOTHER, unknown))
    assert ask(beside).reason is Reason.MANDATE_UNKNOWN
    silent = family(yes("mother"), people=(ME, MOTHER, unknown))
    assert ask(silent).reason is Reason.KEY_ANSWER_MISSING


def test_only_who_represents_in_this_has_to_be_asked() -> None:
    contact = attrs.evolve(LAWYER, mandate="contact")
    assert ask(family(yes("mother"), people=(ME, MOTHER, contact))).allowed
    public = attrs.evolve(LAWYER, mandate="public")
    assert ask(family(yes("mother"), people=(ME, MOTHER, public))).reason is Reason.KEY_ANSWER_MISSING
