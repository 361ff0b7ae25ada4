"""Protects: a case file exchanged while it is open costs nothing that was saved or typed in the window."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from app import bootstrap, putting_back
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Prisoner
from app.domain.progress import at_once
from app.services.backup_places import FOLDER
from app.services.beneath import Standing
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, Office, add_prisoner

_TYPED = {"note": "half a sentence"}


def _older(office: Office, tmp_path: Path) -> Path:
    found = tmp_path / "older.db"
    shutil.copyfile(office.folder / "cases.db", found)
    return found


def _exchange(office: Office, older: Path) -> None:
    os.replace(older, office.folder / "cases.db")  # noqa: PTH105 - in one step, as such programs do


def _people(office: Office) -> int:
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        return reader.count(Prisoner)


def test_what_was_saved_is_in_a_backup_and_what_was_typed_is_offered(office: Office, tmp_path: Path) -> None:
    session = bootstrap.open_case_file(office.folder).unlock(COORDINATOR, office.clock)
    add_prisoner(session)
    older = _older(office, tmp_path)
    add_prisoner(session)
    assert session.beneath.standing() is Standing.OURS
    _exchange(office, older)
    content = (office.folder / "cases.db").read_bytes()
    assert session.beneath.standing() is Standing.EXCHANGED
    with pytest.raises(KnownError) as raised:
        add_prisoner(session)
    assert raised.value.code is Code.CASE_FILE_EXCHANGED
    session.drafts.save("page", _TYPED)
    made = at_once(session.beneath.keeping())
    assert made.places
    session.close(locking=True)
    assert (office.folder / "cases.db").read_bytes() == content

    assert _people(office) == 1  # what lies there is the older one
    with office.as_person(COORDINATOR) as again:
        assert [draft.values for draft in again.drafts.all()] == [_TYPED]
    backup = next((office.folder.parent / FOLDER).glob("*.poruch-backup"))
    at_once(putting_back.restoring_backup(backup, tmp_path / "back", COORDINATOR, clock=office.clock))
    assert _people(Office(tmp_path / "back", office.clock)) == 2


def test_bytes_written_over_it_are_never_mixed_with_ours(office: Office, tmp_path: Path) -> None:
    session = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock)
    older = _older(office, tmp_path)
    add_prisoner(session)
    shutil.copyfile(older, office.folder / "cases.db")
    content = (office.folder / "cases.db").read_bytes()
    assert session.beneath.standing() is Standing.OVERWRITTEN
    with pytest.raises(KnownError):
        add_prisoner(session)
    with pytest.raises(KnownError) as raised:
        at_once(session.beneath.keeping())
    assert raised.value.code is Code.CASE_FILE_EXCHANGED
    session.drafts.save("page", _TYPED)
    session.close(locking=True)
    assert (office.folder / "cases.db").read_bytes() == content
    with office.as_person(OFFICER) as again:
        assert [draft.values for draft in again.drafts.all()] == [_TYPED]
        assert again.log.verify().ok


def test_a_folder_that_went_away_is_told_and_nothing_is_lost_when_it_is_back(
    office: Office, tmp_path: Path
) -> None:
    with office.as_person(OFFICER) as session:
        away = tmp_path / "away"
        office.folder.rename(away)
        assert session.beneath.standing() is Standing.MOVED
        with pytest.raises(KnownError) as raised:
            add_prisoner(session)
        assert raised.value.code is Code.CASE_FILE_MOVED
        away.rename(office.folder)
        assert session.beneath.standing() is Standing.OURS
        add_prisoner(session)
    assert _people(office) == 1


def test_closing_while_the_folder_is_away_ends_in_peace(office: Office, tmp_path: Path) -> None:
    session = bootstrap.open_case_file(office.folder).unlock(OFFICER, office.clock)
    office.folder.rename(tmp_path / "away")
    session.close(locking=True)
    (tmp_path / "away").rename(office.folder)
    assert _people(office) == 0


def test_somebody_elses_typed_file_is_not_mine(office: Office, tmp_path: Path) -> None:
    session = bootstrap.open_case_file(office.folder).unlock(COORDINATOR, office.clock)
    older = _older(office, tmp_path)
    add_prisoner(session)
    _exchange(office, older)
    session.drafts.save("page", _TYPED)
    session.close(locking=True)
    for passphrase in (OFFICER, AUDITOR):
        with office.as_person(passphrase) as other:
            assert other.drafts.all() == ()
    kept = next(office.folder.glob("typed-*.sealed"))
    assert b"sentence" not in kept.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0
