"""Where the checkout is, how a command is run and how failure is told. Standard library only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
CACHE: Final = ROOT / ".cache"
WINDOWS: Final = os.name == "nt"
LINUX: Final = sys.platform.startswith("linux")

# pip speaks of places and notices that help nobody who sets the project up.
_NOISE: Final = ("WARNING: Location", "[notice]", "WARNING: Running pip as the 'root' user")


class StepFailedError(Exception):
    """A step could not be done; the message says what a person can do about it."""


def say(text: str) -> None:
    """One plain line, at once."""
    print(text, flush=True)


def python() -> str:
    """The interpreter of `.venv`."""
    return str(VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python")


def environment(**extra: str) -> dict[str, str]:
    """The environment our own programs run in: this one, UTF-8, without a foreign Python's settings."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    env.update({"PYTHONUTF8": "1", **extra})
    return env


def run(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> int:
    """Run in the checkout with its output shown; returns the exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env=env or environment(), check=False).returncode


def run_module(module: str, *arguments: str, **extra: str) -> int:
    """Run `python -m module` of `.venv` with its output shown; returns the exit code."""
    return run([python(), "-m", module, *arguments], env=environment(**extra))


def run_quietly(command: Sequence[str], *, failure: str, env: Mapping[str, str] | None = None) -> str:
    """Run without showing output.

    Args:
        command: program and arguments.
        failure: the sentence to say if it fails.
        env: environment, ours if not given.

    Returns:
        What it printed.

    Raises:
        StepFailedError: it failed; carries the sentence and the end of its output.
    """
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=env or environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise StepFailedError(f"{failure}\n  {error.strerror}") from None
    if done.returncode != 0:
        lines = [line for line in done.stdout.splitlines() if line.strip() and not line.startswith(_NOISE)]
        raise StepFailedError("\n  ".join([failure, *lines[-15:]]))
    return done.stdout
