"""Slots: 64 places of one size in the header, each one person's keys or random bytes.

A slot is `id 16 | nonce 12 | AES-256-GCM-SIV | tag 16`, padded to 4096 bytes; its key is HKDF(K, slot id);
the case file is bound as associated data. Nothing tells a used slot from an unused one, so the header does
not say how many people there are. The order is shuffled whenever slots are written.

Source: security.md, *Keys*.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

import attrs
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from app.crypto.hashing import KEY_BYTES, derive, tagged
from app.crypto.keys import PersonKeys
from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId

SLOTS: Final = 64
SLOT_BYTES: Final = 4096
_ID: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_LENGTH: Final = 4
_PADDED: Final = SLOT_BYTES - _ID - _NONCE - _TAG


@attrs.frozen
class SlotKey:
    """What opens and rewrites one slot; kept while unlocked instead of K, which opens any future slot.

    Attributes:
        slot: its id, 16 bytes.
        raw: its key.
    """

    slot: bytes = attrs.field(repr=False)
    raw: bytes = attrs.field(repr=False)

    @classmethod
    def fresh(cls, k: bytes) -> SlotKey:
        """The key of a new slot under K."""
        slot = secrets.token_bytes(_ID)
        return cls(slot, _slot_key(k, slot))


@attrs.frozen
class OpenedSlot:
    """A person's keys and the slot they lay in."""

    keys: PersonKeys
    key: SlotKey


def empty_slots() -> list[bytes]:
    """64 unused slots."""
    return [secrets.token_bytes(SLOT_BYTES) for _ in range(SLOTS)]


def seal_slot(key: SlotKey, case_file: CaseFileId, keys: PersonKeys) -> bytes:
    """A used slot.

    Raises:
        BugError: the keys do not fit, which no version of this format can do.
    """
    if len(key.raw) != KEY_BYTES or len(key.slot) != _ID:
        raise BugError("a slot's key belongs to a slot")
    content = canonical_bytes(keys.to_secret_plain())
    if len(content) + _LENGTH > _PADDED:
        raise BugError("a person's keys fit into a slot")
    padded = (len(content).to_bytes(_LENGTH, "big") + content).ljust(_PADDED, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    return key.slot + nonce + AESGCMSIV(key.raw).encrypt(nonce, padded, _bound(case_file, key.slot))


def open_slots(k: bytes, case_file: CaseFileId, slots: Sequence[bytes]) -> OpenedSlot | None:
    """Try every slot with K; None when none opens (a wrong passphrase).

    Raises:
        KnownError: RECORD_DAMAGED, a slot opened and holds no keys.
    """
    for slot in slots:
        key = SlotKey(slot[:_ID], _slot_key(k, slot[:_ID]))
        keys = open_slot(key, case_file, slot)
        if keys is not None:
            return OpenedSlot(keys, key)
    return None


def open_slot(key: SlotKey, case_file: CaseFileId, slot: bytes) -> PersonKeys | None:
    """Open one slot; None when the key is not its key.

    Raises:
        KnownError: RECORD_DAMAGED, it opened and holds no keys.
    """
    sealed = slot[_ID:]
    try:
        padded = AESGCMSIV(key.raw).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(case_file, slot[:_ID]))
    except InvalidTag:
        return None
    length = int.from_bytes(padded[:_LENGTH], "big")
    if length > len(padded) - _LENGTH:
        raise KnownError(Code.RECORD_DAMAGED)
    return PersonKeys.from_secret_plain(from_canonical(padded[_LENGTH : _LENGTH + length]))


def put_slot(slots: Sequence[bytes], old: bytes | None, new: bytes) -> tuple[bytes, ...]:
    """Slots with `new` in place of the slot whose id is `old`, in a new random order.

    Raises:
        BugError: there is no such slot.
    """
    kept = [slot for slot in slots if slot[:_ID] != old]
    if len(kept) != len(slots) - 1:
        raise BugError("a slot is rewritten in its place")
    kept.append(new)
    return tuple(shuffled(kept))


def shuffled(slots: Sequence[bytes]) -> list[bytes]:
    """The same slots in an order chosen by the system's randomness."""
    order = list(slots)
    secrets.SystemRandom().shuffle(order)
    return order


def _slot_key(k: bytes, slot: bytes) -> bytes:
    return derive(k, "slot", slot)


def _bound(case_file: CaseFileId, slot: bytes) -> bytes:
    return tagged("slot", bytes.fromhex(case_file) + slot)
