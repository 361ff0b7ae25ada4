"""Which of what an entry wrote narrows: read off the log and the records, for the journal of noes.

Records that narrow by themselves are written once, so they say tomorrow what they said when they were saved,
and nothing has to be remembered meanwhile. Of what was changed only whose decisions it touches is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from app.domain.attention import Attention, ClosedAttention
from app.domain.canonical import canonical_bytes
from app.domain.consent_build import publishable_fields
from app.domain.conversation import Conversation, Countersign
from app.domain.fields import noun_of
from app.domain.hold import Hold, RelativeHold
from app.domain.log import GONE, SEALED, Entry, EntryRow
from app.domain.narrowing import TOUCHED, Narrowing, values_of
from app.domain.ports import Reader, Record
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.source import Claim, TrustStep

ROOM_BYTES: Final = 2400
"""A longer item only says whose decisions it touches."""
OPEN: Final[dict[str, type[Record]]] = {noun_of(cls): cls for cls in (Hold, Attention, TrustStep)}
CLOSED: Final[tuple[type[Record], ...]] = (Conversation, Countersign, RelativeHold, ClosedAttention)
PERSON_FIELDS: Final = frozenset(
    {"prisoner", "relation", "born", "capacity", "mandate", "whereabouts", "guardian"}
)
PRISONER_FIELDS: Final = frozenset(
    {"born", "status", "released_on", "died_on", "facility", "country", "desk"}
)
CLAIM_FIELDS: Final = frozenset({"prisoner", "source", "listed", "recognised", "values"})
_ABOUT_EVERYBODY: Final = frozenset({"clock_repair_step", "clock_repair"})


def narrowed_by(reader: Reader, entry: Entry) -> list[Narrowing]:
    """Everything an entry wrote that may deny something; of closed records only with a desk's key."""
    found = [one for row in entry.rows if row.kind != SEALED for one in _open(reader, entry, row)]
    if reader.has_desk_key:
        found.extend(_closed(reader, entry, [row for row in entry.rows if row.kind == SEALED]))
    return found


def touches_closed(reader: Reader, entry: Entry) -> bool:
    """Whether an entry wrote anything closed; naming a record, as showing does, writes nothing."""
    return any(row.kind == SEALED and _wrote(reader, entry, row) for row in entry.rows)


def _wrote(reader: Reader, entry: Entry, row: EntryRow) -> bool:
    return reader.version_at(row.record, entry.sequence - 1) != row.version


def _open(reader: Reader, entry: Entry, row: EntryRow) -> Iterator[Narrowing]:
    if not _wrote(reader, entry, row):
        return
    cls = OPEN.get(row.kind)
    if cls is not None:
        for record in reader.get_many(cls, [row.record]).values():
            yield from _items(entry, record)
    elif row.kind in _ABOUT_EVERYBODY:
        yield _touched(entry, row.record, "")
    elif row.version > 1 and row.kind == "prisoner":
        if row.row_hash == GONE or _changed(reader, Prisoner, row, PRISONER_FIELDS | publishable_fields()):
            yield _touched(entry, row.record, row.record)
    elif row.version > 1 and row.kind == "claim":
        claim = reader.get_many(Claim, [row.record]).get(row.record)
        if claim is None or _changed(reader, Claim, row, CLAIM_FIELDS):
            # One that was taken away is found in the backup by its own id.
            yield _touched(entry, row.record, (claim.prisoner if claim else None) or row.record)


def _closed(reader: Reader, entry: Entry, rows: list[EntryRow]) -> Iterator[Narrowing]:
    written = [row for row in rows if _wrote(reader, entry, row)]
    ids = [row.record for row in written]
    for cls in CLOSED:
        for record in reader.get_many(cls, ids).values():
            yield from _items(entry, record)
    relatives = reader.get_many(Relative, ids)
    for row in written:
        relative = relatives.get(row.record)
        if row.row_hash == GONE:
            yield _touched(entry, row.record, row.record)
        elif relative is not None and row.version == 1:
            yield from _items(entry, relative)
        elif relative is not None and _changed(reader, Relative, row, PERSON_FIELDS):
            yield _touched(entry, row.record, relative.prisoner or "")


def _changed(reader: Reader, cls: type[Record], row: EntryRow, fields: frozenset[str]) -> bool:
    return bool(reader.fields_changed_since(cls, row.record, row.version - 1) & fields)


def _items(entry: Entry, record: Record) -> Iterable[Narrowing]:
    for values in values_of(record):
        noun = noun_of(type(record))
        item = Narrowing(noun, record.id, entry.sequence, entry.person, entry.moment, values=values)
        if len(canonical_bytes(item.plain())) <= ROOM_BYTES:
            yield item
        else:
            yield _touched(entry, record.id, str(getattr(record, "prisoner", None) or ""))


def _touched(entry: Entry, record: str, prisoner: str) -> Narrowing:
    return Narrowing(TOUCHED, record, entry.sequence, entry.person, entry.moment, prisoner)
