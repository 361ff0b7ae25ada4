"""Protects: one person alone never makes more leave the house, whatever they change, undo or bring in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.services.attention import RecordAttention
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.relatives import AddRelative, EditRelative
from app.services.session import Session
from tests.hostile.insider import PUBLIC, TALK, agreed, leaves, may_be_told, says_no
from tests.services.lists import SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, Office


def _edit(session: Session, prisoner: str, **values: object) -> None:
    seen = session.prisoners.row(prisoner)
    session.prisoners.edit(EditPrisoner(prisoner, seen.version, values))


def _edit_relative(session: Session, relative: str, **values: object) -> None:
    seen = session.relatives.get(relative).relative
    session.relatives.edit(EditRelative(relative, seen.version, values))


def _waits(attempt: Callable[[], object]) -> None:
    with pytest.raises(KnownError) as error:
        attempt()
    assert error.value.code is Code.NEEDS_SECOND_PERSON


def test_a_birth_date_that_makes_adult_waits(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        _edit(session, prisoner, born=PartialDate(2012))
        assert not may_be_told(session, prisoner)
        _waits(lambda: _edit(session, prisoner, born=PartialDate(1979)))
        assert not may_be_told(session, prisoner)
        _waits(session.undo.undo)
        assert not may_be_told(session, prisoner)


@pytest.mark.parametrize("by", ["stop", "attention"])
def test_a_birth_date_that_makes_adult_waits_under_a_stop_too(office: Office, by: str) -> None:
    """Or whoever lifts the stop would agree to a change nobody showed them."""
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        _edit(session, prisoner, born=PartialDate(2012))
        if by == "stop":
            session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
        else:
            session.attention.record(RecordAttention("embassy_contact", prisoners=(prisoner,)))
        _waits(lambda: _edit(session, prisoner, born=PartialDate(1979)))
        assert session.prisoners.get(prisoner).prisoner.born == PartialDate(2012)


def test_restoring_an_old_birth_date_waits(office: Office) -> None:
    from app.services.prisoners import RestoreValue

    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        _edit(session, prisoner, born=PartialDate(2012))
        entry = session.prisoners.history(prisoner, "born")[0].sequence
        version = session.prisoners.row(prisoner).version
        _waits(lambda: session.prisoners.restore(RestoreValue(prisoner, version, "born", entry)))
        assert not may_be_told(session, prisoner)


def test_status_back_to_held_waits(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        _edit(session, prisoner, status="released")
        assert not may_be_told(session, prisoner)
        _waits(lambda: _edit(session, prisoner, status="penal_colony"))
        assert not may_be_told(session, prisoner)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ({"relation": "friend"}, {"relation": "mother"}),
        ({"relation": "sister"}, {"relation": "mother"}),
    ],
)
def test_a_relation_that_bears_a_yes_waits(
    office: Office, narrow: dict[str, object], wide: dict[str, object]
) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        _edit_relative(session, mother, **narrow)
        if may_be_told(session, prisoner):
            pytest.skip("still allowed: nothing to widen")
        _waits(lambda: _edit_relative(session, mother, **wide))
        assert not may_be_told(session, prisoner)


def test_taking_a_no_back_waits_by_every_way(office: Office) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        talk = says_no(session, mother, **TALK)
        assert not may_be_told(session, prisoner)
        session.undo.undo()
        assert not may_be_told(session, prisoner)
        with session.context.reading() as reader:
            no = reader.get(Conversation, talk).answers[0].answer
        for kind in ("entered_in_error", "invalidated", "revoked"):
            draft = AnswerDraft("name", kind, "public", cancels=no)
            session.consent.record(RecordConversation(mother, TALK, (draft,)))
            assert not may_be_told(session, prisoner), kind
        session.consent.record(RecordConversation(mother, TALK, (AnswerDraft("name", "given"),)))
        assert not may_be_told(session, prisoner)


def test_a_no_of_another_is_not_outlived_by_a_new_yes(office: Office) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        father = session.relatives.add(
            AddRelative(prisoner, {"relation": "father", "whereabouts": "outside"})
        ).id
        says_no(session, father, **TALK)
        assert not may_be_told(session, prisoner)
        session.consent.record(RecordConversation(mother, TALK, (AnswerDraft("name", "renewed"),)))
        assert not may_be_told(session, prisoner)


def test_a_no_recorded_while_the_clock_was_behind_is_newer_than_the_yes(office: Office) -> None:
    """The order is that of the log, never the clock's: the no came later."""
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        assert may_be_told(session, prisoner)
        office.clock.turn(days=-365)
        says_no(session, mother, **TALK)
        office.clock.turn(days=366)
        assert not may_be_told(session, prisoner)


def test_a_no_recorded_with_an_old_date_still_denies_today(office: Office) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        says_no(session, mother, **TALK, held_on=PartialDate(2020, 1, 1))
        assert not may_be_told(session, prisoner)


