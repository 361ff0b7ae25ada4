"""Protects: what people without the key see stays true with the days, and never says more than the ledger."""

from __future__ import annotations

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.hold import Clearance
from app.domain.public_texts import PublicText
from app.domain.rows import Light
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner


def _rows(session: Session) -> list[Clearance]:
    with session.context.reading() as reader:
        return reader.find(Clearance, purpose="name")


def _agreed_name(office: Office) -> str:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        talk = {"channel": "signal", "verified_by": "voice"}
        answers = (AnswerDraft("name", "given"),)
        session.consent.record(RecordConversation(add_mother(session, prisoner), talk, answers))
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
    return prisoner


def test_an_end_far_away_is_not_told(office: Office) -> None:
    _agreed_name(office)
    with office.as_person(REPORTS) as session:
        assert {row.ends_on.isoformat() for row in _rows(session) if row.ends_on} == {"2027-01-31"}
        (row,) = session.prisoners.rows()
        assert (row.name_in_public, row.name_until) == (Light.YES, None)


def test_they_are_renewed_behind_the_first_page_and_once_a_day(office: Office) -> None:
    _agreed_name(office)
    office.clock.turn(days=80)
    with office.as_person(REPORTS) as session:
        assert session.prisoners.rows()[0].name_in_public is Light.NOT_ASKED
        session.settle()
        assert session.prisoners.rows()[0].name_in_public is Light.NOT_ASKED
    with office.as_person(COORDINATOR) as session:
        session.settle()
        assert (session.log.rows()[0].act, session.log.rows()[0].automatic) == (Act.CLEARANCES_RENEWED, True)
        entries = session.log.state().entries
        session.settle()
        assert session.log.state().entries == entries
    with office.as_person(REPORTS) as session:
        assert session.prisoners.rows()[0].name_in_public is Light.YES


def test_they_end_with_the_yes(office: Office) -> None:
    _agreed_name(office)
    office.clock.turn(days=366)
    with office.as_person(COORDINATOR) as session:
        session.settle()
        assert _rows(session) == []
        assert session.prisoners.rows()[0].name_in_public is Light.NOT_ASKED


def test_a_stop_by_reports_staff_takes_them_away(office: Office) -> None:
    prisoner = _agreed_name(office)
    with office.as_person(REPORTS) as session:
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
        assert _rows(session) == []
        assert session.prisoners.row(prisoner).name_in_public is not Light.YES
    with office.as_person(OFFICER) as session:
        assert session.log.verify().ok


def test_an_edit_that_touches_no_fact_leaves_them_alone(office: Office) -> None:
    prisoner = _agreed_name(office)
    with office.as_person(COORDINATOR) as session:
        before = _rows(session)
        saved = session.prisoners.edit(EditPrisoner(prisoner, 1, {"next_step": "call the lawyer"}))
        assert "clearance" not in saved.changes.by_kind
        assert _rows(session) == before
        assert session.prisoners.rows()[0].name_in_public is Light.YES


def test_a_touched_fact_takes_them_away_at_once(office: Office) -> None:
    prisoner = _agreed_name(office)
    with office.as_person(REPORTS) as session:
        text = PublicText(language="en", text="He teaches physics.")
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"public_quote": (text,)}))
        assert _rows(session)
    with office.as_person(COORDINATOR) as session:
        session.prisoners.edit(EditPrisoner(prisoner, 2, {"born": PartialDate(2015)}))
        assert _rows(session) == []
        assert session.prisoners.rows()[0].name_in_public is not Light.YES


def test_what_changes_between_two_slices_is_decided_as_it_is_then(office: Office) -> None:
    prisoner = _agreed_name(office)
    office.clock.turn(days=80)
    with office.as_person(COORDINATOR) as session:
        others = [add_prisoner(session, family_name=f"Zorka {number}") for number in range(60)]
        slices = session.settling()
        for _slice in slices:
            if session.context.store.ready:
                break
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
        session.prisoners.edit(EditPrisoner(others[0], 1, {"next_step": "call the lawyer"}))
        entries = session.log.state().entries
        for _slice in slices:
            assert session.log.state().entries >= entries
        assert [row for row in _rows(session) if row.audience == "public"] == []
        assert session.prisoners.row(prisoner).name_in_public is Light.NO
        session.settle()
        assert session.log.verify().ok


def test_slices_that_were_left_are_done_the_next_time(office: Office) -> None:
    _agreed_name(office)
    office.clock.turn(days=80)
    with office.as_person(COORDINATOR) as session:
        for _slice in session.settling():
            if session.context.store.ready:
                break
    with office.as_person(COORDINATOR) as session:
        session.settle()
        assert session.log.rows()[0].act == Act.CLEARANCES_RENEWED
