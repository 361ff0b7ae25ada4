"""Tagged hashes, derived keys and codes: nothing is ever hashed without saying what it is.

Every input is prefixed `poruch/<thing>/1` and a zero byte, so that bytes of one sort never pass for
another. Signatures live in `signing`, encryption in `sealing` and `wrapping`.

Source: security.md, *Decided once*; RFC 5869 (HKDF), RFC 2104 (HMAC), FIPS 180-4 (SHA-256).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import is_id

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_EPOCHS: Final = 2**32


def tagged(thing: str, data: bytes) -> bytes:
    """`data` behind the tag of its sort.

    Args:
        thing: lower-case name of the sort, without a zero byte, `row`.
        data: any bytes.
    """
    return _tag(thing) + data


@cache
def _tag(thing: str) -> bytes:
    if not thing or "\0" in thing or "/" in thing:
        raise BugError("a tag is a plain word")
    return b"poruch/" + thing.encode("ascii") + b"/1\0"


def tagged_hash(thing: str, data: bytes) -> bytes:
    """SHA-256 over tag and data, 32 bytes."""
    return hashlib.sha256(tagged(thing, data)).digest()


def derive(key: bytes, thing: str, context: bytes = b"", length: int = KEY_BYTES) -> bytes:
    """A key for one purpose out of a key: HKDF-SHA256 without salt, `info` = tag and context."""
    return HKDF(SHA256(), length, None, tagged(thing, context)).derive(key)


def mac(key: bytes, thing: str, data: bytes) -> bytes:
    """HMAC-SHA256 over tag and data, 32 bytes."""
    return hmac.new(key, tagged(thing, data), hashlib.sha256).digest()


def same(left: bytes, right: bytes) -> bool:
    """Whether two codes are equal, in constant time."""
    return hmac.compare_digest(left, right)


def new_salt() -> bytes:
    """16 random bytes; stored with a row, so that its hash in the log tells nothing about its values."""
    return secrets.token_bytes(SALT_BYTES)


def row_hash(salt: bytes, canonical_row: bytes) -> bytes:
    """The hash a log entry holds of an open row: SHA-256(tag, salt, canonical row).

    Args:
        salt: the 16 bytes stored with the row.
        canonical_row: canonical bytes of the row.

    Raises:
        BugError: a salt of another length would make the border between salt and row ambiguous.
    """
    if len(salt) != SALT_BYTES:
        raise BugError("a row's salt has 16 bytes")
    return tagged_hash("row", salt + canonical_row)


def sealed_row_hash(desk: str, epoch: int, blob: bytes) -> bytes:
    """The hash a log entry holds of a sealed record: SHA-256(tag, desk, epoch, stored blob).

    It needs no salt: the blob begins with a random nonce. Desk and epoch are in it because a record under
    another desk's name is passed over by those it belongs to, and what was said in it with it.

    Args:
        desk: id of the desk.
        epoch: of its key, 4 bytes.

    Raises:
        KnownError: RECORD_DAMAGED, desk or epoch are none.
    """
    if not is_id(desk) or not 0 <= epoch < _EPOCHS:
        raise KnownError(Code.RECORD_DAMAGED)
    return tagged_hash("sealed-row", bytes.fromhex(desk) + epoch.to_bytes(4, "big") + blob)
