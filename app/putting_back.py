"""Making a case file from a backup, beside whatever there is."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from app import bootstrap
from app.casefile.backup_file import Statement
from app.casefile.place import check_place
from app.casefile.restore import by_passphrase, restoring
from app.casefile.unlock import Unlocked
from app.domain.clock import Clock, SystemClock
from app.domain.progress import Progress, at_once, no_progress
from app.services.journal_places import came_from
from app.services.session import Session


def restoring_backup(
    backup: Path,
    folder: Path,
    passphrase: str,
    *,
    key_file: Path | None = None,
    clock: Clock | None = None,
    progress: Progress = no_progress,
) -> Generator[None, None, None]:
    """Make a case file from a backup, beside whatever there is, in slices.

    Args:
        backup: the file.
        folder: absent or empty; nothing is left behind on failure.
        passphrase: of anybody who could open the case file when the backup was made.
        key_file: theirs on that day, if they used one.
        clock: tests bring their own.
        progress: told the bytes copied; may raise to cancel.

    Raises:
        KnownError: what `app.casefile.restore.restoring` raises, and what unlocking does; PLACE_NETWORK,
            PLACE_SYNCED as for a new case file.
    """
    check_place(folder)

    def finish(unlocked: Unlocked, said: Statement) -> Generator[None, None, None]:
        yield from bootstrap.checked_copy(unlocked, said)
        session = bootstrap.copy_session(unlocked, clock or SystemClock())
        try:
            session.doubts.put_back(said.made_at)
            came_from(session.context, backup.resolve().parent)
        finally:
            session.put_down()

    yield from restoring(backup, folder, by_passphrase(passphrase, key_file), finish, progress)


def restore_backup(
    backup: Path,
    folder: Path,
    passphrase: str,
    *,
    key_file: Path | None = None,
    clock: Clock | None = None,
    progress: Progress = no_progress,
) -> Session:
    """The same at once, and open it; to be read, until it is signed. Raises KnownError as above."""
    at_once(restoring_backup(backup, folder, passphrase, key_file=key_file, clock=clock, progress=progress))
    return bootstrap.open_case_file(folder).unlock(passphrase, clock, key_file=key_file)
