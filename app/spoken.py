"""The language of a command line, known before it is read, and the words of `argparse` in that language.

Help is asked for before any option is looked at, so the language comes first: from `--language`, else from
the environment. What the options are lives with each program.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.i18n import LANGUAGES, N_, _, ngettext, set_language

OPTION: Final = "--language"
_ENVIRONMENT: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""Where a system says it, the first that is set: the order of gettext."""

# What `argparse` of Python 3.11 to 3.14 says to a person; a test reads its source and finds what is missing.
ITS_WORDS: Final = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
)


def speak(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Speak the language somebody asked for, `argparse` too, from before the first parser is made."""
    set_language(asked_language(arguments, environment))
    # It looks its words up under these two names. The way of gettext would want compiled files and our
    # environment changed.
    vars(argparse).update(_=_, ngettext=_its_plural)


def asked_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """What `--language` says, else the environment, else the system; English where we speak none of it."""
    said = [*_options(arguments)]
    if said and said[-1] in LANGUAGES:
        return said[-1]
    named = next((environment[name] for name in _ENVIRONMENT if environment.get(name)), _of_the_system())
    codes = [re.split(r"[_.@-]", each)[0].lower() for each in named.split(":")]
    return next((code for code in codes if code in LANGUAGES), "en")


def add_language(parser: argparse.ArgumentParser) -> None:
    """Give a parser the option that was read already: here it is only checked and told in the help."""
    parser.add_argument(
        OPTION,
        default=argparse.SUPPRESS,
        choices=LANGUAGES,
        help=_("language of help and messages (default: as your system speaks)"),
    )


def whole_number(typed: str) -> int:
    """A whole number as typed; `argparse` itself would name the type of a programming language.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return int(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(_("this is no number: {typed}").format(typed=typed)) from None


def _its_plural(one: str, many: str, number: int) -> str:
    if one == "expected %s argument":
        return ngettext("expected %s argument", "expected %s arguments", number)
    return one if number == 1 else many


def _options(arguments: Sequence[str]) -> Iterator[str]:
    for place, word in enumerate(arguments):
        if word == "--":
            return
        if word == OPTION:
            yield from arguments[place + 1 : place + 2]
        elif word.startswith(f"{OPTION}="):
            yield word.partition("=")[2]


def _of_the_system() -> str:
    """Windows says its language elsewhere."""
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""
