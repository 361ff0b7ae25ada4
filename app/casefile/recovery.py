"""The recovery kit in the header: one more slot for the keys of the officer who made it.

Three shares open it. A kit's slot looks like any other; the trailer says under MAIN which slots belong to
kits, and their numbers. K of such a slot comes from the kit's secret in place of a passphrase, so nothing
else differs. What three people get together is therefore what one officer has: their name and keys, no more.

Source: security.md, *Keys*; FORMAT.md, *A recovery kit*.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import attrs

from app.casefile.access import current, drop_slots, free_slot, my_wrap, write_next
from app.casefile.header import Vouched
from app.casefile.unlock import Unlocked, copies_of, find, main_behind
from app.crypto.hashing import derive
from app.crypto.shares import KitSecret
from app.crypto.slots import SlotKey, open_slots, put_slot, seal_slot
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, PersonId


def add_kit_slot(unlocked: Unlocked, secret: KitSecret, number: int) -> Unlocked:
    """Let three shares open one's own keys, beside an older kit, and see from disk that they do.

    Args:
        unlocked: of the officer who makes the kit.
        secret: of the new kit.
        number: of the new kit.

    Raises:
        KnownError: HEADER_FULL, HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    true = current(unlocked)
    key = SlotKey.fresh(k_of_kit(secret, unlocked.case_file))
    sealed = seal_slot(key, unlocked.case_file, unlocked.keys, my_wrap(unlocked))
    slots = put_slot(true.copy.header.slots, free_slot(true), sealed)
    used = {**true.vouched.used, key.slot.hex(): unlocked.keys.person}
    kits = {**true.vouched.kits, key.slot.hex(): number}
    done = write_next(unlocked, true, slots, used, kits)
    if opened_by_kit(done, secret).keys != unlocked.keys:
        raise BugError("a new kit opens the same keys")
    return done


def opened_by_kit(unlocked: Unlocked, secret: KitSecret) -> Unlocked:
    """The header as it is on disk, opened with three shares while the case file is open.

    It looks at the header alone, like `access.opened_again`: a descriptor of the database that is closed lets
    go of the lock of this process.

    Raises:
        KnownError: RECOVERY_KIT_ENDED (`kit`), HEADER_DAMAGED and everything reading raises.
    """
    true = current(unlocked)
    header = true.copy.header
    opened = open_slots(k_of_kit(secret, header.case_file), header.case_file, header.slots)
    if opened is None:
        raise KnownError(Code.RECOVERY_KIT_ENDED, kit=secret.kit)
    if main_behind(opened, header) != unlocked.main:
        raise KnownError(Code.HEADER_DAMAGED)
    return attrs.evolve(
        unlocked,
        keys=opened.keys,
        header_sequence=header.sequence,
        vouched=true.vouched,
        slot=opened.key,
    )


def end_kits(unlocked: Unlocked, *, but: int | None = None) -> Unlocked:
    """Take the slots of kits away; whoever has an older copy of the case file can still open that one.

    Args:
        but: the kit that stays.

    Raises:
        KnownError: HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    return drop_slots(unlocked, _kits_but(but))


def end_kits_of(unlocked: Unlocked, person: PersonId) -> Unlocked:
    """Let no recovery kit open this person's keys any more; their passphrase goes on.

    Raises:
        KnownError: HEADER_DAMAGED, NO_SPACE, CANNOT_WRITE.
    """
    if not any(unlocked.vouched.used.get(slot) == person for slot in unlocked.vouched.kits):
        return unlocked
    return drop_slots(unlocked, lambda true: {slot for slot in true.kits if true.used.get(slot) == person})


def unlock_with_kit(folder: Path, secret: KitSecret, *, unfinished: bool = False) -> Unlocked:
    """Open the header with three shares. Reads only: nothing is repaired and nothing counted.

    Raises:
        KnownError: RECOVERY_KIT_ENDED (`kit`), and everything `unlock.look` raises.
    """
    copies = copies_of(folder, unfinished=unfinished)
    found = find(folder, copies, lambda header: k_of_kit(secret, header.case_file))
    if found is None:
        raise KnownError(Code.RECOVERY_KIT_ENDED, kit=secret.kit)
    return found.unlocked(folder)


def case_file_of(folder: Path, *, unfinished: bool = False) -> CaseFileId:
    """Whose case file lies there, as its newest header says. Raises KnownError as `unlock.look`."""
    return copies_of(folder, unfinished=unfinished)[0].header.case_file


def k_of_kit(secret: KitSecret, case_file: CaseFileId) -> bytes:
    """K of a kit's slot. Chance needs no Argon2."""
    return derive(secret.raw, "recovery", bytes.fromhex(case_file))


def _kits_but(number: int | None) -> Callable[[Vouched], Collection[str]]:
    return lambda true: {slot for slot, one in true.kits.items() if one != number}
