"""Coming in with three shares of a recovery kit: into a case file, or into a copy made from a backup.

In this order, so that nobody gains anything silently and a cut at any step leaves a way in: the shares open
the header and a real record, nothing written; that somebody came in is written into the log; the new
passphrase gets a slot, which is opened from disk; then the old passphrase of this person and the kit end.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from app import bootstrap
from app.casefile.access import renew_access
from app.casefile.backup_file import Statement
from app.casefile.place import check_place
from app.casefile.recovery import case_file_of, unlock_with_kit
from app.casefile.restore import look, restoring
from app.casefile.unlock import Unlocked
from app.crypto.passphrase import check_strength
from app.crypto.shares import KitSecret, Share, join
from app.domain.clock import Clock, SystemClock
from app.domain.progress import Progress, no_progress
from app.services.journal_places import came_from
from app.services.recovery import Opened
from app.services.session import Session


def check_shares(folder: Path, shares: Sequence[Share]) -> None:
    """See whether these shares open the case file there; writes nothing.

    Raises:
        KnownError: as `recover`, as far as the header tells.
    """
    check_place(folder)
    unlock_with_kit(folder, join(shares, case_file_of(folder)))


def recover(
    folder: Path, shares: Sequence[Share], passphrase: str, clock: Clock | None = None
) -> tuple[Session, Opened]:
    """Open a case file with three shares and give their officer a new passphrase.

    Args:
        folder: of the case file; a copy of it will do.
        shares: three, in any order.
        passphrase: the new one.
        clock: tests bring their own.

    Returns:
        The open session, and what the shares opened before anything was written.

    Raises:
        KnownError: what `app.crypto.shares.join` raises, RECOVERY_KIT_ENDED, RECOVERY_PERSON_LEFT,
            PASSPHRASE_TOO_WEAK, PASSPHRASE_IN_USE, and what opening a case file raises.
    """
    check_place(folder)
    secret = join(shares, case_file_of(folder))
    unlocked = unlock_with_kit(folder, secret)
    session = bootstrap.session_without_writing(unlocked, clock or SystemClock())
    try:
        opened = _looked(session, secret, passphrase)
        _renew(session, opened, passphrase)
        return bootstrap.taken_up(session), opened
    except BaseException:
        session.put_down()
        raise


def recovering_backup(
    backup: Path,
    folder: Path,
    shares: Sequence[Share],
    passphrase: str,
    *,
    clock: Clock | None = None,
    progress: Progress = no_progress,
) -> Generator[None, None, None]:
    """Make a case file from a backup with three shares of its day, in slices.

    The new passphrase is set in the copy while it is hidden: either there is a case file that it opens, or
    nothing is left behind. It can be read and nothing else, until somebody signs that it was put back.

    Args:
        backup: the file.
        folder: absent or empty.
        shares, passphrase, clock: as `recover`.
        progress: told the bytes copied; may raise to cancel.

    Raises:
        KnownError: as `recover`, and what `app.casefile.restore.restoring` raises.
    """
    check_place(folder)
    secret = join(shares, look(backup).case_file)

    def finish(unlocked: Unlocked, said: Statement) -> Generator[None, None, None]:
        yield from bootstrap.checked_copy(unlocked, said)
        session = bootstrap.session_without_writing(unlocked, clock or SystemClock())
        try:
            opened = _looked(session, secret, passphrase)
            session.doubts.put_back(said.made_at)
            came_from(session.context, backup.resolve().parent)
            _renew(session, opened, passphrase)
        finally:
            session.put_down()

    def opens(building: Path) -> Unlocked:
        return unlock_with_kit(building, secret, unfinished=True)

    yield from restoring(backup, folder, opens, finish, progress)


def _looked(session: Session, secret: KitSecret, passphrase: str) -> Opened:
    """Everything that can be refused, before anything is written."""
    unlocked = session.context.keys.opened()
    opened = session.recovery.look(unlocked.vouched.kits.get(unlocked.slot.slot.hex(), secret.kit))
    check_strength(passphrase, _known(session, opened))
    return opened


def _renew(session: Session, opened: Opened, passphrase: str) -> None:
    keyring = session.context.keys
    session.recovery.note_use(opened.kit)
    keyring.unlocked = renew_access(keyring.opened(), passphrase, not_from=_known(session, opened))


def _known(session: Session, opened: Opened) -> tuple[str, str]:
    return opened.person, session.case_file_name
