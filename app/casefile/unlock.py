"""Opening a case file with a passphrase: which copy is true, who this is, and MAIN.

The database is opened afterwards, by the store, with `Unlocked.main`. Nothing here changes who may open the
case file (`access`); the only writes are the repair of a header copy and the count of wrong passphrases.

Source: security.md, *Keys*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import attrs

from app.casefile import attempts, files
from app.casefile.files import Copy
from app.casefile.header import Header, Vouched, vouched
from app.casefile.roster import Roster
from app.casefile.unfinished import is_unfinished
from app.crypto.hashing import SALT_BYTES
from app.crypto.keys import MainKey, PersonKeys
from app.crypto.passphrase import KdfParameters, derive_k
from app.crypto.slots import OpenedSlot, SlotKey, open_slots
from app.crypto.wrapping import unwrap_main
from app.domain.errors import Code, KnownError
from app.domain.ids import CaseFileId

_BOTH: Final = len(files.COPIES)


@attrs.frozen
class Unlocked:
    """What a right passphrase gives.

    Attributes:
        keys: of the person who typed it.
        main: opens the database.
        header_sequence: of the header that held; whoever remembers a higher one sees an old header put back.
        vouched: who wrote that header (`check_header_signer` compares it with the list of people).
        wrong_attempts: wrong passphrases typed since the last right one.
        slot: opens and rewrites this person's own slot.
        with_key_file: whether a key file was needed beside the passphrase.
        keys_were_older: older keys lay in the folder, and the newest were put back (`newest_keys`).
    """

    folder: Path
    case_file: CaseFileId
    keys: PersonKeys
    main: MainKey
    header_sequence: int
    vouched: Vouched = attrs.field(repr=False)
    wrong_attempts: int
    slot: SlotKey
    with_key_file: bool = False
    keys_were_older: bool = False


@attrs.frozen
class TrueCopy:
    """The newest header copy whose code and signature hold under MAIN."""

    copy: Copy
    vouched: Vouched


def look(folder: Path) -> None:
    """See, before anybody types a passphrase, whether there is a case file to unlock.

    Raises:
        KnownError: CASE_FILE_MISSING, CASE_FILE_UNFINISHED, CASE_FILE_INCOMPLETE, NOT_A_CASE_FILE,
            EMPTY_FILE, HEADER_DAMAGED, NEWER_VERSION, CANNOT_READ.
    """
    if is_unfinished(folder):
        raise KnownError(Code.CASE_FILE_UNFINISHED)
    files.read_copies(folder)


def unlock(
    folder: Path, passphrase: str, *, key_file: bytes | None = None, unfinished: bool = False
) -> Unlocked:
    """Open the header.

    Args:
        folder: of the case file.
        passphrase: as typed.
        key_file: bytes of the key file, for a person who uses one.
        unfinished: whoever makes or tries a copy opens it before it is one.

    Raises:
        KnownError: WRONG_PASSPHRASE (details `attempts`, `wait_s`, `key_file`) and everything `look` raises.
    """
    copies = copies_of(folder, unfinished=unfinished)
    found = find(folder, copies, lambda header: derive_k(passphrase, header.salt, header.kdf, key_file))
    if found is None:
        count = attempts.count_wrong_attempt(folder)
        raise attempts.wrong_passphrase(count, key_file=key_file is not None)
    unlocked = attrs.evolve(found.unlocked(folder), with_key_file=key_file is not None)
    if _belongs(folder, found.main):
        _repair(folder, found.true.copy, copies, found.mains)
    attempts.forget_wrong_attempts(folder)
    return unlocked


def copies_of(folder: Path, *, unfinished: bool) -> list[Copy]:
    """The well-formed header copies. Raises KnownError as `look`, which an unfinished copy may pass."""
    if is_unfinished(folder) and not unfinished:
        raise KnownError(Code.CASE_FILE_UNFINISHED)
    return files.read_copies(folder)


KOf = Callable[[Header], bytes]
"""K for a header: from a passphrase, or from three shares of a recovery kit (`recovery`)."""


@attrs.frozen
class Found:
    """The copy to believe, what K opened in it, and MAIN as each copy tells it."""

    true: TrueCopy
    opened: OpenedSlot
    main: MainKey
    mains: Sequence[MainKey] = attrs.field(repr=False)

    def unlocked(self, folder: Path) -> Unlocked:
        """The same as a session takes it. Raises KnownError CASE_FILE_INCOMPLETE."""
        files.check_database(folder)
        header, vouched_for = self.true.copy.header, self.true.vouched
        wrong = attempts.wrong_attempts(folder)
        return Unlocked(
            *(folder, header.case_file, self.opened.keys, self.main, header.sequence),
            *(vouched_for, wrong, self.opened.key),
        )


def find(folder: Path, copies: list[Copy], k_of: KOf) -> Found | None:
    """What K opens; None where it opens nothing that is true. Writes nothing.

    Raises:
        KnownError: HEADER_DAMAGED.
    """
    derived = _Derived(k_of)
    mains = _mains(copies, derived)
    true, main = _truest(folder, copies, mains)
    opened = derived.open(true.copy) if true is not None else None
    if true is None or main is None or opened is None:
        if true is None and any(derived.open(copy) is not None for copy in copies):
            # It opens a slot, and no copy holds: somebody rewrote them.
            raise KnownError(Code.HEADER_DAMAGED)
        return None
    return Found(true, opened, main, mains)


def true_copy(copies: Iterable[Copy], main: MainKey) -> TrueCopy | None:
    """The newest of these copies (newest first) that holds under MAIN."""
    for copy in copies:
        said = vouched(copy.data, main) if copy.header.main_epoch == main.epoch else None
        if said is not None:
            return TrueCopy(copy, said)
    return None


def main_behind(opened: OpenedSlot, header: Header) -> MainKey:
    """MAIN out of the wrap behind a slot of this header. Raises KnownError RECORD_DAMAGED."""
    return unwrap_main(opened.keys, header.case_file, header.main_epoch, opened.wrap)


def check_header_signer(unlocked: Unlocked, roster: Roster) -> None:
    """Compare who wrote the header with the list of people, once that is known.

    Raises:
        KnownError: ROSTER_REPLACED, HEADER_DAMAGED (written by somebody who is not on the list).
    """
    roster.check()
    if roster.signing_key(unlocked.vouched.signer) != unlocked.vouched.signer_key:
        raise KnownError(Code.HEADER_DAMAGED)


def true_copy_of_any(copies: Sequence[Copy], mains: Sequence[MainKey]) -> TrueCopy | None:
    """The newest copy that holds under one of these."""
    return next((found for main in mains if (found := true_copy(copies, main)) is not None), None)


class _Derived:
    """K, derived once per salt and parameters however many copies and slots there are."""

    def __init__(self, k_of: KOf) -> None:
        self._k_of = k_of
        self._keys: dict[tuple[bytes, KdfParameters], bytes] = {}

    def open(self, copy: Copy) -> OpenedSlot | None:
        """The slot of this copy that K opens."""
        header = copy.header
        which = (header.salt, header.kdf)
        if which not in self._keys:
            self._keys[which] = self._k_of(header)
        try:
            return open_slots(self._keys[which], header.case_file, header.slots)
        except KnownError:
            return None


def _mains(copies: list[Copy], derived: _Derived) -> list[MainKey]:
    """MAIN as each copy that the passphrase opens tells it."""
    found: list[MainKey] = []
    for copy in copies:
        opened = derived.open(copy)
        if opened is None:
            continue
        try:
            found.append(main_behind(opened, copy.header))
        except KnownError:
            continue
    return found


def _truest(folder: Path, copies: list[Copy], mains: list[MainKey]) -> tuple[TrueCopy | None, MainKey | None]:
    """The copy to believe and its MAIN, that of this very database first.

    A header of another case file with the same passphrase holds too, under a MAIN of its own; it must not
    win over the one that belongs to the database lying here.
    """
    for main in sorted(mains, key=lambda one: not _belongs(folder, one)):
        found = true_copy(copies, main)
        if found is not None:
            return found, main
    return None, None


def _belongs(folder: Path, main: MainKey) -> bool:
    """Whether the database begins with this MAIN's salt, as SQLCipher writes it."""
    try:
        with (folder / files.DATABASE).open("rb") as stream:
            return stream.read(SALT_BYTES) == main.salt
    except OSError:
        return False


def _repair(folder: Path, true: Copy, copies: list[Copy], mains: Sequence[MainKey]) -> None:
    """Make both copies the true one; keep a forged or damaged one as `.bad`, never an old true one.

    An old true copy is what a cut between the two writes leaves behind, and may hold a slot that an old
    passphrase opens. It may be under another MAIN, where that was being renewed (`renewal`).
    """
    by_name = {copy.name: copy for copy in copies}
    for name in files.COPIES:
        copy = by_name.get(name)
        if copy is not None and copy.data == true.data:
            continue
        # Another case file's header with the same passphrase is true under a MAIN of its own.
        ours = copy is not None and copy.header.case_file == true.header.case_file
        bad = copy is None or not ours or true_copy_of_any([copy], mains) is None
        try:
            files.repair_copy(folder, name, true.data, keep_bad=bad)
        except KnownError:
            return  # a full or read-only disk: one true copy is enough to work, the next unlock tries again
