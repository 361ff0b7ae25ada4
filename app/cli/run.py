"""Reading the command line, running one command, turning what went wrong into one line and an exit code."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from app.cli import backing_up, casework, checking, everyday, exposing, restoring, slipping
from app.cli.passphrases import Passphrases
from app.domain.errors import Code, KnownError
from app.domain.roles import Role
from app.i18n import _, set_language
from app.services.trustees import COMPARED
from app.words import words_for


class Exit(IntEnum):
    """What the exit codes mean; `poruch --help` tells them."""

    DONE = 0
    BUG = 1
    USAGE = 2
    KNOWN = 3
    SECOND_PERSON = 4
    FOUND_SOMETHING = 5
    CANCELLED = 6
    SAID_NO = 7


_EXIT_CODES = """exit codes:
  0  done
  1  something is wrong in Poruch itself
  2  the command cannot be understood
  3  refused; the line says why, and nothing was changed
  4  kept in the case file until a second person says yes
  5  verification found something, the log does not fit a proof line, or a place got no backup
  6  cancelled
  7  a slip was brought in, and the second person said no
"""


def run(arguments: Sequence[str]) -> int:
    """Run one command line."""
    options = _parser().parse_args(arguments)
    set_language(options.language)
    try:
        return int(options.command(options, Passphrases(options.passphrase_fd)))
    except KnownError as error:
        return _known(error)
    except KeyboardInterrupt:
        return Exit.CANCELLED
    except Exception as error:  # noqa: BLE001 - the last line of defence: a number, never a trace with data
        reference = secrets.token_hex(4)
        logging.getLogger("poruch").error("bug %s %s", reference, type(error).__name__)
        print(
            _("Something is wrong in Poruch itself. Reference: {number}").replace("{number}", reference),
            file=sys.stderr,
        )
        return Exit.BUG


def _known(error: KnownError) -> int:
    print(words_for(error).line(), file=sys.stderr)
    if error.code is Code.NEEDS_SECOND_PERSON:
        return Exit.SECOND_PERSON
    if error.code is Code.CANCELLED:
        return Exit.CANCELLED
    return Exit.USAGE if error.code is Code.BAD_ARGUMENT else Exit.KNOWN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="poruch",
        description="An encrypted case file and reports that are searched before they exist.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="read passphrases, one a line, from this descriptor"
    )
    shared.add_argument("--language", default="en", choices=("en", "be", "de"), help="language of messages")
    commands = parser.add_subparsers(dest="name", required=True)

    def command(name: str, run_it: object, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[shared], help=words, description=words)
        made.set_defaults(command=run_it)
        return made

    create = command("create", everyday.create, "Make a case file in a new folder.")
    create.add_argument("folder", type=Path)
    create.add_argument("--title", default="", help="name of the case file on screen")
    create.add_argument("--person", default="", help="your name, as the list of people shows it")
    create.add_argument("--desk", default="", help="name of the first desk")

    person = commands.add_parser("person", help="People who can open the case file.")
    add = person.add_subparsers(dest="what", required=True).add_parser(
        "add", parents=[shared], help="Let somebody open it: your passphrase, then theirs."
    )
    add.set_defaults(command=everyday.add_person)
    add.add_argument("casefile", type=Path)
    add.add_argument("--role", action="append", required=True, choices=sorted(Role))
    add.add_argument("--person", default="", help="their name")
    add.add_argument("--card", type=Path, metavar="FILE", help="a trustee's card; alone, prints its words")
    add.add_argument("--compared", choices=COMPARED, help="how you compared the eight words with a trustee")

    intake = command("intake", casework.intake, "Look at a list; with --commit, bring it in.")
    intake.add_argument("casefile", type=Path)
    intake.add_argument("list", type=Path)
    intake.add_argument("--source", default="", help="whose list it is (default: the file's name)")
    intake.add_argument(
        "--report", type=Path, metavar="FILE.json", help="write what was found, without names"
    )
    intake.add_argument("--commit", action="store_true", help="bring it in")

    trust = command("trust", casework.trust, "Trust a source; takes two people, one after the other.")
    trust.add_argument("casefile", type=Path)
    trust.add_argument("source", nargs="?", default="", help="its name; without one, lists the sources")

    report = command("report", casework.report, "Make a report; it waits for a second person.")
    report.add_argument("casefile", type=Path)
    report.add_argument("--kind", required=True, help="public_list, parliament_briefing or consent_audit")
    report.add_argument("--formats", default="pdf", help="comma-separated: pdf,docx,xlsx,csv")
    report.add_argument("--out", type=Path, required=True, metavar="DIR")
    report.add_argument("--report-language", default="en", choices=("en", "de", "be"))
    report.add_argument("--from", dest="first_day", metavar="DAY", help="first day counted, 2026-07-01")
    report.add_argument("--to", dest="last_day", metavar="DAY", help="last day counted, 2026-09-30")
    report.add_argument("--recipient", action="append", default=[], help="who it is for")

    approve = command("approve", casework.approve, "Approve a report by its number, or a source by its name.")
    approve.add_argument("casefile", type=Path)
    approve.add_argument("what")
    approve.add_argument("--out", type=Path, required=True, metavar="DIR")

    slip = command("slip", slipping.slip, "What waits for a second person; ask one elsewhere, or answer.")
    slip.add_argument("casefile", type=Path)
    either = slip.add_mutually_exclusive_group()
    either.add_argument("--make", type=int, metavar="N", help="a slip about this number of the list")
    _slip_options(slip, either)
    either.add_argument("--bring-in", type=Path, metavar="FILE", help="let an answer to your slip count")
    slip.add_argument(
        "--for", dest="person", type=int, metavar="N", help="whom to ask, by number in the list"
    )

    key = command("key", slipping.key, "Your own key as a trustee, without a case file; prints its words.")
    key.add_argument("keyfile", type=Path)
    either = key.add_mutually_exclusive_group()
    either.add_argument("--make", action="store_true", help="make it: a new passphrase")
    either.add_argument("--card", type=Path, metavar="FILE", help="save the card others add you by")
    _slip_options(key, either)
    key.add_argument("--person", default="", help="your name on the card, with --make")
    key.add_argument(
        "--compared", action="store_true", help="you know the voice that read the same eight words to you"
    )

    verify = command("verify", checking.verify, "Check the whole log, every signature and every record.")
    verify.add_argument("casefile", type=Path)
    verify.add_argument("--proof", type=Path, metavar="FILE", help="and whether it fits this proof line")

    exposure = command(
        "exposure", exposing.exposure, "Who could open a relative, and who did; without either, lists people."
    )
    exposure.add_argument("casefile", type=Path)
    either = exposure.add_mutually_exclusive_group()
    either.add_argument(
        "--relative", action="store_true", help="asks for the prisoner, or a number or name you have"
    )
    either.add_argument("--of", type=int, metavar="N", help="whom this person could open, by number")
    exposure.add_argument("--which", type=int, metavar="N", help="which relative, where several fit")
    exposure.add_argument("--from", dest="first_day", default="", metavar="DAY", help="first day, 2026-07-01")
    exposure.add_argument("--to", dest="last_day", default="", metavar="DAY", help="last day, else today")
    exposure.add_argument("--names", action="store_true", help="also print names of people and prisoners")

    proof = command("proof", checking.proof, "Print a proof line: how far the log is, signed by you.")
    proof.add_argument("casefile", type=Path)
    either = proof.add_mutually_exclusive_group()
    either.add_argument("--out", type=Path, metavar="FILE", help="and save it, outside the case file")
    either.add_argument("--sign", type=Path, metavar="FILE", help="put your signature below this one")

    backup = command("backup", backing_up.backup, "Make a backup, or check one: check FILE.")
    backup.add_argument("what", nargs="+", metavar="CASEFILE | check FILE")
    backup.add_argument("--to", type=Path, metavar="DIR", help="in this folder instead of the usual places")

    restore = command("restore", restoring.restore, "Make a case file from a backup, beside the old one.")
    restore.add_argument("backup", type=Path)
    restore.add_argument("folder", type=Path, help="a new or empty folder")
    restore.add_argument("--journal", type=Path, metavar="DIR", help="where the journal of noes lies, too")
    restore.add_argument("--sign", default="", metavar="WHY", help="as a security officer: go on with it")

    demo = command("demo", everyday.demo, "Make a case file of invented people to look around in.")
    demo.add_argument(
        "folder", type=Path, nargs="?", default=Path("poruch-demo"), help="default: poruch-demo, here"
    )
    return parser


def _slip_options(command: argparse.ArgumentParser, either: argparse._MutuallyExclusiveGroup) -> None:
    """What people of a case file and trustees do with a slip alike."""
    either.add_argument("--open", type=Path, metavar="FILE", help="what a slip asks")
    either.add_argument("--answer", type=Path, metavar="FILE", help="answer a slip, with --yes or --no")
    said = command.add_mutually_exclusive_group()
    said.add_argument("--yes", dest="yes", action="store_true", default=None, help="agree")
    said.add_argument("--no", dest="yes", action="store_false", default=None, help="refuse")
    command.add_argument("--out", type=Path, metavar="FILE", help="where the slip or the answer is written")
    command.add_argument("--names", action="store_true", help="also print names and typed words")
