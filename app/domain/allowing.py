"""Whether facts allow anything that others did not: every purpose, audience, recipient and event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import attrs

from app.domain.consent import EVEN_BYPASSED, ConsentRequest, Decision, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts
from app.domain.consent_purposes import AUDIENCES, NAMED, purposes


def allows_more(before: Facts, after: Facts, on: date, known_at: datetime) -> bool:
    """Whether `after` allows what `before` denied, one detail more or one day longer, even inside the house.

    Args:
        before: of a record.
        after: of whoever holds that person then; the prisoner may have another id.
        on: today.
        known_at: now.
    """
    return opens([before], after, on, known_at)


def opens(befores: Sequence[Facts], after: Facts, on: date, known_at: datetime) -> bool:
    """Whether `after` allows anything that none of `befores` did.

    Args:
        befores: of the same person, each at another moment or in another record.
        after, on, known_at: as in `allows_more`.
    """
    now = Ledger(after, known_at)
    olds = [(before.prisoner, Ledger(before, known_at)) for before in befores]
    for request in _requests(befores, after):
        new = decide_in(now, request, on)
        if new.allowed and all(
            _more(new, _then(was, request, after.prisoner, person, on)) for person, was in olds
        ):
            return True
    return False


def _then(was: Ledger, request: ConsentRequest, now: str, then: str, on: date) -> Decision:
    """The same question to an earlier ledger, in which the prisoner may have had another id."""
    subject = then if request.subject == now else request.subject
    return decide_in(was, attrs.evolve(request, subject=subject), on)


def _requests(befores: Sequence[Facts], after: Facts) -> Iterator[ConsentRequest]:
    answers = [answer for facts in (*befores, after) for answer in facts.answers]
    named = sorted({one for answer in answers for one in answer.recipients})
    events = sorted({answer.event for answer in answers} | {""})
    for code, purpose in purposes().items():
        families = {person: None for before in befores for person in before.people}
        subjects = [after.prisoner, *(() if purpose.of_prisoner else families)]
        for audience in sorted(AUDIENCES):
            for subject in subjects:
                for who in [frozenset({one}) for one in named] if audience in NAMED else [frozenset[str]()]:
                    for event in events:
                        yield ConsentRequest(
                            subject, code, audience, purpose.fields, who, EVEN_BYPASSED, event
                        )


def _more(new: Decision, old: Decision) -> bool:
    if not old.allowed or not new.fields <= old.fields:
        return True
    return old.until is not None and (new.until is None or new.until > old.until)
