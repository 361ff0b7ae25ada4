"""What narrows, as the journal of noes keeps it: enough to say it once more, and nothing else. Pure.

An item is plain: the noun, the record's id, the entry that wrote it, by whom and when, and those of its
values that decide. Where something that decides was changed and cannot be said once more (a birth date, where
somebody is, what a list states), the item says only whose decisions it touches: they wait after a restore.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import attrs

from app.domain.attention import Attention, ClosedAttention
from app.domain.canonical import Plain
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.consent_build import says_of
from app.domain.consent_facts import Says
from app.domain.conversation import Answer, Conversation, Countersign
from app.domain.errors import Code, KnownError
from app.domain.field_values import from_plain, to_plain
from app.domain.fields import noun_of
from app.domain.hold import Hold, RelativeHold
from app.domain.ids import PersonId, RecordId, is_id
from app.domain.ports import Record
from app.domain.relative import Relative
from app.domain.single_use import SingleUse
from app.domain.source import TrustStep
from app.domain.two_people import ENDED

TOUCHED: Final = "touched"
"""In place of a noun: something that decides about `prisoner` changed; empty: about everybody."""
_TOGETHER: Final = 5
"""So many answers, families or targets stand in one item."""
_KEPT: Final[Mapping[str, frozenset[str]]] = {
    "conversation": frozenset(
        {"relative", "prisoner", "capacity", "mandate", "held_on", "answers", "recorded_at"}
    ),
    "countersign": frozenset({"answer", "conversation", "granted", "at"}),
    "hold": frozenset({"on_noun", "on_id", "reason", "placed_at"}),
    "relative_hold": frozenset({"relative", "reason", "placed_at"}),
    "attention": frozenset({"what", "happened_on", "families", "recorded_at"}),
    "closed_attention": frozenset({"what", "happened_on", "families", "recorded_at"}),
    "trust_step": frozenset({"trust", "step", "at"}),
    "single_use": frozenset({"prisoner", "purpose", "report", "at"}),
    "relative": frozenset({"prisoner", "relation", "capacity", "mandate", "born", "whereabouts", "guardian"}),
}
NOUNS: Final[Mapping[str, type[Record]]] = {
    noun_of(cls): cls
    for cls in (
        Conversation,
        Countersign,
        Hold,
        RelativeHold,
        Attention,
        ClosedAttention,
        TrustStep,
        SingleUse,
        Relative,
    )
}
_BY: Final[Mapping[str, str]] = {
    "conversation": "recorded_by",
    "attention": "recorded_by",
    "closed_attention": "recorded_by",
    "hold": "placed_by",
    "relative_hold": "placed_by",
    "countersign": "by",
    "trust_step": "by",
    "single_use": "by",
}
"""The field that names who wrote a record; whoever writes it once more has to sign as that."""


@attrs.frozen
class Narrowing:
    """One thing that narrows.

    Attributes:
        noun: of the record, or `TOUCHED`.
        entry: of the log it was written in.
        author, at: who signed that entry, and when.
        prisoner: whose decisions it touches; only of `TOUCHED`.
        values: those that decide, as they are stored.
    """

    noun: str
    record: str
    entry: int
    author: PersonId
    at: datetime
    prisoner: str = ""
    values: Mapping[str, Plain] = attrs.field(factory=dict)

    def plain(self) -> dict[str, Plain]:
        """As it stands in the journal."""
        return {
            "at": stored_moment(self.at),
            "author": self.author,
            "entry": self.entry,
            "noun": self.noun,
            "prisoner": self.prisoner,
            "record": self.record,
            "values": dict(self.values),
        }


def read_narrowing(untrusted: Plain) -> Narrowing | None:
    """An item of a journal; None for one that says nothing this version understands."""
    if not isinstance(untrusted, Mapping):
        return None
    noun, record, prisoner = (untrusted.get(name) for name in ("noun", "record", "prisoner"))
    author, at, entry = (untrusted.get(name) for name in ("author", "at", "entry"))
    values = untrusted.get("values")
    texts = (noun, record, prisoner, author, at)
    if not all(isinstance(one, str) for one in texts) or type(entry) is not int:
        return None
    if not isinstance(values, Mapping) or not is_id(str(author)):
        return None
    if noun != TOUCHED and (noun not in NOUNS or not is_id(str(record))):
        return None
    try:
        moment = moment_from_stored(str(at))
    except KnownError:
        return None
    return Narrowing(str(noun), str(record), entry, PersonId(str(author)), moment, str(prisoner), values)


def values_of(record: Record) -> list[Mapping[str, Plain]]:
    """What of a record narrows, in parts that each fit into an item; none where nothing does."""
    noun = noun_of(type(record))
    kept = {name: value for name, value in to_plain(record).items() if name in _KEPT[noun] and value}
    if isinstance(record, Conversation):
        answers = [one for one in record.answers if _narrows(one)]
        said = to_plain(attrs.evolve(record, answers=tuple(map(_bare, answers)))).get("answers")
        return _parted(kept, "answers", said)
    if isinstance(record, Countersign):
        return [] if record.granted else [kept]
    if isinstance(record, TrustStep):
        return [kept] if record.step == ENDED else []
    if isinstance(record, Attention | ClosedAttention):
        return _parted(kept, "families", list(record.families))
    return [kept]


def _parted(values: Mapping[str, Plain], name: str, found: Plain) -> list[Mapping[str, Plain]]:
    many = found if isinstance(found, list) else []
    return [{**values, name: many[at : at + _TOGETHER]} for at in range(0, len(many), _TOGETHER)]


def _narrows(answer: Answer) -> bool:
    return says_of(answer.kind) in (Says.NO, Says.TAKES_BACK)


def _bare(answer: Answer) -> Answer:
    """Without words somebody wrote beside it."""
    return attrs.evolve(answer, reason="", conditions="", event="", event_on=None, ends_on=None)


def again(parts: Iterable[Narrowing], writer: PersonId) -> Record | None:
    """The record these items of one record were made from, as `writer` signs it; None where it says nothing.

    Only what narrows comes back, whatever somebody put into the journal.
    """
    found = list(parts)
    first = found[0]
    cls = NOUNS.get(first.noun)
    if cls is None:
        return None
    values: dict[str, Plain] = {k: v for k, v in first.values.items() if k in _KEPT[first.noun]}
    for name in ("answers", "families"):
        if name in values:
            lists = (part.values.get(name) for part in found)
            values[name] = [one for many in lists if isinstance(many, list) for one in many]
    if first.noun in _BY:
        values[_BY[first.noun]] = writer
    try:
        record = from_plain(cls, values, id=RecordId(first.record), version=0)
    except (KnownError, ValueError, TypeError) as error:
        raise KnownError(Code.RECORD_DAMAGED) from error
    return _only_narrowing(record)


def _only_narrowing(record: Record) -> Record | None:
    if isinstance(record, Conversation):
        answers = tuple(one for one in record.answers if _narrows(one))
        return attrs.evolve(record, answers=answers) if answers else None
    if isinstance(record, Countersign):
        return None if record.granted else record
    if isinstance(record, TrustStep):
        return record if record.step == ENDED else None
    return record
