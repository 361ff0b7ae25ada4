"""Signatures: Ed25519 over tagged bytes. Keys and their storage live in `keys`.

Source: RFC 8032; security.md, *Decided once*.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.crypto.hashing import tagged

SIGNATURE_BYTES: Final = 64
PUBLIC_BYTES: Final = 32


def sign(private: Ed25519PrivateKey, thing: str, data: bytes) -> bytes:
    """The signature, 64 bytes, over the tag of `thing` and `data`."""
    return private.sign(tagged(thing, data))


def signature_holds(public: bytes, thing: str, data: bytes, signature: bytes) -> bool:
    """Whether `signature` is by the holder of `public` over exactly this; damage of any sort is a no."""
    if len(signature) != SIGNATURE_BYTES or len(public) != PUBLIC_BYTES:
        return False
    try:
        _public_key(public).verify(signature, tagged(thing, data))
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _public_key(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)
