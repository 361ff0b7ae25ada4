"""Signatures: Ed25519 over tagged bytes, and over proof lines as they are. Keys and their storage: `keys`.

Source: RFC 8032; security.md, *Decided once*.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.crypto.hashing import tagged
from app.domain.errors import BugError

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


def sign_text(private: Ed25519PrivateKey, text: str) -> bytes:
    """The signature over a text as it is, without a tag, as the signed-note format wants it.

    Raises:
        BugError: the text holds a zero byte, without which it can never pass for something tagged.
    """
    if "\0" in text:
        raise BugError("a signed text holds no zero byte")
    return private.sign(text.encode("utf-8"))


def text_signature_holds(public: bytes, text: str, signature: bytes) -> bool:
    """Whether `signature` is by the holder of `public` over exactly this text."""
    if len(signature) != SIGNATURE_BYTES or len(public) != PUBLIC_BYTES or "\0" in text:
        return False
    try:
        _public_key(public).verify(signature, text.encode("utf-8"))
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=256)
def _public_key(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)
