"""The journal of noes: what narrows, once more, outside the case file, so that no backup revives a yes.

One file for each copy of a case file. Records of one size follow each other; each is sealed (to a desk's key,
or to MAIN where who writes holds none), counts itself, names the record before it, and is signed by who wrote
it. What the items in a record mean is said in `app.domain.narrowing`; nothing here knows a database.

Source: security.md, *Decided once* (restore).
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from app.crypto.encoding import Reader
from app.crypto.hashing import derive, tagged, tagged_hash
from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.crypto.signing import SIGNATURE_BYTES
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.clock import moment_from_stored, stored_moment
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, OriginId, PersonId

RECORD_BYTES: Final = 4096
"""Of every record, whatever stands in it."""
FORMAT: Final = 1
SIGNED: Final = "journal"
ROOM_BYTES: Final = 2600
"""So much of items fits into one record beside its frame and its proof line."""
_NONCE: Final = 12
_TAG: Final = 16
_LENGTH: Final = struct.Struct(">I")
_INSIDE: Final = RECORD_BYTES - _NONCE - _TAG
_NAME_DIGITS: Final = 32
_KEYS: Final = frozenset(
    {
        *("case_file", "device", "format", "hash", "items", "moment"),
        *("number", "origin", "person", "previous", "proof", "sequence", "since"),
    }
)


@attrs.frozen
class Reach:
    """How far a record speaks for the log: every no up to this entry stands in it or before it.

    Attributes:
        sequence, entry_hash: of that entry.
        since: the entry up to which the record before spoke; of the first, where the journal begins.
        proof: a proof line of it (`proof`), signed by who wrote the record.
    """

    sequence: int
    entry_hash: str
    proof: str
    since: int


@attrs.frozen
class JournalRecord:
    """One record as its writer signed it."""

    number: int
    origin: OriginId
    person: PersonId
    moment: datetime
    reach: Reach
    items: tuple[Plain, ...]
    previous: str
    body: bytes = attrs.field(repr=False)
    signature: bytes = attrs.field(repr=False)


@attrs.frozen
class JournalKeys:
    """What opens and seals records: every desk's key this person holds, and MAIN, former ones to open."""

    case_file: CaseFileId
    main: MainKey = attrs.field(repr=False)
    desks: Sequence[DeskKey] = attrs.field(repr=False)
    former: Sequence[MainKey] = attrs.field(default=(), repr=False)

    def ciphers(self) -> list[AESGCMSIV]:
        """To open with."""
        mains = (self.main, *self.former)
        return [_cipher(raw) for raw in (*(desk.raw for desk in self.desks), *(main.raw for main in mains))]

    def sealing(self) -> AESGCMSIV:
        """To seal with: the newest desk's key, so that colleagues open it; MAIN for who holds none."""
        if not self.desks:
            return _cipher(self.main.raw)
        return _cipher(max(self.desks, key=lambda desk: desk.epoch).raw)


def _cipher(raw: bytes) -> AESGCMSIV:
    return AESGCMSIV(derive(raw, "journal"))


def journal_name(case_file: CaseFileId, origin: OriginId) -> str:
    """Name of the file; it tells nobody whose it is."""
    both = bytes.fromhex(case_file) + bytes.fromhex(origin)
    return f"poruch-{tagged_hash('journal-name', both).hex()[:_NAME_DIGITS]}.noes"


def record_hash(stored: bytes) -> str:
    """How a record is named by the one after it."""
    return tagged_hash("journal-record", stored).hex()


def split_items(items: Iterable[Plain]) -> list[tuple[Plain, ...]]:
    """Items in the parts that each fit into one record; one empty part where there is none.

    Raises:
        BugError: an item that fits into no record.
    """
    parts: list[list[Plain]] = [[]]
    used = 0
    for item in items:
        size = len(canonical_bytes(item)) + 1
        if size > ROOM_BYTES:
            raise BugError("an item of the journal fits into a record")
        if used + size > ROOM_BYTES:
            parts.append([])
            used = 0
        parts[-1].append(item)
        used += size
    return [tuple(part) for part in parts]


def seal_record(
    keys: JournalKeys,
    writer: PersonKeys,
    origin: OriginId,
    number: int,
    previous: str,
    moment: datetime,
    reach: Reach,
    items: Sequence[Plain],
) -> bytes:
    """One record, of `RECORD_BYTES`.

    Args:
        keys: seal it.
        writer: signs it.
        origin: copy of the case file it speaks for.
        number: from 1, one more with every record.
        previous: `record_hash` of the record before, empty for the first.
        moment: of writing.
        reach: how far it speaks.
        items: see `app.domain.narrowing`.
    """
    body = canonical_bytes(
        {
            "case_file": keys.case_file,
            "device": writer.device,
            "format": FORMAT,
            "hash": reach.entry_hash,
            "items": list(items),
            "moment": stored_moment(moment),
            "number": number,
            "origin": origin,
            "person": writer.person,
            "previous": previous,
            "proof": reach.proof,
            "sequence": reach.sequence,
            "since": reach.since,
        }
    )
    content = writer.sign(SIGNED, body) + body
    padded = (_LENGTH.pack(len(content)) + content).ljust(_INSIDE, b"\0")
    if len(padded) != _INSIDE:
        raise BugError("a record of the journal has one size")
    nonce = secrets.token_bytes(_NONCE)
    return nonce + keys.sealing().encrypt(nonce, padded, _bound(keys.case_file))


def open_record(keys: JournalKeys, stored: bytes) -> JournalRecord | None:
    """What stands in a record; None where no key here opens it. Its signature is checked elsewhere.

    Raises:
        KnownError: RECORD_DAMAGED, it opens and is none of ours; NEWER_VERSION.
    """
    for cipher in keys.ciphers():
        try:
            padded = cipher.decrypt(stored[:_NONCE], stored[_NONCE:], _bound(keys.case_file))
        except InvalidTag:
            continue
        return _parsed(padded, keys.case_file)
    return None


def _parsed(padded: bytes, case_file: CaseFileId) -> JournalRecord:
    (length,) = _LENGTH.unpack(padded[: _LENGTH.size])
    if length > len(padded) - _LENGTH.size:
        raise KnownError(Code.RECORD_DAMAGED)
    content = padded[_LENGTH.size : _LENGTH.size + length]
    signature, body = content[:SIGNATURE_BYTES], content[SIGNATURE_BYTES:]
    plain = from_canonical(body)
    if isinstance(plain, Mapping) and plain.get("format") != FORMAT:
        raise KnownError(Code.NEWER_VERSION)
    told = Reader(plain, _KEYS)
    items = told.plain("items")
    if told.id("case_file") != case_file or not isinstance(items, list):
        raise KnownError(Code.RECORD_DAMAGED)
    return JournalRecord(
        number=told.number("number", 1),
        origin=OriginId(told.id("origin")),
        person=PersonId(told.id("person")),
        moment=moment_from_stored(told.text("moment")),
        reach=Reach(
            told.number("sequence", 1), told.fingerprint("hash"), told.text("proof"), told.number("since")
        ),
        items=tuple(items),
        previous=told.text("previous"),
        body=body,
        signature=signature,
    )


def _bound(case_file: CaseFileId) -> bytes:
    return tagged("journal", b"") + bytes.fromhex(case_file)
