"""Whether facts allow anything that others did not: every purpose, audience, recipient and event."""

from __future__ import annotations

from collections.abc import Iterator
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
    was, now = Ledger(before, known_at), Ledger(after, known_at)
    for request in _requests(before, after):
        new = decide_in(now, request, on)
        if not new.allowed:
            continue
        subject = before.prisoner if request.subject == after.prisoner else request.subject
        if _more(new, decide_in(was, attrs.evolve(request, subject=subject), on)):
            return True
    return False


def _requests(before: Facts, after: Facts) -> Iterator[ConsentRequest]:
    answers = (*before.answers, *after.answers)
    named = sorted({one for answer in answers for one in answer.recipients})
    events = sorted({answer.event for answer in answers} | {""})
    for code, purpose in purposes().items():
        subjects = [after.prisoner, *(() if purpose.of_prisoner else before.people)]
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
