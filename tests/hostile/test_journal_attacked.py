"""Protects: whoever gets at the journal of noes, or puts an old backup back for a yes, gains no yes by it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.casefile import journal_file
from app.casefile.journal import RECORD_BYTES, JournalKeys, Reach, journal_name, open_record, seal_record
from app.casefile.unlock import unlock
from app.domain.canonical import Plain
from app.domain.consent import Reason
from app.domain.ids import OriginId, PersonId
from app.domain.restore import JournalState
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, another_office
from tests.services.restored import Restored

_DENIED = (Reason.SOMEBODY_SAID_NO, Reason.UNSURE)


@pytest.fixture
def family(office: Office, tmp_path: Path) -> Restored:
    """A yes in the backup, taken back after it; two records or more in the journal."""
    found = Restored(office, tmp_path)
    found.says_no()
    return found


def _file(family: Restored) -> Path:
    (found,) = family.place.glob("*.noes")
    return found


def _change(family: Restored, how: Callable[[bytes], bytes]) -> None:
    file = _file(family)
    file.write_bytes(how(file.read_bytes()))


def _signed(family: Restored) -> tuple[JournalState, Reason]:
    family.put_back()
    with family.office.as_person(OFFICER) as session:
        state = session.restoring.outlook(family.place).state
        session.restoring.sign("the disk broke", family.place)
        return state, family.reason(session)


def _records(data: bytes) -> list[bytes]:
    return [data[at : at + RECORD_BYTES] for at in range(0, len(data), RECORD_BYTES)]


def _flipped(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[-100] ^= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("how", "states"),
    [
        (lambda data: b"", {JournalState.SHORT}),
        (lambda data: data[: RECORD_BYTES // 2], {JournalState.SHORT}),
        (lambda data: data[RECORD_BYTES:], {JournalState.DAMAGED}),
        (_flipped, {JournalState.CLOSED}),
        (lambda data: b"".join(reversed(_records(data))), {JournalState.DAMAGED}),
        (lambda data: data + data, {JournalState.DAMAGED}),
        (lambda data: data + data[-RECORD_BYTES:], {JournalState.DAMAGED}),
        (lambda data: bytes(len(data)), {JournalState.CLOSED}),
        (lambda data: data + os.urandom(RECORD_BYTES), {JournalState.CLOSED}),
    ],
    ids=["empty", "torn", "cut in front", "flipped", "reordered", "twice", "replayed", "zeros", "foreign"],
)
def test_a_changed_journal_never_gives_the_yes_back(
    family: Restored, how: Callable[[bytes], bytes], states: set[JournalState]
) -> None:
    _change(family, how)
    state, reason = _signed(family)
    assert state in states
    assert reason in _DENIED


def test_a_torn_last_record_harms_nothing(family: Restored) -> None:
    _change(family, lambda data: data + data[: RECORD_BYTES // 3])
    assert _signed(family) == (JournalState.WHOLE, Reason.SOMEBODY_SAID_NO)


def test_the_next_record_takes_the_place_of_a_torn_one(family: Restored) -> None:
    _change(family, lambda data: data[:-100])  # the no itself was torn
    family.says_no()
    assert _file(family).stat().st_size % RECORD_BYTES == 0
    assert _signed(family) == (JournalState.WHOLE, Reason.SOMEBODY_SAID_NO)


def test_a_cheat_who_deletes_the_journal_waits_for_two(family: Restored) -> None:
    _file(family).unlink()
    assert _signed(family) == (JournalState.ABSENT, Reason.UNSURE)


def test_a_deleted_journal_is_written_again_while_the_true_copy_lives(family: Restored) -> None:
    """From the oldest backup beside it on, so that the noes since stand in it."""
    with family.office.as_person(OFFICER) as session:
        session.backups.make()
        place = session.backups.places()[0].folder
    assert place is not None
    family.says_no()
    for file in place.glob("*.noes"):
        file.unlink()
    with family.office.as_person(COORDINATOR) as session:
        session.no_journal.keep_up_everywhere()
    assert list(place.glob("*.noes"))


def test_the_journal_of_another_case_file_is_no_journal(family: Restored, tmp_path: Path) -> None:
    other = another_office(tmp_path / "other")
    with other.as_person(OFFICER) as session:
        session.no_journal.keep_up(family.place)
    theirs = next(path for path in family.place.glob("*.noes") if path != _mine(family))
    theirs.replace(_mine(family))
    state, reason = _signed(family)
    assert (state, reason) == (JournalState.CLOSED, Reason.UNSURE)


def _mine(family: Restored) -> Path:
    with family.office.as_person(OFFICER) as session, session.context.reading() as reader:
        origin = OriginId(reader.origins()[-1][1])
        return family.place / journal_name(session.context.case_file, origin)


def test_a_colleagues_forgery_is_seen(family: Restored) -> None:
    """The desk's key opens and seals; a record in another's name needs their signature."""
    with family.office.as_person(COORDINATOR) as session:
        data = _file(family).read_bytes()
        keys = JournalKeys(
            session.context.case_file, session.context.keys.opened().main, session.context.keys.desks
        )
        last = open_record(keys, data[-RECORD_BYTES:])
        assert last is not None
        forged = _forged(session, keys, last.origin, len(data) // RECORD_BYTES, data)
    _file(family).write_bytes(data[:-RECORD_BYTES] + forged)
    state, reason = _signed(family)
    assert state is JournalState.DAMAGED
    assert reason is Reason.UNSURE


def _forged(session: Session, keys: JournalKeys, origin: OriginId, number: int, data: bytes) -> bytes:
    import attrs

    from app.casefile.journal import record_hash

    me = session.context.keys.opened().keys
    officer = PersonId(next(one.id for one in session.context.person_rows() if "officer" in one.roles))
    with session.context.reading() as reader:
        sequence, newest = reader.head()
    reach = Reach(sequence, newest, session.proofs.line(), 1)
    previous = record_hash(data[-2 * RECORD_BYTES : -RECORD_BYTES]) if number > 1 else ""
    return seal_record(
        keys, attrs.evolve(me, person=officer), origin, number, previous, session.context.now(), reach, []
    )


def test_reports_staff_and_strangers_open_no_record(family: Restored) -> None:
    opened = unlock(family.office.folder, REPORTS)
    keys = JournalKeys(opened.case_file, opened.main, ())
    assert all(open_record(keys, one) is None for one in _records(_file(family).read_bytes()))


def test_a_yes_slipped_into_the_journal_is_left_out(family: Restored) -> None:
    from app.domain.narrowing import Narrowing, again

    answer: dict[str, Plain] = {"answer": "x", "kind": "given", "purpose": "name", "audience": "public"}
    with family.office.as_person(OFFICER) as session:
        me, now = session.context.me, session.context.now()
    values: dict[str, Plain] = {"relative": family.mother, "prisoner": family.prisoner, "answers": [answer]}
    assert again([Narrowing("conversation", family.mother, 9, me, now, values=values)], me) is None
    values = {"conversation": family.mother, "answer": "x", "granted": True}
    assert again([Narrowing("countersign", family.mother, 9, me, now, values=values)], me) is None
    values = {"trust": family.mother, "step": "confirmed"}
    assert again([Narrowing("trust_step", family.mother, 9, me, now, values=values)], me) is None


def test_signing_by_hand_without_looking_settles_nothing(family: Restored) -> None:
    """An officer with another program signs at once: the doubt stands until the journal was asked."""
    from app.domain.acts import Act
    from app.domain.correction import LogDoubt, LogDoubtStep
    from app.domain.ids import RecordId, new_id

    family.put_back()
    with family.office.as_person(OFFICER) as session:
        with session.context.store.writing() as work:
            doubt = work.find(LogDoubt)[0]
            step = LogDoubtStep(RecordId(new_id()), log_doubt=doubt.id, by=session.context.me)
            work.add(step)
            work.commit(Act.BACKUP_RESTORED)
        assert family.reason(session) is Reason.UNPROVED


_APPEND = """
import os, sys
from pathlib import Path
from app.casefile import journal_file
real, steps = os.{step}, [0]
def killed(*arguments):
    steps[0] += 1
    if steps[0] == {at}:
        os.kill(os.getpid(), {signal})
    return real(*arguments)
