"""What one line of the rule book says, and how several words come to one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from app.domain.consent_answers import Ledger, Voice, Word
from app.domain.consent_audiences import Asked, yes_covers
from app.domain.consent_facts import AnswerFact, Says
from app.domain.consent_purposes import Purpose
from app.domain.consent_reasons import UNHEARD, Ground, Reason


@attrs.frozen(slots=True)
class Verdict:
    """What the first line that applies says."""

    reason: Reason
    ground: Ground | None = None
    until: date | None = None
    used: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()


def longest(words: Iterable[Word]) -> Word | None:
    """The yes that lasts longest, the same one whatever the order."""
    best: Word | None = None
    best_key: tuple[date, str] | None = None
    for word in words:
        answer: AnswerFact | None = word.answer
        if word.voice is Voice.YES and answer is not None and answer.says is Says.YES:
            key = (answer.end, answer.id)
            if best_key is None or key > best_key:
                best, best_key = word, key
    return best


def missing(reason: Reason, *words: Word) -> Verdict:
    """A denial, with the yeses that would count once a second person signs."""
    waits = {word.answer.id for word in words if word.voice is Voice.WAITS and word.answer is not None}
    if waits:
        return Verdict(Reason.WAITS_FOR_SECOND, waits=tuple(sorted(waits)))
    return Verdict(reason)


def told_as_used(said: Verdict, ledger: Ledger, purpose: Purpose, asked: Asked, on: date) -> Verdict:
    """A denial for want of a yes, told as what it is where there was one and it was used."""
    if said.reason not in UNHEARD or not purpose.for_one_use:
        return said
    everybody = (*ledger.selves, *ledger.others)
    used = any(
        yes.bears_alone
        and ledger.is_spent(yes)
        and yes.begins <= on <= yes.end
        and yes_covers(yes.audience, yes.recipients, asked)
        for one in everybody
        for yes in ledger.said(one.id, purpose.code)
    )
    return attrs.evolve(said, reason=Reason.USED) if used else said
