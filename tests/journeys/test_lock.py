"""Locking in the middle of typing, in the real program: the process is replaced and nothing typed is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules import ROOT
from tests.services.office import Office

pytestmark = pytest.mark.window


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A screen of its own where there can be one, otherwise Qt without a screen."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as stream:
        number = stream.readline().strip()
    try:
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(10)


def test_a_lock_in_the_middle_of_typing_loses_nothing(tmp_path: Path, screen: dict[str, str]) -> None:
    office = Office(tmp_path / "case")
    notes, home = tmp_path / "notes.json", tmp_path / "home"
    home.mkdir()
    env = {
        **{key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "TMPDIR")},
        **screen,
        "HOME": str(home),
        "PYTHONPATH": f"{ROOT / 'tests/journeys/driven'}{os.pathsep}{ROOT}",
        "PORUCH_STEPS": "lock_steps",
        "PORUCH_NOTES": str(notes),
    }
    command = [sys.executable, "-m", "ui.main", str(office.folder), "--language", "en"]
    done = subprocess.run(command, env=env, cwd=ROOT, timeout=60, capture_output=True, check=False)
    said = json.loads(notes.read_text()) if notes.exists() else {}
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert said["typed"] == said["typed_after"] == "Halfword"
    if os.name != "nt":
        assert said["pid"] == said["pid_after"]
    assert said["page_after"] == ["start"]
    left = [path.name for path in home.rglob("*") if path.is_file() and "fontconfig" not in str(path)]
    assert left == [], "the program left something in the home folder"
