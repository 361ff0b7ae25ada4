"""What a second person is asked, as plain values made from records that are written once. Pure.

The same records always give the same bytes: what was shown in a slip, what somebody signed, and what a step
is checked against later are one thing. Notes stay at home: free text decides nothing and may hold anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from app.domain.canonical import Plain
from app.domain.conversation import Conversation
from app.domain.errors import Code, KnownError
from app.domain.field_values import from_plain, to_plain
from app.domain.fields import Kind, fields_of, noun_of
from app.domain.hold import Hold, HoldStep, RelativeHold, RelativeHoldStep
from app.domain.ids import is_id
from app.domain.ports import Record
from app.domain.proposal import Proposal
from app.domain.review import Review
from app.domain.source import Trust

_SLIP: Final = "slip"
_SHAPES: Final[Mapping[str, frozenset[tuple[type[Record], ...]]]] = {
    "answer": frozenset({(Conversation,), (Conversation, Conversation)}),
    "change": frozenset({(Proposal,)}),
    "review": frozenset({(Review,)}),
    "source": frozenset({(Trust,)}),
    "stop": frozenset({(Hold, HoldStep), (RelativeHold, RelativeHoldStep)}),
}
"""Which records a thing that waits consists of, the one that waits first; an answer that takes another one
back comes with the talk of that other."""
_BY_NOUN: Final = {noun_of(cls): cls for shapes in _SHAPES.values() for shape in shapes for cls in shape}
_KEYS: Final = frozenset({"fields", "id", "noun", "version"})


def asked_of(records: Sequence[Record], part: str = "") -> list[Plain]:
    """What is asked about these records, the first being what waits.

    Args:
        records: each written once.
        part: the one answer of a conversation that is meant; the others are nobody's business.
    """
    return [_plain(record, one) for record, one in zip(records, parts_of(records, part), strict=True)]


def parts_of(records: Sequence[Record], part: str) -> list[str]:
    """The answer that is meant in each record: the one that waits, then the one it takes back."""
    taken = taken_back(records[0], part) if records else ""
    return [part if place == 0 else taken for place in range(len(records))]


def taken_back(record: Record, part: str) -> str:
    """The id of the answer that this answer of a talk takes back; "" where it takes none."""
    answers = record.answers if isinstance(record, Conversation) else ()
    return next((one.cancels for one in answers if one.answer == part), "")


def records_asked(what: str, untrusted_asked: Plain, part: str = "") -> tuple[Record, ...]:
    """The records in what somebody is asked, exactly as `asked_of` writes them, or nothing.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    if isinstance(untrusted_asked, str) or not isinstance(untrusted_asked, Sequence):
        raise KnownError(Code.RECORD_DAMAGED)
    try:
        records = tuple(_record(one) for one in untrusted_asked)
    except KnownError as error:
        raise KnownError(Code.RECORD_DAMAGED) from error
    shape = tuple(type(record) for record in records)
    if shape not in _SHAPES.get(what, ()) or asked_of(records, part) != list(untrusted_asked):
        raise KnownError(Code.RECORD_DAMAGED)
    if what == "answer" and not _whole_answer(records, part):
        raise KnownError(Code.RECORD_DAMAGED)
    return records


def _plain(record: Record, part: str) -> dict[str, Plain]:
    declared = fields_of(type(record))
    told = {
        name: value
        for name, value in to_plain(record).items()
        if declared[name].kind is not Kind.FREE_TEXT and name != _SLIP
    }
    if isinstance(record, Conversation):
        told["answers"] = [to_plain(one) for one in record.answers if one.answer == part]
    return {"fields": told, "id": record.id, "noun": noun_of(type(record)), "version": record.version}


def _record(untrusted: Plain) -> Record:
    if not isinstance(untrusted, Mapping) or untrusted.keys() != _KEYS:
        raise KnownError(Code.RECORD_DAMAGED)
    noun, record, fields = untrusted["noun"], untrusted["id"], untrusted["fields"]
    cls = _BY_NOUN.get(noun) if isinstance(noun, str) else None
    known = cls is not None and isinstance(record, str) and is_id(record) and isinstance(fields, Mapping)
    if not known or untrusted["version"] != 1 or cls is None or not isinstance(fields, Mapping):
        raise KnownError(Code.RECORD_DAMAGED)
    return from_plain(cls, fields, id=record, version=1)


def _whole_answer(records: Sequence[Record], part: str) -> bool:
    """One answer, with the one it takes back: without that, nobody sees which no a yes would undo."""
    talks = [one for one in records if isinstance(one, Conversation)]
    said = [one.answer for talk in talks for one in talk.answers]
    taken = taken_back(records[0], part)
    return said == [part, *([taken] if taken else [])] and len({talk.relative for talk in talks}) == 1
