"""Bringing a case file under a new MAIN, once somebody was taken out: which one, its header, the exchange.

The grants are written first: from then on the new MAIN is known to everybody who stays, and to nobody else.
What is left are two files that change one after the other, and a cut between any two steps leaves a pair that
opens (`unlock` believes the header that belongs to the database lying there):

    header copy 1 under the new MAIN · the new database takes its name · it is opened · header copy 2

It is done between sessions, never beneath one: no connection has to follow a file that is exchanged.

Source: security.md, *Operations that must survive a cut* (revoke); FORMAT.md, *A new MAIN*.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import attrs

from app.casefile import files
from app.casefile.access import current, slot_id
from app.casefile.grants import GrantKind
from app.casefile.header import build_header, parse_header, vouched
from app.casefile.roster import Roster, main_keys
from app.casefile.unlock import Unlocked, main_behind
from app.crypto.keys import MainKey
from app.crypto.slots import open_slot, rewrapped, shuffled, unused_slot
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import PersonId
from app.domain.roles import Role
from app.durable import sync_folder, write_durably, writing

NEXT: Final = files.DATABASE + ".next"
"""The database under the new MAIN until it takes the name of the old one. Never read."""


def check_main(unlocked: Unlocked, roster: Roster) -> None:
    """See that MAIN is one that an officer granted to this person, and that the header is as new as it says.

    Raises:
        KnownError: HEADER_DAMAGED; RECORD_DAMAGED a grant does not open.
    """
    granted = main_keys(roster, unlocked.keys)
    if granted and unlocked.main not in granted:
        raise KnownError(Code.HEADER_DAMAGED)
    signer = roster.people.get(unlocked.vouched.signer)
    # Until a new MAIN is in use, the header may be the last one of somebody who was taken out.
    if unlocked.main.epoch == roster.main_epoch > 1 and (signer is None or not signer.active):
        raise KnownError(Code.HEADER_DAMAGED)


def due(unlocked: Unlocked, roster: Roster) -> MainKey | None:
    """The MAIN this officer may bring the case file under; None where it is in use already.

    Raises:
        KnownError: RECORD_DAMAGED, the grant of it does not open.
    """
    if Role.OFFICER not in roster.roles_of(unlocked.keys.person):
        return None
    newest = max(main_keys(roster, unlocked.keys), key=lambda main: main.epoch, default=unlocked.main)
    return newest if newest.epoch > unlocked.main.epoch and newest.epoch == roster.main_epoch else None


def clear_left_over(folder: Path) -> None:
    """Take away a database that did not get its name. Raises KnownError CANNOT_WRITE."""
    with writing():
        for name in (NEXT, NEXT + "-journal"):
            (folder / name).unlink(missing_ok=True)


def take_name(folder: Path, header: bytes, let_go: Callable[[], None]) -> None:
    """Put the new header and then the new database (`NEXT`, checked) in the place of the old ones.

    Where the system allows it, the old database stays open and locked meanwhile: nobody gets in between.

    Args:
        folder: of the case file.
        header: from `header_under`.
        let_go: of the old database, where a file that is open cannot be exchanged.

    Raises:
        KnownError: NO_SPACE, CANNOT_WRITE; everything is as it was.
    """
    with writing():
        before = (folder / files.HEADER).read_bytes()
    write_durably(folder / files.HEADER, header)
    try:
        if files.HELD_FILES_STAY:
            let_go()
        with writing():
            (folder / NEXT).replace(folder / files.DATABASE)
    except KnownError:
        with suppress(KnownError):  # the next unlock puts it right as well
            write_durably(folder / files.HEADER, before)
        raise


def settle(folder: Path, header: bytes) -> None:
    """The second copy of the header; where that fails, one is enough, and the next unlock repairs it."""
    with suppress(KnownError):
        with writing():
            sync_folder(folder)
        write_durably(folder / files.HEADER_COPY, header)
        files.forget_bad_copies(folder)


def header_under(unlocked: Unlocked, roster: Roster, renewed: MainKey) -> tuple[bytes, Unlocked]:
    """The next header: the same slots with the new MAIN behind them, and nobody's in the place of all others.

    Every unused slot is made anew: one that stayed the same beside renewed ones would tell how many are used.

    Args:
        unlocked: of an officer, under the old MAIN.
        roster: says to whom the new one was granted.
        renewed: the new MAIN.

    Returns:
        Its bytes, and the same person once it is in place.

    Raises:
        KnownError: HEADER_DAMAGED and everything reading raises.
    """
    true, wraps = current(unlocked), _wraps(roster, renewed)
    header, before = true.copy.header, true.vouched
    used = {slot: person for slot, person in before.used.items() if person in wraps}
    kits = {slot: number for slot, number in before.kits.items() if slot in used}
    slots = [
        rewrapped(slot, wraps[used[slot_id(slot)]]) if slot_id(slot) in used else unused_slot()
        for slot in header.slots
    ]
    following = attrs.evolve(
        header, sequence=header.sequence + 1, slots=tuple(shuffled(slots)), main_epoch=renewed.epoch
    )
    data = build_header(following, renewed, unlocked.keys, used, kits)
    said = vouched(data, renewed)
    mine = [slot for slot in parse_header(data).slots if slot_id(slot) == unlocked.slot.slot.hex()]
    opened = open_slot(unlocked.slot, header.case_file, mine[0]) if mine else None
    if said is None or opened is None or main_behind(opened, following) != renewed:
        raise BugError("a header that does not open is not written")
    return data, attrs.evolve(unlocked, main=renewed, header_sequence=following.sequence, vouched=said)


def _wraps(roster: Roster, renewed: MainKey) -> dict[PersonId, bytes]:
    """The new MAIN for everybody who stays, as it was granted to them."""
    return {
        grant.recipient: grant.wrap
        for grant in roster.grants
        if grant.kind is GrantKind.MAIN
        and grant.epoch == renewed.epoch
        and roster.people[grant.recipient].main == renewed.epoch
        and roster.people[grant.recipient].active
    }
