"""Backups without a window: make one in the usual places or elsewhere, check or try one.

Prints nothing about anybody: moments, numbers, sizes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app import bootstrap
from app.cli.checking import shown_progress
from app.cli.commands import Commands
from app.cli.opening import unlocked, unlocked_by
from app.cli.passphrases import Passphrases
from app.domain.clock import stored_moment
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.drill_words import drilled_words
from app.drilling import drilling
from app.i18n import _
from app.services.backups import Made
from app.words import words_for

_DONE = 0
_NOT_EVERYWHERE = 5
_CHECK = "check"
_DRILL = "drill"


def backup(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch backup CASEFILE [--to DIR]`, `poruch backup check FILE`, `poruch backup drill CASEFILE`."""
    words: list[str] = options.what
    if words[0] == _CHECK and len(words) > 1:
        return _check(Path(words[1]), passphrases)
    if words[0] == _DRILL and len(words) == 2:
        return _drill(Path(words[1]), passphrases)
    if len(words) != 1:
        raise KnownError(Code.BAD_ARGUMENT, what=words[1])
    with unlocked(Path(words[0]), passphrases) as session:
        if options.to is not None:
            made = session.backups.make_in(options.to, shown_progress())
        else:
            made = session.backups.make(shown_progress())
    return _said(made)


def _said(made: Made) -> int:
    print(_("Backed up and checked."))
    for _place, error in made.failed:
        print(words_for(error).line(), file=sys.stderr)
    return _NOT_EVERYWHERE if made.failed else _DONE


def _drill(folder: Path, passphrases: Passphrases) -> int:
    passphrase = passphrases.ask(_("Your passphrase"))
    with unlocked_by(folder, passphrase, passphrases.key_file) as session:
        found = at_once(drilling(session, passphrase, shown_progress(), key_file=passphrases.key_file))
    for line in drilled_words(found, lambda moment: stored_moment(moment)[:16].replace("T", " ") + " UTC"):
        print(line)
    return _NOT_EVERYWHERE if found.seen is None else _DONE


def _check(path: Path, passphrases: Passphrases) -> int:
    found = bootstrap.check_backup(path, passphrases.ask(_("Your passphrase")), passphrases.key_file)
    moment, number = stored_moment(found.made_at), str(found.sequence)
    print(_("This backup is good. Made {moment}, up to entry {number}.").format(moment=moment, number=number))
    return _DONE


def declare(commands: Commands) -> None:
    """What is said to make or check a backup."""
    command = commands.add(
        "backup",
        backup,
        _("Make a backup, check one (backup check FILE) or try one (backup drill CASEFILE)."),
    )
    command.add_argument(
        "what",
        nargs="+",
        metavar=_("CASEFILE"),
        help=_("folder of the case file; or check and the file of a backup; or drill and a folder"),
    )
    command.add_argument(
        "--to", type=Path, metavar=_("FOLDER"), help=_("in this folder instead of the usual places")
    )
