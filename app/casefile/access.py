"""Who can open the case file: slots added, renewed, moved to a new passphrase and taken away.

Every change is one new header, written copy by copy. What a person may do once inside is said by grants
(`grants`, `roster`), which the store keeps.

Source: security.md, *Keys* and the operations that must survive a cut.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence

import attrs

from app.casefile import files
from app.casefile.header import Vouched, build_header, parse_header, vouched
from app.casefile.roster import Roster
from app.casefile.unlock import TrueCopy, Unlocked, main_behind, true_copy
from app.crypto.keys import PersonKeys
from app.crypto.passphrase import check_strength, derive_k
from app.crypto.slots import SlotKey, open_slot, open_slots, put_slot, seal_slot, unused_slot
from app.crypto.wrapping import wrap_main
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import PersonId


def new_person(unlocked: Unlocked, roster: Roster) -> PersonKeys:
    """Fresh keys for somebody who joins: with the trust root and the list of people of today.

    Raises:
        KnownError: ROSTER_REPLACED.
    """
    roster.check()
    keys = PersonKeys.generate()
    return attrs.evolve(
        keys,
        trust_root=unlocked.keys.trust_root,
        roster=roster.fingerprint,
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
    true = current(unlocked)
    header = true.copy.header
    k = derive_k(passphrase, header.salt, header.kdf, key_file)
    if open_slots(k, header.case_file, header.slots) is not None:
        raise KnownError(Code.PASSPHRASE_IN_USE)
    used = dict(true.vouched.used)
    free = free_slot(true)
    key = SlotKey.fresh(k)
    wrap = wrap_main(newcomer.public, header.case_file, newcomer.person, unlocked.main)
    sealed = seal_slot(key, header.case_file, newcomer, wrap)
    used[key.slot.hex()] = newcomer.person
    slots = put_slot(header.slots, free, sealed)
    return write_next(unlocked, true, slots, used)


def accept_roster(unlocked: Unlocked, roster: Roster) -> Unlocked:
    """Remember in one's own slot that this list of people was seen, so that an older one is noticed.

    Raises:
        KnownError: ROSTER_REPLACED, HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    roster.check()
    if roster.fingerprint == unlocked.keys.roster:
        return unlocked
    keys = attrs.evolve(unlocked.keys, roster=roster.fingerprint)
    true = current(unlocked)
    header = true.copy.header
    sealed = seal_slot(unlocked.slot, header.case_file, keys, my_wrap(unlocked))
    slots = put_slot(header.slots, unlocked.slot.slot, sealed)
    return attrs.evolve(write_next(unlocked, true, slots), keys=keys)


def remember_roster(unlocked: Unlocked, roster: Roster) -> Unlocked:
    """The same where it can be written: a case file on a full or write-protected disk opens all the same.

    It is remembered the next time. Raises KnownError as `accept_roster` for everything else.
    """
    try:
        return accept_roster(unlocked, roster)
    except KnownError as error:
        if error.code in (Code.NO_SPACE, Code.CANNOT_WRITE):
            return unlocked
        raise


def opened_again(unlocked: Unlocked, passphrase: str, *, key_file: bytes | None = None) -> Unlocked | None:
    """The header as it is on disk, opened with a passphrase; None where it opens nothing of this person's.

    Unlike `unlock` it looks at no other file: closing a descriptor of the database would let go of the lock
    this process has on it (POSIX), and a second program could open the case file.

    Raises:
        KnownError: HEADER_DAMAGED and everything reading raises.
    """
    true = current(unlocked)
    header = true.copy.header
    opened = open_slots(
        derive_k(passphrase, header.salt, header.kdf, key_file), header.case_file, header.slots
    )
    if opened is None or opened.keys.person != unlocked.keys.person:
        return None
    if main_behind(opened, header) != unlocked.main:
        return None
    return attrs.evolve(
        unlocked,
        header_sequence=header.sequence,
        vouched=true.vouched,
        slot=opened.key,
        with_key_file=key_file is not None,
    )


def change_passphrase(
    unlocked: Unlocked,
    passphrase: str,
    *,
    key_file: bytes | None = None,
    not_from: Sequence[str] = (),
    both_open: Callable[[], None] | None = None,
) -> Unlocked:
    """Move one's own keys to a new passphrase or key file: add a slot, open it from disk, remove the old one.

    After a cut both passphrases open the case file; changing again removes every other slot of this person. A
    recovery kit stays as it is: it is no passphrase.

    Args:
        unlocked: of whoever changes theirs.
        passphrase: the new one.
        key_file: needed beside it from now on, None for none.
        not_from: names the passphrase may not consist of.
        both_open: called when both open it and before the old one ends; where it fails, the new one goes.

    Raises:
        KnownError: as `add_person_slot`, and what `both_open` raises.
    """
    with_both = add_person_slot(unlocked, unlocked.keys, passphrase, key_file=key_file, not_from=not_from)
    renewed = opened_again(with_both, passphrase, key_file=key_file)
    if renewed is None:
        raise BugError("a new passphrase opens the same keys")
    if both_open is not None:
        try:
            both_open()
        except BaseException:
            drop_slots(with_both, lambda true: {renewed.slot.slot.hex()})
            raise
    done = drop_slots(renewed, _others(renewed, kits=False))
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
    return drop_slots(unlocked, lambda true: {slot for slot, one in true.used.items() if one == person})


