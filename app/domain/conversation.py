"""A conversation and the answers given in it: append-only, sealed; what they add up to is computed.

Answers stay inside their conversation, because they are read together (architecture.md, traps).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import attrs

from app.domain.dates import PartialDate
from app.domain.fields import FieldClass, Kind, noun, stored
from app.domain.ids import RecordId
from app.i18n import N_

_SENSITIVE = FieldClass.SENSITIVE
_THEY_BEGAN = frozenset({"they_came", "through_intermediary"})
_BY_US = frozenset({"revoked", "invalidated", "entered_in_error", "bypassed"})


@attrs.frozen
class Answer:
    """What somebody said about one purpose.

    `answer` is the id of this answer; `cancels` names the one answer that entered_in_error, invalidated
    or revoked take back. `audience` is a word of the vocabulary; `godparent` and `institution` name whom
    it means where the word needs one; `recipients` names people for an answer about somebody in particular.
    A purpose for one event has its name in `event` and its day in `event_on`; `reason` says why something was
    taken back, or used without a yes.
    """

    answer: str = stored(N_("Answer"), Kind.TEXT, _SENSITIVE)
    kind: str = stored(N_("What they said"), Kind.TERM, _SENSITIVE, vocabulary="answer_kind")
    purpose: str = stored(N_("What for"), Kind.TERM, _SENSITIVE, vocabulary="purpose")
    audience: str = stored(N_("Who sees it"), Kind.TERM, _SENSITIVE, vocabulary="audience")
    recipients: tuple[str, ...] = stored(N_("For whom"), Kind.WORDS, _SENSITIVE)
    fields: tuple[str, ...] = stored(N_("Which details"), Kind.WORDS, _SENSITIVE)
    ends_on: date | None = stored(N_("Until"), Kind.DAY, _SENSITIVE)
    event: str = stored(N_("For one event"), Kind.TEXT, _SENSITIVE)
    event_on: date | None = stored(N_("Day of the event"), Kind.DAY, _SENSITIVE)
    used_up: bool = stored(N_("Used"), Kind.FLAG, _SENSITIVE)
    cancels: str = stored(N_("Takes back"), Kind.TEXT, _SENSITIVE)
    conditions: str = stored(
        N_("Only if"),
        Kind.TEXT,
        _SENSITIVE,
        hint=N_("A yes with a condition does not count until the condition is written as a no"),
    )
    reason: str = stored(N_("Why"), Kind.TEXT, _SENSITIVE)


@noun("conversation", lasting=True)
@attrs.frozen
class Conversation:
    """One talk, letter or message with a relative, or with the prisoner in person."""

    id: RecordId
    version: int = 0
    relative: str | None = stored(N_("With"), Kind.REFERENCE, _SENSITIVE, refers_to="relative", required=True)
    prisoner: str | None = stored(
        N_("About"), Kind.REFERENCE, _SENSITIVE, refers_to="prisoner", required=True
    )
    capacity: str = stored(N_("Speaks as"), Kind.TERM, _SENSITIVE, vocabulary="capacity")
    mandate: str = stored(
        *(N_("May decide"), Kind.TERM, _SENSITIVE),
        vocabulary="mandate",
        hint=N_("Of a legal representative or somebody authorised: in what they stand for the prisoner"),
    )
    held_on: PartialDate | None = stored(N_("When"), Kind.PARTIAL_DATE, _SENSITIVE)
    direction: str = stored(N_("Who came to whom"), Kind.TERM, _SENSITIVE, vocabulary="direction")
    channel: str = stored(N_("Channel"), Kind.TERM, _SENSITIVE, vocabulary="channel")
    verified_by: str = stored(N_("Channel checked by"), Kind.TERM, _SENSITIVE, vocabulary="verified_by")
    interpreter: str = stored(N_("Interpreter"), Kind.TEXT, _SENSITIVE)
    intermediary: str = stored(N_("Through whom"), Kind.TEXT, _SENSITIVE)
    language: str = stored(N_("Language"), Kind.LANGUAGE, _SENSITIVE)
    text_version: str = stored(N_("Text read out"), Kind.TEXT, _SENSITIVE)
    whereabouts: str = stored(N_("Where they were"), Kind.TERM, _SENSITIVE, vocabulary="whereabouts")
    pressure: str = stored(N_("Signs of pressure"), Kind.TERM, _SENSITIVE, vocabulary="pressure")
    evidence: str = stored(N_("Kept as evidence"), Kind.TERM, _SENSITIVE, vocabulary="evidence")
    evidence_sha256: str = stored(N_("Fingerprint of what was kept"), Kind.TEXT, _SENSITIVE)
    evidence_type: str = stored(N_("Kind of file"), Kind.TEXT, _SENSITIVE)
    evidence_file: str = stored(N_("What was kept"), Kind.TEXT, _SENSITIVE)
    note: str = stored(N_("Note"), Kind.FREE_TEXT, _SENSITIVE)
    answers: tuple[Answer, ...] = stored(N_("What they said"), Kind.PARTS, _SENSITIVE, parts=Answer)
    recorded_by: str | None = stored(N_("Recorded by"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    recorded_at: datetime | None = stored(N_("Recorded"), Kind.MOMENT, _SENSITIVE)


@noun("countersign", lasting=True)
@attrs.frozen
class Countersign:
    """A second person's yes, or no, to a widening answer (sealed with it)."""

    id: RecordId
    version: int = 0
    answer: str = stored(N_("Answer"), Kind.TEXT, _SENSITIVE, required=True)
    conversation: str | None = stored(
        N_("Conversation"), Kind.REFERENCE, _SENSITIVE, refers_to="conversation", required=True
    )
    granted: bool = stored(N_("Agreed"), Kind.FLAG, _SENSITIVE)
    by: str | None = stored(N_("By"), Kind.REFERENCE, _SENSITIVE, refers_to="person")
    at: datetime | None = stored(N_("When"), Kind.MOMENT, _SENSITIVE)
    slip: str = stored(N_("Signed in a slip"), Kind.TEXT, _SENSITIVE)


def we_began(direction: str) -> bool:
    """Whether a talk counts as begun by us: unless somebody said otherwise. Left open is no way around."""
    return direction not in _THEY_BEGAN


def is_by_us(direction: str, kinds: Collection[str]) -> bool:
    """Whether nobody was spoken to: what is written only takes answers back, or does without one.

    Said to be begun by somebody, it is a talk all the same.
    """
    return not direction and bool(kinds) and _BY_US.issuperset(kinds)


def begun_by_us(talk: Conversation) -> bool:
    """Whether we came to them: a correction of what stands written here is no contact."""
    return we_began(talk.direction) and not is_by_us(talk.direction, [one.kind for one in talk.answers])
