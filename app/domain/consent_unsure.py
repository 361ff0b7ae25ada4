"""What a backup that was put back leaves unknown: a no said since it was made may be lost with the old copy.

Until two people have settled it, nothing wider than internal is allowed about this prisoner, unless everybody
who could have said that no has said yes again since, so that what they say now stands.

Source: security.md, *Decided once* (restore).
"""

from __future__ import annotations

from datetime import date, datetime

from app.domain.consent_answers import Ledger
from app.domain.consent_audiences import Asked
from app.domain.consent_bearing import bears
from app.domain.consent_facts import PersonFact, Says
from app.domain.consent_purposes import Purpose


def is_unsure(
    ledger: Ledger,
    purpose: Purpose,
    relative: PersonFact | None,
    asked: Asked,
    on: date,
    field: str | None,
) -> bool:
    """Whether a lost no could forbid this.

    Args:
        ledger: what was known.
        purpose: what for.
        relative: whose own data it is; None for the prisoner's.
        asked: for whom.
        on: the day it is about.
        field: one detail, or None for the purpose as a whole.
    """
    counting = [fact for fact in ledger.facts.unsure if fact.active(on, ledger.known_at)]
    if not counting:
        return False
    # What is only ever about one relative is nobody else's to refuse.
    alone = relative is not None and purpose.of_speaker and not purpose.needs
    people = (relative,) if alone and relative is not None else (*ledger.selves, *ledger.others)
    codes = ((purpose.code, field), *((need, None) for need in purpose.needs))
    # A no since does not end it, or saying no to somebody else would open what is asked.
    return not people or not all(
        _says_yes_again(ledger, one, code, asked, on, detail, fact.since_at)
        for fact in counting
        for one in people
        for code, detail in codes
    )


def _says_yes_again(
    ledger: Ledger,
    person: PersonFact,
    code: str,
    asked: Asked,
    on: date,
    field: str | None,
    since: datetime | None,
) -> bool:
    return any(
        yes.says is Says.YES
        and since is not None
        and yes.recorded_at is not None
        and yes.recorded_at > since
        and bears(yes, person, asked, on, field)
        and ledger.signed(yes)
        for yes in ledger.said(person.id, code)
    )
