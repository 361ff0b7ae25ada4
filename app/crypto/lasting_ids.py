"""Ids of closed records that are never taken away: only a key holder can tell one, also when it is gone.

The open part of the log says of every closed record only that it is one. When it says that one is gone,
whoever follows the log has to know whether that was a *no*, and there is nothing left to open. So the id says
it: 64 random bits and the first 64 bits of a code over them. Without the desk's key it is 128 random bits.

Source: RFC 2104 (HMAC), RFC 5869 (HKDF).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Final

from app.crypto.hashing import mac, same
from app.crypto.keys import DeskKey
from app.domain.ids import RecordId, is_id

_HALF: Final = 8
_THING: Final = "lasting-id"


def lasting_id(key: DeskKey) -> RecordId:
    """A fresh id of a record of this desk that must never be taken away."""
    return lasting_id_of(key, secrets.token_bytes(_HALF))


def lasting_id_of(key: DeskKey, half: bytes) -> RecordId:
    """The id whose first half these 8 bytes are."""
    return RecordId((half + mac(key.lasting, _THING, half)[:_HALF]).hex())


def is_lasting(keys: Iterable[DeskKey], record: str) -> bool:
    """Whether one of these keys, of whatever epoch, made this id."""
    if not is_id(record):
        return False
    raw = bytes.fromhex(record)
    half, code = raw[:_HALF], raw[_HALF:]
    return any(same(mac(key.lasting, _THING, half)[:_HALF], code) for key in keys)
