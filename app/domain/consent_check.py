"""What a talk may not say at all: refused with its reason before anything is stored.

The decision would give such an answer no weight anyway; recorded, it would still look like a yes to whoever
reads it. A no is never refused, not even for a day that cannot be: it acts from today.
"""

from __future__ import annotations

from datetime import date

from app.domain.consent_audiences import means_everybody
from app.domain.consent_facts import BYPASS_DAYS
from app.domain.consent_purposes import (
    BY_PRACTICE,
    NAMED,
    NAMED_INSTITUTION,
    Purpose,
    attribute,
    mandate_covers,
    purposes,
    standing,
)
from app.domain.conversation import Answer, Conversation
from app.domain.errors import Code, KnownError
from app.domain.relative import Relative
from app.vocabulary import vocabulary


def check_talk(talk: Conversation, relative: Relative, today: date) -> None:
    """Check a talk that is about to be stored.

    Raises:
        KnownError: TALK_IN_FUTURE, YES_WITHOUT_END, YES_ENDS_FIRST, NO_STANDING, MANDATE_MISSING,
            EVENT_MISSING, BYPASS_UNFIT.
    """
    said_on = min(talk.held_on.first, today) if talk.held_on is not None else today
    spoken = [(answer, vocabulary("answer_kind").term(answer.kind).text("says")) for answer in talk.answers]
    only_noes = bool(spoken) and all(says == "no" for _answer, says in spoken)
    if talk.held_on is not None and talk.held_on.first > today and not only_noes:
        raise KnownError(Code.TALK_IN_FUTURE, field="held_on")
    for answer, says in spoken:
        if says == "yes":
            _check_yes(talk, answer, relative, said_on)
        elif says == "bypass":
            _check_bypass(answer, today)


def speaks_for_the_prisoner(relative: Relative, capacity: str) -> bool:
    """Whether a yes about the prisoner counts from them at all, in this capacity."""
    return relative.relation == "self" or _standing(relative, capacity, covered=True) > 0


def needs_mandate(relative: Relative, capacity: str) -> bool:
    """Whether they represent the prisoner in this talk, so that how far that goes has to be said."""
    if relative.relation == "self":
        return capacity == "legal_representative"
    return _standing(relative, capacity, covered=True) > BY_PRACTICE


def _standing(relative: Relative, capacity: str, *, covered: bool) -> int:
    by_practice = attribute("relation", relative.relation, "by_practice")
    return standing(relative.capacity, capacity, by_practice=by_practice, covered=covered)


def _check_yes(talk: Conversation, answer: Answer, relative: Relative, said_on: date) -> None:
    purpose = purposes()[answer.purpose]
    if answer.ends_on is None:
        raise KnownError(Code.YES_WITHOUT_END, field="ends_on")
    if purpose.for_one_event and not (answer.event and answer.event_on):
        raise KnownError(Code.EVENT_MISSING, field="event")
    if answer.ends_on < said_on or (answer.event_on is not None and answer.event_on < said_on):
        raise KnownError(Code.YES_ENDS_FIRST, field="ends_on")
    if purpose.of_prisoner and not speaks_for_the_prisoner(relative, talk.capacity):
        raise KnownError(Code.NO_STANDING, field="capacity")
    if not purpose.of_speaker and needs_mandate(relative, talk.capacity):
        _check_mandate(talk, purpose, relative)


def _check_mandate(talk: Conversation, purpose: Purpose, relative: Relative) -> None:
    """Who represents the prisoner says how far that goes; who is no relative says nothing beyond it."""
    mandates = (relative.mandate, talk.mandate)
    if not any(mandates):
        raise KnownError(Code.MANDATE_MISSING, field="mandate")
    if mandate_covers(mandates, purpose.code) or not purpose.of_prisoner:
        return
    if relative.relation == "self" or not _standing(relative, talk.capacity, covered=False):
        raise KnownError(Code.NO_STANDING, field="mandate")


def _check_bypass(answer: Answer, today: date) -> None:
    named = answer.audience in NAMED and bool(answer.recipients)
    if not named or not answer.reason.strip():
        raise KnownError(Code.BYPASS_UNFIT, field="recipients" if not named else "reason")
    if answer.audience == NAMED_INSTITUTION and any(means_everybody(one) for one in answer.recipients):
        raise KnownError(Code.BYPASS_UNFIT, field="recipients")
    if answer.ends_on is None or answer.ends_on > today + BYPASS_DAYS:
        raise KnownError(Code.YES_WITHOUT_END, field="ends_on")
