"""Protects: the quick check of signatures lets nothing pass that the other library would refuse."""

from __future__ import annotations

import random
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import bulk_signing, signing

_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_SMALL: Final = (
    bytes(32),
    b"\x01" + bytes(31),
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    b"\xec" + b"\xff" * 30 + b"\x7f",
)
"""Public keys of small order: somebody could make signatures for these without any secret."""


def made(seed: int, data: bytes) -> tuple[bytes, bytes]:
    private = Ed25519PrivateKey.from_private_bytes(random.Random(seed).randbytes(32))
    return private.public_key().public_bytes_raw(), signing.sign(private, "entry", data)


@given(st.integers(0, 50), st.binary(max_size=300))
def test_what_one_signs_the_other_accepts(seed: int, data: bytes) -> None:
    public, signature = made(seed, data)
    assert bulk_signing.signature_holds(public, "entry", data, signature)
    assert not bulk_signing.signature_holds(public, "row", data, signature)
    assert not bulk_signing.signature_holds(public, "entry", data + b"\0", signature)


@given(st.integers(0, 3), st.integers(0, 63), st.integers(1, 255))
def test_one_other_byte_is_seen_by_both(seed: int, place: int, other: int) -> None:
    data = b"what was done"
    public, signature = made(seed, data)
    changed = signature[:place] + bytes([signature[place] ^ other]) + signature[place + 1 :]
    assert not signing.signature_holds(public, "entry", data, changed)
    assert not bulk_signing.signature_holds(public, "entry", data, changed)
    key = public[: place % 32] + bytes([public[place % 32] ^ other]) + public[place % 32 + 1 :]
    assert not bulk_signing.signature_holds(key, "entry", data, signature)


@given(st.binary(max_size=70), st.binary(max_size=40))
def test_anything_else_is_a_no(signature: bytes, public: bytes) -> None:
    assert not bulk_signing.signature_holds(public, "entry", b"x", signature)


def test_the_second_spelling_of_a_signature_is_none() -> None:
    public, signature = made(1, b"x")
    scalar = int.from_bytes(signature[32:], "little") + _ORDER
    assert not bulk_signing.signature_holds(
        public, "entry", b"x", signature[:32] + scalar.to_bytes(32, "little")
    )


@pytest.mark.parametrize("public", _SMALL)
def test_a_key_anybody_could_sign_for_is_none(public: bytes) -> None:
    for point in _SMALL:
        assert not bulk_signing.signature_holds(public, "entry", b"x", point + bytes(32))
