"""The recovery kit without a window: `poruch recovery make|keep|drop|show|drill|use`.

The words of sheets come by prompt or descriptor, never as an argument, and are never printed; a new kit
leaves as five files in a folder somebody names.
"""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Final

from app import bootstrap
from app.cli.checking import shown_progress
from app.cli.commands import Commands, case_file, out_folder
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.crypto.shares import SHARES, Share, read_share
from app.domain.clock import stored_moment
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.i18n import LANGUAGES, _, current_language
from app.recovering import check_shares, recover, recovering_backup
from app.recovery_words import opened_words, state_words
from app.services.recovery_sheets import make_sheet, write_sheets
from app.words import words_for

PLACES: Final = ("A", "B", "C")
"""What the three sheets somebody types are called."""


def make(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recovery make CASEFILE --out FOLDER`."""
    with unlocked(options.casefile, passphrases) as session:
        kit = session.recovery.make()
        language = options.sheets_in or current_language()
        try:
            write_sheets(options.out, [make_sheet(kit, place, language) for place in range(SHARES)])
        except BaseException:
            session.recovery.drop(kit.id)
            raise
    print(_("Kit {kit} is made. Check words: {words}.").format(kit=kit.number, words=kit.check_words))
    print(_("Print the five sheets, one for each holder, and delete the files: whoever has three gets in."))
    print(_("When they are handed out, say so with: poruch recovery keep. An older kit works until then."))
    return 0


def keep(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recovery keep CASEFILE`: the sheets are handed out."""
    return _settle(options, passphrases, handed_out=True)


def drop(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recovery drop CASEFILE`: the kit just made is thrown away."""
    return _settle(options, passphrases, handed_out=False)


def show(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recovery show CASEFILE`: what there is."""
    with unlocked(options.casefile, passphrases) as session:
        for line in state_words(session.recovery.state(), session.context.name_of, _when):
            print(line)
        words = session.recovery.check_words()
        if words:
            print(_("Check words: {words}.").format(words=words))
    return 0


def drill(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recovery drill CASEFILE`: three sheets are tried."""
    with unlocked(options.casefile, passphrases) as session:
        opened = session.recovery.drill(_asked_shares(passphrases))
    for line in opened_words(opened):
        print(line)
    print(_("That it was tried is recorded, and nothing else."))
    return 0


def use(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch recovery use CASEFILE [--backup FILE]`: come in with three sheets."""
    shares = _asked_shares(passphrases)
    if options.backup is None:
        check_shares(options.casefile, shares)
    passphrase = passphrases.ask_new(_("New passphrase"))
    if options.backup is not None:
        at_once(
            recovering_backup(options.backup, options.casefile, shares, passphrase, progress=shown_progress())
        )
        bootstrap.open_case_file(options.casefile).unlock(passphrase).close()
    else:
        session, opened = recover(options.casefile, shares, passphrase)
        session.close()
        for line in opened_words(opened):
            print(line)
    print(_("The new passphrase opens it. The old one and the kit have ended here: make a new kit."))
    return 0


def _settle(options: argparse.Namespace, passphrases: Passphrases, *, handed_out: bool) -> int:
    with unlocked(options.casefile, passphrases) as session:
        begun = session.recovery.state().begun
        if begun is None:
            raise KnownError(Code.ALREADY_DONE)
        if handed_out:
            session.recovery.keep(begun.id)
            print(_("Kit {kit} is the one that works now.").format(kit=begun.number))
        else:
            session.recovery.drop(begun.id)
            print(_("Kit {kit} opens nothing any more.").format(kit=begun.number))
    return 0


def _asked_shares(passphrases: Passphrases) -> list[Share]:
    return [_asked_share(passphrases, place) for place in PLACES]


def _asked_share(passphrases: Passphrases, place: str) -> Share:
    """One sheet; a person who mistypes is told and asked again."""
    question = _("Sheet {place}, its twenty words").format(place=place)
    while True:
        try:
            return read_share(passphrases.ask(question), place)
        except KnownError as error:
            if not passphrases.interactive:
                raise
            print(words_for(error).line())


def _when(moment: datetime) -> str:
    return stored_moment(moment)[:16].replace("T", " ") + " UTC"


def declare(commands: Commands) -> None:
    """What is said about a recovery kit."""
    inside = commands.under("recovery", _("Five sheets of words, three of which replace a lost passphrase."))
    made = inside.add("make", make, _("Make a kit: five sheets of twenty words, one for each holder."))
    case_file(made)
    out_folder(made)
    made.add_argument(
        "--sheets-in", choices=LANGUAGES, help=_("language of the sheets (default: as this help)")
    )
    case_file(inside.add("keep", keep, _("Say that the sheets are handed out; an older kit ends.")))
    case_file(inside.add("drop", drop, _("Throw away a kit whose sheets were not handed out.")))
    case_file(inside.add("show", show, _("Tell whether there is a kit and when it was tried.")))
    case_file(inside.add("drill", drill, _("Try three sheets; nothing changes but that it is recorded.")))
    used = inside.add("use", use, _("Come in with three sheets and set a new passphrase."))
    case_file(used)
    used.add_argument(
        "--backup", type=Path, metavar=_("FILE"), help=_("make the case file anew from this backup first")
    )
