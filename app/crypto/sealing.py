"""Sealed records: what only a desk's key opens, and the drafts only one person opens.

A blob is `01 | nonce 12 | AES-256-GCM-SIV(padded payload) | tag 16`. The padded payload is
`sort 1 | length 4 | content | zeros` and fills the blob to one of few sizes, so that a size tells almost
nothing. Associated data is `tag | case file 16 | desk 16 | record 16 | version 8 | epoch 4`, all of fixed
length and therefore unambiguous: a blob opens only in the place it was sealed for.

A register record (sort 1) holds its canonical payload. An identity (sort 2) holds a second blob,
`nonce 12 | ciphertext | tag 16`, under another key of the desk: opening the register at unlock sees that it
is an identity and nothing more. Which record lies where, and when one may be opened, is not decided here.

Source: security.md, *The case file on disk*; RFC 8452 (AES-GCM-SIV: a repeated nonce reveals only equality).
"""

from __future__ import annotations

import json
import secrets
import struct
from collections.abc import Mapping
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from app.crypto.hashing import tagged
from app.crypto.keys import DeskKey, PersonKeys
from app.domain.canonical import Plain, canonical_bytes
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, DeskId, RecordId

# A SQLCipher page of 4096 bytes leaves 4016 to SQLite (80 go to its nonce and code). Sealed records lie in a
# WITHOUT ROWID table: a row of up to 981 bytes stays whole; of a longer one 479 stay and the rest goes to
# overflow pages of 4012 each; id, desk and epoch take 71. So four SHORT rows fill a page, and LONG ones fill
# their overflow pages and, eight together, one more. Only these steps, so that sizes tell little.
SHORT_BYTES: Final = 896
LONG_BYTES: Final = 4420
OVERFLOW_BYTES: Final = 4012
LARGEST_BYTES: Final = LONG_BYTES + 2000 * OVERFLOW_BYTES  # 8 MB

_BLOB_FORMAT: Final = b"\x01"
_NONCE: Final = 12
_TAG: Final = 16
_FRAME: Final = 1 + _NONCE + _TAG
_HEAD: Final = struct.Struct(">BI")
_REGISTER_SORT: Final = 1
_IDENTITY_SORT: Final = 2
_COUNTERS: Final = struct.Struct(">QI")
_REGISTER_TAG: Final = tagged("register", b"")
_IDENTITY_TAG: Final = tagged("identity", b"")
_OLD_REGISTER_TAG: Final = tagged("old-register", b"")
_OLD_IDENTITY_TAG: Final = tagged("old-identity", b"")
_DRAFT_TAG: Final = tagged("draft", b"")


@attrs.frozen
class SealedRef:
    """Where a sealed record belongs; all of it is bound into the blob.

    Attributes:
        case_file, desk, record: ids.
        version: of the record, from 1.
        epoch: of the desk's key.
    """

    case_file: CaseFileId
    desk: DeskId
    record: RecordId
    version: int
    epoch: int


def seal_register(desk_key: DeskKey, ref: SealedRef, payload: Mapping[str, Plain]) -> bytes:
    """Seal a record that unlocking opens.

    Args:
        desk_key: the key of `ref.desk` in `ref.epoch`.
        ref: where it belongs.
        payload: plain values with their `kind`.

    Returns:
        The blob, of one of the fixed sizes.
    """
    _check_key(desk_key, ref)
    return _seal(desk_key.register, _REGISTER_SORT, _content(payload), _bound(_REGISTER_TAG, ref))


def seal_identity(desk_key: DeskKey, ref: SealedRef, payload: Mapping[str, Plain]) -> bytes:
    """Seal a record that only *show* and a search open; see `seal_register`."""
    return _seal_identity(desk_key, ref, payload, _REGISTER_TAG, _IDENTITY_TAG)


def seal_old(desk_key: DeskKey, ref: SealedRef, payload: Mapping[str, Plain], *, identity: bool) -> bytes:
    """Seal what a record held before the version `ref` names, as the record itself is sealed."""
    if identity:
        return _seal_identity(desk_key, ref, payload, _OLD_REGISTER_TAG, _OLD_IDENTITY_TAG)
    _check_key(desk_key, ref)
    return _seal(desk_key.register, _REGISTER_SORT, _content(payload), _bound(_OLD_REGISTER_TAG, ref))


def _seal_identity(
    desk_key: DeskKey, ref: SealedRef, payload: Mapping[str, Plain], outer: bytes, inner: bytes
) -> bytes:
    _check_key(desk_key, ref)
    nonce = secrets.token_bytes(_NONCE)
    closed = nonce + desk_key.identity.encrypt(nonce, _content(payload), _bound(inner, ref))
    return _seal(desk_key.register, _IDENTITY_SORT, closed, _bound(outer, ref))


def open_register(desk_key: DeskKey, ref: SealedRef, blob: bytes) -> dict[str, Plain] | None:
    """Open a register record.

    Returns:
        The payload, or None when this record is an identity, which stays closed.

    Raises:
        KnownError: RECORD_DAMAGED, with the record's id.
    """
    return _open_register(desk_key, ref, blob, _REGISTER_TAG)


def open_old(desk_key: DeskKey, ref: SealedRef, blob: bytes) -> dict[str, Plain] | None:
    """Open what a register record held before; None for an identity's, which stays closed.

    Raises:
        KnownError: RECORD_DAMAGED, with the record's id.
    """
    return _open_register(desk_key, ref, blob, _OLD_REGISTER_TAG)


