"""Older keys beside newer data: what has ended must not open again, and the newest keys come back.

A passphrase that was changed, or taken off before a journey, still opens every older copy of the header, and
the key of the database is the same in both. Whoever puts such a copy beside the data of today would come in.
The slots that are used are therefore kept inside the database, too, and compared before anything is shown.

Source: security.md, *The case file on disk*; FORMAT.md, *The slots kept inside*.
"""

from __future__ import annotations

from typing import Final, Protocol

import attrs

from app.casefile import attempts, files
from app.casefile.access import current, slot_id
from app.casefile.header import Header, Vouched, build_header, vouched
from app.casefile.unlock import Unlocked
from app.crypto.encoding import Reader, bytes_from_text, bytes_to_text
from app.crypto.slots import SLOT_BYTES, SLOTS, open_slot, shuffled, unused_slot
from app.domain.canonical import Plain, canonical_bytes, from_canonical
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import PersonId

_KEYS: Final = ("kits", "main_epoch", "sequence", "slots", "used")


class Inside(Protocol):
    """The database, opened with MAIN alone."""

    def kept_slots(self) -> str:
        """What was kept inside, empty for nothing."""

    def note_older(self) -> None:
        """Keep, to be told, that older keys lay beside this database. Raises KnownError as a save."""


@attrs.frozen
class _Kept:
    """The used slots of the newest header; the others are random and worth nothing."""

    main_epoch: int
    sequence: int
    slots: tuple[bytes, ...] = attrs.field(repr=False)
    said: Vouched = attrs.field(repr=False)


def slots_to_keep(unlocked: Unlocked) -> str:
    """The used slots of the header as it lies on disk.

    Raises:
        KnownError: HEADER_DAMAGED and everything reading raises.
    """
    true = current(unlocked)
    header, said = true.copy.header, true.vouched
    slots = {slot_id(slot): slot for slot in header.slots}
    plain: dict[str, Plain] = {
        "kits": dict(said.kits),
        "main_epoch": header.main_epoch,
        "sequence": header.sequence,
        "slots": [bytes_to_text(slots[one]) for one in sorted(said.used) if one in slots],
        "used": dict(said.used),
    }
    return canonical_bytes(plain).decode("utf-8")


def brought_up(unlocked: Unlocked, inside: Inside, *, put_back: bool) -> Unlocked:
    """See that the header is as new as what was kept inside; where it is older, what was kept counts.

    Args:
        unlocked: by a header that holds.
        inside: where the newest is kept.
        put_back: write it in the place of the older one; only a copy that is looked at goes without.

    Returns:
        The same person by the keys of now, with `keys_were_older`.

    Raises:
        KnownError: KEYS_OLDER, what was typed opens the older keys and has ended since; NO_SPACE,
            CANNOT_WRITE the newest could not be put back.
    """
    kept = _read(inside.kept_slots(), unlocked)
    if kept is None or kept.main_epoch != unlocked.main.epoch or kept.sequence <= unlocked.header_sequence:
        return unlocked
    if not put_back:
        raise KnownError(Code.KEYS_OLDER)
    failed = _put_back(unlocked, kept, inside)
    try:
        renewed = _mine(unlocked, kept)
    except KnownError:
        attempts.count_ended(unlocked.folder, unlocked.wrong_attempts)
        raise
    if failed is not None:
        raise failed
    return renewed


def _mine(unlocked: Unlocked, kept: _Kept) -> Unlocked:
    """The same person by their slot of now. Raises KnownError KEYS_OLDER, it is no longer there."""
    here = unlocked.slot.slot.hex()
    mine = [slot for slot in kept.slots if slot_id(slot) == here]
    opened = None
    if mine and kept.said.used.get(here) == unlocked.keys.person:
        try:
            opened = open_slot(unlocked.slot, unlocked.case_file, mine[0])
        except KnownError:
            opened = None
    if opened is None:
        raise KnownError(Code.KEYS_OLDER)
    said, sequence = kept.said, kept.sequence + 1
    return attrs.evolve(
        unlocked, keys=opened.keys, header_sequence=sequence, vouched=said, keys_were_older=True
    )


def _put_back(unlocked: Unlocked, kept: _Kept, inside: Inside) -> KnownError | None:
    """Write the keys of now; what has ended is refused all the same where that fails."""
    try:
        inside.note_older()
        older = current(unlocked).copy.header
        unused = (unused_slot() for _nobody in range(SLOTS - len(kept.slots)))
        header = Header(
            *(older.case_file, kept.sequence + 1, older.kdf, older.salt),
            *(tuple(shuffled([*kept.slots, *unused])), kept.main_epoch),
        )
        data = build_header(header, unlocked.main, unlocked.keys, kept.said.used, kept.said.kits)
        if vouched(data, unlocked.main) is None:
            raise BugError("a header that does not hold is not written")
        files.write_header(unlocked.folder, data)
        files.forget_bad_copies(unlocked.folder)
    except KnownError as error:
        return error
    return None


def _read(kept: str, unlocked: Unlocked) -> _Kept | None:
    """What was kept; None where it is not what this program keeps."""
    if not kept:
        return None
    try:
        read = Reader(from_canonical(kept.encode("utf-8")), _KEYS)
        slots = tuple(bytes_from_text(slot) for slot in read.texts("slots"))
        used, kits = read.plain("used"), read.plain("kits")
        found = _Kept(
            main_epoch=read.number("main_epoch", least=1),
            sequence=read.number("sequence", least=1),
            slots=slots,
            said=Vouched(
                unlocked.keys.person,
                unlocked.keys.public.ed25519,
                {slot: PersonId(str(one)) for slot, one in used.items()} if isinstance(used, dict) else {},
                {slot: int(str(one)) for slot, one in kits.items()} if isinstance(kits, dict) else {},
            ),
        )
    except (KnownError, ValueError):
        return None
    ids = {slot_id(slot) for slot in slots if len(slot) == SLOT_BYTES}
    if len(ids) != len(slots) or ids != set(found.said.used) or not found.said.kits.keys() <= ids:
        return None
    return found
