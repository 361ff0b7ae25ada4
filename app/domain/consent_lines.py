"""What one person has agreed to, in five lines as people speak of consent. For screens; never decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

import attrs

from app.domain.consent import LATEST
from app.domain.consent_answers import Ledger, Voice
from app.domain.consent_audiences import Asked
from app.domain.consent_facts import AnswerFact, Facts, PersonFact, Says
from app.domain.consent_purposes import INTERNAL, NAMED, PUBLIC, Purpose, default_end, purposes, purposes_on
from app.domain.consent_unsure import is_unsure
from app.domain.rows import Light
from app.vocabulary import vocabulary

__all__ = [
    "LastAnswer",
    "LineState",
    "PurposeState",
    "asked_for",
    "default_end",
    "last_answer",
    "lights_of",
    "lines_of",
    "purposes_on",
]

ENDS_SOON: Final = timedelta(days=30)
"""Reviews are raised so long before an end (consent.md)."""


@attrs.frozen
class PurposeState:
    """What one person says about one purpose.

    Attributes:
        until: the last day of a yes; for NOT_ASKED the day a yes ended, if there was one.
        audience: how far the yes goes.
    """

    purpose: str
    light: Light
    until: date | None = None
    audience: str = ""


@attrs.frozen
class LineState:
    """One of the five columns.

    Attributes:
        until: earliest end of the yeses behind it; for NOT_ASKED the day the last yes ended.
        answered_on, age_days: the newest answer in this line; old yeses show their age.
        purposes: the line opened.
    """

    line: str
    light: Light
    until: date | None
    answered_on: date | None
    age_days: int | None
    purposes: tuple[PurposeState, ...]


@attrs.frozen
class LastAnswer:
    """The newest thing somebody said."""

    on: date
    kind: str
    purpose: str


def lines_of(
    facts: Facts, relative: str, on: date, known_at: datetime = LATEST
) -> tuple[LineState, LineState, LineState, LineState, LineState]:
    """The five lines of one relative (or of the prisoner in person).

    Each state is what this person's own answers come to in the decision, at the audience the purpose is
    usually asked for; what others in the family say does not colour it.

    Args:
        facts: of the family.
        relative: id of the person.
        on: today.
        known_at: for a replay.
    """
    return lines_in(Ledger(facts, known_at), relative, on)


def lines_in(
    ledger: Ledger, relative: str, on: date
) -> tuple[LineState, LineState, LineState, LineState, LineState]:
    """The same from a ledger of the family, made once for all of them."""
    person = ledger.facts.people.get(relative, PersonFact(relative))
    first, second, third, fourth, fifth = (
        _line(ledger, person, term.code, on) for term in vocabulary("consent_line").terms
    )
    return first, second, third, fourth, fifth


def lights_of(
    states: tuple[LineState, LineState, LineState, LineState, LineState],
) -> tuple[Light, Light, Light, Light, Light]:
    """The five lights alone."""
    first, second, third, fourth, fifth = states
    return first.light, second.light, third.light, fourth.light, fifth.light


def last_answer(facts: Facts, relative: str, known_at: datetime = LATEST) -> LastAnswer | None:
    """The newest answer of a person, requests and "later" included; None where there is none."""
    spoken = [
        answer
        for answer in facts.answers
        if answer.by == relative and (answer.recorded_at is None or answer.recorded_at <= known_at)
    ]
    if not spoken:
        return None
    newest = max(spoken, key=lambda answer: (answer.spoken, answer.recorded_on or date.min, answer.id))
    return LastAnswer(newest.spoken, newest.kind, newest.purpose)


def _line(ledger: Ledger, person: PersonFact, line: str, on: date) -> LineState:
    inside = _inside(line)
    states = tuple(_purpose_state(ledger, person, purpose, on) for purpose in inside)
    said = [answer for purpose in inside for answer in ledger.said(person.id, purpose.code)]
    newest = max((answer.spoken for answer in said), default=None)
    light = _light(states)
    return LineState(
        line=line,
        light=light,
        until=_until(light, states),
        answered_on=newest,
        age_days=max((on - newest).days, 0) if newest is not None else None,
        purposes=states,
    )


@cache
def _inside(line: str) -> tuple[Purpose, ...]:
    return tuple(purpose for purpose in purposes().values() if purpose.line == line)


def _light(states: tuple[PurposeState, ...]) -> Light:
    """A line of several answers: all alike, or else what was said to its first purpose, or a no."""
    lights = {state.light for state in states}
    allowed = bool(lights & {Light.YES, Light.ENDS})
    if Light.NO in lights and allowed:
        return states[0].light if states[0].light is not Light.NOT_ASKED else Light.NO
    for light in (Light.NO, Light.ENDS, Light.YES, Light.WAITS):
        if light in lights:
            return light
    return Light.NOT_ASKED


def _until(light: Light, states: Iterable[PurposeState]) -> date | None:
    ends = [state.until for state in states if state.until is not None]
    if light in (Light.YES, Light.ENDS):
        behind = (Light.YES, Light.ENDS)
        return min((s.until for s in states if s.light in behind and s.until is not None), default=None)
    return max(ends, default=None) if light is Light.NOT_ASKED else None


def _purpose_state(ledger: Ledger, person: PersonFact, purpose: Purpose, on: date) -> PurposeState:
    said = list(ledger.said(person.id, purpose.code))
    if not said:  # most purposes of most people
        return PurposeState(purpose.code, Light.NOT_ASKED)
    usual = asked_for(purpose, purpose.audience, _everybody_named(said))
    refused = ledger.word(person, purpose.code, usual, on).voice is Voice.NO
    needs_refused = any(ledger.word(person, need, usual, on).voice is Voice.NO for need in purpose.needs)
    if refused or needs_refused:
        return PurposeState(purpose.code, Light.NO)
    waits = False
    best: AnswerFact | None = None
    for answer in said:
        if answer.says is not Says.YES:
            continue
        asked = asked_for(purpose, answer.audience, answer.recipients, answer.event)
        field = min(answer.fields, default=None)
        word = ledger.word(person, purpose.code, asked, on, field)
        if word.voice is Voice.YES and word.answer is not None:
            best = word.answer if best is None or word.answer.end > best.end else best
        waits = waits or word.voice is Voice.WAITS
    if best is not None and _is_in_doubt(ledger, person, purpose, best, on):
        return PurposeState(purpose.code, Light.WAITS)
    if best is not None:
        light = Light.ENDS if best.end - on <= ENDS_SOON else Light.YES
        return PurposeState(purpose.code, light, best.end, best.audience)
    if waits or any(_is_to_be_settled(answer, on) for answer in said):
        return PurposeState(purpose.code, Light.WAITS)
    ended = max((a.end for a in said if a.says is Says.YES and a.end < on), default=None)
    return PurposeState(purpose.code, Light.NOT_ASKED, ended)


def is_said_unsettled(ledger: Ledger, purpose: str, on: date) -> bool:
    """Whether somebody's yes to a purpose does not count only because something is still to be settled."""
    return any(
        _is_to_be_settled(answer, on)
        for person in (*ledger.selves, *ledger.others)
        for answer in ledger.said(person.id, purpose)
    )


