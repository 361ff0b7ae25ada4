"""Fixtures of the hostile tests: an office of four, and the same with a list in, trusted and not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, Office, an_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Officer, coordinator, reports staff and auditor."""
    return an_office(tmp_path / "casefile")


@pytest.fixture
def alone(tmp_path: Path) -> Office:
    """A founder and nobody else."""
    return an_office(tmp_path / "casefile", alone=True)


@pytest.fixture
def listed(office: Office, tmp_path: Path) -> Office:
    """A list is in; nobody trusts its source yet."""
    path = write_list(tmp_path / "list.csv", HELD)
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, SOURCE))
    return office


@pytest.fixture
def trusted(listed: Office) -> Office:
    """Two people trust the source."""
    for passphrase in (COORDINATOR, OFFICER):
        with listed.as_person(passphrase) as session:
            session.sources.trust(session.sources.rows()[0].id)
    return listed
