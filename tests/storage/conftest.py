"""Fixtures of the storage tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.store import CaseStore
from tests.storage.desk import TestDesk, make_desk


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    """A fresh case file."""
    return make_desk(tmp_path)


@pytest.fixture
def store(desk: TestDesk) -> Iterator[CaseStore]:
    """It, open, with the desk's key."""
    opened = desk.sign_in()
    yield opened
    opened.close()
