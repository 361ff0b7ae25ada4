"""Set Poruch up and run it: `python3 dev.py`. Standard library only; it puts everything else into `.venv`.

Without a command it makes a demo case file of invented people and opens the window on it (without a display:
a tour of the same window that writes its pictures and reports to `demo-output/`).
"""

from __future__ import annotations

import argparse
import os
import sys

if sys.hexversion < 0x030B0000:
    sys.exit("Poruch needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

from devtools import environment, locks, steps, system
from devtools.shell import LINUX, ROOT, StepFailedError, run_module, say

# command: what it runs, where that stands (a room that is not there yet offers no command), its help
_MEASURES = {
    "bench": (["tests.benchmarks"], "tests/benchmarks", "print the figures: how fast, how large"),
    "faults": (["tests.faults"], "tests/faults/__main__.py", "kill, cut, fill and damage, in full numbers"),
    "pictures": (
        ["tests.pictures.gallery"],
        "tests/pictures/gallery.py",
        "draw every part of the window: FOLDER",
    ),
}


def main(arguments: list[str]) -> int:
    """Do what the command line says; returns the exit code."""
    wanted, rest = _parser().parse_known_args(arguments)
    if rest and wanted.command not in _MEASURES:
        _parser().error("unknown: " + " ".join(rest))
    try:
        environment.prepare(with_tools=wanted.command is not None)
        system.ensure_qt_libraries()
        _compile_translations()
        return _run(wanted, rest)
    except StepFailedError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


def _run(wanted: argparse.Namespace, rest: list[str]) -> int:
    # No `match`: an older Python must get as far as saying that it is too old.
    if wanted.command is None:
        return _demo()
    if wanted.command in _MEASURES:
        return run_module(*_MEASURES[wanted.command][0], *rest, QT_QPA_PLATFORM="offscreen")
    if wanted.command == "translate":
        return run_module("devtools.catalogues", "update")
    if wanted.command == "lock":
        locks.make_locks()
        return 0
    if wanted.command == "test":
        return 0 if steps.test(quick=wanted.quick) else 1
    step = {"check": steps.check, "package": steps.package, "smoke": steps.smoke}[wanted.command]
    return 0 if step() else 1


def _demo() -> int:
    if not LINUX or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return run_module("ui.main", "--demo")
    say("No display here: a tour of the window instead, pictures and reports go to demo-output/.")
    return run_module("ui.main", "--tour", "demo-output", QT_QPA_PLATFORM="offscreen")


def _compile_translations() -> None:
    """Compile the catalogues if one has changed since; a person who only runs the program never notices."""
    for source in (ROOT / "resources" / "locale").glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            if run_module("devtools.catalogues", "compile") != 0:
                raise StepFailedError("The translations could not be compiled.")
            return


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description=(__doc__ or "").split("\n\n")[0])
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands (none: the demo)")
    test = commands.add_parser("test", help="everything CI runs: checks, tests, package, smoke test")
    test.add_argument("--quick", action="store_true", help="without package and smoke test")
    commands.add_parser("check", help="style, types, order of rooms")
    commands.add_parser("package", help="make the installable program in dist/")
    commands.add_parser("smoke", help="use the packaged program as a person would")
    commands.add_parser("lock", help="choose versions anew and write both lock files")
    commands.add_parser("translate", help="bring the translations up to date, say what is missing")
    for name, (_module, place, text) in _MEASURES.items():
        if (ROOT / place).exists() or (ROOT / f"{place}.py").exists():
            commands.add_parser(name, help=text, add_help=False)  # each has more to say itself
    return parser


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
