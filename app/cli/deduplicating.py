"""Records that may be of one person, without a window: how many, and their references; never a name."""

from __future__ import annotations

import argparse

from app import bootstrap
from app.cli.checking import shown_progress
from app.cli.commands import Commands, case_file
from app.cli.passphrases import Passphrases
from app.i18n import _, ngettext


def duplicates(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch duplicates CASEFILE`."""
    session = bootstrap.open_case_file(options.casefile).unlock(passphrases.ask(_("Your passphrase")))
    try:
        found = session.duplicates.queue(shown_progress())
    finally:
        session.close()
    count = len(found.pairs)
    told = ngettext(
        "{n} pair of records may be of one person", "{n} pairs of records may be of one person", count
    )
    print(told)
    for pair in found.pairs:
        print(f"{pair.left.reference}  {pair.right.reference}")
    return 0


def declare(commands: Commands) -> None:
    """What is said to list likely duplicates."""
    words = _("Say how many records may be of one person, by their numbers.")
    case_file(commands.add("duplicates", duplicates, words))
