"""Opening and making a case file, as the worker of the window does it; imports the core only then.

The first window is on screen before any of this is imported. Nothing here knows a widget.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.domain.progress import Progress
    from app.services.session import Session
    from ui.views.start.asked import ComeIn, NewCase

_LANGUAGE: Final = "window/language"


def unlock_as(
    folder: Path,
    passphrase: str,
    spoken: str,
    key_file: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Session, str]:
    """The session and the language of this person: the one just chosen, or the one they chose before.

    Args:
        folder, passphrase, key_file: what is typed and chosen.
        spoken: the language just chosen, "" for none.
        progress: told how far it is where the file is encrypted anew, because somebody was taken out.
    """
    from app import bootstrap
    from app.domain.errors import KnownError
    from app.domain.progress import no_progress

    session = bootstrap.open_case_file(folder).unlock(
        passphrase, progress=progress or no_progress, key_file=key_file
    )
    # Before anything can be saved; what came of it, and a disk that is full, the window tells.
    with suppress(KnownError):
        session.proofs.compare_place()
    if spoken:
        session.layout.put(_LANGUAGE, spoken)
    return session, spoken or session.layout.get(_LANGUAGE) or ""


def restoring_as(
    backup: Path,
    folder: Path,
    passphrase: str,
    spoken: str,
    progress: Progress,
    key_file: Path | None = None,
) -> Generator[None, None, tuple[Session, str]]:
    """The session of a case file made from a backup in slices, and the language of this person."""
    from app import putting_back

    yield from putting_back.restoring_backup(backup, folder, passphrase, key_file=key_file, progress=progress)
    return unlock_as(folder, passphrase, spoken, key_file)


def coming_in_as(
    asked: ComeIn, spoken: str, progress: Progress
) -> Generator[None, None, tuple[Session, str]]:
    """The session of somebody who came in with three sheets, and their language."""
    from app import recovering

    if asked.backup is not None:
        yield from recovering.recovering_backup(
            asked.backup, asked.folder, asked.shares, asked.passphrase, progress=progress
        )
        return unlock_as(asked.folder, asked.passphrase, spoken)
    progress(0, 0, "")
    yield
    session, _opened = recovering.recover(asked.folder, asked.shares, asked.passphrase)
    return session, spoken or session.layout.get(_LANGUAGE) or ""


def create_case(new: NewCase, progress: Progress) -> Session:
    """A new case file, unlocked; cancelled, nothing of it stays on disk."""
    from app import bootstrap

    return bootstrap.create_case_file(
        new.folder,
        name=new.name,
        founder=new.person,
        passphrase=new.passphrase,
        desk=new.desk,
        progress=progress,
    )


def look_at(folder: Path) -> None:
    """See whether there is a case file, and import what unlocking needs."""
    from app import bootstrap

    bootstrap.open_case_file(folder)
