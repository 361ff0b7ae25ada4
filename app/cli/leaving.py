"""Taking a person out without a window: `poruch person remove CASEFILE WHO`."""

from __future__ import annotations

import argparse

from app import bootstrap
from app.cli.checking import shown_progress
from app.cli.commands import Commands, case_file
from app.cli.opening import opened
from app.cli.passphrases import Passphrases, answered
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.i18n import _
from app.leaving_words import leaving_lines, left_to_do
from app.services.session import Session


def remove(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch person remove CASEFILE WHO`."""
    session = opened(options.casefile, passphrases.ask(_("Your passphrase")), passphrases.key_file)
    try:
        leaving = session.removing.look(person_named(session, options.who))
        to = person_named(session, options.hand_over_to) if options.hand_over_to else ""
        for line in leaving_lines(leaving):
            print(line)
        if not options.yes:
            confirm_name(passphrases, leaving.name, _("Type their name to take them out"))
        at_once(session.removing.removing(leaving.person, shown_progress()))
        session = bootstrap.opened_again(session, shown_progress())
        if to and leaving.cases:
            session.removing.hand_over(leaving.person, to)
        unfinished = session.removing.unfinished
    finally:
        session.close()
    print(_("They are taken out.") if not unfinished else _("They have no part any more."))
    for line in left_to_do(leaving, unfinished=unfinished, handed_over=bool(to)):
        print(line)
    return 0


def confirm_name(passphrases: Passphrases, name: str, question: str) -> None:
    """Nothing here can be taken back: the name is typed once more. Raises KnownError BAD_ARGUMENT."""
    if not passphrases.interactive or answered(input, question).strip() != name:
        raise KnownError(Code.BAD_ARGUMENT, what="--yes")


def person_named(session: Session, who: str) -> str:
    """The id of somebody by name or id; what two could mean is nobody."""
    found = [row.id for row in session.people.rows() if who in (row.id, row.name)]
    if len(found) != 1:
        raise KnownError(Code.NOT_FOUND, who)
    return found[0]


def declare(people: Commands) -> None:
    """What is said to take a person out; `people` is `poruch person`."""
    command = people.add("remove", remove, _("Take somebody out: they open nothing from now on."))
    case_file(command)
    command.add_argument("who", metavar=_("NAME"), help=_("their name, as the list of people shows it"))
    command.add_argument("--yes", action="store_true", help=_("do it without asking once more"))
    command.add_argument(
        "--hand-over-to", default="", metavar=_("NAME"), help=_("who becomes the owner of their cases")
    )
