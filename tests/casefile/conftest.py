"""A fresh case file for every test that asks for one."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.casefile.create import NewCaseFile
from app.casefile.unlock import Unlocked, unlock
from tests.casefile.people import WORDS, make


@attrs.frozen
class Made:
    """A case file on disk and what its maker knows."""

    folder: Path
    new: NewCaseFile

    def unlock(self, passphrase: str = WORDS) -> Unlocked:
        """Unlock it."""
        return unlock(self.folder, passphrase)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A case file with one person."""
    folder = tmp_path / "case"
    return Made(folder, make(folder))
