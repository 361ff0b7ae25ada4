"""Another role for somebody without a window: `poruch person roles CASEFILE WHO --role …`."""

from __future__ import annotations

import argparse

from app import bootstrap
from app.cli.checking import shown_progress
from app.cli.commands import Commands, case_file
from app.cli.leaving import confirm_name, person_named
from app.cli.passphrases import Passphrases
from app.domain.progress import at_once
from app.domain.roles import OPENERS
from app.i18n import _
from app.role_change_words import change_lines, left_after
from app.services.role_changes import ChangeRoles


def change(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch person roles CASEFILE WHO --role ROLE`."""
    session = bootstrap.open_case_file(options.casefile).unlock(
        passphrases.ask(_("Your passphrase")), key_file=passphrases.key_file
    )
    try:
        wanted = ChangeRoles(person_named(session, options.who), tuple(dict.fromkeys(options.role)))
        meant = session.role_changes.look(wanted)
        to = person_named(session, options.hand_over_to) if options.hand_over_to else ""
        for line in change_lines(meant):
            print(line)
        if not options.yes:
            confirm_name(passphrases, meant.name, _("Type their name to change what they do here"))
        at_once(session.role_changes.changing(wanted, shown_progress()))
        if to and meant.cases:
            session.removing.hand_over(meant.person, to)
    finally:
        session.close()
    print(_("It is changed."))
    for line in left_after(meant, handed_over=bool(to)):
        print(line)
    return 0


def declare(people: Commands) -> None:
    """What is said to change somebody's roles; `people` is `poruch person`."""
    command = people.add("roles", change, _("Change what somebody does here: all of their roles anew."))
    case_file(command)
    command.add_argument("who", metavar=_("NAME"), help=_("their name, as the list of people shows it"))
    command.add_argument(
        "--role",
        action="append",
        required=True,
        choices=[role.value for role in sorted(OPENERS)],
        help=_("what they do here; may be said more than once"),
    )
    command.add_argument("--yes", action="store_true", help=_("do it without asking once more"))
    command.add_argument(
        "--hand-over-to", default="", metavar=_("NAME"), help=_("who becomes the owner of their cases")
    )
