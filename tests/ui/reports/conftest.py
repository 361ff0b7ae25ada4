"""Case files with a list in them, and pages on them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.canaries import RELATIVE_NAME
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, an_office
from tests.ui.conftest import Until
from tests.ui.reports.windows import Windows


@pytest.fixture
def listed(tmp_path: Path) -> Office:
    """A list is in, its source trusted by one person so far."""
    office = an_office(tmp_path / "casefile")
    with office.as_person(OFFICER) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "list.csv", HELD), SOURCE))
        session.sources.trust(session.sources.rows()[0].id)
        add_mother(session, session.prisoners.rows()[0].id, full_name=RELATIVE_NAME)
    return office


@pytest.fixture
def trusted_by() -> int:
    """How many people trust the source."""
    return 2


@pytest.fixture
def trusted(listed: Office, trusted_by: int) -> Office:
    """The second person trusts it too."""
    if trusted_by > 1:
        with listed.as_person(COORDINATOR) as session:
            session.sources.trust(session.sources.rows()[0].id)
    return listed


@pytest.fixture
def windows(application: QApplication, trusted: Office, until: Until) -> Iterator[Windows]:
    """Pages on a case file that has something to tell."""
    import_module(
        "app.reports.verify"
    )  # its PDF library logs once: on a Qt thread Python counts that as one more
    opened = Windows(trusted, until)
    yield opened
    opened.close()
