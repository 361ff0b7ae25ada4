"""Hashes and derived keys: no two sorts of thing ever share one."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto import hashing
from app.domain.errors import BugError


def test_a_tagged_hash_is_plain_sha256_over_the_tag_and_the_data() -> None:
    assert hashing.tagged_hash("row", b"abc") == hashlib.sha256(b"poruch/row/1\0abc").digest()


@pytest.mark.parametrize("thing", ["", "a/b", "a\0b"])
def test_a_tag_that_could_be_read_two_ways_is_refused(thing: str) -> None:
    with pytest.raises(BugError):
        hashing.tagged(thing, b"")


@given(st.binary(), st.binary())
def test_different_sorts_never_share_a_hash(one: bytes, two: bytes) -> None:
    assert hashing.tagged_hash("row", one) != hashing.tagged_hash("entry", two)


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=64))
def test_keys_for_different_purposes_differ(key: bytes, context: bytes) -> None:
    made = {
        hashing.derive(key, "register", context),
        hashing.derive(key, "identity", context),
        hashing.derive(key, "register", context + b"\0"),
        hashing.mac(key, "register", context),
        key,
    }
    assert len(made) == 5


def test_the_border_between_salt_and_row_cannot_move() -> None:
    salt = bytes(16)
    assert hashing.row_hash(salt, b"x") != hashing.sealed_row_hash("0" * 32, 1, salt + b"x")
    with pytest.raises(BugError):
        hashing.row_hash(bytes(15), b"\0x")


def test_salts_are_fresh() -> None:
    assert len({hashing.new_salt() for _ in range(100)}) == 100
