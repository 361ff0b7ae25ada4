"""What an answer changes: known by deciding before and after. Widening takes two, narrowing takes one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import attrs

from app.domain.consent import EITHER, EVEN_BYPASSED, LATEST, ConsentRequest, Decision, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_audiences import Asked
from app.domain.consent_facts import AnswerFact, CountersignFact, Facts, Says
from app.domain.consent_purposes import AUDIENCES, INTERNAL, NAMED, NARROW, purposes

__all__ = ["Change", "Effect", "Turn", "effect_of", "waits_for_second", "widening"]

_SECOND = "\0second person"  # somebody else, whoever: no person has this id


class Turn(StrEnum):
    """What happens to one purpose and audience."""

    STARTS = "starts"
    STOPS = "stops"
    LONGER = "longer"
    SHORTER = "shorter"
    WAITS = "waits"


@attrs.frozen
class Change:
    """One purpose and audience that will be decided otherwise; for WAITS `after` is once it is signed."""

    turn: Turn
    subject: str
    purpose: str
    audience: str
    recipients: frozenset[str]
    before: Decision
    after: Decision


@attrs.frozen
class Effect:
    """What changes when a conversation is saved.

    Attributes:
        changes: by purpose and audience, at once.
        waits: ids of answers that wait for a second person, and what changes once they are signed.
    """

    changes: tuple[Change, ...]
    waits: tuple[str, ...]
    waiting: tuple[Change, ...]


def widening(before: Decision, after: Decision, audience: str) -> bool:
    """Whether more is allowed, or allowed longer, for an audience wider than a named one.

    Source: consent.md, *Widening is known by its effect*.
    """
    if audience in NARROW or not after.allowed:
        return False
    if not before.allowed or not after.fields <= before.fields:
        return True
    return _lasts_longer(after, before)


def waits_for_second(
    answers: Iterable[AnswerFact], facts: Facts, known_at: datetime = LATEST
) -> tuple[str, ...]:
    """Which of these answers, all of them in the facts already, wait for a second person.

    Wider than a named godparent or institution; a yes over any no of the same person; taking a no back.
    """
    ledger = Ledger(facts, known_at)
    return tuple(
        answer.id for answer in answers if ledger.waits_for_second(answer) and not ledger.signed(answer)
    )


def effect_of(
    answers: Iterable[AnswerFact], before: Facts, after: Facts, on: date, known_at: datetime = LATEST
) -> Effect:
    """What changes when these answers are saved.

    Args:
        answers: those of the conversation (`consent_build.answers_of`).
        before: facts without the conversation.
        after: facts with it (`consent_build.with_conversation`).
        on: today.
        known_at: now, once saved.
    """
    drafted = tuple(answers)
    waits = waits_for_second(drafted, after, known_at)
    signed = attrs.evolve(
        after,
        countersigns=(
            *after.countersigns,
            *(
                CountersignFact(answer.id, granted=True, by=_SECOND, at=answer.recorded_at)
                for answer in drafted
                if answer.id in waits
            ),
        ),
    )
    was, now, then = Ledger(before, known_at), Ledger(after, known_at), Ledger(signed, known_at)
    changes: list[Change] = []
    waiting: list[Change] = []
    for request in _requests(drafted, after):
        old, new = decide_in(was, request, on), decide_in(now, request, on)
        turn = _turn(old, new)
        if turn is not None:
            changes.append(_change(turn, request, old, new))
        if waits:
            later = decide_in(then, request, on)
            if _turn(new, later) in (Turn.STARTS, Turn.LONGER):
                waiting.append(_change(Turn.WAITS, request, new, later))
    return Effect(tuple(changes), waits, tuple(waiting))


def _change(turn: Turn, request: ConsentRequest, before: Decision, after: Decision) -> Change:
    return Change(turn, request.subject, request.purpose, request.audience, request.recipients, before, after)


def _turn(before: Decision, after: Decision) -> Turn | None:
    if before.allowed != after.allowed:
        return Turn.STARTS if after.allowed else Turn.STOPS
    if before.fields != after.fields:
        return Turn.STARTS if after.fields - before.fields else Turn.STOPS
    if not after.allowed or before.until == after.until:
        return None
    return Turn.LONGER if _lasts_longer(after, before) else Turn.SHORTER


def _lasts_longer(one: Decision, other: Decision) -> bool:
    if other.until is None:
        return False
    return one.until is None or one.until > other.until


def _requests(drafted: Iterable[AnswerFact], facts: Facts) -> list[ConsentRequest]:
    """Every purpose an answer can touch, through what needs it or what it takes back, at every audience."""
    by_id = {answer.id: answer for answer in facts.answers}
    found: dict[ConsentRequest, None] = {}
    for answer in drafted:
        meant: AnswerFact | None = answer
        seen: set[str] = set()
        while meant is not None and meant.says is Says.TAKES_BACK and meant.id not in seen:
            seen.add(meant.id)
            meant = by_id.get(meant.cancels)
        if meant is None or meant.says is Says.NOTHING:
            continue
        for code, purpose in purposes().items():
            if code != meant.purpose and meant.purpose not in purpose.needs:
                continue
            recipients = frozenset().union(
                *(other.recipients for other in facts.answers if other.purpose in (code, meant.purpose))
            )
            for audience in sorted(AUDIENCES):
                for request in _at(audience, code, meant, recipients, facts):
                    found.setdefault(request)
    return list(found)


def _at(
    audience: str, code: str, answer: AnswerFact, recipients: frozenset[str], facts: Facts
) -> list[ConsentRequest]:
    purpose = purposes()[code]
    person = facts.people.get(answer.by)
    in_person = person is not None and person.in_person
    subjects = [] if purpose.of_speaker and not in_person else [facts.prisoner]
    if not in_person and not purpose.of_prisoner:
        subjects.append(answer.by)
    groups = [frozenset({name}) for name in sorted(recipients)] if audience in NAMED else [frozenset[str]()]
    if purpose.inside and audience != INTERNAL:
        return []
    return [
        ConsentRequest(
            subject,
            code,
            audience,
            fields=answer.fields if answer.fields and code == answer.purpose else purpose.fields,
            recipients=group,
            grounds=EVEN_BYPASSED if answer.says is Says.BYPASS else EITHER,
            event=answer.event,
        )
        for subject in subjects
        for group in groups
        if Asked(audience, group).clear
    ]