def _is_to_be_settled(answer: AnswerFact, on: date) -> bool:
    """Whether it is a yes that fails only because nobody checked who spoke, under a condition, or not yet.

    Shown as never asked, somebody would ask the family again. One that counts from a later day was recorded
    under the newest moment of the log while the clock stood behind it.
    """
    if answer.says is not Says.YES or not answer.free or answer.end < max(on, answer.begins):
        return False
    return not answer.verified or answer.conditional or on < answer.begins


def _is_in_doubt(ledger: Ledger, person: PersonFact, purpose: Purpose, yes: AnswerFact, on: date) -> bool:
    """Whether a yes does not count before it is settled what became of an older copy."""
    if ledger.facts.unproved:
        return True
    asked = asked_for(purpose, yes.audience, yes.recipients, yes.event)
    whose = person if purpose.of_speaker else None
    return is_unsure(ledger, purpose, whose, asked, on, min(yes.fields, default=None))


def _everybody_named(said: Iterable[AnswerFact]) -> frozenset[str]:
    return frozenset(name for answer in said for name in answer.recipients)


def asked_for(purpose: Purpose, audience: str, recipients: frozenset[str], event: str = "") -> Asked:
    """The audience to look at an answer with; a named one that names nobody yet is looked at as us alone."""
    if audience in NAMED and not recipients:
        audience = INTERNAL
    as_public = audience == PUBLIC or (purpose.personal and audience == "all_godparents")
    return Asked(audience, recipients, event, as_public)
