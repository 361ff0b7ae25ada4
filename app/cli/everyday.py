"""Commands about the case file as a whole: make it, add somebody, make the demo."""

from __future__ import annotations

import argparse
from pathlib import Path

from app import bootstrap
from app.cli import leaving, role_changing, travelling
from app.cli.commands import Commands, case_file
from app.cli.opening import unlocked, unlocked_by
from app.cli.passphrases import Passphrases, answered
from app.domain.errors import Code, KnownError
from app.domain.roles import Role
from app.i18n import _
from app.role_words import roles_words
from app.services.people import AddPerson
from app.services.trustees import COMPARED, AddTrustee


def create(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch create DIR`."""
    title = options.title or options.folder.name
    session = bootstrap.create_case_file(
        options.folder,
        name=title,
        founder=options.person or _typed(passphrases, _("Your name"), _("First person")),
        passphrase=passphrases.ask_new(_("New passphrase")),
        desk=options.desk or title,
    )
    session.close()
    print(_("The case file is made."))
    return 0


def add_person(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch person add CASEFILE --role ROLE`, a trustee by their card."""
    if Role.TRUSTEE in options.role:
        return _add_trustee(options, passphrases)
    if options.card is not None or options.compared:
        raise KnownError(Code.BAD_ARGUMENT, what="--role trustee")
    with unlocked(options.casefile, passphrases) as session:
        count = len(session.people.rows()) + 1
        fallback = _("Person {number}").replace("{number}", str(count))
        name = options.person or _typed(passphrases, _("Their name"), fallback)
        session.people.add(
            AddPerson(name, tuple(options.role), passphrases.ask_new(_("Their new passphrase")))
        )
    print(_("They can open the case file now."))
    return 0


def change_passphrase(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch person passphrase CASEFILE`: the one of now, then the new one."""
    from app.domain.progress import at_once
    from app.services.own_passphrase import ChangePassphrase

    now, key_file = passphrases.ask(_("Your passphrase")), passphrases.key_file
    with unlocked_by(options.casefile, now, key_file) as session:
        new = passphrases.ask_new(_("Your new passphrase"))
        at_once(session.own_passphrase.changing(ChangePassphrase(now, new, key_file, key_file)))
    print(_("Your new passphrase opens the case file from now on."))
    return 0


def change_key_file(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch person key-file CASEFILE --make FILE | --take FILE | --none`."""
    from app.domain.progress import at_once
    from app.services.own_passphrase import ChangePassphrase

    now, key_file, make = (
        passphrases.ask(_("Your passphrase")),
        passphrases.key_file,
        options.make is not None,
    )
    with unlocked_by(options.casefile, now, key_file) as session:
        command = ChangePassphrase(now, now, key_file, options.make or options.take, make)
        at_once(session.own_passphrase.changing(command))
    if options.none:
        print(_("Your passphrase alone opens the case file from now on."))
        return 0
    print(_("From now on your passphrase needs this key file beside it. Copy it to a second place now."))
    return 0


def _add_trustee(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """Print the words of a card, or add whose it is once the words were compared."""
    if set(options.role) != {Role.TRUSTEE} or options.card is None:
        raise KnownError(Code.BAD_ARGUMENT, what="--role trustee --card FILE")
    with unlocked(options.casefile, passphrases) as session:
        card = session.trustees.look(options.card)
        if options.compared is None:
            print(card.words)
            print(_("Compare these words with them by voice, then say how with --compared."))
            return 0
        saved = session.trustees.add(AddTrustee(card, options.person or card.name, options.compared))
    if saved.waits:
        raise KnownError(Code.NEEDS_SECOND_PERSON)
    print(_("They can be the second person from now on, by a slip."))
    return 0


def demo(options: argparse.Namespace, passphrases: Passphrases) -> int:
    """`poruch demo DIR`: needs no passphrase, it prints the ones it made."""
    from app.demo import make_demo

    reports = options.folder.with_name(f"{options.folder.name}-reports")
    if reports.is_dir() and any(reports.iterdir()):
        raise KnownError(Code.REPORT_FILE_EXISTS)  # said now, not after two minutes of making
    made = make_demo(options.folder, say=print, reports=reports)
    for person in made.people:
        print(f"{person.name} ({roles_words(person.roles)}): {person.passphrase}")
    return 0


def _typed(passphrases: Passphrases, question: str, fallback: str) -> str:
    """A name typed by a person; the fallback where nobody sits there."""
    if not passphrases.interactive:
        return fallback
    name = answered(input, question).strip()
    if not name:
        raise KnownError(Code.BAD_ARGUMENT, what="--person")
    return name


def declare(commands: Commands) -> None:
    """What is said to make a case file, to add somebody and to make the demo."""
    command = commands.add("create", create, _("Make a case file in a new folder."))
    command.add_argument("folder", type=Path, metavar=_("FOLDER"), help=_("a new or empty folder"))
    command.add_argument("--title", default="", metavar=_("NAME"), help=_("name of the case file on screen"))
    command.add_argument(
        "--person", default="", metavar=_("NAME"), help=_("your name, as the list of people shows it")
    )
    command.add_argument("--desk", default="", metavar=_("NAME"), help=_("name of the first desk"))
    words = _("People who can open the case file.")
    people = commands.under("person", words)
    add = people.add("add", add_person, _("Let somebody open it: your passphrase, then theirs."))
    case_file(add)
    add.add_argument(
        "--role",
        action="append",
        required=True,
        choices=[role.value for role in sorted(Role)],
        help=_("what they do here; may be said more than once"),
    )
    add.add_argument("--person", default="", metavar=_("NAME"), help=_("their name"))
    add.add_argument(
        "--card", type=Path, metavar=_("FILE"), help=_("a trustee's card; alone, prints its words")
    )
    add.add_argument(
        "--compared", choices=COMPARED, help=_("how you compared the eight words with a trustee")
    )
    own = people.add("passphrase", change_passphrase, _("Change your own passphrase."))
    case_file(own)
    own = people.add("key-file", change_key_file, _("Need a key file beside your own passphrase, or none."))
    case_file(own)
    which = own.add_mutually_exclusive_group(required=True)
    which.add_argument("--make", type=Path, metavar=_("FILE"), help=_("make a new one there"))
    which.add_argument("--take", type=Path, metavar=_("FILE"), help=_("a file of yours that never changes"))
    which.add_argument("--none", action="store_true", help=_("no key file any more"))
    leaving.declare(people)
    travelling.declare(people)
    role_changing.declare(people)
    command = commands.add("demo", demo, _("Make a case file of invented people to look around in."))
    command.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path("poruch-demo"),
        metavar=_("FOLDER"),
        help=_("default: poruch-demo, here"),
    )
