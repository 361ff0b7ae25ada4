"""Protects: before a journey a way in is taken off, opens nothing, and only an officer gives it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import bootstrap
from app.casefile.access import current
from app.crypto.shares import read_share
from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.journey import Journey
from app.domain.progress import at_once
from app.domain.relative import Relative
from app.recovering import recover
from app.services.people import AddPerson
from app.services.session import Session
from tests.services.office import (
    COORDINATOR,
    OFFICER,
    REPORTS,
    SECOND_COORDINATOR,
    Office,
    add_mother,
    add_prisoner,
)

SECOND = SECOND_COORDINATOR


def _person(session: Session, name: str) -> str:
    return next(row.id for row in session.people.rows() if row.name == name)


@pytest.fixture
def two(alone: Office) -> Office:
    """Two officers, and reports staff."""
    with alone.as_person(OFFICER) as session:
        session.people.add(AddPerson("Pavel N.", ("officer",), SECOND))
        session.people.add(AddPerson("Ida S.", ("reports",), REPORTS))
        add_mother(session, add_prisoner(session))
    return alone


def test_my_own_way_in_is_taken_off_and_given_back_by_another_officer(two: Office) -> None:
    with two.as_person(OFFICER) as session:
        going = session.journeys.look(session.person.id)
        assert (going.me, going.officers, going.kits) == (True, ("Pavel N.",), 0)
        session.journeys.go(session.person.id)
    assert not two.opens(OFFICER)
    with two.as_person(SECOND) as session:
        (row,) = session.journeys.rows()
        assert (row.name, row.finished) == ("Vera O.", True)
        with pytest.raises(KnownError) as last:
            session.journeys.look(session.person.id)
        assert last.value.code is Code.JOURNEY_NOBODY_LEFT
        with pytest.raises(KnownError) as away:
            session.journeys.look(_person(session, "Vera O."))
        assert away.value.code is Code.JOURNEY_AWAY
        session.journeys.back(row.id)
        assert session.journeys.rows() == ()
        with pytest.raises(KnownError) as again:
            session.journeys.back(row.id)
        assert again.value.code is Code.ALREADY_DONE
        assert {Act.PERSON_WENT_AWAY, Act.PERSON_CAME_BACK} <= {one.act for one in session.log.rows()}
    with two.as_person(OFFICER) as session:
        session.context.store.open_registers(lambda *_step: None)
        with session.context.reading() as reader:
            assert len(reader.find(Relative)) == 1
            assert reader.find(Journey)[0].slots == ()
        assert session.log.verify().ok


def test_somebody_elses_way_in_and_a_new_key_of_the_database_meanwhile(two: Office) -> None:
    with two.as_person(OFFICER) as session:
        session.people.add(AddPerson("Ales A.", ("auditor",), COORDINATOR))
        session.journeys.go(_person(session, "Ida S."))
        at_once(session.removing.removing(_person(session, "Ales A.")))
        again = bootstrap.opened_again(session)
        assert again.context.keys.opened().main.epoch == 3  # one for the journey, one for who left
        again.close()
    assert not two.opens(REPORTS)
    with two.as_person(OFFICER) as session:
        session.journeys.back(session.journeys.rows()[0].id)
    with two.as_person(REPORTS) as session:
        assert session.person.name == "Ida S."
        assert len(session.prisoners.rows()) == 1


def test_whoever_was_taken_out_meanwhile_gets_nothing_back(two: Office) -> None:
    with two.as_person(OFFICER) as session:
        ida = _person(session, "Ida S.")
        session.journeys.go(ida)
        journey = session.journeys.rows()[0].id
        at_once(session.removing.removing(ida))
        again = bootstrap.opened_again(session)
        with pytest.raises(KnownError) as gone:
            again.journeys.back(journey)
        assert gone.value.code is Code.NOT_FOUND
        again.close()
    assert not two.opens(REPORTS)


def test_the_last_officer_does_not_go(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as refused:
            session.journeys.go(session.person.id)
        assert refused.value.code is Code.JOURNEY_NOBODY_LEFT
        assert session.journeys.rows() == ()
    assert office.opens(OFFICER)


def test_cut_between_entry_and_header_the_next_officer_finishes_it(
    two: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise KnownError(Code.NO_SPACE)

    with two.as_person(OFFICER) as session:
        with monkeypatch.context() as patched:
            patched.setattr("app.services.journeys.take_off", full)
            with pytest.raises(KnownError):
                session.journeys.go(_person(session, "Ida S."))
        assert [row.finished for row in session.journeys.rows()] == [False]
    assert two.opens(REPORTS)
    with two.as_person(SECOND) as session:
        session.settle()
        assert [row.finished for row in session.journeys.rows()] == [True]
    assert not two.opens(REPORTS)
    with two.as_person(SECOND) as session:
        session.journeys.back(session.journeys.rows()[0].id)
    assert two.opens(REPORTS)


def test_a_recovery_kit_comes_in_and_what_it_set_stays(two: Office, tmp_path: Path) -> None:
    with two.as_person(OFFICER) as session:
        kit = session.recovery.make()
        session.recovery.keep(kit.id)
        assert session.journeys.look(session.person.id).kits == 1
        session.journeys.go(session.person.id)
    assert not two.opens(OFFICER)
    new = "walnut ribbon glacier tulip anchor velvet"
    sheets = [read_share(" ".join(one), str(place)) for place, one in enumerate(kit.shares[:3])]
    recover(two.folder, sheets, new, clock=two.clock)[0].close()
    with two.as_person(SECOND) as session:
        session.settle()
        session.journeys.back(session.journeys.rows()[0].id)
    assert two.opens(new)
    assert not two.opens(OFFICER)


def test_nothing_in_the_header_tells_who_is_away(two: Office) -> None:
    """As many slots, none that opens: whoever holds the passphrase and the computer learns nothing."""
    with two.as_person(OFFICER) as session:
        session.journeys.go(_person(session, "Ida S."))
        unlocked = session.context.keys.opened()
        assert set(unlocked.vouched.used.values()) == {session.person.id, _person(session, "Pavel N.")}
        assert len(current(unlocked).copy.header.slots) == 64
    assert (two.folder / "keys.poruch").read_bytes() == (two.folder / "keys.poruch.2").read_bytes()
    assert not list(two.folder.glob("*.bad"))
