"""Somebody's way in, taken off the header before a journey and put back after it.

What lies in a slot opens with its owner's passphrase alone, so it can be kept inside the database without
anybody coming to it who has not opened that: a passphrase that is forced out of somebody opens nothing here
while they are away. A recovery kit is no passphrase and stays.

Source: security.md, *Keys* (slots).
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from app.casefile import files
from app.casefile.access import current, drop_slots, free_slot, slot_id, write_next
from app.casefile.header import build_header, vouched
from app.casefile.unlock import Unlocked
from app.crypto.keys import PublicKeys
from app.crypto.slots import SEALED_BYTES, SLOT_BYTES, put_slot, unused_slot
from app.crypto.wrapping import wrap_main
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import PersonId


def ways_in(unlocked: Unlocked, person: PersonId) -> tuple[str, ...]:
    """What lies in the slots their passphrase opens, to be kept: without the key of the database behind it.

    Raises:
        KnownError: HEADER_DAMAGED.
    """
    true = current(unlocked)
    theirs = _slots_of(unlocked, person)
    return tuple(slot[:SEALED_BYTES].hex() for slot in true.copy.header.slots if slot_id(slot) in theirs)


def has_way_in(unlocked: Unlocked, person: PersonId) -> bool:
    """Whether a passphrase of theirs opens the header as it is on disk. Raises KnownError HEADER_DAMAGED."""
    return bool(_slots_of(unlocked, person))


def take_off(unlocked: Unlocked, person: PersonId) -> Unlocked:
    """Let their passphrase open nothing here any more.

    One's own too: the session goes on until it is locked, and writes no header any more.

    Raises:
        KnownError: HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    theirs = _slots_of(unlocked, person)
    if person != unlocked.keys.person:
        after = drop_slots(unlocked, lambda _true: theirs)
    else:
        after = _without_me(unlocked, theirs)
    files.forget_bad_copies(unlocked.folder)
    return after


def put_back(unlocked: Unlocked, person: PersonId, public: PublicKeys, kept: Iterable[str]) -> Unlocked:
    """Let their passphrase open it again, with the key of the database of today behind it.

    Raises:
        KnownError: HEADER_FULL, HEADER_DAMAGED, RECORD_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    for one in kept:
        try:
            sealed = bytes.fromhex(one)
        except ValueError as error:
            raise KnownError(Code.RECORD_DAMAGED) from error
        true = current(unlocked)
        header, used = true.copy.header, dict(true.vouched.used)
        slot = sealed + wrap_main(public, header.case_file, person, unlocked.main)
        if len(slot) != SLOT_BYTES or slot_id(slot) in used:
            raise KnownError(Code.RECORD_DAMAGED)
        slots = put_slot(header.slots, free_slot(true), slot)
        used[slot_id(slot)] = person
        unlocked = write_next(unlocked, true, slots, used)
    return unlocked


def _slots_of(unlocked: Unlocked, person: PersonId) -> frozenset[str]:
    said = current(unlocked).vouched
    return frozenset(slot for slot, one in said.used.items() if one == person and slot not in said.kits)


def _without_me(unlocked: Unlocked, mine: frozenset[str]) -> Unlocked:
    true = current(unlocked)
    header, used = true.copy.header, dict(true.vouched.used)
    slots = header.slots
    for slot in mine:
        slots = put_slot(slots, bytes.fromhex(slot), unused_slot())
        del used[slot]
    kits = {slot: number for slot, number in true.vouched.kits.items() if slot in used}
    following = attrs.evolve(header, sequence=header.sequence + 1, slots=slots)
    data = build_header(following, unlocked.main, unlocked.keys, used, kits)
    said = vouched(data, unlocked.main)
    if said is None or not set(said.used) == set(used):
        raise BugError("a header that does not hold is not written")
    files.write_header(unlocked.folder, data)
    return attrs.evolve(unlocked, header_sequence=following.sequence, vouched=said)
