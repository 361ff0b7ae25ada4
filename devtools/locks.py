"""Makes the two lock files: exact versions and hashes, one for all platforms, naming no index and no host."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

from devtools.environment import DEV_LOCK, RUNTIME_LOCK
from devtools.shell import CACHE, ROOT, StepFailedError, environment, python, run_quietly, say

# The floor of architecture.md. macOS is Apple silicon only: `cryptography` makes no other wheels any more.
PLATFORMS: Final = (
    "x86_64-manylinux_2_34",
    "aarch64-manylinux_2_39",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
)
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")
_COMPILE: Final = (
    "-m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --only-binary :all:"
    " --no-annotate --no-header --no-emit-index-url --no-emit-find-links --upgrade --quiet"
)
_TRY: Final = "-m uv pip install --dry-run --quiet --only-binary :all: --require-hashes --python-platform"
_NOWHERE: Final = CACHE / "no-such-place"
_MACOS_FLOOR: Final = "14.0"


def make_locks() -> None:
    """Resolve anew, write both locks and see that every platform finds wheels for them.

    Raises:
        StepFailedError: nothing fits, or a lock would say where packages come from.
    """
    _compile(RUNTIME_LOCK)
    _compile(DEV_LOCK, "--group", "dev", "--constraints", str(RUNTIME_LOCK.relative_to(ROOT)))
    check_locks()


def check_locks() -> None:
    """See that no lock names an index, host or path, and that wheels exist on every platform.

    Raises:
        StepFailedError: what is wrong with which lock.
    """
    for lock in (RUNTIME_LOCK, DEV_LOCK):
        wrong = improper_lines(lock.read_text(encoding="utf-8"))
        if wrong:
            raise StepFailedError(f"{lock.name} holds more than versions and hashes: {wrong[0]}")
        for platform in PLATFORMS:
            for version in PYTHONS:
                _check_wheels(lock, platform, version)
        say(f"{lock.name}: wheels for {len(PLATFORMS)} platforms and Python {', '.join(PYTHONS)}.")


def improper_lines(text: str) -> list[str]:
    """Lines of a lock that are neither `name==version [; marker]` nor a SHA-256 hash."""
    pin = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][0-9a-z.+!]*( ; [^/\\:@]+)?( \\)?")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    return [line for line in text.splitlines() if not pin.fullmatch(line) and not digest.fullmatch(line)]


def _compile(lock: Path, *more: str) -> None:
    say(f"Resolving {lock.name} ...")
    run_quietly(
        [python(), *_COMPILE.split(), *more, "--output-file", str(lock.relative_to(ROOT))],
        failure=f"{lock.name} could not be made.",
    )


def _check_wheels(lock: Path, platform: str, version: str) -> None:
    done = subprocess.run(
        [
            python(),
            *_TRY.split(),
            platform,
            "--python-version",
            version,
            "-r",
            str(lock),
            "--target",
            str(_NOWHERE),
        ],
        cwd=ROOT,
        env=environment(MACOSX_DEPLOYMENT_TARGET=_MACOS_FLOOR),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        reason = " ".join(done.stderr.split())[-400:]
        raise StepFailedError(f"{lock.name} does not install on {platform}, Python {version}: {reason}")
