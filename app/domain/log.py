"""The log as values: what an entry says, its canonical bytes, and the rules of the chain. Pure.

The newest entry is the head; there is no second digest. No value of a record stands in an entry: rows are
named by id, version and a salted hash, old values by their salted hashes. Hashing and signing need keys and
tags and live in `app.crypto`; the functions here take them as arguments.

Source: security.md, *The log is the head*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, cast

import attrs

from app.domain.acts import Act
from app.domain.canonical import Plain, canonical_bytes, read_plain
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, DeviceId, OriginId, PersonId, is_id

FORMAT: Final = 1
SEALED: Final = "sealed"
"""The kind of everything sealed, so that an entry does not tell a relative from a note."""
GONE: Final = ""
"""The hash of a row that was taken away."""
BEGINS_A_COPY: Final = frozenset({Act.LOG_DOUBTED.value, Act.BACKUP_PUT_BACK.value})
"""Acts with which an older copy goes on under an origin of its own, so that two copies never write as one."""
SIGNED: Final = "entry"
"""The tag entries are hashed and signed under."""
_FIELDS: Final = (
    *("act", "case_file", "device", "moment", "old"),
    *("origin", "person", "previous", "rows", "sequence"),
)
_TYPES: Final = (str, str, str, str, list, str, str, str, list, int)
"""Of `_FIELDS`, exactly: `True` is no number."""
_Values = tuple[str, str, str, str, list[str], str, str, str, list[object], int]
_ROW_TYPES: Final = (str, str, int, str)


@attrs.frozen
class EntryRow:
    """One row an entry wrote, took away (`GONE`) or mentions."""

    kind: str
    record: str
    version: int
    row_hash: str


@attrs.frozen
class Entry:
    """One thing a person did.

    Attributes:
        previous: SHA-256 of the entry before, hexadecimal; empty for the first.
        old: salted hashes of the old values this entry put aside, in their order.
        signature: Ed25519 over the canonical bytes of everything else.
    """

    case_file: CaseFileId
    origin: OriginId
    sequence: int
    previous: str
    moment: datetime
    person: PersonId
    device: DeviceId
    act: str
    automatic: bool
    rows: tuple[EntryRow, ...]
    old: tuple[str, ...] = ()
    signature: bytes = b""
    format: int = FORMAT

    def body(self) -> bytes:
        """The canonical bytes that are signed and, with the signature behind them, hashed."""
        rows: list[Plain] = [[row.kind, row.record, row.version, row.row_hash] for row in self.rows]
        plain: dict[str, Plain] = {
            "act": self.act,
            "automatic": self.automatic,
            "case_file": self.case_file,
            "device": self.device,
            "format": self.format,
            "moment": stored_moment(self.moment),
            "old": list(self.old),
            "origin": self.origin,
            "person": self.person,
            "previous": self.previous,
            "rows": rows,
            "sequence": self.sequence,
        }
        return canonical_bytes(plain)


def read_entry(body: bytes, signature: bytes) -> Entry:
    """An entry from its stored bytes.

    Raises:
        KnownError: LOG_BROKEN, NEWER_VERSION.
    """
    plain = read_plain(body)
    if not isinstance(plain, Mapping):
        raise KnownError(Code.LOG_BROKEN)
    if plain.get("format") != FORMAT:
        raise KnownError(Code.NEWER_VERSION if isinstance(plain.get("format"), int) else Code.LOG_BROKEN)
    automatic = plain.get("automatic")
    if not isinstance(automatic, bool) or len(plain) != 12:
        raise KnownError(Code.LOG_BROKEN)
    # A hundred thousand of them are read at a time, so types are looked at for all fields at once.
    values = tuple(map(plain.get, _FIELDS))
    if tuple(map(type, values)) != _TYPES:
        raise KnownError(Code.LOG_BROKEN)
    act, case_file, device, moment, old, origin, person, previous, rows, sequence = cast("_Values", values)
    if sequence < 0 or any(type(item) is not str for item in old):
        raise KnownError(Code.LOG_BROKEN)
    entry = Entry(
        case_file=CaseFileId(case_file),
        origin=OriginId(origin),
        sequence=sequence,
        previous=previous,
        moment=_moment(moment),
        person=PersonId(person),
        device=DeviceId(device),
        act=act,
        automatic=automatic,
        rows=tuple(map(_row, rows)),
        old=tuple(old),
        signature=signature,
    )
    if not _is_spelt(entry, moment, body):
        raise KnownError(Code.LOG_BROKEN)
    return entry


def _is_spelt(entry: Entry, moment: str, body: bytes) -> bool:
    """Whether these are the canonical bytes of the entry.

    Where nothing is escaped they are put together as text, much quicker than by the encoder: canonical JSON
    escapes quotation marks, backslashes and control characters, and bytes without a backslash that could be
    read hold none of them inside a text.
    """
    if b"\\" in body:
        return entry.body() == body
    automatic = "true" if entry.automatic else "false"
    old = ",".join([f'"{one}"' for one in entry.old])
    rows = ",".join([f'["{row.kind}","{row.record}",{row.version},"{row.row_hash}"]' for row in entry.rows])
    return (
        body
        == (
            f'{{"act":"{entry.act}","automatic":{automatic},"case_file":"{entry.case_file}",'
            f'"device":"{entry.device}","format":{FORMAT},"moment":"{moment}","old":[{old}],'
            f'"origin":"{entry.origin}","person":"{entry.person}","previous":"{entry.previous}",'
            f'"rows":[{rows}],"sequence":{entry.sequence}}}'
        ).encode()
    )


def _moment(stored: str) -> datetime:
    try:
        return moment_from_stored(stored)
    except KnownError as error:
        raise KnownError(Code.LOG_BROKEN) from error


def _row(plain: object) -> EntryRow:
    if type(plain) is not list or tuple(map(type, plain)) != _ROW_TYPES:
        raise KnownError(Code.LOG_BROKEN)
    kind, record, version, row_hash = plain
    if version < 0 or not is_id(record):
        raise KnownError(Code.LOG_BROKEN)
    return EntryRow(kind, record, version, row_hash)


EntryHash = Callable[[bytes, bytes], str]
"""SHA-256, hexadecimal, over body and signature of an entry."""


@attrs.frozen
class ChainFault:
    """Where the chain breaks: a word for it and the sequence of the entry it was seen at."""

    code: str
    sequence: int


def chain_faults(
    stored: Iterable[tuple[int, bytes, bytes]],
    case_file: CaseFileId,
    origin: OriginId,
    hash_of: EntryHash,
    holds: Callable[[Entry, bytes], bool],
) -> Iterator[tuple[Entry | None, ChainFault | None]]:
    """Walk a chain from its first entry; every entry once, with the first fault of each.

    Args:
        stored: sequence, body and signature in order of the stored sequence.
        case_file: whose log this has to be.
        origin: which copy's it was at first.
        hash_of: see `EntryHash`.
        holds: whether the signature over these bytes is by the person the entry names; asked only where
            nothing else is wrong before it.
    """
    expected, previous, origins = 1, "", [str(origin)]
    newest: datetime | None = None
    for sequence, body, signature in stored:
        fault: str | None = None
        try:
            entry: Entry | None = read_entry(body, signature)
        except KnownError:
            entry = None
        if entry is None:
            fault = "entry_unreadable"
        elif entry.case_file != case_file or not origin_follows(origins, entry.origin, entry.act):
            fault = "entry_foreign"
        elif entry.sequence != sequence or sequence != expected:
            fault = "entry_missing" if sequence > expected else "entry_out_of_order"
        elif entry.previous != previous:
            fault = "chain_broken"
        elif not holds(entry, body):
            fault = "signature_wrong"
        elif newest is not None and entry.moment < newest:
            fault = "clock_went_back"
        if entry is not None:
            newest = entry.moment if newest is None else max(newest, entry.moment)
        yield entry, (ChainFault(fault, sequence) if fault else None)
        expected, previous = sequence + 1, hash_of(body, signature)


def origin_follows(origins: list[str], origin: str, act: str) -> bool:
    """Whether an entry of this origin may stand next; a new origin is added to `origins`.

    An older copy that goes on begins with an act that says so, and never takes the place of an earlier one.
    """
    if origin == origins[-1]:
        return True
    if act not in BEGINS_A_COPY or origin in origins or not is_id(origin):
        return False
    origins.append(origin)
    return True


def make_entry(
    template: Entry, act: Act, rows: Iterable[EntryRow], old: Iterable[str], *, automatic: bool
) -> Entry:
    """The entry that follows: `template` with what was done (unsigned)."""
    return attrs.evolve(
        template, act=act.value, rows=tuple(rows), old=tuple(old), automatic=automatic, signature=b""
    )
