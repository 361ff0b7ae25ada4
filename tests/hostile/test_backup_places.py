"""Protects: the case file stays locked while its bytes are read; a stick that is full loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.errors import Code
from app.domain.progress import at_once
from app.services.backup_places import BESIDE, FOLDER
from tests.services.office import OFFICER, Office, add_prisoner, an_office

_OPENS = """
import sys
from pathlib import Path
from app import bootstrap
from app.domain.errors import KnownError
try:
    bootstrap.open_case_file(Path(sys.argv[1])).unlock(sys.argv[2]).close()
    print("opened")
except KnownError as error:
    print(error.code.value)
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return an_office(tmp_path / "casefile")


def second_program(office: Office) -> str:
    """What another program is told that opens the case file now."""
    told = subprocess.run(
        [sys.executable, "-c", _OPENS, str(office.folder), OFFICER],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return told.stdout.strip()


def test_a_backup_never_lets_go_of_the_lock(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
        slices = session.backups.making()
        next(slices)
        assert second_program(office) == Code.IN_USE.value
        for _slice in slices:
            pass
        assert second_program(office) == Code.IN_USE.value
        name = session.backups.places()[0].generations[0].name
        assert at_once(session.backups.checking(BESIDE, name)).good
        assert second_program(office) == Code.IN_USE.value
        add_prisoner(session)  # and it can still save
    assert second_program(office) == "opened"


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A real disk of two megabytes; one backup fits, a second one does not."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root mounts a disk")
    stick = tmp_path / "stick"
    stick.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", stick], check=False).returncode:
        pytest.skip("this computer mounts nothing")
    yield stick
    subprocess.run(["umount", "-l", stick], check=False)


def test_a_full_stick_says_so_and_keeps_what_it_has(
    office: Office, small_stick: Path, tmp_path: Path
) -> None:
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(small_stick)
        session.backups.make()
        (kept,) = small_stick.glob("*.poruch-backup*")
        before = kept.read_bytes()
        made = session.backups.make()
        assert [error.code for _key, error in made.failed] == [Code.BACKUP_NO_SPACE]
        assert session.backups.state().failed == Code.BACKUP_NO_SPACE.value
        assert list(small_stick.glob("*.poruch-backup*")) == [kept]
        assert kept.read_bytes() == before
        subprocess.run(["umount", "-l", small_stick], check=True)
        # Pulled out: the empty folder of that name on the laptop's own disk gets nothing.
        made = session.backups.make()
        assert [error.code for _key, error in made.failed] == [Code.BACKUP_ABSENT]
    assert list(small_stick.iterdir()) == []
    assert len(list((tmp_path / FOLDER).glob("*.poruch-backup"))) == 3
