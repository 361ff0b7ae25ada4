"""The guided tour goes through: the whole program, driven by keys, with pictures and reports at the end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules import ROOT


@pytest.mark.slow
@pytest.mark.window
@pytest.mark.timeout(600)
def test_the_tour_goes_through_and_leaves_pictures_and_reports(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "ui.main", "--tour", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=590, check=False)
    said = done.stdout.decode()
    assert done.returncode == 0, said + done.stderr.decode()[-2000:]
    names = [path.name for path in (tmp_path / "out").iterdir()]
    for page in ("prisoners", "relatives", "conversation", "godparents", "reports", "log"):
        assert any(page in name and name.endswith(".png") for name in names), page
    assert {Path(name).suffix for name in names} >= {".pdf", ".docx", ".xlsx", ".csv"}
    assert "every signature and row fits" in said
