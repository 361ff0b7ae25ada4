"""Protects: a drill opens the newest backup as a restore would, tells what is, and leaves nothing behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import bootstrap
from app.casefile import unfinished
from app.casefile.files import DATABASE
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.progress import Cancelled, at_once
from app.domain.restore import JournalState
from app.drill_words import drilled_words
from app.drilling import drilling
from app.services.backup_places import BESIDE, FOLDER, SECOND
from app.services.drills import Drilled
from app.services.log import LogFilter
from app.services.own_terms import SaveTerm
from app.services.session import Session
from app.vocabulary import pairs
from tests.services.command_line import Run
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_prisoner, code_of
from tests.services.restored import Restored


@pytest.fixture
def family(office: Office, tmp_path: Path) -> Restored:
    return Restored(office, tmp_path)


def _drill(session: Session, passphrase: str = OFFICER) -> Drilled:
    return at_once(drilling(session, passphrase))


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _words(found: Drilled) -> str:
    return "\n".join(drilled_words(found, lambda moment: f"{moment:%d %b}"))


def test_a_good_backup_is_tried_and_what_would_be_lost_is_told(family: Restored, tmp_path: Path) -> None:
    with family.office.as_person(OFFICER) as session:
        session.backups.make()
    family.says_no()
    with family.office.as_person(OFFICER) as session:
        session.no_journal.keep_up_everywhere()
        outside = _content(tmp_path / FOLDER)
        origins = [row.act for row in session.log.rows(LogFilter())].count(Act.BACKUP_PUT_BACK)
        found = _drill(session)
        assert (found.fault, found.place, found.since) == (None, BESIDE, 1)
        assert found.seen is not None
        assert (found.seen.prisoners, found.seen.relatives) == (1, 1)
        assert (found.seen.outlook.state, found.seen.outlook.noes) == (JournalState.WHOLE, 1)
        said = _words(found)
        assert "The backup of 22 Nov can be put back." in said
        assert "1 entry was written since" in said
        assert "1 no. They act again" in said
        # Nothing of it stays, no journal was written, and the log says only that it was tried.
        assert _content(tmp_path / FOLDER) == outside
        assert not list(family.office.folder.glob("*.new"))
        rows = session.log.rows(LogFilter())
        assert rows[0].act == Act.DRILLED
        assert [row.act for row in rows].count(Act.BACKUP_PUT_BACK) == origins
        assert not session.doubts.standing()
        assert session.log.verify().ok
        tried = session.backups.state().tried
        assert tried is not None
        assert (tried.by, tried.fault) == (session.person.id, "")
        add_prisoner(session, family_name="Next")


def test_no_journal_proof_line_or_word_of_the_window_is_touched(office: Office, tmp_path: Path) -> None:
    for name in ("stick", "proofs"):
        (tmp_path / name).mkdir()
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(tmp_path / "stick")
        session.own_terms.save(SaveTerm("category", english="Beekeeper"))
        add_prisoner(session)
        session.backups.make()
        session.proofs.keep_at(tmp_path / "proofs" / "line.txt")
    with office.as_person(OFFICER) as session:
        for left in [*tmp_path.glob("stick/*.noes"), *tmp_path.glob("proofs/*")]:
            left.unlink()  # whoever opens a copy would write these anew
        before = sorted(path.name for path in tmp_path.rglob("*"))
        assert _drill(session).seen is not None
        assert sorted(path.name for path in tmp_path.rglob("*")) == before
        assert "Beekeeper" in [name for _code, name in pairs("category")]


def test_nothing_since_is_said_and_is_no_reason_for_another_backup(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
        session.backups.make()
        found = _drill(session, COORDINATOR)
        assert found.since == 0
        assert "nothing would be lost" in _words(found)
        assert not session.backups.state().behind


def test_it_is_due_after_a_week_and_again_after_a_quarter(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
        session.backups.make()
        assert not session.backups.state().drill_due
        office.clock.turn(days=8)
        assert session.backups.state().drill_due
        _drill(session)
        assert not session.backups.state().drill_due
        office.clock.turn(days=93)
        assert session.backups.state().drill_due


def test_reports_staff_try_without_relatives_and_an_auditor_does_not(family: Restored) -> None:
    with family.office.as_person(REPORTS) as session:
        session.backups.make()
        found = _drill(session, REPORTS)
        assert found.seen is not None
        assert found.seen.relatives is None
    with family.office.as_person(AUDITOR) as session:
        with pytest.raises(KnownError) as caught:
            _drill(session, AUDITOR)
        assert code_of(caught.value) is Code.NOT_ALLOWED


def test_of_two_equal_ones_that_elsewhere_is_tried(office: Office, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    with office.as_person(OFFICER) as session:
        session.backups.choose_second(tmp_path / "stick")
        session.backups.make()
        assert _drill(session).place == SECOND


def test_a_wrong_passphrase_is_no_drill(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as caught:
            _drill(session)
        assert code_of(caught.value) is Code.NO_BACKUP
        session.backups.make()
        head = session.log.rows(LogFilter(limit=1))[0].sequence
        with pytest.raises(KnownError) as caught:
            _drill(session, "quite another passphrase")
        assert code_of(caught.value) is Code.WRONG_PASSPHRASE
        assert session.log.rows(LogFilter(limit=1))[0].sequence == head
        assert session.backups.state().tried is None
        assert not list(office.folder.glob("*.new"))


def test_a_damaged_backup_is_found_recorded_and_not_taken_again(office: Office, tmp_path: Path) -> None:
    with office.as_person(OFFICER) as session:
        session.backups.make()
        add_prisoner(session)
        session.backups.make()
        lying = session.backups.places()[0].newest
        assert lying is not None
        newest = tmp_path / FOLDER / lying.name
        spoiled = bytearray(newest.read_bytes())
        spoiled[len(spoiled) // 2] ^= 4
        newest.write_bytes(spoiled)
        found = _drill(session)
        assert found.fault is not None
        assert code_of(found.fault) is Code.BACKUP_DAMAGED
        assert "could not be put back" in _words(found)
        tried = session.backups.state().tried
        assert tried is not None
        assert tried.fault == Code.BACKUP_DAMAGED.value
        again = _drill(session)
        assert again.seen is not None
        assert again.since == 1


def test_cancelled_and_left_in_the_middle_it_leaves_nothing(office: Office) -> None:
    def cancel(done: int, total: int, what: str) -> None:
        raise Cancelled

    with office.as_person(OFFICER) as session:
        session.backups.make()
        with pytest.raises(Cancelled):
            at_once(drilling(session, OFFICER, cancel))
        slices = drilling(session, OFFICER)
        for _slice in range(4):
            next(slices)
        assert list(office.folder.glob("drill-*.new"))
        slices.close()  # as a lock does
        assert not list(office.folder.glob("*.new"))
        assert session.backups.state().tried is None


def test_what_a_kill_leaves_is_no_case_file_and_goes_at_the_next_start(office: Office) -> None:
    left = office.folder / "drill-0badcafe.new"
    unfinished.begin(left)
    for path in office.folder.iterdir():
        if path.is_file():
            shutil.copy(path, left)
    for opens in (bootstrap.open_case_file, lambda folder: bootstrap.Locked(folder).unlock(OFFICER)):
        with pytest.raises(KnownError) as caught:
            opens(left)
        assert code_of(caught.value) is Code.CASE_FILE_UNFINISHED
    mine = office.folder / "drill-notes"
    mine.mkdir()
    with office.as_person(OFFICER):
        assert not left.exists()
        assert mine.exists()  # not ours: left alone


def test_a_drill_folder_that_is_a_link_is_never_followed(office: Office, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / DATABASE).write_bytes(b"somebody's")
    (office.folder / "drill-0badcafe.new").symlink_to(other)
    with office.as_person(OFFICER):
        assert (other / DATABASE).exists()


def test_other_work_goes_on_between_slices(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        add_prisoner(session, family_name="First")
        session.backups.make()
        slices = drilling(session, OFFICER)
        for number in range(5):
            next(slices)
            add_prisoner(session, family_name=f"Number {number}")
        found = at_once(slices)
        assert found.seen is not None
        assert found.seen.prisoners == 1
        assert found.since == 5


def test_without_a_window(office: Office, poruch: Run) -> None:
    code, _out, err = poruch(OFFICER, "backup", "drill", office.folder)
    assert (code, "no good backup" in err) == (3, True)
    assert poruch(OFFICER, "backup", office.folder)[0] == 0
    code, out, err = poruch(OFFICER, "backup", "drill", office.folder)
    assert (code, err) == (0, "")
    assert "can be put back" in out
