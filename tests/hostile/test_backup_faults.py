"""A sample of `dev.py faults`: backups killed, or refused by the disk, step by step; nothing good is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.backup_faults import KILL, WAYS, Ground, make_ground, steps_of, tries
from tests.services.office import an_office


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("backups")
    return make_ground(folder / "ground", an_office(folder / "office"))


@pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL")
@pytest.mark.parametrize("way", list(WAYS))
def test_older_backups_stay_and_no_half_one_counts(ground: Ground, tmp_path: Path, way: str) -> None:
    steps = steps_of(ground, tmp_path / "work")
    assert {"create", "write", "sync", "rename", "remove", "sync the folder", "list"} <= set(steps)
    every = 11 if way == KILL else 17
    start = 1 + list(WAYS).index(way)
    wrong = [
        one
        for one in tries(ground, tmp_path / "work", way, range(start, len(steps) + 1, every))
        if not one.holds
    ]
    assert wrong == []
