"""Protects: only a key holder can tell which closed records are never taken away, whatever the epoch."""

from __future__ import annotations

from app.crypto.keys import DeskKey
from app.crypto.lasting_ids import is_lasting, lasting_id, lasting_id_of
from app.domain.ids import DeskId, is_id, new_id

OLD = DeskKey(DeskId("1" * 32), 1, b"o" * 32)
NEW = DeskKey(DeskId("1" * 32), 2, b"n" * 32)
OTHER = DeskKey(DeskId("2" * 32), 1, b"x" * 32)


def test_keys_of_every_epoch_recognise_what_they_made() -> None:
    for key in (OLD, NEW):
        made = lasting_id(key)
        assert is_id(made)
        assert is_lasting([OLD, NEW], made)
        assert is_lasting([key], made)


def test_nobody_else_recognises_it_and_nothing_else_is_recognised() -> None:
    made = lasting_id(OLD)
    assert not is_lasting([NEW, OTHER], made)
    assert not is_lasting([], made)
    assert not any(is_lasting([OLD, NEW, OTHER], new_id()) for _ in range(1000))
    assert not is_lasting([OLD], made.upper() if made.upper() != made else "")
    assert not is_lasting([OLD], made[:-1])


def test_every_bit_counts() -> None:
    made = int(lasting_id_of(OLD, b"12345678"), 16)
    assert not any(is_lasting([OLD], f"{made ^ (1 << bit):032x}") for bit in range(128))
