"""Protects: nobody over the shoulder, and no program that reads the screen, learns a closed name or number.

What `python3 dev.py faults --only shoulder` runs; and that what does stand on screen would be seen.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import shoulder

pytestmark = pytest.mark.window


@pytest.mark.slow
def test_closed_names_are_nowhere_on_screen_nor_told_beside_it(tmp_path: Path) -> None:
    seen = shoulder.looked(tmp_path)
    assert (seen.differ, seen.told) == ((), ())
    assert seen.pages >= 7
    assert seen.texts > 1000


@pytest.mark.slow
@pytest.mark.plants("a planted name as that of a prisoner, to see that it would be found")
def test_what_stands_on_screen_would_be_seen(tmp_path: Path) -> None:
    seen = shoulder.looked(tmp_path, ("Kvitkavets", "Somebody"), tries=1)
    assert {"prisoners.png", "relatives.png"} <= set(seen.differ)
    assert any(told.endswith("on prisoners") for told in seen.told)
    assert not any(told.endswith("on locked") for told in seen.told)
