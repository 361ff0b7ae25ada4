"""A family made by hand, for tests that read like the rule book."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import attrs

from app.domain.consent import LATEST, ConsentRequest, Decision, Ground, decide
from app.domain.consent_facts import (
    AnswerFact,
    CountersignFact,
    Facts,
    HoldFact,
    PersonFact,
    Says,
    StatusSpan,
    TrustedFact,
)
from tests.unit.domain.consent.ledger_maker import TODAY, at

PRISONER: Final = "prisoner"
ME: Final = PersonFact("me", in_person=True, adult_since=date.min)
MOTHER: Final = PersonFact(
    "mother",
    close=True,
    next_of_kin=True,
    capacity="relative_by_practice",
    by_practice=True,
    adult_since=date.min,
    inside=False,
)
SISTER: Final = attrs.evolve(MOTHER, id="sister")
LAWYER: Final = PersonFact(
    "lawyer", capacity="legal_representative", mandate="everything", adult_since=date.min, inside=False
)
TRUSTEE: Final = attrs.evolve(LAWYER, id="trustee", capacity="authorised_by_prisoner")
CHILD: Final = PersonFact("child", adult_since=TODAY + timedelta(days=100), guardian="mother", inside=False)
HELD: Final = (StatusSpan("held"),)
FREE: Final = (StatusSpan("free"),)
DEAD: Final = (StatusSpan("dead"),)

_numbers = itertools.count()


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def yes(by: str, purpose: str = "name", audience: str = "public", ago: int = 10, **more: Any) -> AnswerFact:
    return _said(Says.YES, by, purpose, audience, ago, more)


def no(by: str, purpose: str = "name", audience: str = "public", ago: int = 10, **more: Any) -> AnswerFact:
    return _said(Says.NO, by, purpose, audience, ago, more)


def takes_back(answer: AnswerFact, ago: int = 5, **more: Any) -> AnswerFact:
    return _said(
        Says.TAKES_BACK, answer.by, answer.purpose, answer.audience, ago, {"cancels": answer.id, **more}
    )


def _said(says: Says, by: str, purpose: str, audience: str, ago: int, more: dict[str, Any]) -> AnswerFact:
    day = days_ago(ago)
    plain = AnswerFact(
        id=f"answer-{next(_numbers):06d}",
        by=by,
        says=says,
        purpose=purpose,
        audience=audience,
        recorded_on=day,
        recorded_at=at(day, 9),
        recorded_by="anna",
    )
    return attrs.evolve(plain, **more)


def signed(*answers: AnswerFact, by: str = "maks", granted: bool = True) -> tuple[CountersignFact, ...]:
    """A second person's word, an hour after each was recorded."""
    return tuple(
        CountersignFact(
            one.id, granted=granted, by=by, at=(one.recorded_at or at(TODAY)) + timedelta(hours=1)
        )
        for one in answers
    )


def stop(
    target: str, target_id: str = "", ago: int = 3, lifted_ago: int | None = None, **more: bool
) -> HoldFact:
    lifted = days_ago(lifted_ago) if lifted_ago is not None else None
    return HoldFact(
        target,
        target_id,
        days_ago(ago),
        at(days_ago(ago)),
        until_on=lifted,
        lifted_at=at(lifted) if lifted else None,
        review=more.get("review", False),
    )


def trusts(field: str = "family_name", value: str = "right", ago: int = 30) -> TrustedFact:
    return TrustedFact(field, value, "source", days_ago(ago), at(days_ago(ago)))


def family(
    *answers: AnswerFact,
    people: Iterable[PersonFact] = (ME, MOTHER),
    unsigned: bool = False,
    **more: Any,
) -> Facts:
    """Facts of one adult prisoner, held; every answer signed by a second person unless `unsigned`."""
    facts = Facts(
        prisoner=PRISONER,
        adult_since=date.min,
        status=HELD,
        people=MappingProxyType({one.id: one for one in people}),
        answers=answers,
        countersigns=() if unsigned else signed(*answers),
        stored=MappingProxyType({"family_name": "right", "given_name": "right"}),
    )
    return attrs.evolve(facts, **more)


def ask(
    facts: Facts,
    purpose: str = "name",
    audience: str = "public",
    *recipients: str,
    subject: str = PRISONER,
    fields: Iterable[str] = (),
    published: bool = False,
    event: str = "",
    on: date = TODAY,
    known_at: datetime = LATEST,
    agreed: bool = True,
) -> Decision:
    """Decide, with as little said as possible."""
    grounds = {Ground.AGREED} if agreed else set()
    request = ConsentRequest(
        subject=subject,
        purpose=purpose,
        audience=audience,
        fields=frozenset(fields),
        recipients=frozenset(recipients),
        grounds=frozenset(grounds | ({Ground.PUBLISHED} if published else set())),
        event=event,
    )
    return decide(request, facts, on, known_at)
