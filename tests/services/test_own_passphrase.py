"""Protects: a passphrase is changed by its owner alone, with the old one, and nobody is ever locked out."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import putting_back
from app.domain.errors import Code, KnownError
from app.domain.progress import Cancelled, at_once
from app.services.own_passphrase import ChangePassphrase
from app.services.session import Session
from tests.faults import passphrase_faults
from tests.faults.cuts import can_cut
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_prisoner
from tests.services.second_program import a_second_program

NEW = "turtle wagon silver magnet planet cousin"
_EVERYBODY = (OFFICER, COORDINATOR, REPORTS, AUDITOR)


def _change(session: Session, now: str, new: str = NEW) -> None:
    at_once(session.own_passphrase.changing(ChangePassphrase(now, new)))


def _refused(session: Session, now: str, new: str) -> KnownError:
    with pytest.raises(KnownError) as raised:
        _change(session, now, new)
    return raised.value


@pytest.mark.parametrize("passphrase", _EVERYBODY)
def test_everybody_changes_their_own_and_the_old_one_ends(office: Office, passphrase: str) -> None:
    with office.as_person(passphrase) as session:
        me = session.person.id
        assert session.own_passphrase.changed_at() is None
        _change(session, passphrase)
        assert session.own_passphrase.changed_at() is not None
    assert not office.opens(passphrase)
    with office.as_person(NEW) as again:
        assert again.person.id == me
    for other in _EVERYBODY:
        assert office.opens(other) is (other != passphrase)
    with office.as_person(OFFICER if passphrase != OFFICER else NEW) as officer:
        found = officer.log.verify()
        assert found.ok
        with officer.context.reading() as reader:
            entry = reader.entry(reader.head()[0])
            assert (entry.act, entry.person) == ("person.own_key_changed", me)


def test_work_goes_on_in_the_same_session_and_the_file_stays_locked(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _change(session, COORDINATOR)
        add_prisoner(session)
        assert a_second_program(office.folder, OFFICER) == Code.IN_USE
        _change(session, NEW, COORDINATOR)
    assert office.opens(COORDINATOR)


def test_whoever_sits_at_an_unlocked_computer_cannot_take_it_over(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        for number, wrong in enumerate(("", "lamp river", COORDINATOR, NEW, NEW), 1):
            error = _refused(session, wrong, NEW)
            assert error.code is Code.WRONG_PASSPHRASE
            assert error.details["attempts"] == number
        assert error.details["wait_s"] == 4
        with session.context.reading() as reader:
            assert all(one.act != "person.own_key_changed" for one in reader.entries())
    with office.as_person(OFFICER) as again:
        assert again.own_passphrase.wrong_attempts == 5
    with office.as_person(OFFICER) as again:
        assert again.own_passphrase.wrong_attempts == 0


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("short", Code.PASSPHRASE_TOO_WEAK),
        ("Hanna Officer 2026", Code.PASSPHRASE_TOO_WEAK),
        (OFFICER, Code.PASSPHRASE_IN_USE),
        (COORDINATOR, Code.PASSPHRASE_IN_USE),
    ],
)
def test_a_new_one_that_will_not_do_is_refused_and_the_old_one_stays(
    office: Office, new: str, code: Code
) -> None:
    with office.as_person(OFFICER) as session:
        assert _refused(session, OFFICER, new).code is code
    assert office.opens(OFFICER)


def test_cancelling_before_the_last_step_changes_nothing(office: Office) -> None:
    def cancel(done: int, total: int, what: str) -> None:
        if done:
            raise Cancelled

    with office.as_person(OFFICER) as session, pytest.raises(Cancelled):
        at_once(session.own_passphrase.changing(ChangePassphrase(OFFICER, NEW), cancel))
    assert office.opens(OFFICER)
    assert not office.opens(NEW)


def test_where_it_cannot_be_recorded_the_new_one_goes_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.as_person(OFFICER) as session:

        def full() -> None:
            raise KnownError(Code.NO_SPACE)

        monkeypatch.setattr(session.own_passphrase, "_recorded", full)
        assert _refused(session, OFFICER, NEW).code is Code.NO_SPACE
        monkeypatch.undo()
        add_prisoner(session)
    assert office.opens(OFFICER)
    assert not office.opens(NEW)


@pytest.mark.skipif(not can_cut(), reason="no strace here")
def test_cut_anywhere_somebody_opens_it_and_a_second_try_works(office: Office, tmp_path: Path) -> None:
    operation = passphrase_faults.operation(office)
    places = list(operation.cuts(tmp_path / "work"))
    assert len(places) > 200
    found = [operation.tried(tmp_path / "work", cut) for cut in places[11::53]]
    assert [one for one in found if not one.holds] == []


def test_an_older_copy_changes_nobodys_passphrase(office: Office, tmp_path: Path) -> None:
    with office.as_person(OFFICER) as session:
        session.backups.make_in(tmp_path)
    backup = next(tmp_path.glob("*.poruch-backup"))
    at_once(putting_back.restoring_backup(backup, tmp_path / "back", OFFICER, clock=office.clock))
    with Office(tmp_path / "back", office.clock).as_person(OFFICER) as session:
        assert _refused(session, OFFICER, NEW).code is Code.LOG_DOUBTED
