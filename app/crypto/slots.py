"""Slots: 64 places of one size in the header, each one person's keys with their MAIN, or nobody's.

A slot is `id 16 | nonce 12 | AES-256-GCM-SIV | tag 16`, padded to 4096 bytes, and behind it MAIN, wrapped to
the person whose keys lie in it. The first part has the key HKDF(K, slot id), with the case file as associated
data. The wrap lies outside it, so that an officer can give everybody a new MAIN without their passphrases;
who put it there is said by the header's trailer. Nothing tells a used slot from an unused one, so the header
does not say how many people there are. The order is shuffled whenever slots are written.

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
from app.crypto.wrapping import MAIN_WRAP_BYTES, wrap_for_nobody
from app.domain.canonical import canonical_bytes, from_canonical
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId

SLOTS: Final = 64
SEALED_BYTES: Final = 4096
SLOT_BYTES: Final = SEALED_BYTES + MAIN_WRAP_BYTES
_ID: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_LENGTH: Final = 4
_PADDED: Final = SEALED_BYTES - _ID - _NONCE - _TAG


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
    """A person's keys, the slot they lay in, and the wrap behind it."""

    keys: PersonKeys
    key: SlotKey
    wrap: bytes = attrs.field(repr=False)


def empty_slots() -> list[bytes]:
    """64 unused slots."""
    return [unused_slot() for _ in range(SLOTS)]


def unused_slot() -> bytes:
    """A slot nobody opens."""
    return secrets.token_bytes(SEALED_BYTES) + wrap_for_nobody()


def seal_slot(key: SlotKey, case_file: CaseFileId, keys: PersonKeys, wrap: bytes) -> bytes:
    """A used slot.

    Args:
        key: from `SlotKey.fresh`, or the one it was opened with.
        case_file: whose.
        keys: what lies in it.
        wrap: MAIN, wrapped to this person.

    Raises:
        BugError: the keys do not fit, which no version of this format can do.
    """
    if len(key.raw) != KEY_BYTES or len(key.slot) != _ID or len(wrap) != MAIN_WRAP_BYTES:
        raise BugError("a slot's key belongs to a slot")
    content = canonical_bytes(keys.to_secret_plain())
    if len(content) + _LENGTH > _PADDED:
        raise BugError("a person's keys fit into a slot")
    padded = (len(content).to_bytes(_LENGTH, "big") + content).ljust(_PADDED, b"\0")
    nonce = secrets.token_bytes(_NONCE)
    sealed = AESGCMSIV(key.raw).encrypt(nonce, padded, _bound(case_file, key.slot))
    return key.slot + nonce + sealed + wrap


def rewrapped(slot: bytes, wrap: bytes) -> bytes:
    """The same slot with another MAIN behind it; its own key is not needed."""
    if len(slot) != SLOT_BYTES or len(wrap) != MAIN_WRAP_BYTES:
        raise BugError("a wrap has one size")
    return slot[:SEALED_BYTES] + wrap


def open_slots(k: bytes, case_file: CaseFileId, slots: Sequence[bytes]) -> OpenedSlot | None:
    """Try every slot with K; None when none opens (a wrong passphrase).

    Raises:
        KnownError: RECORD_DAMAGED, a slot opened and holds no keys.
    """
    for slot in slots:
        key = SlotKey(slot[:_ID], _slot_key(k, slot[:_ID]))
        opened = open_slot(key, case_file, slot)
        if opened is not None:
            return opened
    return None


def open_slot(key: SlotKey, case_file: CaseFileId, slot: bytes) -> OpenedSlot | None:
    """Open one slot; None when the key is not its key.

    Raises:
        KnownError: RECORD_DAMAGED, it opened and holds no keys.
    """
    sealed = slot[_ID:SEALED_BYTES]
    try:
        padded = AESGCMSIV(key.raw).decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound(case_file, slot[:_ID]))
    except InvalidTag:
        return None
    length = int.from_bytes(padded[:_LENGTH], "big")
    if length > len(padded) - _LENGTH:
        raise KnownError(Code.RECORD_DAMAGED)
    keys = PersonKeys.from_secret_plain(from_canonical(padded[_LENGTH : _LENGTH + length]))
    return OpenedSlot(keys, key, slot[SEALED_BYTES:])


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
