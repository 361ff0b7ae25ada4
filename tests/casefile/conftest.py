"""A fresh case file for every test that asks for one."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
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


@pytest.fixture
def made_by_ordinary_user(tmp_path: Path) -> Iterator[Made]:
    """A case file of somebody whom rights stop: as root, the test takes another user's rights meanwhile."""
    if os.name == "nt":
        pytest.skip("Windows keeps rights another way")
    if os.geteuid() != 0:
        yield Made(tmp_path / "case", make(tmp_path / "case"))
        return
    # Root's folders of pytest cannot be entered by anybody else.
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    nobody = 65534
    os.chown(folder, nobody, nobody)
    os.seteuid(nobody)
    try:
        yield Made(folder / "case", make(folder / "case"))
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)
