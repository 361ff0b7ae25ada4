"""An unlocked case file for as long as one command needs it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app import bootstrap
from app.cli.passphrases import Passphrases
from app.i18n import _
from app.services.session import Session


@contextmanager
def unlocked(folder: Path, passphrases: Passphrases) -> Iterator[Session]:
    """Ask for the passphrase, open the case file, and close it whatever happens."""
    with unlocked_by(folder, passphrases.ask(_("Your passphrase")), passphrases.key_file) as session:
        yield session


@contextmanager
def unlocked_by(folder: Path, passphrase: str, key_file: Path | None = None) -> Iterator[Session]:
    """The same with a passphrase that is asked for already, because the command needs it again."""
    session = opened(folder, passphrase, key_file)
    try:
        yield session
    finally:
        session.close()


def opened(folder: Path, passphrase: str, key_file: Path | None = None) -> Session:
    """A session to close oneself.

    What this person keeps outside is compared before anything is written: an older copy takes nothing in.
    """
    session = bootstrap.open_case_file(folder).unlock(passphrase, key_file=key_file)
    try:
        session.proofs.compare_place()
        if session.own_passphrase.older_keys:
            print(
                _("Older keys lay in the folder; the keys of now are back in their place."), file=sys.stderr
            )
    except BaseException:
        session.close()
        raise
    return session
