"""The check of very many signatures, as the whole log needs it: libsodium, at half the time of OpenSSL.

It refuses whatever `signing` refuses, and a little more: keys and points of small order. So nothing passes
here that would not pass there. While it works, Python lets other threads (the window) run.

Source: RFC 8032; CONTRIBUTING.md, *Two libraries check a signature*.
"""

from __future__ import annotations

from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from app.crypto.hashing import tagged
from app.crypto.signing import PUBLIC_BYTES, SIGNATURE_BYTES


def signature_holds(public: bytes, thing: str, data: bytes, signature: bytes) -> bool:
    """Whether `signature` is by the holder of `public` over exactly this; damage of any sort is a no."""
    if len(signature) != SIGNATURE_BYTES or len(public) != PUBLIC_BYTES:
        return False
    try:
        crypto_sign_open(signature + tagged(thing, data), public)
    except BadSignatureError:
        return False
    return True
