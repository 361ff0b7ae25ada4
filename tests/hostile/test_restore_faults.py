"""A sample of `dev.py faults`: restoring, signing it and a drill, cut at system calls; nothing half stays.

And a disk that is really full, and one that cannot be written to: the right words, nothing left.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from app import putting_back
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.drilling import drilling
from app.services.backup_places import FOLDER
from tests.faults.cuts import can_cut
from tests.faults.restore_faults import OPERATIONS, Ground, cuts, make_ground, tried
from tests.services.office import OFFICER, Office, an_office

_EVERY = {"restore": 61, "sign": 83, "drill": 97}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("restores")
    return make_ground(folder / "ground", an_office(folder / "office"))


@pytest.mark.skipif(not can_cut(), reason="no strace here")
@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_half_stays_and_a_second_try_works(ground: Ground, tmp_path: Path, operation: str) -> None:
    found = list(cuts(ground, tmp_path / "work", operation))
    assert len(found) > 300
    wrong = [
        one
        for cut in found[7 :: _EVERY[operation]]
        if not (one := tried(ground, tmp_path / "work", operation, cut)).holds
    ]
    assert wrong == []


@pytest.fixture
def office(ground: Ground, tmp_path: Path) -> Office:
    """A copy to work on, with its backup beside it."""
    shutil.copytree(ground.folder, tmp_path / "there")
    return Office(tmp_path / "there" / "case", ground.moment)


def _refused(office: Office, folder: Path, ground: Ground) -> KnownError:
    backup = office.folder.parent / FOLDER / ground.backup
    before = backup.read_bytes()
    with pytest.raises(KnownError) as caught:
        putting_back.restore_backup(backup, folder, OFFICER, clock=office.clock)
    assert backup.read_bytes() == before
    return caught.value


def test_a_full_disk_is_said_with_what_is_needed_before_anything_is_written(
    office: Office, ground: Ground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage._replace(free=3_000_000))
    error = _refused(office, tmp_path / "again", ground)
    assert error.code is Code.BACKUP_NO_SPACE
    assert error.details["free"] == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there"]
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as caught:
        at_once(drilling(session, OFFICER))
    assert caught.value.code is Code.BACKUP_NO_SPACE
    assert not list(office.folder.glob("*.new"))


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, Code.NO_SPACE), (errno.EROFS, Code.CANNOT_WRITE), (errno.EACCES, Code.CANNOT_WRITE)],
)
def test_a_disk_that_refuses_the_folder(
    office: Office,
    ground: Ground,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: Code,
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(number, "by a test")

    monkeypatch.setattr(os, "mkdir", refuse)
    assert _refused(office, tmp_path / "again", ground).code is code
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_the_right_to_write(office: Office, ground: Ground, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert _refused(office, locked / "again", ground).code is Code.CANNOT_WRITE
    assert not list(locked.iterdir())


def test_a_place_that_is_gone(office: Office, ground: Ground, tmp_path: Path) -> None:
    assert _refused(office, tmp_path / "no stick" / "again", ground).code is Code.CANNOT_WRITE
