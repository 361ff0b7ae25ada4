"""Makes the installable program and looks through what came out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from devtools.shell import CACHE, ROOT, WINDOWS, StepFailedError, environment, python, run_quietly, say

PROGRAM: Final = ROOT / "dist" / "poruch"
SPEC: Final = ROOT / "build" / "poruch.spec"

# Could open a connection, or comes with something that can (architecture.md, *Contracts*).
FORBIDDEN_MODULES: Final = frozenset(
    {"ssl", "_ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio", "xmlrpc", "socketserver"}
)
FORBIDDEN_FILES: Final = re.compile(
    r"libssl|(^|/)_ssl\.|Qt6?Network|Qt6?Pdf|libqvnc|libqpdf\.|plugins/tls/|networkinformation|\.po$|\.py$",
    re.IGNORECASE,
)
_VIEWER: Final = "-m PyInstaller.utils.cliutils.archive_viewer --list --recursive --brief"


def executable(name: str) -> Path:
    """One of the two programs in the finished folder."""
    return PROGRAM / (f"{name}.exe" if WINDOWS else name)


def make() -> None:
    """Make the program and look through it.

    Raises:
        StepFailedError: PyInstaller failed, or something that must not ship is inside.
    """
    say("Putting the program together (about two minutes) ...")
    where = ["--workpath", str(CACHE / "pyinstaller"), "--distpath", str(PROGRAM.parent)]
    run_quietly(
        [python(), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *where, str(SPEC)],
        failure="The program could not be put together.",
        env=environment(PYINSTALLER_CONFIG_DIR=str(CACHE / "pyinstaller")),
    )
    wrong = look_through(PROGRAM)
    size = f"{_size_mb(PROGRAM):.0f} MB in {len(_files(PROGRAM))} files"
    say(f"{PROGRAM.name}: {size}, {len(wrong)} that must not ship")
    if wrong:
        raise StepFailedError("\n  ".join(["The program holds what must not ship:", *wrong]))


def forbidden(names: Iterable[str]) -> list[str]:
    """Of module names, those that must not ship (a forbidden package forbids what is inside it)."""
    return sorted(n for n in set(names) if any(n == m or n.startswith(f"{m}.") for m in FORBIDDEN_MODULES))


def look_through(folder: Path) -> list[str]:
    """What the finished program holds and must not hold: modules by name, files by path inside the folder."""
    wrong = [f"file {path}" for path in _files(folder) if FORBIDDEN_FILES.search(path)]
    for name in ("poruch", "poruch-window"):
        program = folder / (f"{name}.exe" if WINDOWS else name)
        wrong += [f"module {module} in {name}" for module in forbidden(_modules(program))]
    return wrong


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _modules(program: Path) -> list[str]:
    """Names of the modules packed into a program, by PyInstaller's own viewer."""
    listing = run_quietly(
        [python(), *_VIEWER.split(), str(program)], failure=f"{program.name} could not be looked through."
    )
    _, found, names = listing.partition("(PYZ):\n")
    if not found:
        raise StepFailedError(f"No modules found in {program.name}; PyInstaller packs differently now.")
    return [line.strip() for line in names.splitlines()]


def _size_mb(folder: Path) -> float:
    return (
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
        / 1e6
    )
