"""Wraps: a key reaches the person it is for, as what it is for, and nobody else."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto import wrapping
from app.crypto.keys import DeskKey, MainKey, PersonKeys, PublicKeys
from app.crypto.wrapping import WrapBinding, unwrap_key, wrap_key
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId, DeskId, PersonId, new_id

ALES, NINA = PersonKeys.generate(), PersonKeys.generate()
BINDING = WrapBinding(CaseFileId(new_id()), wrapping.DESK, new_id(), 1, ALES.person)
WRAP = wrap_key(ALES.public, BINDING, b"k" * 32)


def refused(keys: PersonKeys, binding: WrapBinding, wrap: bytes) -> bool:
    try:
        unwrap_key(keys, binding, wrap)
    except KnownError as error:
        return error.code is Code.RECORD_DAMAGED
    return False


def test_a_wrap_opens_for_its_recipient() -> None:
    assert unwrap_key(ALES, BINDING, WRAP) == b"k" * 32
    assert len(WRAP) == 1120 + 32 + 16


@pytest.mark.parametrize(
    "other",
    [
        attrs.evolve(BINDING, case_file=CaseFileId(new_id())),
        attrs.evolve(BINDING, thing=wrapping.MAIN),
        attrs.evolve(BINDING, desk=new_id()),
        attrs.evolve(BINDING, epoch=2),
        attrs.evolve(BINDING, recipient=PersonId(new_id())),
    ],
    ids=["case file", "thing", "desk", "epoch", "recipient"],
)
def test_a_wrap_moved_elsewhere_does_not_open(other: WrapBinding) -> None:
    assert refused(ALES, other, WRAP)


def test_a_wrap_opens_for_nobody_else() -> None:
    assert refused(NINA, BINDING, WRAP)
    half = attrs.evolve(NINA, mlkem_seed=ALES.mlkem_seed)
    other_half = attrs.evolve(NINA, x25519_seed=ALES.x25519_seed)
    assert refused(half, BINDING, WRAP)
    assert refused(other_half, BINDING, WRAP)


@settings(max_examples=60)
@given(st.integers(0, len(WRAP) * 8 - 1))
def test_no_bit_of_a_wrap_may_change(bit: int) -> None:
    broken = bytearray(WRAP)
    broken[bit // 8] ^= 1 << (bit % 8)
    assert refused(ALES, BINDING, bytes(broken))


@given(st.binary(max_size=1300))
def test_nonsense_is_damage(wrap: bytes) -> None:
    assert refused(ALES, BINDING, wrap)


def test_main_and_desk_keys_come_back() -> None:
    case_file, main, desk = BINDING.case_file, MainKey.generate(), DeskKey.generate(DeskId(new_id()), epoch=4)
    wrap = wrapping.wrap_main(ALES.public, case_file, ALES.person, main)
    assert len(wrap) == wrapping.MAIN_WRAP_BYTES
    assert wrapping.unwrap_main(ALES, case_file, 1, wrap) == main
    assert wrapping.unwrap_main(ALES, case_file, 1, wrap).epoch == 1
    with pytest.raises(KnownError):
        wrapping.unwrap_main(ALES, case_file, 2, wrap)
    wrap = wrapping.wrap_desk_key(ALES.public, case_file, ALES.person, desk)
    assert wrapping.unwrap_desk_key(ALES, case_file, desk.desk, 4, wrap).raw == desk.raw


def test_public_keys_that_are_none_are_damage() -> None:
    odd = PublicKeys(mlkem=b"\xff" * 1184, x25519=bytes(32), ed25519=bytes(32))
    with pytest.raises(KnownError) as caught:
        wrap_key(odd, BINDING, b"k" * 32)
    assert caught.value.code is Code.RECORD_DAMAGED
