"""The real program in a process of its own, its keys pressed from inside by a script of `driven`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.rules import ROOT

_LOOK_EVERY_S: Final = 0.02


class Driven:
    """A home, a place for notes and what the program needs to be driven.

    Args:
        folder: for both.
        screen: variables of the screen.
        steps: module of `driven` with the steps.
    """

    def __init__(self, folder: Path, screen: Mapping[str, str], steps: str) -> None:
        self.home: Final = folder / "home"
        self.notes: Final = folder / "notes.json"
        self.home.mkdir()
        self.running: subprocess.Popen[bytes] | None = None
        self.env: Final = {
            **{key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "TMPDIR")},
            **screen,
            "HOME": str(self.home),
            "PYTHONPATH": f"{ROOT / 'tests/journeys/driven'}{os.pathsep}{ROOT}",
            "PORUCH_STEPS": steps,
            "PORUCH_NOTES": str(self.notes),
        }

    def command(self, case_file: Path) -> list[str]:
        """How the program is started on a case file."""
        return [sys.executable, "-m", "ui.main", str(case_file), "--language", "en"]

    def start(self, case_file: Path, stage: str) -> None:
        """Start it and let it do a stage of its steps."""
        env = {**self.env, "PORUCH_STAGE": stage}
        with (self.home.parent / "said.txt").open("ab") as said:
            self.running = subprocess.Popen(
                self.command(case_file), env=env, cwd=ROOT, stdout=said, stderr=said
            )

    def kill(self) -> None:
        """As a crash or a power cut ends it: without being asked."""
        if self.running is not None:
            self.running.kill()
            self.running.wait(10)
            self.running = None

    def end(self, number: int) -> int:
        """Ask it to end by a signal; gives its exit code."""
        if self.running is None:
            raise LookupError("it does not run")
        self.running.send_signal(number)
        code, self.running = self.running.wait(30), None
        return code

    def said(self) -> dict[str, object]:
        """What the steps noted."""
        try:
            found = json.loads(self.notes.read_text())
        except (OSError, ValueError):  # not there yet, or being written
            return {}
        return found if isinstance(found, dict) else {}

    def wait_for(self, note: str, seconds: float = 90.0) -> object:
        """A note, as soon as it is there."""
        end = time.monotonic() + seconds
        while note not in (said := self.said()):
            if time.monotonic() > end:
                self.kill()
                pytest.fail(f"no {note}: {(self.home.parent / 'said.txt').read_text()[-1000:]}")
            time.sleep(_LOOK_EVERY_S)
        return said[note]
