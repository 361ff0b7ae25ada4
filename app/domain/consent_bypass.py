"""Used without a yes to save a life: what a bypass covers, and what ends it. Who signs it is in `Ledger`.

A bypass is an answer of ours, not of theirs: for named recipients, with a reason, signed by two of whom one
is an officer, reviewed after seven days and never public. Only a request that names it as a ground ever sees
it, so no kind of report can rest on one by accident. Stops and the register of legal grounds stand above it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from app.domain.consent_answers import Ledger
from app.domain.consent_audiences import Asked, means_everybody, no_touches, yes_covers
from app.domain.consent_bearing import inside
from app.domain.consent_facts import AnswerFact
from app.domain.consent_purposes import NAMED, NAMED_INSTITUTION, NARROW, Purpose


def bypasses_for(
    ledger: Ledger, whose: Collection[str], purpose: Purpose, asked: Asked, on: date, field: str | None
) -> list[AnswerFact]:
    """The bypasses that are for what is asked, signed or still waiting.

    One outranks every no that was known when it was recorded, and none that came later.

    Args:
        ledger: what was known.
        whose: ids of the people in whose record it may stand.
        purpose: what for.
        asked: for whom.
        on: the day it is about.
        field: one detail, or None for the purpose as a whole.

    Source: consent.md, "a bypass (threat to life, named recipient, reason, review in 7 days, never public)".
    """
    return [
        one
        for one in ledger.bypasses
        if one.by in whose
        and one.purpose == purpose.code
        and _covers(one, asked, on, field)
        and not ledger.turned_down(one)
        and not any(_refused_since(ledger, one, code, asked) for code in (purpose.code, *purpose.needs))
    ]


def _covers(bypass: AnswerFact, asked: Asked, on: date, field: str | None) -> bool:
    """Named recipients only, until the day of its review."""
    if bypass.audience not in NAMED or asked.audience not in NARROW:
        return False
    if bypass.audience == NAMED_INSTITUTION and any(means_everybody(one) for one in bypass.recipients):
        return False
    if not (bypass.begins <= on <= bypass.end) or bypass.used_up:
        return False
    if bypass.fields and (field is None or field not in bypass.fields):
        return False
    return yes_covers(bypass.audience, bypass.recipients, asked)


def _refused_since(ledger: Ledger, bypass: AnswerFact, purpose: str, asked: Asked) -> bool:
    return any(
        (no.recorded_at is None or bypass.recorded_at is None or no.recorded_at >= bypass.recorded_at)
        and (inside(purpose) or no_touches(no.audience, no.recipients, asked))
        for no in ledger.every_no(purpose)
    )
