"""Protects: a no, a stop on a relative and what was said stay, also against somebody with the desk's key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from app.domain.acts import Act
from app.domain.conversation import Conversation
from app.domain.field_values import to_plain
from app.domain.fields import noun_of
from app.domain.hold import RelativeHold, RelativeHoldStep
from app.domain.ids import RecordId, new_id
from app.domain.log import GONE, SEALED, EntryRow
from app.domain.ports import Record
from app.domain.two_people import GRANTED, KEPT, PROPOSED
from app.services.relatives import AddRelative, PlaceRelativeHold
from app.services.session import Session
from app.storage.layout import Sort
from app.storage.payloads import payload_of
from tests.hostile.insider import (
    add_by_hand,
    agreed,
    append,
    leaves,
    person_named,
    raw,
    save_by_hand,
    says_no,
)
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office


def taken_away(
    office: Office, record: str, version: int = 2, *, kind: str = SEALED, by: str = COORDINATOR
) -> None:
    """Delete a closed record and append an entry, signed, that says so."""
    with raw(office, by) as connection:
        connection.execute("DELETE FROM sealed WHERE id = ?", (record,))
        append(office, connection, (EntryRow(kind, record, 2, GONE),), passphrase=by)


def seal_by_hand(session: Session, record: Record, act: Act = Act.SEALED_CHANGED) -> None:
    """A closed record under any id, sealed and signed beside every check."""
    with session.context.writing() as work:
        untyped: Any = work
        untyped._seal(record.id, 1, payload_of(noun_of(type(record)), to_plain(record)), Sort.REGISTER)
        work.commit(act)


@pytest.mark.parametrize("by", [COORDINATOR, OFFICER])
def test_a_no_is_not_taken_away_with_a_signed_entry(office: Office, tmp_path: Path, by: str) -> None:
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        no = says_no(session, mother)
    taken_away(office, no, by=by)
    assert not leaves(office, tmp_path / "out")
    with office.as_person(OFFICER) as session:
        assert "taken_away" in {finding.code for finding in session.log.verify().findings}


@pytest.mark.parametrize(("kind", "by"), [("clearance", REPORTS), ("prisoner", COORDINATOR)])
def test_a_no_is_not_taken_away_under_another_name(
    office: Office, tmp_path: Path, kind: str, by: str
) -> None:
    """Reports staff may take clearances away; a closed record called one is still a closed record."""
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        no = says_no(session, mother)
    taken_away(office, no, kind=kind, by=by)
    assert not leaves(office, tmp_path / "out")


def test_a_no_is_not_rewritten_into_a_yes(office: Office, tmp_path: Path) -> None:
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        no = says_no(session, mother)
        with session.context.reading() as reader:
            talk = reader.get(Conversation, no)
        answers = tuple(attrs.evolve(one, kind="deferred") for one in talk.answers)
        save_by_hand(session, attrs.evolve(talk, answers=answers), Act.SEALED_CHANGED)
    assert not leaves(office, tmp_path / "out")


def test_what_was_said_under_an_id_that_could_go_unseen_does_not_count(
    office: Office, tmp_path: Path
) -> None:
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            said = next(one for one in reader.find(Conversation) if one.relative == mother)
        seal_by_hand(session, attrs.evolve(said, id=RecordId(new_id()), answers=(), version=0))
    assert not leaves(office, tmp_path / "out")


def stopped(office: Office, mother: str) -> str:
    """The coordinator stops everything about a mother; gives the id of the stop."""
    with office.as_person(COORDINATOR) as session:
        return session.relatives.place_hold(PlaceRelativeHold(mother, "danger")).id


def test_a_stop_on_a_relative_is_not_taken_away(office: Office, tmp_path: Path) -> None:
    _prisoner, mother = agreed(office)
    taken_away(office, stopped(office, mother))
    assert not leaves(office, tmp_path / "out")


def test_a_refusal_to_lift_is_not_taken_away(office: Office, tmp_path: Path) -> None:
    """Without it the proposal would wait again, and an older *granted* could count."""
    _prisoner, mother = agreed(office)
    stop = stopped(office, mother)
    with office.as_person(COORDINATOR) as session:
        session.relatives.lift_hold(stop)
    with office.as_person(OFFICER) as session:
        session.consent.confirm_lift(stop, granted=False)
        with session.context.reading() as reader:
            kept = next(step for step in reader.find(RelativeHoldStep) if step.step == KEPT)
    taken_away(office, kept.id)
    assert not leaves(office, tmp_path / "out")


@pytest.mark.parametrize("names", [("Hanna", "Vera"), ("Vera", "Hanna"), ("Hanna", "Hanna")])
def test_one_person_cannot_lift_a_stop_on_a_relative(
    office: Office, tmp_path: Path, names: tuple[str, str]
) -> None:
    _prisoner, mother = agreed(office)
    stop = stopped(office, mother)
    with office.as_person(COORDINATOR) as session:
        for step, name in zip((PROPOSED, GRANTED), names, strict=True):
            by, record = person_named(session, name), session.context.lasting_id()
            at = session.context.now()
            add_by_hand(session, RelativeHoldStep(record, relative_hold=stop, step=step, by=by, at=at))
    assert not leaves(office, tmp_path / "out")


def test_a_stop_on_a_relative_is_not_moved_to_somebody_else(office: Office, tmp_path: Path) -> None:
    prisoner, mother = agreed(office)
    stop = stopped(office, mother)
    with office.as_person(COORDINATOR) as session:
        other = session.relatives.add(AddRelative(prisoner, {"relation": "sister"}, {})).id
        with session.context.reading() as reader:
            found = reader.get(RelativeHold, stop)
        save_by_hand(session, attrs.evolve(found, relative=other), Act.SEALED_CHANGED)
    assert not leaves(office, tmp_path / "out")


def test_two_people_lift_a_stop_on_a_relative(office: Office, tmp_path: Path) -> None:
    _prisoner, mother = agreed(office)
    stop = stopped(office, mother)
    with office.as_person(COORDINATOR) as session:
        session.relatives.lift_hold(stop)
    assert not leaves(office, tmp_path / "before")
    with office.as_person(OFFICER) as session:
        session.consent.confirm_lift(stop, granted=True)
    assert leaves(office, tmp_path / "out")


def test_a_relative_added_by_mistake_still_goes(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        session.relatives.add(AddRelative(prisoner, {"relation": "sister"}, {}))
        session.undo.undo()
        assert session.log.verify().ok
