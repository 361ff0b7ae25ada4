"""A letter: a small file encrypted to one person, bound to case file, number and reader, padded.

The same HPKE suite as `wrapping`; what is inside, and who signed it, is for `app.approval`. Nothing of it can
be read or changed without the reader's key, and its length says little.

Source: RFC 9180; FORMAT.md, *Approval slips*.
"""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag

from app.crypto.hashing import tagged
from app.crypto.keys import PersonKeys, PublicKeys
from app.crypto.wrapping import SUITE
from app.domain.canonical import canonical_bytes
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, PersonId, RecordId

MAGIC: Final = b"\x89POSLIP\n"
VERSION: Final = 1
LARGEST_BYTES: Final = 1 << 20
_ID_BYTES: Final = 16
_HEAD_BYTES: Final = len(MAGIC) + 2 + _ID_BYTES
_LENGTH_BYTES: Final = 4
_SMALLEST_INSIDE: Final = 1 << 14
ANY_CASE_FILE: Final = CaseFileId("0" * 32)
"""For readers who have none (trustees): which case file it is about stands inside, signed."""


def write_letter(
    public: PublicKeys, case_file: CaseFileId, slip: str, reader: PersonId, content: bytes
) -> bytes:
    """Encrypt `content` to a person.

    Raises:
        KnownError: INVALID_FIELD, it is too long to send.
    """
    inside = len(content).to_bytes(_LENGTH_BYTES, "big") + content
    size = _SMALLEST_INSIDE
    while size < len(inside):
        size *= 2
    if size >= LARGEST_BYTES:
        raise KnownError(Code.INVALID_FIELD, "slip", field="slip")
    sealed = SUITE.encrypt(inside.ljust(size, b"\0"), public.hpke, info=_info(case_file, slip, reader))
    return MAGIC + VERSION.to_bytes(2, "big") + bytes.fromhex(slip) + sealed


def letter_number(untrusted: bytes) -> RecordId:
    """The number that stands on a letter, readable for everybody.

    Raises:
        KnownError: SLIP_UNREADABLE, NEWER_VERSION.
    """
    if len(untrusted) > LARGEST_BYTES or len(untrusted) <= _HEAD_BYTES or not untrusted.startswith(MAGIC):
        raise KnownError(Code.SLIP_UNREADABLE)
    version = int.from_bytes(untrusted[len(MAGIC) : len(MAGIC) + 2], "big")
    if version != VERSION:
        raise KnownError(Code.NEWER_VERSION if version > VERSION else Code.SLIP_UNREADABLE)
    return RecordId(untrusted[_HEAD_BYTES - _ID_BYTES : _HEAD_BYTES].hex())


def open_letter(keys: PersonKeys, case_file: CaseFileId, untrusted: bytes) -> bytes:
    """What a letter to this person in this case file holds.

    Raises:
        KnownError: SLIP_UNREADABLE, NEWER_VERSION; SLIP_NOT_FOR_ME, it is for somebody else, for another case
            file, or was changed on the way: nobody can tell which.
    """
    slip = letter_number(untrusted)
    try:
        inside = SUITE.decrypt(untrusted[_HEAD_BYTES:], keys.hpke, info=_info(case_file, slip, keys.person))
    except (InvalidTag, ValueError) as error:
        raise KnownError(Code.SLIP_NOT_FOR_ME) from error
    length = int.from_bytes(inside[:_LENGTH_BYTES], "big")
    content, rest = inside[_LENGTH_BYTES : _LENGTH_BYTES + length], inside[_LENGTH_BYTES + length :]
    if len(content) != length or rest.strip(b"\0"):
        raise KnownError(Code.SLIP_UNREADABLE)
    return content


def _info(case_file: CaseFileId, slip: str, reader: PersonId) -> bytes:
    return tagged("letter", canonical_bytes({"case_file": case_file, "reader": reader, "slip": slip}))
