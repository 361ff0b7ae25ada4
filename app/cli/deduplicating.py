"""Records that may be of one person, without a window: how many, and their references; never a name."""

from __future__ import annotations

import argparse

from app.cli.checking import shown_progress
from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.i18n import _, ngettext


def duplicates(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch duplicates CASEFILE`."""
    with unlocked(options.casefile, passphrases) as session:
        found = session.duplicates.queue(shown_progress())
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
