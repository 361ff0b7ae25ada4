"""The form of old values in an entry's row: how they are put aside, hashed into the signed body, read again.

The column `old` of an entry is a list of items, each behind its length (4 bytes), in the order of the hashes
in the body:

* open fields, one each: `01 | salt 16 | canonical {"field", "record", "value"}`;
* closed fields of a sealed record, together: `02 | record 16 | desk 16 | version 8 | epoch 4 | blob`;
* nothing: what was erased with its record.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from typing import Final

import attrs

from app.crypto.hashing import SALT_BYTES, new_salt, tagged_hash
from app.domain.canonical import Plain, canonical_bytes
from app.domain.errors import Code, KnownError

ERASED: Final = b""
_LENGTH: Final = struct.Struct(">I")
_SEALED_HEAD: Final = struct.Struct(">16s16sQI")
_OPEN: Final = b"\x01"
_SEALED: Final = b"\x02"


@attrs.frozen
class OpenOld:
    """What an open field held."""

    record: str
    field: str
    value: Plain

    def item(self) -> bytes:
        """The item, with a fresh salt."""
        named = {"field": self.field, "record": self.record, "value": self.value}
        return _OPEN + new_salt() + canonical_bytes(named)


@attrs.frozen
class SealedOld:
    """What closed fields of a sealed record held before a version, still sealed."""

    record: str
    desk: str
    version: int
    epoch: int
    blob: bytes

    def item(self) -> bytes:
        """The item."""
        ids = bytes.fromhex(self.record), bytes.fromhex(self.desk)
        return _SEALED + _SEALED_HEAD.pack(*ids, self.version, self.epoch) + self.blob


def hash_of(item: bytes) -> str:
    """The hash the entry holds of an item; the salt or the nonce in it hides what it is of."""
    return tagged_hash("old-value", item).hex()


def joined(items: Iterable[bytes]) -> bytes | None:
    """Items as an entry keeps them; nothing at all where there are none."""
    return b"".join(_LENGTH.pack(len(item)) + item for item in items) or None


def items_in(stored: bytes) -> list[bytes]:
    """The items of an entry.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    items: list[bytes] = []
    place = 0
    while place < len(stored):
        start = place + _LENGTH.size
        length = _LENGTH.unpack_from(stored, place)[0] if start <= len(stored) else len(stored)
        place = start + length
        if place > len(stored):
            raise KnownError(Code.RECORD_DAMAGED)
        items.append(stored[start:place])
    return items


def read_item(item: bytes) -> OpenOld | SealedOld:
    """What an item holds.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    if item[:1] == _SEALED and len(item) > 1 + _SEALED_HEAD.size:
        record, desk, version, epoch = _SEALED_HEAD.unpack_from(item, 1)
        return SealedOld(record.hex(), desk.hex(), version, epoch, item[1 + _SEALED_HEAD.size :])
    named: Plain = None
    try:
        named = json.loads(item[1 + SALT_BYTES :]) if item[:1] == _OPEN else None
    except (ValueError, RecursionError):
        named = None
    # Raised out here: a decoder's error would hang on to the text it could not read.
    if not isinstance(named, dict):
        raise KnownError(Code.RECORD_DAMAGED)
    return OpenOld(str(named.get("record")), str(named.get("field")), named.get("value"))
