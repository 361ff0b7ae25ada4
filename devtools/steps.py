"""What `dev.py test` and `dev.py check` run, one step after the other, and how their outcome is told."""

from __future__ import annotations

import os
import secrets
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Final, NamedTuple

from devtools import bundle, system
from devtools.shell import CACHE, LINUX, ROOT, StepFailedError, run, run_module, say
from devtools.shell import python as venv_python

_RESULTS: Final = CACHE / "pytest.xml"


class Counts(NamedTuple):
    """How many tests went which way."""

    passed: int
    failed: int
    skipped: int = 0


def check() -> bool:
    """Style, types and the order of rooms; True if all hold."""
    return _all(
        ("ruff check", lambda: run_module("ruff", "check", "--quiet", ".") == 0),
        ("ruff format", lambda: run_module("ruff", "format", "--quiet", "--check", ".") == 0),
        ("mypy --strict", lambda: run_module("mypy") == 0),
        ("rooms (import-linter)", _rooms_hold),
    )


def test(*, quick: bool) -> bool:
    """Everything CI runs; True if all of it holds.

    Args:
        quick: leave out the bundle and its smoke test.
    """
    started = time.monotonic()
    held = [check()]
    counts = _pytest()
    held.append(counts.failed == 0 and counts.passed > 0)
    if not quick:
        smoke = _bundle_and_smoke()
        held.append(smoke.failed == 0)
        counts = Counts(counts.passed + smoke.passed, counts.failed + smoke.failed, counts.skipped)
    say("")
    if not all(held):
        say("Something above did not hold.")
    say(f"Everything took {(time.monotonic() - started) / 60:.1f} minutes.")
    # The closing line that a machine reads: alone, and last.
    skipped = f", {counts.skipped} skipped" if counts.skipped else ""
    say(f"{counts.passed} passed, {counts.failed} failed{skipped}")
    return all(held)


def package() -> bool:
    """Make the installable program; True if it is there and holds nothing forbidden."""
    system.ensure_tools("objdump", "ldd")
    system.ensure_python_library()
    return _timed("package", lambda: _unless_failed(bundle.make))


def smoke() -> bool:
    """Use the packaged program as a person would, without Python; True if all of it works."""
    system.ensure_tools("Xvfb")
    return _timed("smoke test", lambda: run([venv_python(), str(ROOT / "build" / "smoke_test.py")]) == 0)


def _bundle_and_smoke() -> Counts:
    """The two count as one test each: the program is whole, and it works."""
    outcome = [package()]
    outcome.append(outcome[0] and smoke())
    return Counts(outcome.count(True), outcome.count(False))


def _pytest() -> Counts:
    _RESULTS.unlink(missing_ok=True)
    seed = secrets.randbelow(1_000_000)
    workers = _cores()
    say(
        f"\npytest: {workers} workers, order and chance from seed {seed} (repeat with --randomly-seed={seed})"
    )
    arguments = ["-p", "randomly", f"--randomly-seed={seed}", f"--junitxml={_RESULTS}"]
    if workers > 1:
        arguments += ["-n", str(workers), "--dist", "worksteal"]
    code = run_module("pytest", *arguments, QT_QPA_PLATFORM="offscreen")
    if not _RESULTS.exists():
        return Counts(0, 1)
    passed, failed, skipped = _read_results()
    # An error outside any test (a collection, a worker) fails the run even if every test passed.
    return Counts(passed, failed or int(code != 0), skipped)


def _read_results() -> Counts:
    total = failed = skipped = 0
    for suite in ET.parse(_RESULTS).getroot().iter("testsuite"):  # noqa: S314 - written by our own pytest
        total += int(suite.get("tests", "0"))
        failed += int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
        skipped += int(suite.get("skipped", "0"))
    return Counts(max(0, total - failed - skipped), failed, skipped)


def _rooms_hold() -> bool:
    # The console script: import-linter has no module to run with -m.
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return run([venv_python(), "-c", script, "--no-logo"]) == 0


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if LINUX else (os.cpu_count() or 1)


def _all(*steps: tuple[str, Callable[[], bool]]) -> bool:
    outcomes = [_timed(name, step) for name, step in steps]  # every one, not only up to the first that fails
    return all(outcomes)


def _timed(name: str, step: Callable[[], bool]) -> bool:
    say(f"\n{name} ...")
    started = time.monotonic()
    held = step()
    say(f"{name}: {'holds' if held else 'FAILED'} ({time.monotonic() - started:.0f} s)")
    return held


def _unless_failed(step: Callable[[], None]) -> bool:
    try:
        step()
    except StepFailedError as error:
        say(str(error))
        return False
    return True
