"""The folder `.venv` and what is installed in it. Installs by hash, and only when a lock has changed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from devtools.shell import LINUX, ROOT, VENV, StepFailedError, python, run_quietly, say

RUNTIME_LOCK: Final = ROOT / "build" / "requirements.lock"
# Holds everything of the runtime lock, at the same versions, and the tools.
DEV_LOCK: Final = ROOT / "build" / "requirements-dev.lock"
# No index and no host: where packages come from is the machine's own setting.
_INSTALL: Final = (
    "-m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes"
)
_STAMP: Final = VENV / "poruch-installed.json"


def prepare(*, with_tools: bool) -> None:
    """Make `.venv` and install into it what its locks say, if that is not what is there already.

    Args:
        with_tools: the tools for tests, checks and packaging too.

    Raises:
        StepFailedError: no venv could be made or a package could not be installed.
    """
    fresh = _make_venv()
    installed = {} if fresh else _read_stamp()
    lock, key = (DEV_LOCK, "dev") if with_tools else (RUNTIME_LOCK, "runtime")
    wanted = {"python": _python_version(), key: _digest(lock)}
    if all(installed.get(name) == value for name, value in wanted.items()):
        return
    count = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"Installing {count} packages into .venv (the first time takes a few minutes) ...")
    started = time.monotonic()
    run_quietly(
        [python(), *_INSTALL.split(), "-r", str(lock)],
        failure="The packages could not be installed. Is there a connection to the package index pip uses?",
    )
    stamp = {**wanted, "runtime": _digest(RUNTIME_LOCK)}
    _STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def _make_venv() -> bool:
    if _works():
        return False
    if importlib.util.find_spec("ensurepip") is None:
        hint = "apt install python3-venv" if LINUX else "a complete Python from python.org"
        raise StepFailedError(f"This Python cannot make virtual environments. Install: {hint}")
    say("Making .venv ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    run_quietly(
        [sys.executable, "-m", "venv", str(VENV)],
        failure="The folder .venv could not be made. On Debian: apt install python3-venv",
    )
    return True


def _works() -> bool:
    """Whether `.venv` has a running interpreter (a moved checkout or a removed Python leaves ruins)."""
    command = [python(), "-c", "import importlib.util as u, sys; sys.exit(not u.find_spec('pip'))"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def _python_version() -> str:
    settings = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    found = [line.split("=", 1)[1].strip() for line in settings.splitlines() if line.startswith("version")]
    return found[0] if found else ""


def _read_stamp() -> dict[str, str]:
    try:
        content = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in content.items()} if isinstance(content, dict) else {}


def _digest(lock: Path) -> str:
    if not lock.exists():
        raise StepFailedError(f"{lock.name} is missing; the checkout is not complete.")
    # git may give Windows other line ends
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
