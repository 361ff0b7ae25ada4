"""What passes through the ports beside records: what the store is asked with and what it tells.

Frozen values without behaviour; the ports themselves are in `ports`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import attrs

from app.domain.canonical import Plain
from app.domain.changes import Changes
from app.domain.conversation import Conversation, Countersign
from app.domain.hold import RelativeHold
from app.domain.ids import PersonId
from app.domain.relative import Relative
from app.domain.two_people import Stop


@attrs.frozen
class OldValue:
    """What a field was before and after one entry (plain values, `value_from_plain` reads them)."""

    sequence: int
    moment: datetime
    person: PersonId
    noun: str
    record: str
    field: str
    before: Plain
    after: Plain
    version: int


@attrs.frozen
class Written:
    """One version of a record: who signed it, and when by the log. Equal where version and person are."""

    version: int
    person: str
    at: datetime | None = attrs.field(default=None, eq=False)
    sequence: int = attrs.field(default=0, eq=False)


@attrs.frozen
class RelativeFacts:
    """A relative with everything its lines are computed from (opened register only)."""

    relative: Relative
    prisoner_name: str
    owner: str | None
    conversations: tuple[Conversation, ...]
    countersigns: tuple[Countersign, ...]
    holds: tuple[Stop[RelativeHold], ...]


@attrs.frozen(slots=True)
class SpokenFacts:
    """A relative with what they said as plain values: enough for reviews and plans over everybody at once.

    Attributes:
        born: as stored, of the prisoner where the record is theirs in person.
        talks: conversations as plain values with `id` (`from_plain` would cost ten times as much).
    """

    relative: str
    prisoner: str
    prisoner_name: str
    owner: str | None
    relation: str
    asking: str
    born: str
    talks: tuple[Mapping[str, Plain], ...]


class SpokenTalks(NamedTuple):
    """A relative with their conversations as plain values with `id`: all that findings need of everybody."""

    relative: str
    prisoner: str
    talks: tuple[Mapping[str, Plain], ...]


@attrs.frozen
class RelativeHead:
    """What a list says of a relative beside their answers; quick to read for thousands."""

    id: str
    version: int
    prisoner: str
    prisoner_name: str
    owner: str | None
    relation: str
    nickname: str
    asking: str


@attrs.frozen
class LogWord:
    """What one word may mean in the log: entries by people, of acts, about records, or one entry."""

    people: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    entry: int = 0


@attrs.frozen
class LogQuery:
    """Which entries to show, newest first; empty values filter nothing.

    Attributes:
        acts: any of these.
        before: only entries older than this one (its sequence), for the next part of a long list.
        words: each of them has to fit in one of its meanings.
    """

    person: str | None = None
    act: str | None = None
    record: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 500
    acts: tuple[str, ...] = ()
    before: int | None = None
    words: tuple[LogWord, ...] = ()


@attrs.frozen
class Committed:
    """What a commit did: its entry and the ids it touched."""

    sequence: int
    changes: Changes


@attrs.frozen
class Finding:
    """Something verification found: what (a word of `app.storage.verify`) and at which entry (0: none)."""

    code: str
    sequence: int


@attrs.frozen
class LogVerification:
    """What a verification of everything looked at and what it found."""

    entries: int
    signatures: int
    rows: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


@attrs.frozen
class Draft:
    """Something typed and not saved, sealed to the person who typed it."""

    key: str
    values: Mapping[str, Plain]
    saved_at: datetime
