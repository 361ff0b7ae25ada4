"""Protects: whoever lifts a stop read before whom that lets out again; what is read is what happens."""

from __future__ import annotations

import pytest

from app.domain.errors import Code, KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import PlaceHold
from app.services.relatives import PlaceRelativeHold
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}
_OPEN = ("name", "case_detail")


def _agrees(office: Office, *lines: str, **who: object) -> tuple[str, str]:
    """Somebody whose mother agreed to these, signed by two; gives both ids."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, **who)
        mother = add_mother(session, prisoner)
        answers = tuple(AnswerDraft(line, "given", "public") for line in lines)
        session.consent.record(RecordConversation(mother, _TALK, answers))
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
    return prisoner, mother


def _asked(session: Session, noun: str, about: str) -> str:
    hold = session.prisoners.place_hold(PlaceHold(noun, about, "danger")).id
    session.prisoners.lift_hold(hold)
    return hold


def _may(session: Session, prisoner: str, purpose: str) -> bool:
    return session.consent.decision(prisoner, purpose, "public").allowed


def test_what_is_read_before_is_what_happens(office: Office) -> None:
    prisoner, _mother = _agrees(office, *_OPEN)
    with office.as_person(COORDINATOR) as session:
        silent = add_prisoner(session, family_name="Silent")
        hold = _asked(session, "country", "BY")
        assert not any(_may(session, prisoner, one) for one in _OPEN)
    with office.as_person(OFFICER) as session:
        reach = session.consent.lift_reach(hold)
        assert reach.people == 2
        (freed,) = reach.freed
        assert (freed.prisoner, freed.name) == (prisoner, "Zhawnyarovich, Siarhei")
        assert {purpose for purpose, audience in freed.opened if audience == "public"} == set(_OPEN)
        assert not any(_may(session, prisoner, one) for one in _OPEN), "nothing is lifted by reading"
        (row,) = session.consent.waiting()
        assert row.detail.endswith("· 2 prisoners"), "a slip says how many, too"
        session.consent.confirm_lift(hold, granted=True)
        told = {purpose for purpose, _audience in freed.opened}
        for purpose in ("name", "case_detail", "photo", "health", "godparent_sought"):
            assert _may(session, prisoner, purpose) == (purpose in told)
            assert not _may(session, silent, purpose)
        with pytest.raises(KnownError) as error:
            session.consent.lift_reach(hold)
        assert error.value.code is Code.ALREADY_DONE


def test_who_stays_closed_by_something_else_is_counted(office: Office) -> None:
    prisoner, _mother = _agrees(office, "name")
    with office.as_person(COORDINATOR) as session:
        hold = _asked(session, "case_file", "")
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
        reach = session.consent.lift_reach(hold)
        assert (reach.freed, reach.closed) == ((), 1)


def test_a_stop_on_a_relative_lets_the_case_out_again(office: Office) -> None:
    _prisoner, mother = _agrees(office, "name", "own_name")
    with office.as_person(COORDINATOR) as session:
        hold = session.relatives.place_hold(PlaceRelativeHold(mother, "danger")).id
        session.relatives.lift_hold(hold)
        reach = session.consent.lift_reach(hold)
        names = {one.name: dict(one.opened) for one in reach.freed}
        assert names["Zhawnyarovich, Siarhei"] == {"name": "public"}
        (relative,) = (name for name in names if name != "Zhawnyarovich, Siarhei")
        assert relative.startswith("Mother of")
        assert reach.people == 1


def test_a_no_said_meanwhile_is_not_let_out(office: Office) -> None:
    _prisoner, mother = _agrees(office, "name")
    with office.as_person(COORDINATOR) as session:
        hold = _asked(session, "country", "BY")
        session.consent.record(RecordConversation(mother, _TALK, (AnswerDraft("name", "withdrawn"),)))
        assert session.consent.lift_reach(hold).freed == ()
