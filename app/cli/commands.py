"""How commands are declared: each module declares its own, beside what they do, in the language spoken now.

Made anew for each run, because help is translated when an option is declared.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.cli.passphrases import Passphrases
from app.i18n import N_, _
from app.spoken import add_language, whole_number

HELP: Final = "help"
Run = Callable[[argparse.Namespace, Passphrases], int]

_EXIT_CODES: Final = (
    N_("done"),
    N_("something is wrong in Poruch itself"),
    N_("the command cannot be understood"),
    N_("refused; the line says why, and nothing was changed"),
    N_("kept in the case file until a second person says yes"),
    N_("verification found something, or a place got no backup, or a backup cannot be put back"),
    N_("cancelled"),
    N_("a slip was brought in, and the second person said no"),
)
"""By code, from 0."""


class _Parser(argparse.ArgumentParser):
    """Takes options as they are declared: what is clear when cut short today means two things tomorrow."""

    def __init__(self, prog: str, description: str = "", epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )


class Commands:
    """Commands of one parser.

    Args:
        parser: gets them; its parsed options carry what does the command as `command`.
        dest: option that holds the name of the command.
    """

    def __init__(self, parser: argparse.ArgumentParser, dest: str) -> None:
        self.parser: Final = parser
        self._inside = parser.add_subparsers(
            dest=dest, required=True, title=_("commands"), metavar=_("COMMAND"), parser_class=_Parser
        )

    def add(self, name: str, run_it: Run, words: str) -> argparse.ArgumentParser:
        """A command; gives its parser to declare options on."""
        made: argparse.ArgumentParser = self._inside.add_parser(name, help=words, description=words)
        made.set_defaults(command=run_it)
        _shared(made)
        return made

    def under(self, name: str, words: str) -> Commands:
        """A command that has commands of its own."""
        made = self._inside.add_parser(name, help=words, description=words)
        add_language(made)
        return Commands(made, "what")

    def add_help(self) -> None:
        """`poruch help COMMAND`, which `run` answers itself."""
        words = _("Tell what a command does and what can be said with it.")
        made = self._inside.add_parser(HELP, help=words, description=words)
        made.add_argument("about", nargs="*", metavar=_("COMMAND"), help=_("without one: all commands"))
        _shared(made)


def the_commands() -> Commands:
    """The whole command line, without a command yet."""
    words = _("An encrypted case file and reports that are searched before they exist.")
    parser = _Parser("poruch", words, _exit_codes())
    add_language(parser)
    return Commands(parser, "name")


def case_file(command: argparse.ArgumentParser) -> None:
    """The case file a command is about."""
    command.add_argument("casefile", type=Path, metavar=_("CASEFILE"), help=_("folder of the case file"))


def out_folder(command: argparse.ArgumentParser) -> None:
    """Where a command puts what leaves the case file."""
    command.add_argument(
        "--out", type=Path, required=True, metavar=_("FOLDER"), help=_("folder for the files that leave")
    )


def _exit_codes() -> str:
    lines = [f"  {code}  {_(words)}" for code, words in enumerate(_EXIT_CODES)]
    return "\n".join([_("exit codes:"), *lines])


def _shared(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--passphrase-fd",
        type=whole_number,
        metavar=_("N"),
        help=_("read passphrases, one a line, from this descriptor"),
    )
    command.add_argument(
        "--key-file",
        type=Path,
        metavar=_("FILE"),
        help=_("your key file, if you use one beside a passphrase"),
    )
    add_language(command)
