"""A sample of `dev.py faults`: every set of sheets, a kit cut at system calls: somebody always gets in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import recovery_faults, recovery_words
from tests.faults.cuts import can_cut
from tests.services.office import an_office

_EVERY = {"make": 61, "hand out": 61, "try": 61, "come in": 31}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> recovery_faults.Ground:
    folder = tmp_path_factory.mktemp("kits")
    return recovery_faults.make_ground(folder / "ground", an_office(folder / "office"))


@pytest.mark.skipif(not can_cut(), reason="no strace here")
@pytest.mark.parametrize("operation", recovery_faults.OPERATIONS)
def test_somebody_gets_in_and_never_silently(
    ground: recovery_faults.Ground, tmp_path: Path, operation: str
) -> None:
    work = tmp_path / "work"
    found = list(recovery_faults.cuts(ground, work, operation))
    assert len(found) > 150
    wrong = [
        one
        for cut in found[5 :: _EVERY[operation]]
        if not (one := recovery_faults.tried(ground, work, operation, cut)).holds
    ]
    assert wrong == []


def test_every_set_of_sheets_does_what_it_should(tmp_path: Path) -> None:
    office = an_office(tmp_path / "office")
    ground = recovery_words.make_ground(tmp_path / "ground", office)
    found = list(recovery_words.tries(ground, tmp_path / "work"))
    assert [one for one in found if not one.held] == []
    opened = [one.kind for one in found if one.opened]
    assert opened == [recovery_words.TRIPLES] * 10
    assert len(found) > 120
