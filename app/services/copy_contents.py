"""What goes into a derived copy: the open part of chosen prisoners, under ids of its own, and nothing else.

A rule and no list of what to leave out: of each record only fields of the class *open* go, and of what
has other fields besides only those named here. Every id is made anew from the old one and a secret that stays
at home; a reference to what is not in the copy is left empty.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import attrs

from app.domain.derived_copy import CopyFacts, CopyKind
from app.domain.fields import Field, FieldClass, Kind, empty_of, fields_of, noun_of
from app.domain.godparent import Godparent, Godparenthood
from app.domain.hold import Clearance, Hold
from app.domain.ids import RecordId
from app.domain.own_term import OWN, OwnTerm
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicTexts, texts_id
from app.domain.recipient import Recipient
from app.domain.report import Desk, TextStamp
from app.domain.signposts import is_signpost
from app.domain.source import Facility
from app.services.folding import stops_in

T = TypeVar("T", bound=Record)

_ALSO: Final[Mapping[CopyKind, Mapping[str, frozenset[str]]]] = {
    CopyKind.REPORTS: {
        "godparent": frozenset({"protocol_version", "protocol_on"}),  # a godparent's sheet asks for them
        "recipient": frozenset(fields_of(Recipient)),
        "own_term": frozenset(fields_of(OwnTerm)),
        "text_stamp": frozenset({"record", "field", "language", "text_sha256"}),
    },
    CopyKind.TRAVEL: {"own_term": frozenset(fields_of(OwnTerm))},
}
"""By kind of copy and noun: what goes along although its class is not *open*."""
_NAMED: Final = "named_godparent"


@attrs.frozen
class Contents:
    """Records of a copy, signed by nobody yet.

    Attributes:
        records: in an order in which each refers to earlier ones only.
        prisoners: ids at home of who is in it.
        cleared: how many clearances are among the records.
    """

    records: tuple[Record, ...] = attrs.field(repr=False)
    prisoners: tuple[str, ...]
    cleared: int


def id_in_copy(seed: str, record: str) -> RecordId:
    """The id a record of home has in a copy: nothing can be told from it without the seed."""
    key = bytes.fromhex(seed)
    return RecordId(hmac.digest(key, b"poruch/copy-id/1\0" + record.encode("ascii"), "sha256").hex()[:32])


def came_from(seed: str, entry_hash: str) -> str:
    """What a copy says of the entry it was made from; only who has the seed can compare it."""
    key = bytes.fromhex(seed)
    return hmac.digest(key, b"poruch/copied-from/1\0" + entry_hash.encode("ascii"), "sha256").hex()


def contents_of(
    reader: Reader, facts: CopyFacts, prisoners: Sequence[str], seed: str, office: str
) -> Contents:
    """Everything that goes into a copy of these prisoners.

    Args:
        reader: of the office's case file.
        facts: what the copy says of itself.
        prisoners: ids; merged ones are left out.
        seed: what ids are made with.
        office: who signs the copy's first entry, for what names somebody.
    """
    packing = _Packing(reader, CopyKind(facts.copy_kind), seed, office)
    found = reader.get_many(Prisoner, prisoners)
    chosen = [found[one] for one in prisoners if one in found and not is_signpost(found[one])]
    reader.check_rows(Prisoner, [one.id for one in chosen])
    records = packing.all_of(chosen, facts.until)
    cleared = sum(isinstance(one, Clearance) for one in records)
    return Contents((facts, *records), tuple(one.id for one in chosen), cleared)


class _Packing:
    """One copy that is being packed."""

    def __init__(self, reader: Reader, kind: CopyKind, seed: str, office: str) -> None:
        self._reader, self._kind, self._seed, self._office = reader, kind, seed, office
        self._in_it: dict[str, RecordId] = {}
        self._words: dict[str, OwnTerm] = {one.stored_as: one for one in reader.find(OwnTerm) if not one.code}
        self._used: dict[str, OwnTerm] = {}

    def all_of(self, chosen: Sequence[Prisoner], until: date | None) -> list[Record]:
        reader = self._reader
        facilities = reader.get_many(Facility, {one.facility for one in chosen if one.facility})
        homes = {one.id for one in chosen}
        bonds = [one for one in reader.find(Godparenthood) if one.prisoner in homes]
        godparents = reader.get_many(Godparent, {one.godparent or "" for one in bonds})
        whom = self._recipients()
        desks = reader.find(Desk)[:1]
        for group in (desks, facilities.values(), chosen, godparents.values(), whom):
            self._take_in(group)
        desk = self._in_it[desks[0].id] if desks else None
        records: list[Record] = [self._carried(one) for one in desks]
        records += [self._carried(one) for one in facilities.values()]
        records += [attrs.evolve(self._carried(one), desk=desk) for one in chosen]
        records += [self._carried(one) for one in godparents.values()]
        self._take_in(bonds)
        records += [self._carried(one) for one in bonds]
        records += [self._carried(one) for one in whom]
        records += self._texts(chosen)
        records += self._holds()
        if self._kind is CopyKind.REPORTS:
            records += self._clearances(homes, until)
        return [*records, *self._own_words()]

    def _take_in(self, records: Iterable[Record]) -> None:
        self._in_it |= {one.id: id_in_copy(self._seed, one.id) for one in records}

    def _recipients(self) -> list[Recipient]:
        if self._kind is not CopyKind.REPORTS:
            return []
        return [one for one in self._reader.find(Recipient) if not one.left]

    def _texts(self, chosen: Sequence[Prisoner]) -> list[Record]:
        found = self._reader.get_many(PublicTexts, [texts_id(one.id) for one in chosen])
        records: list[Record] = []
        for texts in found.values():
            home = texts.prisoner or ""
            moved = texts_id(self._in_it[home])
            self._in_it[texts.id] = moved
            records.append(attrs.evolve(self._carried(texts), id=moved))
            if self._kind is CopyKind.REPORTS:
                stamps = self._reader.find(TextStamp, record=texts.id)
                records += [
                    attrs.evolve(self._carried(one), record=moved, stamped_by=self._office)
                    for one in stamps
                    if not one.withdrawn
                ]
        return records

    def _holds(self) -> list[Record]:
        """Stops that act, without their reason: that there is one is all that is needed."""
        records: list[Record] = []
        for stop in stops_in(self._reader):
            on = self._stopped(stop.hold) if stop.active else None
            if on is not None:
                blank = Hold(id_in_copy(self._seed, stop.hold.id), on_noun=stop.hold.on_noun, on_id=on)
                records.append(attrs.evolve(blank, placed_by=self._office, placed_at=stop.hold.placed_at))
        return records

    def _stopped(self, hold: Hold) -> str | None:
        """What a stop is on in the copy; None where it is about nobody in it."""
        if hold.on_noun in ("country", "case_file"):
            return hold.on_id
        if hold.on_noun == "desk":
            return next(
                (self._in_it[one.id] for one in self._reader.find(Desk)[:1] if one.id == hold.on_id), None
            )
        on = hold.on_id
        if hold.on_noun == "prisoner" and on not in self._in_it:
            signpost = self._reader.get_many(Prisoner, [on]).get(RecordId(on))
            on = (signpost.merged_into or "") if signpost is not None else ""
        return self._in_it.get(on)

    def _clearances(self, homes: set[RecordId], until: date | None) -> list[Record]:
        """Those of whom is in it, never longer than the copy itself."""
        records: list[Record] = []
        for row in self._reader.find(Clearance):
            if row.prisoner not in homes or until is None:
                continue
            if row.audience == _NAMED and row.recipient not in self._in_it:
                continue
            whom = self._in_it.get(row.recipient, row.recipient)
            ends = until if row.ends_on is None else min(row.ends_on, until)
            records.append(attrs.evolve(self._carried(row), recipient=whom, ends_on=ends))
        return records

    def _own_words(self) -> list[Record]:
        """The office's own words that stand in it, and its wording of those that ship with Poruch."""
        worded = [one for one in self._reader.find(OwnTerm) if one.code]
        return [self._carried(one) for one in (*self._used.values(), *worded)]

    def _carried(self, record: T) -> T:
        """The record as it goes: what may, under its new id."""
        also = _ALSO[self._kind].get(noun_of(type(record)), frozenset())
        values = self._values(record, also)
        cls: Callable[..., T] = type(record)
        return cls(id_in_copy(self._seed, record.id), **values)

    def _values(self, record: object, also: frozenset[str] = frozenset()) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in fields_of(type(record)).items():
            goes = (field.klass is FieldClass.OPEN or name in also) and not field.sealed
            values[name] = self._value(field, getattr(record, name)) if goes else empty_of(field)
        return values

    def _value(self, field: Field, value: Any) -> Any:
        if field.kind is Kind.REFERENCE:
            return self._in_it.get(value) if value else None
        if field.kind is Kind.PARTS:
            return tuple(type(part)(**self._values(part)) for part in value)
        if field.kind is Kind.TERM:
            return self._word(value)
        if field.kind is Kind.TERMS:
            return tuple(self._word(one) for one in value)
        return value

    def _word(self, stored: str) -> str:
        """A word of the office's own gets a new id, too."""
        if not stored.startswith(OWN) or stored not in self._words:
            return stored
        term = self._words[stored]
        self._used[term.id] = term
        return f"{OWN}{id_in_copy(self._seed, term.id)}"
