"""Protects: a backup becomes a case file beside the old one, or nothing; never a yes that was taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import putting_back
from app.casefile import restore as restoring
from app.domain.acts import Act
from app.domain.consent import Reason
from app.domain.errors import Code, KnownError
from app.domain.progress import Cancelled
from app.domain.restore import JournalState
from app.services.log import LogFilter
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, Office, add_prisoner, code_of
from tests.services.restored import Restored

_OF_RESTORING = (Act.BACKUP_RESTORED, Act.JOURNAL_REPLAYED, Act.BACKUP_PUT_BACK)


@pytest.fixture
def family(office: Office, tmp_path: Path) -> Restored:
    return Restored(office, tmp_path)


@pytest.fixture
def backup(family: Restored) -> Path:
    """The newest backup beside the case file; after it the mother takes her yes back."""
    with family.office.as_person(OFFICER) as session:
        session.backups.make()
        place = session.backups.places()[0].folder
    assert place is not None
    family.says_no()
    return max(place.glob("*.poruch-backup"))


def _put_back(family: Restored, backup: Path, folder: Path, passphrase: str = OFFICER) -> Session:
    return putting_back.restore_backup(backup, folder, passphrase, clock=family.office.clock)


def test_it_is_read_only_and_denies_until_an_officer_signs(
    family: Restored, backup: Path, tmp_path: Path
) -> None:
    session = _put_back(family, backup, tmp_path / "again", COORDINATOR)
    try:
        assert family.reason(session) is Reason.UNPROVED
        with pytest.raises(KnownError) as caught:
            add_prisoner(session)
        assert code_of(caught.value) is Code.LOG_DOUBTED
        with pytest.raises(KnownError) as caught:
            session.restoring.sign("I want it to go on")
        assert code_of(caught.value) is Code.NOT_ALLOWED
    finally:
        session.close()


def test_the_journal_beside_the_backup_is_found_by_itself(
    family: Restored, backup: Path, tmp_path: Path
) -> None:
    session = _put_back(family, backup, tmp_path / "again")
    try:
        found = session.restoring.outlook()
        assert (found.state, found.noes, found.prisoners) == (JournalState.WHOLE, 1, 0)
        session.restoring.sign("the disk broke")
        assert family.reason(session) is Reason.SOMEBODY_SAID_NO
        acts = [row.act for row in session.log.rows(LogFilter(limit=9))]
        acts = [act for act in acts if act in _OF_RESTORING]
        assert acts == list(_OF_RESTORING)
        assert session.log.verify().ok
        assert add_prisoner(session)
    finally:
        session.close()


def test_both_copies_going_on_is_seen(family: Restored, backup: Path, tmp_path: Path) -> None:
    """The restored copy writes under an origin of its own, so a proof line of either shows the other."""
    session = _put_back(family, backup, tmp_path / "again")
    try:
        session.restoring.sign("the disk broke")
        restored = session.proofs.line()
    finally:
        session.close()
    with family.office.as_person(OFFICER) as original:
        from_the_other = original.proofs.compare(restored)
        assert from_the_other.fit.value == "differs"
        assert family.reason(original) is Reason.UNPROVED


def test_the_old_case_file_is_untouched(family: Restored, backup: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in family.office.folder.iterdir()}
    _put_back(family, backup, tmp_path / "again").close()
    assert {path.name: path.read_bytes() for path in family.office.folder.iterdir()} == before


def _cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-700])


def _flip(backup: Path) -> None:
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)


def _newer(backup: Path) -> None:
    import hashlib

    data = bytearray(backup.read_bytes())
    data[8:10] = (2).to_bytes(2, "big")
    data[-32:] = hashlib.sha256(bytes(data[:-32])).digest()
    backup.write_bytes(data)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_cut, Code.BACKUP_DAMAGED),
        (_flip, Code.BACKUP_DAMAGED),
        (_newer, Code.NEWER_VERSION),
        (lambda path: path.write_bytes(b"hello"), Code.BACKUP_UNREADABLE),
        (lambda path: path.write_bytes(b""), Code.BACKUP_UNREADABLE),
        (lambda path: path.unlink(), Code.CASE_FILE_MISSING),
    ],
)
def test_a_bad_backup_is_named_and_leaves_nothing(
    family: Restored, backup: Path, tmp_path: Path, harm: Callable[[Path], object], code: Code
) -> None:
    harm(backup)
    with pytest.raises(KnownError) as caught:
        _put_back(family, backup, tmp_path / "again")
    assert code_of(caught.value) is code
    _nothing_left(tmp_path)


def _nothing_left(tmp_path: Path) -> None:
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".again*"))


def test_a_wrong_passphrase_leaves_nothing(family: Restored, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        _put_back(family, backup, tmp_path / "again", "quite another passphrase")
    assert code_of(caught.value) is Code.WRONG_PASSPHRASE
    _nothing_left(tmp_path)


def test_never_over_anything(family: Restored, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "letter.txt").write_text("hello")
    for folder in (tmp_path / "again", family.office.folder):
        with pytest.raises(KnownError) as caught:
            _put_back(family, backup, folder)
        assert code_of(caught.value) is Code.CASE_FILE_EXISTS
    assert (tmp_path / "again" / "letter.txt").read_text() == "hello"


def test_a_cancelled_and_a_killed_restore_leave_nothing_that_opens(
    family: Restored, backup: Path, tmp_path: Path
) -> None:
    def cancel(done: int, total: int, what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        putting_back.restore_backup(backup, tmp_path / "again", OFFICER, progress=cancel)
    _nothing_left(tmp_path)
    left = tmp_path / ".again.restoring-0badcafe"  # as a kill leaves it
    shutil.copytree(family.office.folder, left)
    _put_back(family, backup, tmp_path / "again").close()
    assert not left.exists()


def test_the_day_is_told_without_a_passphrase_only_as_far_as_it_may(backup: Path) -> None:
    found = restoring.look(backup)
    assert found.size_bytes == backup.stat().st_size
