"""Who can open the case file: slots added, renewed, moved to a new passphrase and taken away.

Every change is one new header, written copy by copy. What a person may do once inside is said by grants
(`grants`, `roster`), which the store keeps.

Source: security.md, *Keys* and the operations that must survive a cut.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

import attrs

from app.casefile import files
from app.casefile.header import Header, build_header, parse_header, vouched
from app.casefile.roster import Roster
from app.casefile.unlock import TrueCopy, Unlocked, true_copy, unlock
from app.crypto.keys import PersonKeys
from app.crypto.passphrase import check_strength, derive_k
from app.crypto.slots import SLOT_BYTES, SlotKey, open_slot, open_slots, put_slot, seal_slot
from app.crypto.wrapping import wrap_main
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import PersonId


def new_person(unlocked: Unlocked, roster: Roster) -> PersonKeys:
    """Fresh keys for somebody who joins: with MAIN, the trust root and the list of people of today.

    Raises:
        KnownError: ROSTER_REPLACED.
    """
    roster.check()
    keys = PersonKeys.generate()
    return attrs.evolve(
        keys,
        trust_root=unlocked.keys.trust_root,
        roster=roster.fingerprint,
        wrapped_main=wrap_main(keys.public, unlocked.case_file, keys.person, unlocked.main),
        main_epoch=unlocked.main.epoch,
    )


def add_person_slot(
    unlocked: Unlocked,
    newcomer: PersonKeys,
    passphrase: str,
    *,
    key_file: bytes | None = None,
    not_from: Sequence[str] = (),
) -> Unlocked:
    """Let a person open the case file with a passphrase of their own.

    The slot comes before the grants: a slot without grants opens a case file in which this person may do
    nothing, and `remove_person_slots` takes it away again.

    Args:
        unlocked: of the officer.
        newcomer: from `new_person`.
        passphrase: the newcomer's, as typed by them.
        key_file: the newcomer's, if they use one.
        not_from: names the passphrase may not consist of.

    Returns:
        The officer's `Unlocked` with the new header's sequence.

    Raises:
        KnownError: PASSPHRASE_TOO_WEAK, PASSPHRASE_IN_USE, HEADER_FULL, HEADER_DAMAGED, NO_SPACE,
            CANNOT_WRITE.
    """
    check_strength(passphrase, not_from)
    true = _current(unlocked)
    header = true.copy.header
    k = derive_k(passphrase, header.salt, header.kdf, key_file)
    if open_slots(k, header.case_file, header.slots) is not None:
        raise KnownError(Code.PASSPHRASE_IN_USE)
    used = dict(true.vouched.used)
    free = [slot for slot in header.slots if _slot_id(slot) not in used]
    if not free:
        raise KnownError(Code.HEADER_FULL)
    key = SlotKey.fresh(k)
    sealed = seal_slot(key, header.case_file, newcomer)
    used[key.slot.hex()] = newcomer.person
    slots = put_slot(header.slots, secrets.choice(free)[: len(key.slot)], sealed)
    return _write(unlocked, header, slots, used)


def accept_roster(unlocked: Unlocked, roster: Roster) -> Unlocked:
    """Remember in one's own slot that this list of people was seen, so that an older one is noticed.

    Raises:
        KnownError: ROSTER_REPLACED, HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    roster.check()
    if roster.fingerprint == unlocked.keys.roster:
        return unlocked
    keys = attrs.evolve(unlocked.keys, roster=roster.fingerprint)
    true = _current(unlocked)
    header = true.copy.header
    sealed = seal_slot(unlocked.slot, header.case_file, keys)
    slots = put_slot(header.slots, unlocked.slot.slot, sealed)
    return attrs.evolve(_write(unlocked, header, slots, true.vouched.used), keys=keys)


def change_passphrase(
    unlocked: Unlocked, passphrase: str, *, key_file: bytes | None = None, not_from: Sequence[str] = ()
) -> Unlocked:
    """Move one's own keys to a new passphrase: add a slot, unlock with it from disk, remove the old one.

    After a cut both passphrases open the case file; changing again removes every other slot of this person.

    Raises:
        KnownError: as `add_person_slot`.
    """
    add_person_slot(unlocked, unlocked.keys, passphrase, key_file=key_file, not_from=not_from)
    renewed = unlock(unlocked.folder, passphrase, key_file=key_file)
    if renewed.keys != unlocked.keys or renewed.main != unlocked.main:
        raise BugError("a new passphrase opens the same keys")
    done = _drop_slots(renewed, renewed.keys.person, keep=renewed.slot)
    files.forget_bad_copies(unlocked.folder)
    return done


def remove_person_slots(unlocked: Unlocked, person: PersonId) -> Unlocked:
    """Take a person's slots out of the header. Whoever has an older copy of it can still open that one.

    Raises:
        KnownError: HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
        BugError: one's own slot.
    """
    if person == unlocked.keys.person:
        raise BugError("nobody locks themself out")
    return _drop_slots(unlocked, person, keep=None)


def _drop_slots(unlocked: Unlocked, person: PersonId, keep: SlotKey | None) -> Unlocked:
    true = _current(unlocked)
    header, used = true.copy.header, dict(true.vouched.used)
    kept = keep.slot.hex() if keep is not None else ""
    slots = header.slots
    for slot, owner in true.vouched.used.items():
        if owner == person and slot != kept:
            slots = put_slot(slots, bytes.fromhex(slot), secrets.token_bytes(SLOT_BYTES))
            del used[slot]
    return _write(unlocked, header, slots, used)


def _current(unlocked: Unlocked) -> TrueCopy:
    """The header as it is on disk now; somebody's slot may have changed since unlocking.

    Raises:
        KnownError: HEADER_DAMAGED and everything reading raises.
    """
    true = true_copy(files.read_copies(unlocked.folder), unlocked.main)
    if true is None or true.copy.header.sequence < unlocked.header_sequence:
        raise KnownError(Code.HEADER_DAMAGED)
    return true


def _write(
    unlocked: Unlocked, header: Header, slots: tuple[bytes, ...], used: Mapping[str, PersonId]
) -> Unlocked:
    """Write the next header and give back `unlocked` as it stands then."""
    following = attrs.evolve(header, sequence=header.sequence + 1, slots=slots)
    data = build_header(following, unlocked.main, unlocked.keys, used)
    said = vouched(data, unlocked.main)
    mine = [slot for slot in parse_header(data).slots if _slot_id(slot) == unlocked.slot.slot.hex()]
    # Checked before it replaces anything: what is written opens again.
    if said is None or not mine or open_slot(unlocked.slot, header.case_file, mine[0]) is None:
        raise BugError("a header that does not open is not written")
    files.write_header(unlocked.folder, data)
    return attrs.evolve(unlocked, header_sequence=following.sequence, vouched=said)


def _slot_id(slot: bytes) -> str:
    return slot[:16].hex()
