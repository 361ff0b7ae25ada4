"""Protects: every case file ever made opens in every later version, says the same and fits together."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import bootstrap
from app.domain.rows import Light
from app.services.relatives import ShowIdentity
from tests.casefile.make_golden import FOLDER
from tests.services.office import COORDINATOR, OFFICER, REPORTS, TurnedClock

GOLDEN = sorted(FOLDER.glob("version-*.zip"))
LATER = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(params=GOLDEN, ids=lambda path: path.stem)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A fresh copy of one golden file."""
    folder = tmp_path / "case"
    with zipfile.ZipFile(request.param) as packed:
        packed.extractall(folder)
    return folder


def test_there_is_a_golden_file() -> None:
    assert GOLDEN


def test_a_key_holder_reads_what_was_written(golden: Path) -> None:
    session = bootstrap.open_case_file(golden).unlock(COORDINATOR, TurnedClock(LATER))
    try:
        row = session.prisoners.rows()[0]
        assert (row.name, row.status, row.godparents) == ("Zhawnyarovich, Siarhei", "penal_colony", 1)
        assert row.name_in_public is Light.YES
        prisoner = session.prisoners.get(row.id).prisoner
        assert (prisoner.working_notes, prisoner.occupation) == ("Golden note.", "Engineer")
        assert prisoner.other_names[0].family_name == "Жаўняровіч"
        relative = session.relatives.rows()[0]
        assert (relative.relation, relative.nickname) == ("mother", "gardener")
        shown = session.relatives.show(ShowIdentity(relative.id, ""))
        assert shown.full_name == "Golden Mother"
        assert [change.after for change in session.prisoners.history(row.id, "occupation")][:1] == [
            "Engineer"
        ]
    finally:
        session.close()


@pytest.mark.parametrize("passphrase", [OFFICER, COORDINATOR, REPORTS])
def test_its_log_fits_together_for_everybody(golden: Path, passphrase: str) -> None:
    session = bootstrap.open_case_file(golden).unlock(passphrase, TurnedClock(LATER))
    try:
        found = session.log.verify()
        assert found.ok
        assert found.entries > 8
    finally:
        session.close()