def _open_register(desk_key: DeskKey, ref: SealedRef, blob: bytes, tag: bytes) -> dict[str, Plain] | None:
    sort, content = _open(desk_key.register, blob, _bound(tag, ref), ref.record)
    return None if sort == _IDENTITY_SORT else _payload(content, ref.record)


def open_identity(desk_key: DeskKey, ref: SealedRef, blob: bytes) -> dict[str, Plain]:
    """Open an identity. The caller has recorded it before (security.md, *show*).

    Raises:
        KnownError: RECORD_DAMAGED, with the record's id; also when the record is no identity.
    """
    sort, inner = _open(desk_key.register, blob, _bound(_REGISTER_TAG, ref), ref.record)
    if sort != _IDENTITY_SORT or len(inner) < _NONCE + _TAG:
        raise KnownError(Code.RECORD_DAMAGED, ref.record)
    try:
        content = desk_key.identity.decrypt(inner[:_NONCE], inner[_NONCE:], _bound(_IDENTITY_TAG, ref))
    except InvalidTag as error:
        raise KnownError(Code.RECORD_DAMAGED, ref.record) from error
    return _payload(content, ref.record)


def seal_draft(
    keys: PersonKeys, case_file: CaseFileId, draft: RecordId, payload: Mapping[str, Plain]
) -> bytes:
    """Seal what a person typed and has not saved, so that only this person opens it again."""
    bound = _draft_bound(keys, case_file, draft)
    return _seal(keys.draft_cipher, _REGISTER_SORT, _content(payload), bound)


def open_draft(keys: PersonKeys, case_file: CaseFileId, draft: RecordId, blob: bytes) -> dict[str, Plain]:
    """Open one's own draft.

    Raises:
        KnownError: RECORD_DAMAGED, with the draft's id; also for somebody else's draft.
    """
    sort, content = _open(keys.draft_cipher, blob, _draft_bound(keys, case_file, draft), draft)
    if sort != _REGISTER_SORT:
        raise KnownError(Code.RECORD_DAMAGED, draft)
    return _payload(content, draft)


def sealed_size(content_bytes: int) -> int:
    """The size of the blob that holds so many bytes of content.

    Raises:
        KnownError: INVALID_FIELD, larger than any record may be.
    """
    needed = content_bytes + _HEAD.size + _FRAME
    if needed <= SHORT_BYTES:
        return SHORT_BYTES
    if needed <= LONG_BYTES:
        return LONG_BYTES
    if needed > LARGEST_BYTES:
        raise KnownError(Code.INVALID_FIELD, size=content_bytes)
    return LONG_BYTES + -(-(needed - LONG_BYTES) // OVERFLOW_BYTES) * OVERFLOW_BYTES


def _check_key(desk_key: DeskKey, ref: SealedRef) -> None:
    if (desk_key.desk, desk_key.epoch) != (ref.desk, ref.epoch):
        raise BugError("a record is sealed with the key of its own desk and epoch")
    if ref.version < 1:
        raise BugError("versions count from 1")


def _bound(tag: bytes, ref: SealedRef) -> bytes:
    return b"".join(
        (
            tag,
            bytes.fromhex(ref.case_file),
            bytes.fromhex(ref.desk),
            bytes.fromhex(ref.record),
            _COUNTERS.pack(ref.version, ref.epoch),
        )
    )


def _draft_bound(keys: PersonKeys, case_file: CaseFileId, draft: RecordId) -> bytes:
    ids = (case_file, keys.person, draft)
    return _DRAFT_TAG + b"".join(bytes.fromhex(one) for one in ids)


def _content(payload: Mapping[str, Plain]) -> bytes:
    kind = payload.get("kind")
    if not isinstance(kind, str) or not kind:
        raise BugError("a sealed payload says its kind")
    return canonical_bytes(payload)


def _seal(cipher: AESGCMSIV, sort: int, content: bytes, bound: bytes) -> bytes:
    size = sealed_size(len(content))
    padded = (_HEAD.pack(sort, len(content)) + content).ljust(size - _FRAME, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    return _BLOB_FORMAT + nonce + cipher.encrypt(nonce, padded, bound)


def _open(cipher: AESGCMSIV, blob: bytes, bound: bytes, record: str) -> tuple[int, bytes]:
    if len(blob) < SHORT_BYTES or blob[:1] != _BLOB_FORMAT:
        raise KnownError(Code.RECORD_DAMAGED, record)
    try:
        padded = cipher.decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], bound)
    except InvalidTag as error:
        raise KnownError(Code.RECORD_DAMAGED, record) from error
    sort, length = _HEAD.unpack_from(padded)
    end = _HEAD.size + length
    # The key already vouches for these bytes; the checks keep a faulty writer from being believed.
    rest = padded[end:]
    known = sort in (_REGISTER_SORT, _IDENTITY_SORT)
    if not known or len(blob) != sealed_size(length) or rest != bytes(len(rest)):
        raise KnownError(Code.RECORD_DAMAGED, record)
    return sort, padded[_HEAD.size : end]


def _payload(content: bytes, record: str) -> dict[str, Plain]:
    # Without the strict re-check of `from_canonical`: it would double the time to open 120,000 records,
    # and what the key vouches for was written by `canonical_bytes`.
    value: Plain = None
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    # Raised out here: a decoder's error would hang on to the text it could not read.
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        raise KnownError(Code.RECORD_DAMAGED, record)
    return value
