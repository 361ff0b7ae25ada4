"""Derived copies without a window: make one, list them, record one as lost.

Who goes into one is said by reference; the passphrase is printed once and kept nowhere.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from app.cli.checking import shown_progress
from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.copy_words import holds_words, item_lines, item_words, kind_words, state_words, taken_words
from app.copying_home import came_home
from app.copying_out import make_copy
from app.domain.derived_copy import CopyKind, DerivedRow
from app.domain.errors import Code, KnownError
from app.i18n import _
from app.services.copies import MakeCopy
from app.services.session import Session
from app.spoken import whole_number


def make(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch copy make CASEFILE FOLDER --kind travel --for NAME REFERENCE …`."""
    with unlocked(options.casefile, passphrases) as session:
        people = tuple(_person(session, each) for each in options.who)
        until = _day(options.until) if options.until else None
        command = MakeCopy(options.kind, options.holder, people, until)
        made = make_copy(session, command, options.folder, shown_progress())
    print(_("The copy is made and opens. Write its passphrase down: it is kept nowhere."))
    print(made.passphrase)
    return 0


def show(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch copy list CASEFILE`."""
    with unlocked(options.casefile, passphrases) as session:
        today = session.today()
        for number, row in _numbered(session):
            words = (kind_words(row.copy_kind), row.holder, holds_words(row))
            print(f"{number}  " + " · ".join((*words, state_words(row, today, date.isoformat))))
    return 0


def lost(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch copy lost CASEFILE NUMBER`."""
    with unlocked(options.casefile, passphrases) as session:
        session.copies.lost(copy_numbered(session, options.number).id)
    print(_("Recorded as lost. Nothing of it is taken in any more."))
    return 0


def home(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch copy home CASEFILE FOLDER`: look; with --take, take in."""
    with unlocked(options.casefile, passphrases) as session:
        found = came_home(session, options.folder, passphrases.ask(_("Passphrase of the copy")))
        for number, item in enumerate(found.items, start=1):
            mark = " !" if item.conflict else ""
            print(f"{number}{mark}  {item_words(item)}")
            for head, text in item_lines(item):
                print(f"     {head}: {text}" if text else f"     {head}")
        if options.take is None:
            return 0
        chosen = [one.key for n, one in enumerate(found.items, start=1) if n in options.take]
        print(taken_words(session.coming_home.take(found, chosen)))
    return 0


def copy_numbered(session: Session, wanted: int) -> DerivedRow:
    """A copy by the number it is listed under. Raises KnownError NOT_FOUND."""
    found = [row for number, row in _numbered(session) if number == wanted]
    if not found:
        raise KnownError(Code.NOT_FOUND, str(wanted))
    return found[0]


def _numbered(session: Session) -> list[tuple[int, DerivedRow]]:
    """The first that was made is 1."""
    return list(enumerate(reversed(session.copies.rows()), start=1))


def _person(session: Session, reference: str) -> str:
    found = [row.id for row in session.copies.choices() if reference in (row.reference, row.id)]
    if len(found) != 1:
        raise KnownError(Code.NOT_FOUND, reference)
    return found[0]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise KnownError(Code.BAD_ARGUMENT, what="--until") from error


def declare(commands: Commands) -> None:
    """What is said about copies."""
    copies = commands.under("copy", _("Copies to be carried: for reports staff elsewhere, for a journey."))
    command = copies.add("make", make, _("Make a copy of some prisoners, without anything closed."))
    case_file(command)
    command.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("a new or empty folder"))
    command.add_argument("who", nargs="+", metavar=_("NUMBER"), help=_("references of the prisoners"))
    kinds = [one.value for one in CopyKind]
    command.add_argument("--kind", choices=kinds, required=True, help=_("for reports staff, or a journey"))
    command.add_argument("--for", dest="holder", required=True, metavar=_("NAME"), help=_("who carries it"))
    command.add_argument("--until", default="", metavar=_("DAY"), help=_("last day of a journey: 2026-12-31"))
    case_file(copies.add("list", show, _("List the copies: who holds which, until when.")))
    command = copies.add("home", home, _("Look at what was written in a copy; with --take, take it in."))
    case_file(command)
    command.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("where the copy lies"))
    command.add_argument(
        "--take",
        nargs="*",
        type=whole_number,
        metavar=_("NUMBER"),
        help=_("take these in, as they are numbered; without a number only say that it is home"),
    )
    command = copies.add("lost", lost, _("Record a copy as lost: nothing of it is ever taken in."))
    case_file(command)
    command.add_argument("number", type=whole_number, metavar=_("NUMBER"), help=_("as the list numbers it"))