def test_a_no_recorded_with_a_date_to_come_denies_today(office: Office) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        says_no(session, mother, **TALK, held_on=PartialDate(2031, 1, 1))
        assert not may_be_told(session, prisoner)


def test_a_yes_is_not_made_longer_by_a_date_to_come(office: Office) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        answer = AnswerDraft("name", "given", ends_on=date(2099, 1, 1))
        with pytest.raises(KnownError) as error:
            session.consent.record(
                RecordConversation(mother, {**TALK, "held_on": PartialDate(2098, 6, 1)}, (answer,))
            )
        assert error.value.code is Code.TALK_IN_FUTURE
        session.consent.record(RecordConversation(mother, TALK, (answer,)))
        until = session.consent.decision(prisoner, "name", "public").until
        assert until is not None
        assert until <= date(2027, 11, 22)


def test_a_stop_is_not_taken_away_by_undo(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
        session.undo.undo()
        assert not may_be_told(session, prisoner)


def test_a_stop_on_the_whole_case_file_stops_everybody(office: Office, tmp_path: Path) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
        assert not may_be_told(session, prisoner)
        assert session.prisoners.get(prisoner).stopped
    assert not leaves(office, tmp_path / "out")


def test_the_facility_or_country_of_a_stop_is_not_edited_away(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        session.prisoners.place_hold(PlaceHold("country", "BY", "danger"))
        assert not may_be_told(session, prisoner)
        _waits(lambda: _edit(session, prisoner, country="PL"))
        assert not may_be_told(session, prisoner)


# lists


def _bring(office: Office, path: Path, source: str, *rows: dict[str, str]) -> None:
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(write_list(path, rows), source)
        session.intake.commit(looked)


def _agreed_by_list(office: Office, tmp_path: Path, **cells: str) -> str:
    """Somebody from a list nobody trusts, for whom a mother said yes and two people signed."""
    from app.services.waiting import CountersignAnswer
    from tests.services.office import add_mother

    _bring(office, tmp_path / "first.csv", SOURCE, row(7, "Anton Iodkauuk", **cells))
    with office.as_person(COORDINATOR) as session:
        prisoner = session.prisoners.rows()[0].id
        mother = add_mother(session, prisoner)
        answers = (AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        session.consent.record(RecordConversation(mother, TALK, answers))
    with office.as_person(OFFICER) as session:
        for one in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(one.id, one.part, granted=True))
    return prisoner


def test_a_list_with_another_birth_date_does_not_widen_alone(office: Office, tmp_path: Path) -> None:
    prisoner = _agreed_by_list(office, tmp_path, birthday="2012-05-15")
    with office.as_person(COORDINATOR) as session:
        assert not may_be_told(session, prisoner)
    _bring(office, tmp_path / "second.csv", SOURCE, row(7, "Anton Iodkauuk", birthday="1980-05-15"))
    with office.as_person(COORDINATOR) as session:
        assert not may_be_told(session, prisoner)


def test_taking_a_list_back_does_not_widen_alone(office: Office, tmp_path: Path) -> None:
    prisoner = _agreed_by_list(office, tmp_path, birthday="1980-05-15")
    with office.as_person(COORDINATOR) as session:
        assert may_be_told(session, prisoner)
    _bring(office, tmp_path / "second.csv", SOURCE, row(7, "Anton Iodkauuk", birthday="2012-05-15"))
    with office.as_person(COORDINATOR) as session:
        assert not may_be_told(session, prisoner)
        session.intake.take_back(session.intake.runs()[0].id)
        assert not may_be_told(session, prisoner)


def test_a_value_a_trusted_source_does_not_say_is_not_published(trusted: Office) -> None:
    with trusted.as_person(COORDINATOR) as session:
        prisoner = session.prisoners.rows()[0]
        fields = ("family_name",)
        name = session.prisoners.get(prisoner.id).prisoner.family_name

        def told() -> bool:
            return session.consent.decision(prisoner.id, "name", "public", fields=fields).allowed

        assert told()
        _edit(session, prisoner.id, family_name="Somebodyelse")
        assert not told()
        _edit(session, prisoner.id, family_name=name)  # the very value two people trust
        assert told()


def test_a_yes_that_ended_does_not_bear_again_when_the_clock_is_turned_back(
    office: Office, tmp_path: Path
) -> None:
    prisoner, _mother = agreed(office)
    office.clock.turn(days=400)
    with office.as_person(COORDINATOR) as session:
        assert not may_be_told(session, prisoner)
        _edit(session, prisoner, occupation="cook")
    office.clock.turn(days=-100)
    with office.as_person(COORDINATOR) as session:
        _edit(session, prisoner, occupation="baker")  # work goes on, and its entry has the wrong moment
        with pytest.raises(KnownError) as error:
            session.reports.make(PUBLIC)
        assert error.value.code is Code.CLOCK_BEHIND
