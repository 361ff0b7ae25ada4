"""The guided tour goes through: the whole program, driven by keys, with pictures and reports at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.rules import ROOT
from ui.tour_hand import Hand, TourError


@pytest.mark.window
def test_a_slow_computer_is_waited_for_as_long_as_work_goes_on(tmp_path: Path) -> None:
    """Setting up on a busy machine took three minutes, and the tour gave up after two."""
    hand = Hand(tmp_path, list[str]().append)
    steps = iter(range(8))

    def truth() -> bool:
        time.sleep(0.05)
        told[0] = str(next(steps))
        return told[0] == "7"

    told = [""]
    try:
        hand.wait(truth, "the demo", patience_s=0.1, told=lambda: told[0])
        with pytest.raises(TourError, match="waited too long for: the demo"):
            hand.wait(lambda: False, "the demo", patience_s=0.1, told=lambda: told[0])
    finally:
        hand.let_go()


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
