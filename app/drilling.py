"""A drill: the newest backup is put back into a private place, opened, looked at, and taken away again.

It goes the way of a real restore with the passphrase somebody types, up to where the copy would get its name.
The place is a marked folder inside the case file's own; a cut leaves one that nobody can open and the next
start takes away.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from pathlib import Path
from typing import Final

from app import bootstrap
from app.casefile.backup_file import Statement
from app.casefile.restore import by_passphrase, trying
from app.casefile.unlock import Unlocked
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.services.drills import Drilled, Seen
from app.services.session import Session

_OF_THE_BACKUP: Final = frozenset(
    {
        *(Code.BACKUP_DAMAGED, Code.BACKUP_UNREADABLE, Code.BACKUP_OTHER, Code.BACKUP_DIFFERS),
        *(Code.HEADER_DAMAGED, Code.DATA_DAMAGED, Code.LOG_BROKEN, Code.RECORD_DAMAGED, Code.ROW_NOT_IN_LOG),
        *(Code.ROSTER_REPLACED, Code.CASE_FILE_MISSING, Code.CANNOT_READ),
    }
)
"""These say that it could not be put back; anything else that it was not tried."""


def drilling(
    session: Session, passphrase: str, progress: Progress = no_progress, *, key_file: Path | None = None
) -> Generator[None, None, Drilled]:
    """Try the newest backup, in slices; ended early, nothing is left and nothing recorded.

    Args:
        session: of the case file; other work may run on it between slices.
        passphrase: one that opened the case file when the backup was made.
        progress: told how far it is; may raise to cancel.
        key_file: needed beside the passphrase on that day.

    Raises:
        KnownError: NOT_ALLOWED, LOG_DOUBTED, NO_BACKUP, WRONG_PASSPHRASE, BACKUP_NO_SPACE, NO_SPACE,
            CANNOT_WRITE, CANCELLED.
    """
    chosen = session.drills.newest()
    started = time.monotonic()

    def look_at(unlocked: Unlocked, said: Statement) -> Generator[None, None, Seen]:
        yield from bootstrap.checked_copy(unlocked, said)
        copy = bootstrap.copy_session(unlocked, session.context.clock)
        try:
            return (yield from session.drills.looking(copy.context, said, chosen, progress))
        finally:
            copy.put_down()

    seen: Seen | None = None
    fault: KnownError | None = None
    opens = by_passphrase(passphrase, key_file)
    try:
        seen = yield from trying(chosen.path, session.folder, opens, look_at, progress)
    except KnownError as error:
        if error.code not in _OF_THE_BACKUP:
            raise
        fault = error
    return session.drills.record(chosen, time.monotonic() - started, seen, fault)
