"""Before a journey and home again without a window: `poruch person away` and `poruch person back`."""

from __future__ import annotations

import argparse

from app.cli.commands import Commands, case_file
from app.cli.leaving import confirm_name, person_named
from app.cli.opening import unlocked
from app.cli.passphrases import Passphrases
from app.copy_words import going_lines
from app.domain.errors import Code, KnownError
from app.i18n import _


def away(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch person away CASEFILE WHO`."""
    with unlocked(options.casefile, passphrases) as session:
        going = session.journeys.look(person_named(session, options.who))
        for line in going_lines(going):
            print(line)
        if not options.yes:
            confirm_name(passphrases, going.name, _("Type their name to take their way in off"))
        session.journeys.go(going.person)
    print(_("Their way in is taken off. The next opening by a security officer gives everything new keys."))
    return 0


def back(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch person back CASEFILE WHO`."""
    with unlocked(options.casefile, passphrases) as session:
        found = [row.id for row in session.journeys.rows() if row.name == options.who]
        if len(found) != 1:
            raise KnownError(Code.NOT_FOUND, options.who)
        session.journeys.back(found[0])
    print(_("{name} can open the case file again.").format(name=options.who))
    return 0


def declare(people: Commands) -> None:
    """What is said before a journey and after it; `people` is `poruch person`."""
    command = people.add("away", away, _("Before a journey: take somebody's way in off this case file."))
    case_file(command)
    command.add_argument("who", metavar=_("NAME"), help=_("their name, as the list of people shows it"))
    command.add_argument("--yes", action="store_true", help=_("do it without asking once more"))
    command = people.add("back", back, _("Home again: give them their way in back."))
    case_file(command)
    command.add_argument("who", metavar=_("NAME"), help=_("their name, as the list of people shows it"))
