"""May this leave, for whom, on what ground, until when: the one decision everything asks (consent.md).

Pure: the same request, facts, day and moment give the same decision, and nothing is looked up. Whatever
is unclear is a no. The order of `_Case.verdict` is the order of the rule book, line by line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Final

import attrs

from app.domain.consent_answers import Ledger
from app.domain.consent_audiences import Asked
from app.domain.consent_case import Case
from app.domain.consent_facts import Facts
from app.domain.consent_purposes import ALL_GODPARENTS, PUBLIC, purposes
from app.domain.consent_reasons import ALLOWS, RANK, Ground, Reason, reason_words
from app.domain.consent_verdict import Verdict

__all__ = ["LATEST", "ConsentRequest", "Decision", "Ground", "Reason", "decide", "decide_in", "reason_words"]

LATEST: Final = datetime.max.replace(tzinfo=UTC)
"""Everything that is known."""

AGREED_ONLY: Final = frozenset({Ground.AGREED})
_WEAKEST: Final = (Ground.BYPASSED, Ground.AGREED, Ground.PUBLISHED)
EITHER: Final = frozenset({Ground.AGREED, Ground.PUBLISHED})
EVEN_BYPASSED: Final = EITHER | {Ground.BYPASSED}
"""For the one act a bypass was made for; no kind of report asks with it."""


@attrs.frozen
class ConsentRequest:
    """What is asked.

    Attributes:
        subject: id of the prisoner, or of a relative whose own data it is.
        purpose: code of the vocabulary `purpose`.
        audience: code of the vocabulary `audience`.
        fields: the details asked for; empty asks for the purpose as a whole (and is never *published*).
        recipients: who will see it, as far as known: ids of godparents, names of institutions.
        known_as: every other name those may go by (`Asked.known_as`).
        grounds: what the kind of report accepts.
        event: the one event it is for (calls, media requests).
        data_class: class of the data where it is stricter than the purpose's own.
    """

    subject: str
    purpose: str
    audience: str
    fields: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    grounds: frozenset[Ground] = AGREED_ONLY
    event: str = ""
    data_class: str = ""
    known_as: frozenset[str] = frozenset()


@attrs.frozen
class Decision:
    """The answer.

    Attributes:
        allowed: whether anything asked for may leave.
        reason: why, worded by `reason_words`; only for people with the desk's key.
        until: the last day it holds as far as answers and birthdays go; None: no such end.
        fields: asked minus refused; empty where none were asked or nothing is allowed.
        ground: PUBLISHED only where every allowed detail is published; BYPASSED where any rests on a bypass.
        published: the allowed details that leave because they are published (cite the source).
        used: ids of the answers it rests on.
        left_out: why each detail that was asked for stays.
        waits: ids of yeses that would count once a second person signs.
        since: since when a stop denies it, where one does.
    """

    allowed: bool
    reason: Reason
    until: date | None = None
    fields: frozenset[str] = frozenset()
    ground: Ground | None = None
    published: frozenset[str] = frozenset()
    used: tuple[str, ...] = ()
    left_out: Mapping[str, Reason] = attrs.field(factory=lambda: MappingProxyType({}))
    waits: tuple[str, ...] = ()
    since: date | None = None

    @property
    def needs_second_person(self) -> bool:
        """Whether a second person's yes would bring something to bear."""
        return bool(self.waits)


def decide(request: ConsentRequest, facts: Facts, on: date, known_at: datetime = LATEST) -> Decision:
    """Decide one request.

    Args:
        request: what is asked.
        facts: all that was ever recorded about this prisoner and family.
        on: the day it is about, in the case file's time zone.
        known_at: replay what was known at this moment (aware, UTC).

    Source: consent.md, *The decision*.
    """
    return decide_in(Ledger(facts, known_at), request, on)


def decide_in(ledger: Ledger, request: ConsentRequest, on: date) -> Decision:
    """As `decide`, for many requests about the same facts and moment."""
    found = _decided(ledger, request, on)
    if not found.allowed or not ledger.facts.sides:
        return found
    return strictest(found, [_decided(side, request, on) for side in ledger.beside(request.subject)])


