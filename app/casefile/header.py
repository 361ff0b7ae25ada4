"""The bytes of a header copy: parsing, judging and building them. Reads and writes no files.

    magic 8 | version 2 | sequence 8 | length 4 | canonical body | trailer 8192 | SHA-256 32

Numbers are big-endian. The body holds what is needed before any key: case file id, key derivation, salt, the
epoch of MAIN and the 64 slots, each with MAIN wrapped to its person. The trailer is encrypted under a key of
MAIN with everything before it as associated data: its tag is the code under MAIN, and inside stand who wrote
this header, their signature and which slots are used.
The checksum at the end shows damage without a key and proves nothing else.

For every version, now and later: the magic, the version in the next two bytes, and the checksum over
everything before it in the last 32. So a newer file is told from a damaged one.

Source: security.md, *Keys*; FORMAT.md.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from app.crypto.encoding import Reader, bytes_from_text, bytes_to_text
from app.crypto.hashing import SALT_BYTES, derive, same, tagged_hash
from app.crypto.keys import FIRST_EPOCH, MainKey, PersonKeys
from app.crypto.passphrase import KdfParameters
from app.crypto.signing import PUBLIC_BYTES, SIGNATURE_BYTES, signature_holds
from app.crypto.slots import SLOT_BYTES, SLOTS
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, PersonId, is_id

MAGIC: Final = b"\x89PORUCH\n"  # the high bit and the line end show transfers that change bytes
VERSION: Final = 1
TRAILER_BYTES: Final = 8192
CHECKSUM_BYTES: Final = 32
LARGEST_BYTES: Final = 4 * 1024 * 1024

_FRAME: Final = struct.Struct(">8sHQI")
_AROUND_BODY: Final = _FRAME.size + TRAILER_BYTES + CHECKSUM_BYTES
_NONCE: Final = 12
_TAG: Final = 16
_LENGTH: Final = 4
_PADDED: Final = TRAILER_BYTES - _NONCE - _TAG
_FEW_BITS: Final = 8
_SLOT_ID: Final = 16
_BODY_KEYS: Final = ("case_file", "format", "kdf", "main_epoch", "salt", "slots")


@attrs.frozen
class Header:
    """What stands in a header and needs no key.

    Attributes:
        case_file: id.
        sequence: counts writes, from 1.
        kdf: how K is derived.
        salt: for K, 16 bytes.
        slots: 64, see `app.crypto.slots`.
        main_epoch: of the MAIN wrapped behind every used slot.
    """

    case_file: CaseFileId
    sequence: int
    kdf: KdfParameters
    salt: bytes
    slots: tuple[bytes, ...] = attrs.field(repr=False)
    main_epoch: int = FIRST_EPOCH


@attrs.frozen
class Vouched:
    """What the trailer says, once MAIN has opened it and the signature holds.

    Attributes:
        signer: who wrote the header.
        signer_key: their Ed25519 public key; that it is theirs is for the list of people to say.
        used: the person of every used slot, by slot id (hexadecimal).
        kits: the number of the recovery kit that opens a slot, by slot id; such a slot is in `used` as well.
    """

    signer: PersonId
    signer_key: bytes
    used: Mapping[str, PersonId]
    kits: Mapping[str, int] = attrs.field(factory=dict)


@lru_cache(maxsize=2)  # both copies are the same bytes as a rule, and opening reads them twice
def parse_header(untrusted: bytes) -> Header:
    """Read one copy. The same bytes say the same, so they are read once; what raises is read every time.

    Raises:
        KnownError: EMPTY_FILE, NOT_A_CASE_FILE, HEADER_DAMAGED, NEWER_VERSION.
    """
    if not untrusted:
        raise KnownError(Code.EMPTY_FILE)
    if not untrusted.startswith(MAGIC):
        raise KnownError(Code.HEADER_DAMAGED if _was_ours(untrusted) else Code.NOT_A_CASE_FILE)
    if len(untrusted) < _FRAME.size + CHECKSUM_BYTES or not _checksum_holds(untrusted):
        raise KnownError(Code.HEADER_DAMAGED)
    _, version, sequence, length = _FRAME.unpack_from(untrusted)
    if version > VERSION:
        raise KnownError(Code.NEWER_VERSION)
    if version != VERSION or sequence < 1 or len(untrusted) != length + _AROUND_BODY:
        raise KnownError(Code.HEADER_DAMAGED)
    try:
        return _read_body(from_canonical(untrusted[_FRAME.size : _FRAME.size + length]), sequence)
    except KnownError as error:
        raise KnownError(Code.HEADER_DAMAGED) from error


def build_header(
    header: Header,
    main: MainKey,
    writer: PersonKeys,
    used: Mapping[str, PersonId],
    kits: Mapping[str, int] | None = None,
) -> bytes:
    """The bytes of a header, signed by `writer` and sealed under MAIN; see `Vouched` for the rest.

    Raises:
        BugError: MAIN of another epoch than the wraps behind the slots.
    """
    if header.main_epoch != main.epoch:
        raise BugError("a header is sealed under the MAIN it wraps")
    body = canonical_bytes(
        {
            "case_file": header.case_file,
            "format": VERSION,
            "kdf": header.kdf.to_plain(),
            "main_epoch": header.main_epoch,
            "salt": bytes_to_text(header.salt),
            "slots": [bytes_to_text(slot) for slot in header.slots],
        }
    )
    front = _FRAME.pack(MAGIC, VERSION, header.sequence, len(body)) + body
    said: dict[str, Plain] = {
        "ed25519": bytes_to_text(writer.public.ed25519),
        "kits": dict(kits or {}),
        "signer": writer.person,
        "used": dict(used),
    }
    signature = writer.sign("header", _signed_bytes(front, said))
    content = canonical_bytes({**said, "signature": bytes_to_text(signature)})
    if len(content) + _LENGTH > _PADDED:
        raise BugError("a header's trailer holds 64 people")
    padded = (len(content).to_bytes(_LENGTH, "big") + content).ljust(_PADDED, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    whole = front + nonce + _trailer_cipher(main).encrypt(nonce, padded, front)
    return whole + tagged_hash("header-checksum", whole)


def vouched(data: bytes, main: MainKey) -> Vouched | None:
    """What the trailer of a well-formed copy says; None where code or signature do not hold.

    Args:
        data: bytes that `parse_header` accepted.
        main: MAIN of this case file.
    """
    front = data[: -TRAILER_BYTES - CHECKSUM_BYTES]
    trailer = data[len(front) : -CHECKSUM_BYTES]
    try:
        padded = _trailer_cipher(main).decrypt(trailer[:_NONCE], trailer[_NONCE:], front)
    except InvalidTag:
        return None
    length = int.from_bytes(padded[:_LENGTH], "big")
    try:
        plain = from_canonical(padded[_LENGTH : _LENGTH + length])
        read = Reader(plain, ("ed25519", "kits", "signature", "signer", "used"))
        key = read.data("ed25519", PUBLIC_BYTES)
        said: dict[str, Plain] = {
            "ed25519": bytes_to_text(key),
            "kits": read.plain("kits"),
            "signer": read.id("signer"),
            "used": read.plain("used"),
        }
        signature = read.data("signature", SIGNATURE_BYTES)
        used = _read_used(read.plain("used"))
        kits = _read_kits(read.plain("kits"), used)
    except KnownError:
        return None
    if not signature_holds(key, "header", _signed_bytes(front, said), signature):
        return None
    return Vouched(PersonId(read.id("signer")), key, used, kits)


def _read_body(plain: Plain, sequence: int) -> Header:
    read = Reader(plain, _BODY_KEYS)
    read.number("format", least=VERSION, most=VERSION)
    slots = tuple(bytes_from_text(slot) for slot in read.texts("slots"))
    ids = {slot[:_SLOT_ID] for slot in slots}
    if len(slots) != SLOTS or len(ids) != SLOTS or any(len(slot) != SLOT_BYTES for slot in slots):
        raise KnownError(Code.HEADER_DAMAGED)
    return Header(
        case_file=CaseFileId(read.id("case_file")),
        sequence=sequence,
        kdf=KdfParameters.from_plain(read.plain("kdf")),
        salt=read.data("salt", SALT_BYTES),
        slots=slots,
        main_epoch=read.number("main_epoch", least=FIRST_EPOCH),
    )


def _read_used(plain: Plain) -> dict[str, PersonId]:
    if not isinstance(plain, Mapping) or len(plain) > SLOTS:
        raise KnownError(Code.HEADER_DAMAGED)
    used: dict[str, PersonId] = {}
    for slot, person in plain.items():
        if not is_id(slot) or not isinstance(person, str) or not is_id(person):
            raise KnownError(Code.HEADER_DAMAGED)
        used[slot] = PersonId(person)
    return used


def _read_kits(plain: Plain, used: Mapping[str, PersonId]) -> dict[str, int]:
    if not isinstance(plain, Mapping):
        raise KnownError(Code.HEADER_DAMAGED)
    kits: dict[str, int] = {}
    for slot, number in plain.items():
        if slot not in used or isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise KnownError(Code.HEADER_DAMAGED)
        kits[slot] = number
    return kits


def _signed_bytes(front: bytes, said: Mapping[str, Plain]) -> bytes:
    # The front states its own length, so where it ends is never in doubt.
    return front + canonical_bytes(said)


def _trailer_cipher(main: MainKey) -> AESGCMSIV:
    return AESGCMSIV(derive(main.raw, "header"))


def _checksum_holds(data: bytes) -> bool:
    return same(tagged_hash("header-checksum", data[:-CHECKSUM_BYTES]), data[-CHECKSUM_BYTES:])


def _was_ours(data: bytes) -> bool:
    """Whether bytes without our magic are a damaged header rather than some other file."""
    start = data[: len(MAGIC)]
    if set(start) <= {0} or set(start) <= {0xFF}:
        return True
    if len(start) == len(MAGIC):
        wrong = sum((one ^ two).bit_count() for one, two in zip(start, MAGIC, strict=True))
        if wrong <= _FEW_BITS or _checksum_holds(MAGIC + data[len(MAGIC) :]):
            return True
    if len(data) < _FRAME.size:
        return False
    version, length = _version_and_length(data)
    return version == VERSION and len(data) == length + _AROUND_BODY


def _version_and_length(data: bytes) -> tuple[int, int]:
    _, version, _, length = _FRAME.unpack_from(data)
    return int(version), int(length)
