"""Opening a derived copy that came home: with its own passphrase, verified whole, read, and put down again.

Nothing is written into the copy.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import bootstrap
from app.casefile.place import check_place
from app.casefile.unlock import look, unlock
from app.domain.errors import Code, KnownError
from app.domain.progress import Progress, no_progress
from app.i18n import _
from app.services.copy_reading import read_copy
from app.services.session import Session

if TYPE_CHECKING:
    from app.services.coming_home import HomeReview

_ALTERED: Final = frozenset(
    {
        *(Code.ROSTER_REPLACED, Code.LOG_BROKEN, Code.ROW_NOT_IN_LOG, Code.RECORD_DAMAGED),
        *(Code.NOT_A_CASE_FILE, Code.KEYS_OLDER),
    }
)
"""What a case file is called in itself is called by what it means for a copy."""


def came_home(
    session: Session, folder: Path, passphrase: str, progress: Progress = no_progress
) -> HomeReview:
    """Open a copy and see what it brings.

    Args:
        session: of an officer, at home.
        folder: where the copy lies.
        passphrase: the copy's.
        progress: told how far it is.

    Raises:
        KnownError: NOT_ALLOWED; what opening a case file raises; COPY_NOT_FROM_HERE, COPY_IS_LOST,
            COPY_UNFINISHED, COPY_ALTERED.
    """
    session.copies.rows()  # whoever may not look at copies opens none either
    check_place(folder)
    look(folder)
    progress(0, 3, _("Opening the copy with its passphrase"))
    unlocked = unlock(folder, passphrase)
    session.coming_home.known(unlocked.case_file)
    try:
        copy = bootstrap.session_without_writing(unlocked, session.context.clock, put_back=False)
        try:
            progress(1, 3, _("Checking the log of the copy"))
            if not copy.context.store.verify(no_progress).ok:
                raise KnownError(Code.COPY_ALTERED)
            progress(2, 3, _("Reading what was written in it"))
            read = read_copy(copy.context)
        finally:
            copy.put_down()
    except KnownError as error:
        raise KnownError(Code.COPY_ALTERED) if error.code in _ALTERED else error from None
    found = session.coming_home.review(read)
    progress(3, 3, _("Done"))
    return found
