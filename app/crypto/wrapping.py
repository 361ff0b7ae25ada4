"""Wraps: a key encrypted to one person, bound to what it is for.

HPKE in base mode, one suite for this format: KEM ML-KEM-768 + X25519, HKDF-SHA256, AES-256-GCM. The binding
(case file, thing, desk, epoch, recipient) is HPKE's `info`, so a wrap moved to another person, desk, epoch
or case file does not open. Who wrapped it is said by the signature over the grant that carries it.

Source: RFC 9180; draft-ietf-hpke-pq (hybrid KEM); security.md, *Keys*.
"""

from __future__ import annotations

import secrets
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PublicKey, Suite

from app.crypto.hashing import KEY_BYTES, SALT_BYTES, tagged
from app.crypto.keys import DeskKey, MainKey, PersonKeys, PublicKeys
from app.domain.canonical import canonical_bytes
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, DeskId, PersonId

MAIN: Final = "main"
DESK: Final = "desk"
MAIN_WRAP_BYTES: Final = 1120 + KEY_BYTES + SALT_BYTES + 16
"""Encapsulation, MAIN, tag."""

SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@attrs.frozen
class WrapBinding:
    """What a wrap is for.

    Attributes:
        case_file: which.
        thing: `main` or `desk`.
        desk: the desk, empty for MAIN.
        epoch: of the wrapped key.
        recipient: who opens it.
    """

    case_file: CaseFileId
    thing: str
    desk: str
    epoch: int
    recipient: PersonId

    def info(self) -> bytes:
        """The bytes HPKE binds."""
        return tagged("wrap", canonical_bytes(attrs.asdict(self)))


def wrap_key(public: PublicKeys, binding: WrapBinding, raw: bytes) -> bytes:
    """Encrypt `raw` to a person.

    Returns:
        Encapsulation (1120 bytes), ciphertext and tag (16 bytes).
    """
    return SUITE.encrypt(raw, public.hpke, info=binding.info())


def unwrap_key(keys: PersonKeys, binding: WrapBinding, wrapped: bytes) -> bytes:
    """Open a wrap.

    Raises:
        KnownError: RECORD_DAMAGED, damaged, or made for somebody or something else.
    """
    try:
        return SUITE.decrypt(wrapped, keys.hpke, info=binding.info())
    except (InvalidTag, ValueError) as error:
        raise KnownError(Code.RECORD_DAMAGED) from error


def wrap_main(public: PublicKeys, case_file: CaseFileId, recipient: PersonId, main: MainKey) -> bytes:
    """MAIN (raw key, then salt) for a person."""
    return wrap_key(public, _main_binding(case_file, recipient, main.epoch), main.raw + main.salt)


def unwrap_main(keys: PersonKeys, case_file: CaseFileId, epoch: int, wrapped: bytes) -> MainKey:
    """MAIN from the wrap behind a person's slot, or in a grant to them.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    raw = unwrap_key(keys, _main_binding(case_file, keys.person, epoch), wrapped)
    if len(raw) != KEY_BYTES + SALT_BYTES:
        raise KnownError(Code.RECORD_DAMAGED)
    return MainKey(raw[:KEY_BYTES], raw[KEY_BYTES:], epoch)


def wrap_for_nobody() -> bytes:
    """A true wrap that nobody opens, for an unused slot.

    Random bytes would not do: an encapsulation is no random string (the X25519 part is below 2^255, the
    lattice part is rounded unevenly), so that the used slots could be counted.
    """
    nobody = MLKEM768X25519PublicKey(
        MLKEM768PrivateKey.generate().public_key(), X25519PrivateKey.generate().public_key()
    )
    return SUITE.encrypt(secrets.token_bytes(KEY_BYTES + SALT_BYTES), nobody)


def wrap_desk_key(public: PublicKeys, case_file: CaseFileId, recipient: PersonId, desk_key: DeskKey) -> bytes:
    """A desk's key for a person."""
    binding = WrapBinding(case_file, DESK, desk_key.desk, desk_key.epoch, recipient)
    return wrap_key(public, binding, desk_key.raw)


def unwrap_desk_key(
    keys: PersonKeys, case_file: CaseFileId, desk: DeskId, epoch: int, wrapped: bytes
) -> DeskKey:
    """A desk's key from the wrap in a grant.

    Raises:
        KnownError: RECORD_DAMAGED.
    """
    raw = unwrap_key(keys, WrapBinding(case_file, DESK, desk, epoch, keys.person), wrapped)
    if len(raw) != KEY_BYTES:
        raise KnownError(Code.RECORD_DAMAGED)
    return DeskKey(desk, epoch, raw)


def _main_binding(case_file: CaseFileId, recipient: PersonId, epoch: int) -> WrapBinding:
    return WrapBinding(case_file, MAIN, "", epoch, recipient)
