"""Protects: whoever is taken out opens nothing from then on, and everybody else goes on as before."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import attrs
import pytest

from app import bootstrap
from app.casefile import files, renewal
from app.casefile.unlock import unlock
from app.crypto.keys import DeskKey, MainKey
from app.crypto.shares import read_share
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Prisoner
from app.domain.progress import Cancelled, at_once
from app.domain.relative import Relative
from app.services.backup_places import BESIDE
from app.services.people import AddPerson
from app.services.removing import Removed
from app.services.session import Session
from app.storage.connection import open_existing
from app.storage.opening import Opened
from tests.faults import removal_faults
from tests.faults.cuts import can_cut
from tests.hostile.insider import person_named
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    SECOND_COORDINATOR,
    Office,
    add_mother,
    add_prisoner,
    code_of,
)

_STAYING = (OFFICER, REPORTS, AUDITOR)


def _taken_out(session: Session, name: str = "Hanna") -> Removed:
    return at_once(session.removing.removing(person_named(session, name)))


def _refusal(session: Session, name: str) -> Code:
    with pytest.raises(KnownError) as raised:
        session.removing.look(person_named(session, name))
    return code_of(raised.value)


def _main(office: Office, passphrase: str) -> MainKey:
    return unlock(office.folder, passphrase).main


def test_whoever_is_taken_out_opens_nothing_and_everybody_else_goes_on(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        hanna = session.context.keys.desks
    before = _main(office, REPORTS)
    with office.as_person(OFFICER) as session:
        _taken_out(session)
        assert session.removing.unfinished
        with closing(bootstrap.opened_again(session)) as again:
            assert not again.removing.unfinished
    assert not office.opens(COORDINATOR)
    assert not (office.folder / renewal.NEXT).exists()
    for passphrase in _STAYING:
        assert office.opens(passphrase)
        after = _main(office, passphrase)
        assert (after.epoch, after.salt == before.salt, after.raw == before.raw) == (2, False, False)
    with pytest.raises(KnownError):  # the key they may have kept
        open_existing(office.folder / files.DATABASE, before)
    with office.as_person(OFFICER) as session:
        keys = session.context.keys.desks
        assert [key.epoch for key in keys] == [1, 2]
        assert keys[0].raw == hanna[0].raw != keys[1].raw
        second = add_mother(session, prisoner)
        session.settle()
        with session.context.reading() as reader:
            found = reader.find(Relative)
            assert {one.id for one in found} == {mother, second}
            under = {one: reader.lies_under([one]) for one in (mother, second)}
        assert under[mother] == {(keys[0].desk, 1)}
        assert under[second] == {(keys[0].desk, 2)}
        assert session.log.verify().ok
        assert [row.name for row in session.people.rows()] == ["Ales A.", "Ida S.", "Vera O."]


def test_what_they_signed_before_still_counts(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)
    with office.as_person(OFFICER) as session:
        _taken_out(session)
        assert session.log.verify().ok
        with session.context.reading() as reader:
            (one,) = reader.find(Prisoner)
            reader.check_rows(Prisoner, [one.id])


def test_what_it_means_is_said_before(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        person = session.person.id
        with session.context.writing() as work:
            one = work.get(Prisoner, prisoner)
            work.save(attrs.evolve(one, owner=person), one.version)
            work.commit(Act.PRISONER_CHANGED)
    with office.as_person(OFFICER) as session:
        leaving = session.removing.look(person)
        assert (leaving.name, leaving.roles, leaving.desks) == ("Hanna K.", ("coordinator",), ("Vilnius",))
        assert (leaving.cases, leaving.kits, leaving.newcomers) == (1, 0, 0)
        assert leaving.staying == ("Ales A.", "Ida S.", "Vera O.")
        _taken_out(session)
        with session.context.reading() as reader:
            assert reader.get(Prisoner, prisoner).owner == person
        session.removing.hand_over(person, session.person.id)
        with session.context.reading() as reader:
            assert reader.get(Prisoner, prisoner).owner == session.person.id


def test_nobody_takes_themself_out_and_only_an_officer_does(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        assert _refusal(session, "Vera") is Code.REMOVE_ONESELF
    for passphrase in (COORDINATOR, REPORTS, AUDITOR):
        with office.as_person(passphrase) as session:
            vera = session.context.keys.roster.founder
            with pytest.raises(KnownError) as raised:
                session.removing.look(vera or "")
            assert code_of(raised.value) is Code.NOT_ALLOWED


def test_cancelled_before_the_entry_nothing_happened(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session)

    def cancel(done: int, total: int, what: str) -> None:
        if done:
            raise Cancelled

    with office.as_person(OFFICER) as session:
        with pytest.raises(Cancelled):
            at_once(session.removing.removing(person_named(session, "Hanna"), cancel))
        assert not session.removing.unfinished
    assert office.opens(COORDINATOR)


def test_a_disk_that_is_full_leaves_it_waiting_and_the_next_officer_finishes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise KnownError(Code.NO_SPACE)

    before = _main(office, OFFICER)
    with monkeypatch.context() as patched:
        patched.setattr(Opened, "copy_under", full)
        with office.as_person(OFFICER) as session:
            _taken_out(session)
            with closing(bootstrap.opened_again(session)) as again:
                assert again.removing.unfinished
                with pytest.raises(KnownError) as raised:
                    again.people.add(AddPerson("Sviatlana", ("reports",), SECOND_COORDINATOR))
                assert code_of(raised.value) is Code.REMOVAL_UNFINISHED
    assert _main(office, REPORTS) == before
    assert not office.opens(COORDINATOR)
    with office.as_person(REPORTS) as session:  # only an officer finishes it
        assert session.removing.unfinished
    with office.as_person(OFFICER) as session:
        assert not session.removing.unfinished
    assert _main(office, REPORTS).epoch == 2


def test_somebody_new_reads_what_was_written_before_and_after(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
    with office.as_person(OFFICER) as session:
        _taken_out(session)
        with closing(bootstrap.opened_again(session)) as again:
            later = add_mother(again, prisoner)
            again.people.add(AddPerson("Sviatlana", ("coordinator",), SECOND_COORDINATOR))
    with office.as_person(SECOND_COORDINATOR) as session:
        session.settle()
        with session.context.reading() as reader:
            assert {one.id for one in reader.find(Relative)} == {mother, later}


def test_a_backup_of_before_is_still_known_and_checked(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        add_prisoner(session)
        session.backups.make()
        _taken_out(session)
        with closing(bootstrap.opened_again(session)) as again:
            again.backups.make()
            found = at_once(again.backups.checking_all(BESIDE))
            assert len(found) >= 2
            assert all(one.good for one in found)


@pytest.mark.skipif(not can_cut(), reason="no strace here")
def test_cut_anywhere_everybody_who_stays_opens_it_and_it_is_finished(office: Office, tmp_path: Path) -> None:
    operation = removal_faults.operation(removal_faults.make_ground(office))
    places = list(operation.cuts(tmp_path / "work"))
    assert len(places) > 500
    found = [operation.tried(tmp_path / "work", cut) for cut in places[17::211]]
    assert [one for one in found if not one.holds] == []


def test_an_officer_leaves_with_their_kit_and_the_other_kit_works_on(alone: Office) -> None:
    with alone.as_person(OFFICER) as session:
        session.people.add(AddPerson("Pavel N.", ("officer",), SECOND_COORDINATOR))
        kit = session.recovery.make()
        session.recovery.keep(kit.id)
    with alone.as_person(SECOND_COORDINATOR) as session:
        assert _refusal(session, "Vera") is Code.REMOVE_NOBODY_LEFT  # only the founder lets people in alone
        session.recovery.make()
    with alone.as_person(OFFICER) as session:
        leaving = session.removing.look(person_named(session, "Pavel"))
        assert (leaving.kits, leaving.roles) == (1, ("officer",))
        _taken_out(session, "Pavel")
        with closing(bootstrap.opened_again(session)) as again:
            assert set(again.context.keys.opened().vouched.kits.values()) == {kit.number}
            shares = [
                read_share(" ".join(words), place) for words, place in zip(kit.shares, "ABC", strict=False)
            ]
            assert again.recovery.drill(shares).person == "Vera O."
    assert not alone.opens(SECOND_COORDINATOR)


def test_a_founder_may_leave_where_two_people_stay(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        with suppress(KnownError):  # it takes two
            session.people.add(AddPerson("Pavel N.", ("officer",), SECOND_COORDINATOR))
        founder = session.person.id
    with office.as_person(COORDINATOR) as session:
        (row,) = session.consent.waiting()
        session.people.confirm(row.id, granted=True)
    with office.as_person(SECOND_COORDINATOR) as session:
        assert at_once(session.removing.removing(founder)).leaving.staying[0] == "Ales A."
        with closing(bootstrap.opened_again(session)) as again:
            assert not again.removing.unfinished
            assert again.log.verify().ok
    assert not office.opens(OFFICER)
    assert office.opens(COORDINATOR)


def test_two_are_taken_out_one_after_the_other(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        _taken_out(session)
        _taken_out(session, "Ida")
        with closing(bootstrap.opened_again(session)) as again:
            assert again.context.keys.opened().main.epoch == 3
    assert not any(office.opens(one) for one in (COORDINATOR, REPORTS))
    assert office.opens(AUDITOR)


def test_new_desk_keys_are_those_of_the_list(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        _taken_out(session)
        keys: tuple[DeskKey, ...] = session.context.keys.desks
        assert session.context.keys.roster.desk_epochs == {keys[0].desk: 2}
