"""Protects: a key file is needed once somebody uses one, locks nobody out, and is told rightly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app import bootstrap, putting_back, recovering
from app.casefile import attempts
from app.casefile.key_file import LEAST_BYTES, MAGIC, chosen_key_file, make_key_file, read_key_file
from app.crypto.shares import read_share
from app.domain.errors import Code, KnownError
from app.domain.progress import at_once
from app.drilling import drilling
from app.services.own_passphrase import ChangePassphrase
from app.words import words_for
from tests.faults import passphrase_faults
from tests.faults.cuts import can_cut
from tests.services.command_line import runner
from tests.services.office import COORDINATOR, OFFICER, Office
from tests.services.test_own_passphrase import NEW

_PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "key.dat"


def _refused(office: Office, passphrase: str, key: Path | None) -> KnownError:
    with pytest.raises(KnownError) as raised:
        bootstrap.open_case_file(office.folder).unlock(passphrase, office.clock, key_file=key)
    attempts.forget_wrong_attempts(office.folder)
    return raised.value


def _change(office: Office, command: ChangePassphrase) -> None:
    session = bootstrap.open_case_file(office.folder).unlock(
        command.now, office.clock, key_file=command.key_now
    )
    try:
        at_once(session.own_passphrase.changing(command))
    finally:
        session.close()


def _opens(office: Office, passphrase: str, key: Path | None) -> bool:
    try:
        session = bootstrap.open_case_file(office.folder).unlock(passphrase, office.clock, key_file=key)
    except KnownError:
        attempts.forget_wrong_attempts(office.folder)
        return False
    assert session.own_passphrase.uses_key_file is (key is not None)
    session.close()
    return True


def test_added_changed_and_taken_off_each_ends_what_was_before(office: Office, stick: Path) -> None:
    _change(office, ChangePassphrase(OFFICER, OFFICER, None, stick, make_key=True))
    assert _opens(office, OFFICER, stick)
    assert not _opens(office, OFFICER, None)
    assert _opens(office, COORDINATOR, None), "nobody else needs one"
    picture = stick.with_name("picture.jpg")
    picture.write_bytes(_PICTURE)
    _change(office, ChangePassphrase(OFFICER, OFFICER, stick, picture))
    assert [_opens(office, OFFICER, key) for key in (picture, stick, None)] == [True, False, False]
    _change(office, ChangePassphrase(OFFICER, NEW, picture, picture))
    assert [_opens(office, one, picture) for one in (NEW, OFFICER)] == [True, False]
    _change(office, ChangePassphrase(NEW, NEW, picture, None))
    assert [_opens(office, NEW, key) for key in (None, picture)] == [True, False]
    with office.as_person(NEW) as session:
        with session.context.reading() as reader:
            acts = [entry.act for entry in reader.entries()]
        assert acts.count("person.own_key_changed") == 4
        assert session.log.verify().ok


def test_what_is_wrong_is_never_said_of_passphrase_or_key_file_alone(office: Office, stick: Path) -> None:
    _change(office, ChangePassphrase(OFFICER, OFFICER, None, stick, make_key=True))
    other = stick.with_name("other.dat")
    make_key_file(other, office.folder)
    told = {
        words_for(_refused(office, passphrase, key)).line()
        for passphrase, key in ((OFFICER, other), (NEW, stick), (COORDINATOR, stick), (NEW, other))
    }
    assert len(told) == 1
    assert "together do not open" in told.pop()
    alone = {words_for(_refused(office, passphrase, None)).line() for passphrase in (OFFICER, NEW)}
    assert len(alone) == 1
    assert "If you use a key file" in alone.pop()


def test_a_missing_or_damaged_key_file_is_told_and_counts_as_no_guess(office: Office, stick: Path) -> None:
    _change(office, ChangePassphrase(OFFICER, OFFICER, None, stick, make_key=True))
    assert _refused(office, OFFICER, stick.with_name("gone.dat")).code is Code.FACTOR_MISSING
    whole = stick.read_bytes()
    for damaged in (b"", whole[:-1], whole + b"\0", whole[:20] + b"\0" + whole[21:]):
        stick.write_bytes(damaged)
        assert _refused(office, OFFICER, stick).code is Code.FACTOR_DAMAGED
    assert attempts.wrong_attempts(office.folder) == 0
    stick.write_bytes(whole)
    assert _opens(office, OFFICER, stick)


def test_the_change_asks_for_the_key_file_of_now(office: Office, stick: Path) -> None:
    _change(office, ChangePassphrase(OFFICER, OFFICER, None, stick, make_key=True))
    session = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock, key_file=stick)
    other = stick.with_name("other.dat")
    make_key_file(other, office.folder)
    for key_now in (None, other):
        with pytest.raises(KnownError) as raised:
            at_once(session.own_passphrase.changing(ChangePassphrase(OFFICER, NEW, key_now, None)))
        assert raised.value.code is Code.WRONG_PASSPHRASE
    session.close()
    assert _opens(office, OFFICER, stick)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        os.urandom(LEAST_BYTES - 1),
        bytes(5000),
        b"PK\x03\x04" + bytes(range(256)) * 8,
        b"%PDF-1.7" + bytes(range(256)) * 8,
        b"\x89POBACK\n" + bytes(range(256)) * 8,
        "Ein Text, den jemand morgen ändert. ".encode() * 300,
    ],
    ids=["empty", "tiny", "zeros", "office document", "PDF", "backup", "text"],
)
def test_what_can_be_guessed_or_changes_is_not_taken(office: Office, stick: Path, data: bytes) -> None:
    stick.write_bytes(data)
    with pytest.raises(KnownError) as raised:
        _change(office, ChangePassphrase(OFFICER, OFFICER, None, stick))
    assert raised.value.code is Code.FACTOR_UNFIT
    assert _opens(office, OFFICER, None)


def test_made_beside_nothing_it_would_spoil(office: Office, stick: Path) -> None:
    made = make_key_file(stick, office.folder)
    assert made.startswith(MAGIC)
    assert read_key_file(stick) == chosen_key_file(stick, office.folder) == made
    assert stick.stat().st_mode & 0o077 == 0
    with pytest.raises(KnownError) as raised:
        make_key_file(stick, office.folder)
    assert raised.value.code is Code.PROOF_PLACE_TAKEN
    assert stick.read_bytes() == made
    for place in (office.folder / "key.dat", office.folder / "deep" / ".." / "key.dat"):
        with pytest.raises(KnownError) as raised:
            make_key_file(place, office.folder)
        assert raised.value.code is Code.FACTOR_INSIDE
    assert make_key_file(stick.with_name("second.dat"), office.folder) != made


def test_a_kit_lets_in_whoever_lost_the_key_file_and_asks_for_none(office: Office, stick: Path) -> None:
    with office.as_person(OFFICER) as session:
        kit = session.recovery.make()
        session.recovery.keep(kit.id)
        shares = [
            read_share(" ".join(words), place) for place, words in zip("ABC", kit.shares[:3], strict=True)
        ]
    _change(office, ChangePassphrase(OFFICER, OFFICER, None, stick, make_key=True))
    session, _opened = recovering.recover(office.folder, shares, NEW, office.clock)
    session.close()
    assert [_opens(office, NEW, None), _opens(office, OFFICER, stick)] == [True, False]


def test_a_backup_opens_with_the_key_file_of_its_day(office: Office, stick: Path, tmp_path: Path) -> None:
    _change(office, ChangePassphrase(OFFICER, OFFICER, None, stick, make_key=True))
    session = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock, key_file=stick)
    session.backups.make_in(tmp_path)
    session.backups.make()
    assert at_once(drilling(session, OFFICER, key_file=stick)).seen is not None
    with pytest.raises(KnownError) as raised:
        at_once(drilling(session, OFFICER))
    assert raised.value.code is Code.WRONG_PASSPHRASE
    at_once(session.own_passphrase.changing(ChangePassphrase(OFFICER, OFFICER, stick, None)))
    session.close()
    (backup,) = tmp_path.glob("*.poruch-backup")
    assert bootstrap.check_backup(backup, OFFICER, stick).sequence > 0
    restored = putting_back.restore_backup(
        backup, tmp_path / "back", OFFICER, key_file=stick, clock=office.clock
    )
    restored.close()
    with pytest.raises(KnownError):
        putting_back.restore_backup(backup, tmp_path / "again", OFFICER, clock=office.clock)


def test_the_command_line_makes_needs_and_ends_one(
    office: Office, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = runner(capsys)
    assert run(OFFICER, "person", "key-file", office.folder, "--make", stick)[0] == 0
    assert run(OFFICER, "words", office.folder)[0] == 3
    assert run(OFFICER, "words", office.folder, "--key-file", stick)[0] == 0
    said = (OFFICER, NEW)
    assert run(said, "person", "passphrase", office.folder, "--key-file", stick)[0] == 0
    assert run(NEW, "person", "key-file", office.folder, "--key-file", stick, "--none")[0] == 0
    assert run(NEW, "words", office.folder)[0] == 0


@pytest.mark.skipif(not can_cut(), reason="no strace here")
def test_cut_anywhere_somebody_opens_it_with_or_without_it(office: Office, tmp_path: Path) -> None:
    operation = passphrase_faults.operation(office, key_file=True)
    places = list(operation.cuts(tmp_path / "work"))
    found = [operation.tried(tmp_path / "work", cut) for cut in places[7::61]]
    assert [one for one in found if not one.holds] == []
