"""Making a case file: keys, the founder, the header, and a place for the store to make its database.

All or nothing: everything is built in a hidden folder beside the chosen one and moved there in one step. A
case file is never made over anything that exists.

Source: security.md, *The case file on disk* and *Keys*.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import attrs

from app.casefile import files
from app.casefile.files import write_header
from app.casefile.grants import Granter, SignedGrant
from app.casefile.header import Header, build_header
from app.casefile.roster import trust_root
from app.casefile.roster_rules import verify_roster
from app.crypto.hashing import SALT_BYTES
from app.crypto.keys import DeskKey, MainKey, PersonKeys
from app.crypto.passphrase import KdfParameters, check_strength, derive_k
from app.crypto.slots import SlotKey, empty_slots, put_slot, seal_slot
from app.crypto.wrapping import wrap_main
from app.domain.clock import Clock
from app.domain.errors import BugError, Code, KnownError
from app.domain.ids import CaseFileId, DeskId, OriginId, new_id
from app.domain.progress import Progress, no_progress
from app.domain.roles import Role
from app.durable import make_private_folder, sync_folder, writing
from app.i18n import _


@attrs.frozen
class NewCaseFile:
    """Everything the store needs to make its database.

    Attributes:
        title: the case file's name as shown.
        main: key of the database.
        desk, desk_key, desk_name: the first desk.
        founder: keys of the person who makes it, an officer.
        grants: the founder's, in order: place in the list, MAIN, desk.
    """

    case_file: CaseFileId
    origin: OriginId
    title: str
    main: MainKey
    desk: DeskId
    desk_name: str
    desk_key: DeskKey
    founder: PersonKeys
    founder_name: str
    grants: tuple[SignedGrant, ...]


MakeStore = Callable[[Path, NewCaseFile], None]
"""Makes `cases.db` in the folder it is given, closed and durable when it returns."""


def create(
    folder: Path,
    founder_name: str,
    passphrase: str,
    make_store: MakeStore,
    *,
    clock: Clock,
    title: str = "",
    desk_name: str = "",
    kdf: KdfParameters | None = None,
    key_file: bytes | None = None,
    progress: Progress = no_progress,
) -> NewCaseFile:
    """Make a case file with one person and one desk.

    Args:
        folder: where; absent or an empty folder.
        founder_name: as shown in the list of people.
        passphrase: the founder's.
        make_store: see `MakeStore`.
        clock: dates the grants.
        title: name of the case file, by default the folder's.
        desk_name: name of the first desk.
        kdf: how dear a guess is; tests take `KdfParameters.for_tests()`.
        key_file: the founder's, if they use one.
        progress: called between steps; it may cancel.

    Raises:
        KnownError: CASE_FILE_EXISTS, PASSPHRASE_TOO_WEAK, NO_SPACE, CANNOT_WRITE, CANCELLED, and whatever
            `make_store` raises; in every case nothing is left behind.
    """
    if not founder_name.strip():
        raise KnownError(Code.INVALID_FIELD, "name", field="name")
    check_free(folder)
    check_strength(passphrase, (founder_name, title))
    progress(0, 0, _("Making the key from your passphrase"))
    new = _new_case_file(founder_name.strip(), title or folder.name, desk_name, clock)
    header = _first_header(new, passphrase, kdf or KdfParameters(), key_file)
    progress(0, 0, _("Writing the case file"))
    building = _beside(folder)
    make_private_folder(building)
    try:
        write_header(building, header)
        make_store(building, new)
        if not (building / files.DATABASE).is_file() or files.database_is_empty(building):
            raise BugError("the store makes its database where it is told")
        progress(0, 0, _("Writing the case file"))
        move_into_place(building, folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return new


def take_away(folder: Path, *, was_there: bool) -> None:
    """Take away a case file just made and never worked in; its name goes first, in one step.

    Args:
        was_there: an empty folder of that name stood there before, and stands there again.
    """
    going = _beside(folder)
    folder.rename(going)
    shutil.rmtree(going, ignore_errors=True)
    if was_there:
        folder.mkdir()


def _beside(folder: Path) -> Path:
    """A hidden place beside the chosen one."""
    return folder.parent / f".{folder.name}.new-{secrets.token_hex(4)}"


def check_free(folder: Path) -> None:
    """Refuse a place where something lies. Raises KnownError CASE_FILE_EXISTS, CANNOT_READ."""
    try:
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise KnownError(Code.CASE_FILE_EXISTS)
    except OSError as error:
        raise KnownError(Code.CANNOT_READ, errno=error.errno or 0) from None


def _new_case_file(founder_name: str, title: str, desk_name: str, clock: Clock) -> NewCaseFile:
    case_file, origin, main = CaseFileId(new_id()), OriginId(new_id()), MainKey.generate()
    desk_key = DeskKey.generate(DeskId(new_id()))
    keys = PersonKeys.generate()
    keys = attrs.evolve(
        keys,
        trust_root=trust_root(case_file, origin, keys.person, keys.public),
    )
    granter = Granter(keys, case_file, origin, clock.now(), one_person=True)
    grants = (
        granter.person(keys.person, keys.public, founder_name, (Role.OFFICER,)),
        granter.main(keys.person, keys.public, main),
        granter.desk(keys.person, keys.public, desk_key),
    )
    roster = verify_roster(grants, case_file, keys.trust_root)
    roster.check()
    keys = attrs.evolve(keys, roster=roster.fingerprint)
    return NewCaseFile(
        case_file, origin, title, main, desk_key.desk, desk_name, desk_key, keys, founder_name, grants
    )


def _first_header(new: NewCaseFile, passphrase: str, kdf: KdfParameters, key_file: bytes | None) -> bytes:
    salt = secrets.token_bytes(SALT_BYTES)
    key = SlotKey.fresh(derive_k(passphrase, salt, kdf, key_file))
    slots = empty_slots()
    first = slots[0][: len(key.slot)]
    founder = new.founder
    wrap = wrap_main(founder.public, new.case_file, founder.person, new.main)
    filled = put_slot(slots, first, seal_slot(key, new.case_file, founder, wrap))
    header = Header(new.case_file, 1, kdf, salt, filled)
    return build_header(header, new.main, founder, {key.slot.hex(): founder.person})


def move_into_place(building: Path, folder: Path) -> None:
    """Give what was built its name, in one step. Raises KnownError CASE_FILE_EXISTS, CANNOT_WRITE."""
    with writing():
        sync_folder(building)
        check_free(folder)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
        sync_folder(folder.parent)
