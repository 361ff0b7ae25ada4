"""Clearances: what people without a desk's key may know about a yes. Positive rows only, for screens only.

Approving and writing decide again from the ledger and never look here (security.md, *Clearance*).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

import attrs

from app.domain.consent import EITHER, LATEST, ConsentRequest, Decision, decide_in
from app.domain.consent_answers import Ledger
from app.domain.consent_facts import Facts, Says
from app.domain.consent_purposes import (
    ALL_GODPARENTS,
    INTERNAL,
    NAMED_GODPARENT,
    NAMED_INSTITUTION,
    PUBLIC,
    Purpose,
    purposes,
)
from app.domain.consent_reasons import Ground
from app.domain.dates import add_months, end_of_month
from app.domain.stop_reach import reaches

_MONTHS_AHEAD: Final = 2


@attrs.frozen
class ClearanceDraft:
    """One positive row: for this purpose and audience these details may be used until then."""

    prisoner: str
    purpose: str
    fields: tuple[str, ...]
    audience: str
    recipient: str
    ground: str
    starts_on: date
    ends_on: date

    def covers(self, other: ClearanceDraft) -> bool:
        """Whether everything the other one opens is open by this one, for however long."""
        if (self.prisoner, self.purpose) != (other.prisoner, other.purpose):
            return False
        if not set(other.fields) <= set(self.fields):
            return False
        to_all = self.audience == ALL_GODPARENTS and other.audience == NAMED_GODPARENT
        same = (self.audience, self.recipient) == (other.audience, other.recipient)
        return same or to_all or self.audience == PUBLIC


def shown_until(until: date | None, on: date) -> date:
    """An end that gives nothing away: never later than the last day of the month after next."""
    horizon = end_of_month(add_months(on.replace(day=1), _MONTHS_AHEAD))
    return horizon if until is None else min(until, horizon)


def clearances_for(facts: Facts, on: date, known_at: datetime = LATEST) -> tuple[ClearanceDraft, ...]:
    """The clearances of one prisoner: only purposes whose data is the prisoner's own, never family ones.

    For each purpose the widest audiences that are allowed; whoever may tell everybody may tell each.

    Args:
        facts: of the prisoner and family.
        on: today.
        known_at: for a replay.
    """
    ledger = Ledger(facts, known_at)
    drafts: list[ClearanceDraft] = []
    for purpose in purposes().values():
        if not (purpose.of_speaker or purpose.family or purpose.silence_is_yes or purpose.for_one_event):
            drafts.extend(_of_purpose(ledger, purpose, on))
    return tuple(drafts)


def _of_purpose(ledger: Ledger, purpose: Purpose, on: date) -> Iterable[ClearanceDraft]:
    """The widest rows; a narrower one only for details that no wider one opens."""
    if _is_stopped(ledger, on):
        return _rows(ledger, purpose, INTERNAL, "", on, purpose.fields)
    rows = list(_rows(ledger, purpose, PUBLIC, "", on, purpose.fields))
    left = _left(purpose, rows)
    if left is None:
        return rows
    rows.extend(_rows(ledger, purpose, ALL_GODPARENTS, "", on, left))
    wide = tuple(rows)
    everybody = tuple(row for row in wide if row.audience == PUBLIC)
    for audience, name in sorted(_named(ledger.facts, purpose)):
        left = _left(purpose, wide if audience == NAMED_GODPARENT else everybody)
        if left is not None:
            rows.extend(_rows(ledger, purpose, audience, name, on, left))
    left = _left(purpose, rows)
    return rows if left is None else [*rows, *_rows(ledger, purpose, INTERNAL, "", on, left)]


def _is_stopped(ledger: Ledger, on: date) -> bool:
    """Whether a stop denies every audience outside the house: then none of them has to be decided one by one.

    A stop on everybody is placed in one step, and whoever places it waits for the clearances of all.
    """
    return any(
        not hold.audiences
        and hold.target not in ("godparent", "institution")
        and reaches(hold.target, hold.target_id, ledger.facts)
        and hold.active(on, ledger.known_at)
        for hold in ledger.facts.holds
    )


def _left(purpose: Purpose, rows: Iterable[ClearanceDraft]) -> frozenset[str] | None:
    """The details no row opens yet; None where nothing is left (a purpose without details is one whole)."""
    opened = list(rows)
    left = purpose.fields - {field for row in opened for field in row.fields}
    return None if opened and not left else left


def _named(facts: Facts, purpose: Purpose) -> set[tuple[str, str]]:
    return {
        (answer.audience, name)
        for answer in facts.answers
        if answer.purpose == purpose.code
        and answer.says is Says.YES
        and answer.audience in (NAMED_GODPARENT, NAMED_INSTITUTION)
        for name in answer.recipients
    }


def _rows(
    ledger: Ledger, purpose: Purpose, audience: str, name: str, on: date, fields: frozenset[str]
) -> Iterable[ClearanceDraft]:
    request = ConsentRequest(
        subject=ledger.facts.prisoner,
        purpose=purpose.code,
        audience=audience,
        fields=fields,
        recipients=frozenset({name} if name else ()),
        grounds=EITHER,
    )
    decision = decide_in(ledger, request, on)
    if not decision.allowed:
        return
    for ground, opened in _by_ground(decision):
        yield ClearanceDraft(
            prisoner=ledger.facts.prisoner,
            purpose=purpose.code,
            fields=tuple(sorted(opened)),
            audience=audience,
            recipient=name,
            ground=str(ground),
            starts_on=on,
            ends_on=shown_until(decision.until, on),
        )


def _by_ground(decision: Decision) -> Iterable[tuple[Ground, frozenset[str]]]:
    agreed = decision.fields - decision.published
    if agreed or not decision.published:
        yield Ground.AGREED, agreed
    if decision.published:
        yield Ground.PUBLISHED, decision.published