os.{step} = killed
path = Path(sys.argv[1])
journal_file.append(path, path.stat().st_size // 4096, [bytes([7]) * 4096, bytes([8]) * 4096])
"""


@pytest.mark.parametrize(
    ("step", "at"), [("open", 1), ("lseek", 1), ("write", 1), ("write", 2), ("fsync", 1)]
)
def test_killed_at_every_step_of_an_append_what_was_there_stays(tmp_path: Path, step: str, at: int) -> None:
    path = tmp_path / "journal.noes"
    journal_file.append(path, 0, [bytes([1]) * RECORD_BYTES])
    before = path.read_bytes()
    program = _APPEND.format(step=step, at=at, signal=int(signal.SIGKILL))
    done = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes()[: len(before)] == before


def test_a_full_disk_leaves_the_journal_as_it_was_and_the_no_saved(
    family: Restored, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _file(family)
    before = file.read_bytes()

    def full(_descriptor: int, _data: bytes) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(journal_file, "write_all", full)
    family.says_no()
    assert file.read_bytes() == before
    with family.office.as_person(COORDINATOR) as session:
        assert session.no_journal.keep_up(family.place).waiting >= 1
    monkeypatch.undo()
    assert _signed_after(family)


def _signed_after(family: Restored) -> bool:
    with family.office.as_person(COORDINATOR) as session:
        assert session.no_journal.keep_up(family.place).waiting == 0
    return _signed(family) == (JournalState.WHOLE, Reason.SOMEBODY_SAID_NO)