def renew_access(unlocked: Unlocked, passphrase: str, *, not_from: Sequence[str] = ()) -> Unlocked:
    """Give somebody whom a recovery kit let in a new passphrase: everything else that opened their keys ends.

    Add a slot, open it from disk, then remove every other one of this person, that of the kit too.
    After a cut the kit, the old passphrase and perhaps the new one open the case file, and the same goes on.

    Args:
        unlocked: by three shares.
        passphrase: the new one, as typed.
        not_from: names the passphrase may not consist of.

    Raises:
        KnownError: as `add_person_slot`.
    """
    check_strength(passphrase, not_from)
    if opened_again(unlocked, passphrase) is None:  # an earlier try may have been cut
        add_person_slot(unlocked, unlocked.keys, passphrase, not_from=not_from)
    renewed = opened_again(unlocked, passphrase)
    if renewed is None:
        raise BugError("a new passphrase opens the same keys")
    done = drop_slots(renewed, _others(renewed, kits=True))
    files.forget_bad_copies(unlocked.folder)
    return done


def drop_slots(unlocked: Unlocked, which: Callable[[Vouched], Collection[str]]) -> Unlocked:
    """Let nobody open these slots any more; their place stays."""
    true = current(unlocked)
    used, slots = dict(true.vouched.used), true.copy.header.slots
    for slot in which(true.vouched):
        slots = put_slot(slots, bytes.fromhex(slot), unused_slot())
        del used[slot]
    return write_next(unlocked, true, slots, used)


def _others(unlocked: Unlocked, *, kits: bool) -> Callable[[Vouched], Collection[str]]:
    """Every slot of this person but the one they came in by; with those of kits, or without."""
    mine, here = unlocked.keys.person, unlocked.slot.slot.hex()

    def which(true: Vouched) -> Collection[str]:
        own = {slot for slot, person in true.used.items() if person == mine and slot != here}
        return own if kits else own - true.kits.keys()

    return which


def current(unlocked: Unlocked) -> TrueCopy:
    """The header as it is on disk now; somebody's slot may have changed since unlocking.

    Raises:
        KnownError: HEADER_DAMAGED and everything reading raises.
    """
    true = true_copy(files.read_copies(unlocked.folder), unlocked.main)
    if true is None or true.copy.header.sequence < unlocked.header_sequence:
        raise KnownError(Code.HEADER_DAMAGED)
    return true


def write_next(
    unlocked: Unlocked,
    true: TrueCopy,
    slots: tuple[bytes, ...],
    used: Mapping[str, PersonId] | None = None,
    kits: Mapping[str, int] | None = None,
) -> Unlocked:
    """Write the next header and give back `unlocked` as it stands then.

    Args:
        true: the header it follows.
        used, kits: what changes of `Vouched`; a kit whose slot is no longer used ends.
    """
    header = true.copy.header
    held = true.vouched.used if used is None else used
    known = true.vouched.kits if kits is None else kits
    left = {slot: number for slot, number in known.items() if slot in held}
    following = attrs.evolve(header, sequence=header.sequence + 1, slots=slots)
    data = build_header(following, unlocked.main, unlocked.keys, held, left)
    said = vouched(data, unlocked.main)
    mine = [slot for slot in parse_header(data).slots if slot_id(slot) == unlocked.slot.slot.hex()]
    # Checked before it replaces anything: what is written opens again.
    opened = open_slot(unlocked.slot, header.case_file, mine[0]) if mine else None
    if said is None or opened is None or main_behind(opened, following) != unlocked.main:
        raise BugError("a header that does not open is not written")
    files.write_header(unlocked.folder, data)
    return attrs.evolve(unlocked, header_sequence=following.sequence, vouched=said)


def my_wrap(unlocked: Unlocked) -> bytes:
    """MAIN, wrapped to whoever is unlocked, for a slot of theirs."""
    keys = unlocked.keys
    return wrap_main(keys.public, unlocked.case_file, keys.person, unlocked.main)


def free_slot(true: TrueCopy) -> bytes:
    """The id of a slot nobody uses, by chance. Raises KnownError HEADER_FULL."""
    free = [slot for slot in true.copy.header.slots if slot_id(slot) not in true.vouched.used]
    if not free:
        raise KnownError(Code.HEADER_FULL)
    return bytes.fromhex(slot_id(secrets.choice(free)))


def slot_id(slot: bytes) -> str:
    """The id at the beginning of a slot, in hexadecimal."""
    return slot[:16].hex()
