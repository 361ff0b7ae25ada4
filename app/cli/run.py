"""Reading the command line, running one command, turning what went wrong into one line and an exit code."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import sys
from collections.abc import Sequence
from enum import IntEnum

from app.cli import (
    addressing,
    backing_up,
    carrying,
    casework,
    checking,
    deduplicating,
    everyday,
    exposing,
    file_checking,
    quoting,
    recovering,
    restoring,
    slipping,
)
from app.cli.commands import HELP, the_commands
from app.cli.passphrases import Passphrases
from app.domain.errors import Code, KnownError
from app.i18n import _
from app.spoken import speak
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


def run(arguments: Sequence[str]) -> int:
    """Run one command line."""
    speak(arguments, os.environ)
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.name == HELP:
        parser.parse_args([*options.about, "--help"])  # says it and ends the program
    try:
        return int(options.command(options, Passphrases(options.passphrase_fd, options.key_file)))
    except KnownError as error:
        return _known(error)
    except KeyboardInterrupt:
        return Exit.CANCELLED
    except BrokenPipeError:
        # Whoever read along has enough. Python's own flush at the end would fail once more, with words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CANCELLED
    except Exception as error:  # noqa: BLE001 - the last line of defence: a number, never a trace with data
        reference = secrets.token_hex(4)
        logging.getLogger("poruch").error("bug %s %s", reference, type(error).__name__)
        print(
            _("Something is wrong in Poruch itself. Reference: {number}").replace("{number}", reference),
            file=sys.stderr,
        )
        return Exit.BUG


def make_parser() -> argparse.ArgumentParser:
    """The whole command line in the language spoken now."""
    commands = the_commands()
    commands.add_help()
    keeping = (backing_up, restoring, recovering, carrying)
    work = (casework, file_checking, deduplicating)
    for each in (everyday, *work, slipping, checking, exposing, quoting, addressing, *keeping):
        each.declare(commands)
    return commands.parser


def _known(error: KnownError) -> int:
    print(words_for(error).line(), file=sys.stderr)
    if error.code is Code.NEEDS_SECOND_PERSON:
        return Exit.SECOND_PERSON
    if error.code is Code.CANCELLED:
        return Exit.CANCELLED
    return Exit.USAGE if error.code is Code.BAD_ARGUMENT else Exit.KNOWN
