"""Whether one yes bears: everything about it that does not depend on other answers.

Source: consent.md, *The decision*, "a yes bears if".
"""

from __future__ import annotations

from datetime import date

from app.domain.consent_audiences import Asked, yes_covers
from app.domain.consent_facts import AnswerFact, PersonFact
from app.domain.consent_purposes import ALL_GODPARENTS, INTERNAL, PUBLIC, mandate_covers, purposes, standing


def bears(yes: AnswerFact, person: PersonFact, asked: Asked, on: date, field: str | None) -> bool:
    """Whether a yes can be used for what is asked, on this day; its signature is looked at elsewhere."""
    if not (yes.begins <= on <= yes.end) or yes.used_up or yes.conditional or not yes.free:
        return False
    if yes.fields and (field is None or field not in yes.fields):
        return False
    if not yes.verified and asked.audience != INTERNAL:
        return False
    if not yes_covers(yes.audience, yes.recipients, asked) or not _for_this_event(yes, asked):
        return False
    return _of_age(yes, person, on)


def _for_this_event(yes: AnswerFact, asked: Asked) -> bool:
    known = purposes().get(yes.purpose)
    if known is None:
        return False
    if known.for_one_event and not yes.event:
        return False
    return not yes.event or yes.event == asked.event


def _of_age(yes: AnswerFact, person: PersonFact, on: date) -> bool:
    """Made by an adult; or, while they are under 18, said for them by who represents them."""
    represented = yes.capacity == "legal_representative" and _covered(person, yes)
    if person.adult_since is not None and person.adult_since <= yes.stands:
        return not (person.in_person and yes.capacity not in ("", "self"))
    return not person.adult(on) and represented


def strength(person: PersonFact, yes: AnswerFact) -> int:
    """How far this yes carries for the prisoner's data."""
    covered = _covered(person, yes)
    return standing(person.capacity, yes.capacity, by_practice=person.by_practice, covered=covered)


def reach_unknown(person: PersonFact, yes: AnswerFact) -> bool:
    """Whether it would carry further if anybody had written down how far they represent the prisoner."""
    known = standing(person.capacity, yes.capacity, by_practice=person.by_practice, covered=True)
    return not (person.mandate or yes.mandate) and known > strength(person, yes)


def is_key(person: PersonFact, purpose: str) -> bool:
    """Whether they stand for the prisoner in this, so that it needs their yes; unknown in what, they do."""
    if person.capacity not in ("legal_representative", "authorised_by_prisoner"):
        return False
    return not person.mandate or mandate_covers((person.mandate,), purpose)


def _covered(person: PersonFact, yes: AnswerFact) -> bool:
    return mandate_covers((person.mandate, yes.mandate), yes.purpose)


def as_public(answer: AnswerFact) -> bool:
    """Whether its audience counts as public."""
    known = purposes().get(answer.purpose)
    return answer.audience == PUBLIC or (
        answer.audience == ALL_GODPARENTS and known is not None and known.personal
    )


def inside(purpose: str) -> bool:
    """Whether it only ever concerns us and the person, so that any no to it is a no to all of it."""
    known = purposes().get(purpose)
    return known is not None and known.inside
