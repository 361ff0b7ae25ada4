"""The command that checks a file made elsewhere. It prints places, never what stands there."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.checking import shown_progress
from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.file_words import found_words, where_words
from app.i18n import _, ngettext

if TYPE_CHECKING:
    from app.services.file_checks import CheckedFile, FoundInFile

_DONE = 0
_FOUND_SOMETHING = 5


def check(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch check CASEFILE FILE [--recipient NAME]`."""
    from app.services.file_checks import CheckFile  # the readers come with it

    with unlocked(options.casefile, passphrases) as session:
        checked = session.file_checks.check(CheckFile(options.file, options.recipient), shown_progress())
    print(looked_words(checked))
    _say(_("Has to come out:"), checked.must_go)
    _say(_("Look at it yourself:"), checked.to_look)
    if not checked.searched:
        print(_("Not searched for the names of relatives: somebody with the key has to check it, too."))
    if not checked.must_go:
        print(_("Nothing was found that has to come out."))
    return _FOUND_SOMETHING if checked.must_go else _DONE


def looked_words(checked: CheckedFile) -> str:
    """What was looked at: the format, and how much of it."""
    texts = ngettext("{n} text looked through", "{n} texts looked through", checked.texts)
    return f"{checked.told.file_format.upper()}: {texts.replace('{n}', f'{checked.texts}')}"


def _say(head: str, found: Sequence[FoundInFile]) -> None:
    if found:
        print(head)
    for kind in dict.fromkeys(one.what for one in found):  # whom they name is not told here: one line a kind
        places = [place for one in found if one.what == kind for place in one.places]
        what, advice = found_words(kind)
        print(f"  {what} ({where_words(places)}). {advice}")


def declare(commands: Commands) -> None:
    """What is said about files made elsewhere."""
    words = _("Check a file made or changed elsewhere before it leaves; exit code 5 says what must come out.")
    command = commands.add("check", check, words)
    case_file(command)
    command.add_argument("file", type=Path, metavar=_("FILE"), help=_("PDF, Word, Excel, CSV or web page"))
    command.add_argument(
        "--recipient", default="", metavar=_("NAME"), help=_("who it is for (default: everybody)")
    )
