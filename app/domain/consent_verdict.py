"""What one line of the rule book says, and how several words come to one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import attrs

from app.domain.consent_answers import Voice, Word
from app.domain.consent_facts import AnswerFact, Says
from app.domain.consent_reasons import Ground, Reason


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
