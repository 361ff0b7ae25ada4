"""Fixtures of the services' tests: an office with one person of every role, and one with a founder alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.command_line import Run, runner
from tests.services.office import Office, an_office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Officer, coordinator, reports staff and auditor."""
    return an_office(tmp_path / "casefile")


@pytest.fixture
def alone(tmp_path: Path) -> Office:
    """A founder and nobody else."""
    return an_office(tmp_path / "casefile", alone=True)


@pytest.fixture
def poruch(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, run by somebody."""
    return runner(capsys)
