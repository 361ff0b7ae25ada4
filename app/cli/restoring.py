"""Putting a backup back on the command line: `poruch restore`."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from app import putting_back
from app.cli.commands import Commands
from app.cli.passphrases import Passphrases
from app.domain.clock import stored_moment
from app.domain.roles import Action
from app.i18n import _
from app.restore_words import outlook_words, put_back_words
from app.services.session import Session


def restore(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch restore BACKUP DIR`: beside whatever there is, never over it."""
    passphrase = passphrases.ask(_("Passphrase of that day"))
    session = putting_back.restore_backup(
        options.backup, options.folder, passphrase, key_file=passphrases.key_file
    )
    try:
        _say(session, options)
    finally:
        session.close()
    return 0


def _say(session: Session, options: argparse.Namespace) -> None:
    for doubt in session.doubts.standing():
        told = put_back_words(doubt.comparison, _when)
        print(told.happened)
        print(told.advice)
    if not session.may(Action.RESTORE).allowed:
        return
    for line in outlook_words(session.restoring.outlook(options.journal), _when):
        print(line)
    if options.sign:
        session.restoring.sign(options.sign, options.journal)
        print(_("Signed. This copy goes on."))


def _when(moment: datetime) -> str:
    return stored_moment(moment)[:16].replace("T", " ") + " UTC"


def declare(commands: Commands) -> None:
    """What is said to put a backup back."""
    words = _("Make a case file from a backup, beside the old one.")
    command = commands.add("restore", restore, words)
    command.add_argument("backup", type=Path, metavar=_("BACKUP"), help=_("the file of the backup"))
    command.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("a new or empty folder"))
    command.add_argument(
        "--journal", type=Path, metavar=_("FOLDER"), help=_("where the journal of noes lies, too")
    )
    command.add_argument(
        "--sign", default="", metavar=_("WHY"), help=_("as a security officer: go on with it")
    )
