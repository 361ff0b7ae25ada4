"""Protects: a restore never revives a yes. Every no, stop and pause said since the backup acts again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.casefile.journal import RECORD_BYTES
from app.domain.consent import Reason
from app.domain.errors import Code, KnownError
from app.domain.restore import JournalState
from tests.hostile.insider import says_no
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner, code_of
from tests.services.restored import Restored


@pytest.fixture
def restored(office: Office, tmp_path: Path) -> Restored:
    """An office with a family that agreed to the name in public, and a backup of that moment."""
    return Restored(office, tmp_path)


def test_a_no_said_after_the_backup_acts_again(restored: Restored) -> None:
    restored.says_no()
    restored.put_back()
    with restored.office.as_person(OFFICER) as session:
        assert restored.reason(session) is Reason.UNPROVED
        found = session.restoring.outlook(restored.place)
        assert (found.state, found.noes, found.prisoners) == (JournalState.WHOLE, 1, 0)
        session.restoring.sign("the disk broke", restored.place)
        assert restored.reason(session) is Reason.SOMEBODY_SAID_NO
        assert session.restore_waiting.rows() == ()
        assert session.log.verify().ok


def test_nothing_said_since_brings_the_yes_back(restored: Restored) -> None:
    restored.put_back()
    with restored.office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke", restored.place)
        assert restored.reason(session) is Reason.AGREED


def test_without_the_journal_everybody_waits_for_two(restored: Restored) -> None:
    restored.says_no()
    restored.put_back()
    for file in restored.place.glob("*.noes"):
        file.unlink()
    with restored.office.as_person(OFFICER) as session:
        assert session.restoring.outlook(restored.place).state is JournalState.ABSENT
        session.restoring.sign("the disk broke", restored.place)
        assert restored.reason(session) is Reason.UNSURE
        assert [row.prisoner for row in session.restore_waiting.rows()] == [restored.prisoner]
        session.restore_waiting.propose([restored.prisoner])
        with pytest.raises(KnownError) as caught:
            session.restore_waiting.confirm([restored.prisoner])
        assert code_of(caught.value) is Code.SAME_PERSON_TWICE
    with restored.office.as_person(COORDINATOR) as session:
        assert restored.reason(session) is Reason.UNSURE
        session.restore_waiting.confirm([restored.prisoner])
        assert restored.reason(session) is Reason.AGREED


def test_reports_staff_are_told_the_same(restored: Restored) -> None:
    restored.put_back()
    with restored.office.as_person(REPORTS) as session:
        assert {row.name_in_public.value for row in session.prisoners.rows()} == {"no"}
    for file in restored.place.glob("*.noes"):
        file.unlink()
    with restored.office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke", restored.place)
    with restored.office.as_person(REPORTS) as session:
        assert {row.name_in_public.value for row in session.prisoners.rows()} == {"not_asked"}


def test_asked_again_is_another_way_out(restored: Restored) -> None:
    restored.put_back()
    for file in restored.place.glob("*.noes"):
        file.unlink()
    with restored.office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke", restored.place)
        assert restored.reason(session) is Reason.UNSURE
    restored.says_yes()
    with restored.office.as_person(OFFICER) as session:
        assert restored.reason(session) is Reason.AGREED


def test_a_record_says_nothing_by_its_size(restored: Restored) -> None:
    (file,) = restored.place.glob("*.noes")
    before = file.stat().st_size
    restored.says_no()
    grown = file.stat().st_size - before
    assert grown % RECORD_BYTES == 0
    assert restored.prisoner.encode() not in file.read_bytes()


def test_a_new_relative_and_her_no_come_back_together(restored: Restored) -> None:
    with restored.office.as_person(COORDINATOR) as session:
        aunt = add_mother(session, restored.prisoner)
        says_no(session, aunt)
        session.no_journal.keep_up(restored.place)
    restored.put_back()
    with restored.office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke", restored.place)
        assert restored.reason(session) is Reason.SOMEBODY_SAID_NO


def test_the_old_copy_put_back_by_hand_is_seen_by_the_journal(restored: Restored) -> None:
    restored.says_no()
    shutil.rmtree(restored.office.folder)
    shutil.copytree(restored.backup, restored.office.folder)
    with restored.office.as_person(COORDINATOR) as session:
        assert session.no_journal.keep_up(restored.place).older
        assert restored.reason(session) is Reason.UNPROVED
        with pytest.raises(KnownError) as caught:
            add_prisoner(session)
        assert code_of(caught.value) is Code.LOG_DOUBTED
    with restored.office.as_person(OFFICER) as session:
        session.restoring.sign("somebody put it back", restored.place)
        assert restored.reason(session) is Reason.SOMEBODY_SAID_NO


def test_what_waits_for_an_absent_place_is_counted_and_written_later(
    restored: Restored, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    restored.place.rename(away)
    restored.says_no()
    with restored.office.as_person(COORDINATOR) as session:
        standing = session.no_journal.keep_up(restored.place)
        assert (standing.there, standing.waiting) == (False, 1)
    away.rename(restored.place)
    with restored.office.as_person(COORDINATOR) as session:
        assert session.no_journal.keep_up(restored.place).waiting == 0
    restored.put_back()
    with restored.office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke", restored.place)
        assert restored.reason(session) is Reason.SOMEBODY_SAID_NO
