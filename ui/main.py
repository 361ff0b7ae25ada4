"""The window program: `poruch-window [CASEFILE]`, `--demo`, `--tour FOLDER`.

Starts as little as possible before the unlock page is on screen; the first unlock imports the rest.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app.i18n import _
from app.private_memory import keep_memory_private
from app.spoken import add_language, speak


def main() -> int:
    """Start the window; gives the exit code."""
    if sys.argv[1:2] == ["--parse"]:
        # The limited child that reads a list: no window, no keys.
        from app.parsing_child import main as parse

        return parse()
    return start(_options(sys.argv[1:]))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    speak(arguments, os.environ)
    parser = argparse.ArgumentParser(
        prog="poruch-window", description=_("Poruch, side by side."), allow_abbrev=False
    )
    parser.add_argument(
        "casefile", type=Path, nargs="?", metavar=_("CASEFILE"), help=_("folder of the case file")
    )
    for option in ("--locked", "--closed"):
        parser.add_argument(option, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--words", default="", help=argparse.SUPPRESS)
    parser.add_argument(
        "--answer", type=Path, metavar=_("KEYFILE"), help=_("answer slips with your own key file")
    )
    parser.add_argument("--demo", action="store_true", help=_("look around with invented people"))
    parser.add_argument(
        "--tour",
        type=Path,
        metavar=_("FOLDER"),
        help=_("guided tour without a screen; its pictures go there"),
    )
    add_language(parser)
    return parser.parse_args(arguments)


def start(options: argparse.Namespace) -> int:
    """Open the program at the right place."""
    os.umask(0o077)
    keep_memory_private()
    if options.tour is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from ui.tour import take_tour

        return take_tour(options.tour)
    from ui.program import Program

    program = Program(language=getattr(options, "language", ""))
    if options.demo:
        program.open_demo()
    elif options.answer is not None:
        program.open_trustee(options.answer)
    elif options.closed is not None:
        program.open_closed(options.closed, options.words)
    else:
        program.open(options.locked or options.casefile, options.words)
    return program.run()


if __name__ == "__main__":
    sys.exit(main())