def strictest(one: Decision, others: Sequence[Decision]) -> Decision:
    """What all of them allow, until the earliest end. Two records were merged, and each has to allow it.

    Args:
        one: an allowing decision.
        others: of the merged records by themselves.
    """
    every = (one, *others)
    fields = frozenset.intersection(*(decision.fields for decision in every))
    if not all(decision.allowed for decision in every) or (one.fields and not fields):
        stopped = next((found for found in every if found.reason in (Reason.STOPPED, Reason.PAUSED)), None)
        reason = stopped.reason if stopped is not None else Reason.MERGED
        return Decision(
            allowed=False,
            reason=reason,
            left_out={**one.left_out, **_all(one.fields, reason)},
            waits=tuple(sorted({waits for decision in every for waits in decision.waits})),
            since=stopped.since if stopped is not None else None,
        )
    grounds = {decision.ground for decision in every}
    return attrs.evolve(
        one,
        until=min((decision.until for decision in every if decision.until is not None), default=None),
        fields=fields,
        ground=next((ground for ground in _WEAKEST if ground in grounds), None),
        published=frozenset.intersection(*(decision.published for decision in every)) & fields,
        used=tuple(sorted({used for decision in every for used in decision.used})),
        left_out={**one.left_out, **_all(one.fields - fields, Reason.MERGED)},
    )


def _decided(ledger: Ledger, request: ConsentRequest, on: date) -> Decision:
    purpose = purposes().get(request.purpose)
    as_public = request.audience == PUBLIC or (
        request.audience == ALL_GODPARENTS and purpose is not None and purpose.personal
    )
    asked = Asked(request.audience, request.recipients, request.event, as_public, request.known_as)
    if purpose is None or not asked.clear or not request.grounds:
        return Decision(allowed=False, reason=Reason.UNCLEAR, left_out=_all(request.fields, Reason.UNCLEAR))
    case = Case(
        ledger,
        request.subject,
        purpose,
        asked,
        on,
        agreed=Ground.AGREED in request.grounds,
        bypassed=Ground.BYPASSED in request.grounds,
        data_class=request.data_class or purpose.data_class,
    )
    if not request.fields:
        decision = _as_decision(case.verdict(None, published=False), frozenset())
    else:
        decision = _joined([(fields, case.verdict(*key)) for key, fields in _groups(case, request).items()])
    stopped = decision.reason is Reason.STOPPED
    return attrs.evolve(decision, since=case.stopped_since()) if stopped else decision


def _groups(case: Case, request: ConsentRequest) -> Mapping[tuple[str, bool], frozenset[str]]:
    """Details of the same fate together, each group under one of them and whether it is published."""
    special = case.details_with_answers()
    published = case.published_details(request.fields) if Ground.PUBLISHED in request.grounds else frozenset()
    groups: dict[tuple[str, bool], frozenset[str]] = {}
    plain: dict[bool, str] = {}
    for field in sorted(request.fields):
        is_published = field in published
        head = field if field in special else plain.setdefault(is_published, field)
        key = (head, is_published)
        groups[key] = groups.get(key, frozenset()) | {field}
    return groups


def _as_decision(verdict: Verdict, fields: frozenset[str]) -> Decision:
    allowed = verdict.reason in ALLOWS
    ground = verdict.ground if allowed else None
    return Decision(
        allowed=allowed,
        reason=verdict.reason,
        until=verdict.until if allowed else None,
        fields=fields if allowed else frozenset(),
        ground=ground,
        published=fields if ground is Ground.PUBLISHED else frozenset(),
        used=verdict.used if allowed else (),
        left_out=_all(frozenset() if allowed else fields, verdict.reason),
        waits=() if allowed else verdict.waits,
    )


def _joined(parts: list[tuple[frozenset[str], Verdict]]) -> Decision:
    """One decision from those about single details: allowed if any is, until the earliest end."""
    if len(parts) == 1:
        return _as_decision(parts[0][1], parts[0][0])
    single = [_as_decision(verdict, fields) for fields, verdict in parts]
    allowed = [decision for decision in single if decision.allowed]
    leading = min(allowed or single, key=lambda decision: RANK[decision.reason])
    left_out: dict[str, Reason] = {}
    for decision in single:
        left_out.update(decision.left_out)
    grounds = {decision.ground for decision in allowed}
    ground = next((one for one in _WEAKEST if one in grounds), None)
    return Decision(
        allowed=bool(allowed),
        reason=leading.reason,
        until=min((decision.until for decision in allowed if decision.until is not None), default=None),
        fields=frozenset().union(*(decision.fields for decision in allowed)),
        ground=ground,
        published=frozenset().union(*(decision.published for decision in allowed)),
        used=tuple(sorted({used for decision in allowed for used in decision.used})),
        left_out=MappingProxyType(dict(sorted(left_out.items()))),
        waits=tuple(sorted({waits for decision in single for waits in decision.waits})),
    )


def _all(fields: frozenset[str], reason: Reason) -> Mapping[str, Reason]:
    return MappingProxyType(dict.fromkeys(sorted(fields), reason))
