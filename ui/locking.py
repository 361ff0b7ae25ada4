"""Locking: the process is replaced, so that no key stays in its memory (security.md, *Lock*).

After closing, copies of keys stay in the memory of a process; after `exec` none do. What was half typed has
been sealed into the case file before this is called.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def command_line(*arguments: str) -> list[str]:
    """How this program is started again, from a checkout or from the bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "ui.main", *arguments]


def replace_process(place: Path, language: str, *, option: str = "--locked", words: str = "") -> None:
    """Become a fresh, locked Poruch on this case file (or, with `--answer`, key file). Does not come back.

    Args:
        place: of the case file or key file.
        language: it goes on in.
        option: `--closed` says that it was closed, and asks for no passphrase.
        words: the four words it was left with. They tell nothing and stand on its screen.
    """
    arguments = command_line(option, str(place), "--language", language)
    if words:
        arguments += ["--words", words]
    if os.name == "nt":
        # execv starts a new process there: the database was closed and its lock released before.
        subprocess.Popen(arguments, close_fds=True)  # noqa: S603 - our own program, no shell
        os._exit(0)
    os.execv(arguments[0], arguments)  # noqa: S606 - our own program, no shell
