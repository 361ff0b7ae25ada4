"""Signatures: only the signer's, only over these bytes, only for this sort of thing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.crypto.keys import PersonKeys
from app.crypto.signing import signature_holds

ALES, NINA = PersonKeys.generate(), PersonKeys.generate()


@given(st.binary(max_size=200), st.integers(0, 511))
def test_a_signature_holds_for_its_bytes_and_no_bit_of_it_may_change(data: bytes, bit: int) -> None:
    signature = ALES.sign("entry", data)
    public = ALES.public.ed25519
    assert signature_holds(public, "entry", data, signature)
    broken = bytearray(signature)
    broken[bit // 8] ^= 1 << (bit % 8)
    assert not signature_holds(public, "entry", data, bytes(broken))
    assert not signature_holds(public, "entry", data + b"\0", signature)
    assert not signature_holds(public, "grant", data, signature)
    assert not signature_holds(NINA.public.ed25519, "entry", data, signature)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_nonsense_is_a_no_and_not_an_error(public: bytes, signature: bytes) -> None:
    assert not signature_holds(public, "entry", b"data", signature)
