"""Protects: a power cut at any moment loses nothing acknowledged, leaves nothing half done, and it opens.

A sample of `python3 dev.py faults`; its seed changes with the day, so that every day tries others.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from tests.faults import power_cuts
from tests.faults.cuts import can_cut
from tests.faults.power_cuts import Film

pytestmark = pytest.mark.skipif(not can_cut(), reason="needs Linux with strace")
_SAMPLE = 60
_FEW = 25


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Film]:
    """What each operation did to the disk."""
    folder = tmp_path_factory.mktemp("films")
    return power_cuts.films(folder)


def test_nothing_acknowledged_is_lost(films: dict[str, Film], tmp_path: Path) -> None:
    found = list(power_cuts.cut(films, tmp_path, _SAMPLE, seed=datetime.now(UTC).toordinal()))
    assert [one for one in found if one.wrong] == [], power_cuts.table(found)
    assert len({one.operation for one in found}) == len(power_cuts.OPERATIONS)


def test_a_disk_that_only_says_it_has_written_is_seen(films: dict[str, Film], tmp_path: Path) -> None:
    """Without its syncs the same film loses what was acknowledged: the harness would see one left out."""
    lying = {
        name: attrs.evolve(film, steps=tuple(one for one in film.steps if not one.what.startswith("sync")))
        for name, film in films.items()
    }
    found = list(power_cuts.cut(lying, tmp_path, _FEW * len(films), seed=1))
    assert {one.operation for one in found if one.wrong} == set(films)
