"""Making a derived copy: a case file with fresh keys, in a hidden folder that gets its name at the end.

Made the way every case file is made, but for two things. Its founder is the office, whose keys are thrown
away when this is done: nobody ever signs as the founder again, so what the copy began with cannot be made
anew, and no desk has a key. Whoever carries it has the only slot and is reports staff there.

The steps: a marked folder (`unfinished`), header, database, opened from the disk with the passphrase, the
mark goes, the folder gets its name. A cut at any of them leaves a folder that nobody opens and the next try
takes away, or the whole copy.

Source: security.md, *Derived copies* and *Operations that must survive a cut*.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from app.casefile import unfinished
from app.casefile.access import current
from app.casefile.create import check_free, move_into_place
from app.casefile.files import write_header
from app.casefile.grants import Granter, SignedGrant
from app.casefile.header import Header, build_header
from app.casefile.roster import trust_root
from app.casefile.roster_rules import verify_roster
from app.casefile.unlock import Unlocked, unlock
from app.crypto.hashing import SALT_BYTES
from app.crypto.keys import MainKey, PersonKeys
from app.crypto.passphrase import KdfParameters, check_strength, derive_k
from app.crypto.slots import SlotKey, empty_slots, put_slot, seal_slot
from app.crypto.wrapping import wrap_main
from app.domain.clock import Clock
from app.domain.ids import CaseFileId, OriginId, new_id
from app.domain.progress import Progress, no_progress
from app.domain.roles import Role
from app.durable import writing
from app.i18n import _

_MARK: Final = ".copying-"


@attrs.frozen
class NewCopy:
    """Keys and ids of a copy that is about to be made; nothing of it comes from the office's own.

    Attributes:
        office: keys of its founder; thrown away with this.
        holder: keys of whoever carries it.
        grants: the office's place, the holder's, and the holder's MAIN.
        clock: dates what is made.
    """

    case_file: CaseFileId
    origin: OriginId
    main: MainKey = attrs.field(repr=False)
    office: PersonKeys = attrs.field(repr=False)
    holder: PersonKeys = attrs.field(repr=False)
    grants: tuple[SignedGrant, ...]
    clock: Clock = attrs.field(repr=False)

    @property
    def root(self) -> str:
        """What its list of people begins with."""
        return self.office.trust_root


MakeStore = Callable[[Path, NewCopy], None]
"""Makes `cases.db` in the folder it is given, closed and durable when it returns."""

Look = Callable[[Unlocked], None]
"""Opens the copy as its holder will and looks at it; closed when it returns."""


def new_copy(office: str, holder: str, clock: Clock) -> NewCopy:
    """Fresh keys for a copy.

    Args:
        office: what its list of people calls whoever made it.
        holder: what it calls whoever carries it.
        clock: dates the grants.
    """
    case_file, origin = CaseFileId(new_id()), OriginId(new_id())
    founder, carrier = PersonKeys.generate(), PersonKeys.generate()
    root = trust_root(case_file, origin, founder.person, founder.public)
    founder = attrs.evolve(founder, trust_root=root)
    main = MainKey.generate()
    first = Granter(founder, case_file, origin, clock.now(), one_person=True)
    later = attrs.evolve(first, one_person=False)
    grants = (
        first.person(founder.person, founder.public, office, (Role.OFFICER,)),
        later.person(carrier.person, carrier.public, holder, (Role.REPORTS,)),
        later.main(carrier.person, carrier.public, main),
    )
    roster = verify_roster(grants, case_file, root)
    roster.check()
    carrier = attrs.evolve(carrier, trust_root=root, roster=roster.fingerprint)
    return NewCopy(case_file, origin, main, founder, carrier, grants, clock)


def kdf_of(unlocked: Unlocked) -> KdfParameters:
    """How dear a guess is at home; a copy is no cheaper. Raises KnownError HEADER_DAMAGED."""
    return current(unlocked).copy.header.kdf


def clear_left_over(folder: Path) -> None:
    """Take away what a cut left of a copy that should have got this name. Raises KnownError CANNOT_WRITE."""
    name = re.compile(re.escape(f".{folder.name}{_MARK}") + "[0-9a-f]{8}")
    with writing():
        for path in folder.parent.iterdir():
            if name.fullmatch(path.name):
                unfinished.clear(path)


def make(
    folder: Path,
    new: NewCopy,
    passphrase: str,
    make_store: MakeStore,
    look: Look,
    *,
    kdf: KdfParameters,
    not_from: tuple[str, ...] = (),
    progress: Progress = no_progress,
) -> None:
    """Make it, open it from the disk, and only then give it its name.

    Args:
        folder: absent, or an empty folder.
        new: from `new_copy`.
        passphrase: its holder's.
        make_store: see `MakeStore`.
        look: see `Look`; what it raises ends it.
        kdf: how dear a guess is.
        not_from: names the passphrase may not consist of.
        progress: called between steps; it may cancel.

    Raises:
        KnownError: CASE_FILE_EXISTS, PASSPHRASE_TOO_WEAK, NO_SPACE, CANNOT_WRITE, CANCELLED, and whatever
            `make_store` and `look` raise; in every case nothing is left behind.
    """
    check_free(folder)
    check_strength(passphrase, not_from)
    clear_left_over(folder)
    building = folder.parent / f".{folder.name}{_MARK}{secrets.token_hex(4)}"
    progress(0, 4, _("Making the key of the copy"))
    header = _header(new, passphrase, kdf)
    try:
        unfinished.begin(building)
        progress(1, 4, _("Writing the copy"))
        write_header(building, header)
        make_store(building, new)
        progress(2, 4, _("Opening the copy with its passphrase"))
        look(unlock(building, passphrase, unfinished=True))
        progress(3, 4, _("Opening the copy with its passphrase"))
        unfinished.finish(building)
        move_into_place(building, folder)
    except BaseException:
        unfinished.clear(building)
        raise


def _header(new: NewCopy, passphrase: str, kdf: KdfParameters) -> bytes:
    """One slot, the holder's; the founder has none."""
    salt = secrets.token_bytes(SALT_BYTES)
    key = SlotKey.fresh(derive_k(passphrase, salt, kdf))
    slots = empty_slots()
    first = slots[0][: len(key.slot)]
    wrap = wrap_main(new.holder.public, new.case_file, new.holder.person, new.main)
    filled = put_slot(slots, first, seal_slot(key, new.case_file, new.holder, wrap))
    header = Header(new.case_file, 1, kdf, salt, filled)
    return build_header(header, new.main, new.holder, {key.slot.hex(): new.holder.person})
