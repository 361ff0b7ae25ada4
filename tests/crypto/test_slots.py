"""Slots: used and unused ones look alike, each opens for its own passphrase, and only in its case file."""

from __future__ import annotations

import pytest

from app.crypto import slots
from app.crypto.keys import MainKey, PersonKeys
from app.crypto.wrapping import unwrap_main, wrap_main
from app.domain.errors import BugError
from app.domain.ids import CaseFileId, new_id

CASE_FILE = CaseFileId(new_id())
K, OTHER_K = b"k" * 32, b"o" * 32


def with_person(k: bytes, keys: PersonKeys, main: MainKey | None = None) -> tuple[bytes, ...]:
    empty = slots.empty_slots()
    wrap = wrap_main(keys.public, CASE_FILE, keys.person, main or MainKey.generate())
    sealed = slots.seal_slot(slots.SlotKey.fresh(k), CASE_FILE, keys, wrap)
    return slots.put_slot(empty, empty[5][:16], sealed)


def test_the_right_k_opens_its_slot_wherever_it_lies() -> None:
    keys = PersonKeys.generate()
    opened = slots.open_slots(K, CASE_FILE, with_person(K, keys))
    assert opened is not None
    assert opened.keys == keys
    assert slots.open_slots(OTHER_K, CASE_FILE, with_person(K, keys)) is None


def test_a_slot_belongs_to_its_case_file_and_its_id() -> None:
    filled = with_person(K, PersonKeys.generate())
    assert slots.open_slots(K, CaseFileId(new_id()), filled) is None
    opened = slots.open_slots(K, CASE_FILE, filled)
    assert opened is not None
    renamed = [bytes(16) + slot[16:] if slot[:16] == opened.key.slot else slot for slot in filled]
    assert slots.open_slots(K, CASE_FILE, renamed) is None


def test_nothing_tells_a_used_slot_from_an_unused_one() -> None:
    filled = with_person(K, PersonKeys.generate())
    assert len(filled) == slots.SLOTS
    assert {len(slot) for slot in filled} == {slots.SLOT_BYTES}
    for slot in filled:  # random bytes: every value about 20 times in 5280, and none far off
        assert max(slot.count(value) for value in range(256)) < 58
        # What tells an encapsulation from random bytes: its X25519 half is below 2^255.
        assert slot[slots.SEALED_BYTES + 1088 + 31] < 128


def test_a_new_main_goes_behind_a_slot_without_its_key() -> None:
    keys, old, new = PersonKeys.generate(), MainKey.generate(), MainKey.generate(2)
    filled = with_person(K, keys, old)
    opened = slots.open_slots(K, CASE_FILE, filled)
    assert opened is not None
    assert unwrap_main(opened.keys, CASE_FILE, 1, opened.wrap) == old
    wrap = wrap_main(keys.public, CASE_FILE, keys.person, new)
    again = slots.open_slots(K, CASE_FILE, [slots.rewrapped(slot, wrap) for slot in filled])
    assert again is not None
    assert again.keys == keys
    assert unwrap_main(again.keys, CASE_FILE, 2, again.wrap) == new


def test_the_order_changes_with_every_writing() -> None:
    filled = with_person(K, PersonKeys.generate())
    orders = {tuple(slots.shuffled(filled)) for _ in range(5)}
    assert len(orders) == 5


def test_only_a_slot_that_is_there_is_rewritten() -> None:
    with pytest.raises(BugError):
        slots.put_slot(slots.empty_slots(), bytes(16), bytes(slots.SLOT_BYTES))
    with pytest.raises(BugError):
        slots.put_slot(slots.empty_slots(), None, bytes(slots.SLOT_BYTES))
