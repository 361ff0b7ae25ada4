"""Protects: what two people sign of a wrong clock, and what an officer settles, is what was written first."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.correction import ClockRepair, ClockRepairStep, LogDoubt, LogDoubtStep
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.log import GONE, EntryRow
from app.domain.two_people import CONFIRMED, REFUSED
from app.services.clock_repairs import ProposeRepair
from app.services.session import Session
from tests.hostile.insider import PUBLIC, add_by_hand, agreed, append, leaves, person_named, raw, save_by_hand
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_prisoner

_SEEN = frozenset({Code.LOG_BROKEN, Code.ROW_NOT_IN_LOG})


def _refused(office: Office, by: str = COORDINATOR) -> Code | None:
    """Why a report is not made."""
    with office.as_person(by) as session:
        try:
            session.reports.make(PUBLIC)
        except KnownError as error:
            return error.code
    return None


def _proposed(office: Office) -> str:
    """A mother agreed, then the clock was four years ahead for one entry; the coordinator says which."""
    agreed(office)
    with office.as_person(COORDINATOR) as session:
        office.clock.turn(days=1460)
        add_prisoner(session, family_name="Example")
        office.clock.turn(days=-1460)
        jumps = session.clock_repairs.state().jumps
        assert jumps is not None
        return session.clock_repairs.propose(ProposeRepair(*jumps)).id


def _confirmed(office: Office, repair: str) -> None:
    with office.as_person(OFFICER) as session:
        session.clock_repairs.decide(repair, granted=True)


def _repair(session: Session, record: str) -> ClockRepair:
    with session.context.reading() as reader:
        return reader.get(ClockRepair, record)


def _state(office: Office) -> list[str]:
    with office.as_person(OFFICER) as session:
        return [row.state for row in session.clock_repairs.rows()]


def test_two_people_put_a_clock_right(office: Office, tmp_path: Path) -> None:
    repair = _proposed(office)
    assert _refused(office) is Code.CLOCK_BEHIND
    _confirmed(office, repair)
    assert leaves(office, tmp_path / "out")


@pytest.mark.parametrize("act", [Act.CLOCK_REPAIRED, Act.CLOCK_PROPOSED])
def test_the_second_person_cannot_change_the_entries(office: Office, act: Act) -> None:
    """With the range of their own everything before could be called wrong, or a wrong time right."""
    repair = _proposed(office)
    with office.as_person(OFFICER) as session:
        found = _repair(session, repair)
        changed = attrs.evolve(found, first_entry=1)
        save_by_hand(session, changed, act)
        by, at = session.context.me, session.context.now()
        step = ClockRepairStep(RecordId(new_id()), clock_repair=repair, step=CONFIRMED, by=by, at=at)
        add_by_hand(session, step, Act.CLOCK_REPAIRED)
        with session.context.reading() as reader:
            assert session.context.righting.repairs(reader) == ()
    assert _refused(office) is Code.CLOCK_BEHIND


def test_a_changed_proposal_is_not_confirmed(office: Office) -> None:
    repair = _proposed(office)
    with office.as_person(COORDINATOR) as session:
        save_by_hand(session, attrs.evolve(_repair(session, repair), first_entry=1), Act.CLOCK_PROPOSED)
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as caught:
        session.clock_repairs.decide(repair, granted=True)
    assert caught.value.code is Code.ROW_NOT_IN_LOG


def test_a_repair_that_counted_is_not_undone_by_changing_it(office: Office) -> None:
    """Once the clock has really come so far, a yes of the wrong time would bear."""
    repair = _proposed(office)
    _confirmed(office, repair)
    with office.as_person(COORDINATOR) as session:
        save_by_hand(session, attrs.evolve(_repair(session, repair), last_entry=1), Act.CLOCK_REPAIRED)
    office.clock.turn(days=1500)
    assert _refused(office) in _SEEN


@pytest.mark.parametrize("table", ["clock_repair", "clock_repair_step"])
@pytest.mark.parametrize("signed", [False, True])
def test_a_repair_is_not_taken_away(office: Office, table: str, signed: bool) -> None:
    _confirmed(office, _proposed(office))
    with raw(office, COORDINATOR) as connection:
        row = connection.one(f'SELECT id FROM "{table}"')
        assert row is not None
        record = str(row[0])
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (record,))
        if signed:
            append(office, connection, (EntryRow(table, record, 2, GONE),), passphrase=COORDINATOR)
    office.clock.turn(days=1500)
    assert _refused(office) in _SEEN


@pytest.mark.parametrize("names", [("Hanna", "Hanna"), ("Hanna", "Vera"), ("Vera", "Hanna")])
def test_one_person_cannot_put_the_clock_right(office: Office, names: tuple[str, str]) -> None:
    end = _ahead(office)
    with office.as_person(COORDINATOR) as session:
        first, second = (person_named(session, name) for name in names)
        at = session.context.now()
        repair = ClockRepair(
            RecordId(new_id()), first_entry=end, last_entry=end, proposed_by=first, proposed_at=at
        )
        step = ClockRepairStep(RecordId(new_id()), clock_repair=repair.id, step=CONFIRMED, by=second, at=at)
        add_by_hand(session, repair, Act.CLOCK_PROPOSED)
        add_by_hand(session, step, Act.CLOCK_REPAIRED)
    assert _refused(office) is Code.CLOCK_BEHIND


def _ahead(office: Office) -> int:
    """An entry while the clock was ahead; gives its number."""
    agreed(office)
    with office.as_person(COORDINATOR) as session:
        office.clock.turn(days=1460)
        add_prisoner(session, family_name="Example")
        office.clock.turn(days=-1460)
        return session.log.state().entries


def test_the_first_answer_is_the_last(office: Office) -> None:
    repair = _proposed(office)
    with office.as_person(OFFICER) as session:
        session.clock_repairs.decide(repair, granted=False)
        by, at = session.context.me, session.context.now()
        again = ClockRepairStep(RecordId(new_id()), clock_repair=repair, step=CONFIRMED, by=by, at=at)
        add_by_hand(session, again, Act.CLOCK_REPAIRED)
        with session.context.reading() as reader:
            assert [one.step for one in reader.find(ClockRepairStep)].count(REFUSED) == 1
    assert _state(office) == ["refused"]
    assert _refused(office) is Code.CLOCK_BEHIND


# doubts


def _doubted(office: Office, tmp_path: Path) -> str:
    """An old copy was put back, and a proof line says so; gives the id of the doubt."""
    agreed(office)
    shutil.copytree(office.folder, tmp_path / "old")
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, family_name="Example")
        line = session.proofs.line()
    shutil.rmtree(office.folder)
    shutil.copytree(tmp_path / "old", office.folder)
    with office.as_person(AUDITOR) as session:
        session.proofs.compare(line)
        with session.context.reading() as reader:
            return reader.find(LogDoubt)[0].id


@pytest.mark.parametrize("by", [REPORTS, COORDINATOR, AUDITOR])
def test_only_an_officer_settles_a_doubt(office: Office, tmp_path: Path, by: str) -> None:
    doubt = _doubted(office, tmp_path)
    with office.as_person(by) as session:
        at, officer = session.context.now(), person_named(session, "Vera") if by == COORDINATOR else None
        named = officer or session.context.me
        step = LogDoubtStep(RecordId(new_id()), log_doubt=doubt, by=named, at=at)
        add_by_hand(session, step, Act.BACKUP_RESTORED)
        assert [one.found_by for one in session.doubts.standing()] == ["Ales A."]
    assert _refused(office) is Code.LOG_DOUBTED


def test_what_was_doubted_is_not_exchanged_with_its_settling(office: Office, tmp_path: Path) -> None:
    doubt = _doubted(office, tmp_path)
    with office.as_person(OFFICER) as session:
        with session.context.reading() as reader:
            found = reader.get(LogDoubt, doubt)
        session.restoring.sign("the disk broke")
        save_by_hand(session, attrs.evolve(found, proof="another line"), Act.BACKUP_RESTORED)
    assert _refused(office) in _SEEN


def test_an_officer_settles_a_doubt(office: Office, tmp_path: Path) -> None:
    _doubted(office, tmp_path)
    assert _refused(office) is Code.LOG_DOUBTED
    with office.as_person(OFFICER) as session:
        session.restoring.sign("the disk broke")
        waiting = [row.prisoner for row in session.restore_waiting.rows()]
        session.restore_waiting.propose(waiting)
    assert not leaves(office, tmp_path / "one")  # without the journal of noes everybody waits for two
    with office.as_person(COORDINATOR) as session:
        session.restore_waiting.confirm(waiting)
    assert leaves(office, tmp_path / "out")
