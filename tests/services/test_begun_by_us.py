"""Protects: a talk counts as begun by us unless somebody says otherwise; a yes counts as long as is told."""

from __future__ import annotations

from datetime import date

from app.domain.case_findings import Rule
from app.domain.consent_contact import MayContact
from app.domain.dates import PartialDate
from app.domain.rows import Light
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_OPEN = {"channel": "signal", "verified_by": "voice"}
"""Nobody said who came to whom."""


def test_who_came_to_whom_left_open_is_no_way_around(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        assert session.consent.preview(RecordConversation(mother, _OPEN)).without_permission
        saved = session.consent.record(RecordConversation(mother, _OPEN)).id
        view = session.relatives.get(mother)
        assert view.begun_without == {saved}
        assert [one.kind for one in view.conversations[0].answers] == ["requested"]
        assert view.contact.may is MayContact.ASKED_ALREADY


def test_a_talk_after_a_no_is_found_also_where_it_is_left_open(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        theirs = {**_OPEN, "direction": "they_came"}
        session.consent.record(RecordConversation(mother, theirs, (AnswerDraft("contact", "refused"),)))
        office.clock.turn(days=1)
        saved = session.consent.record(RecordConversation(mother, _OPEN)).id
        assert saved in session.relatives.get(mother).begun_without
    with office.as_person(OFFICER) as session:
        assert Rule.AFTER_A_NO in {group.rule for group in session.findings.groups()}


def test_a_correction_is_no_contact(office: Office) -> None:
    """Taking an answer back was told as a talk begun without permission, and used up the leave for one."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        theirs = {**_OPEN, "direction": "they_came"}
        session.consent.record(RecordConversation(mother, theirs, (AnswerDraft("contact", "refused"),)))
        office.clock.turn(days=1)
        taken = session.undo.undo()
        view = session.relatives.get(mother)
        assert taken.waits
        assert taken.id not in view.begun_without
        assert [one.kind for one in view.conversations[0].answers] == ["entered_in_error"]
    with office.as_person(OFFICER) as session:
        assert Rule.AFTER_A_NO not in {group.rule for group in session.findings.groups()}
        waits = session.consent.waiting()
        session.consent.countersign(CountersignAnswer(waits[0].id, waits[0].part, granted=True))
        assert session.relatives.get(mother).contact.may is MayContact.CAME_TO_US


def test_a_correction_somebody_says_was_a_call_is_one(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        said = session.consent.record(
            RecordConversation(
                mother, {**_OPEN, "direction": "they_came"}, (AnswerDraft("contact", "refused"),)
            )
        )
        answer = session.relatives.get(mother).conversations[0].answers[0].answer
        back = AnswerDraft("contact", "entered_in_error", cancels=answer, reason="misheard")
        called = session.consent.record(
            RecordConversation(mother, {**_OPEN, "direction": "we_came"}, (back,))
        )
        assert called.id in session.relatives.get(mother).begun_without
        assert said.id not in session.relatives.get(mother).begun_without


def test_who_came_is_asked_anew_every_time(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        session.consent.record(RecordConversation(mother, {**_OPEN, "direction": "they_came"}))
        values = session.consent.plan_defaults(mother)
        assert "direction" not in values
        assert values["channel"] == "signal"


def test_a_yes_of_this_month_or_year_counts_at_once(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        for held in (PartialDate(2026, 11), PartialDate(2026)):
            mother = add_mother(session, add_prisoner(session))
            talk = {**_OPEN, "direction": "they_came", "held_on": held}
            session.consent.record(RecordConversation(mother, talk, (AnswerDraft("contact", "given"),)))
            assert session.relatives.get(mother).may_contact in (Light.YES, Light.ENDS)


def test_an_end_too_far_away_is_told_before_saving_and_stored_as_said(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        talk = {**_OPEN, "direction": "they_came"}
        far = AnswerDraft("contact", "given", ends_on=date(2076, 1, 1))
        effect = session.consent.preview(RecordConversation(mother, talk, (far,)))
        assert effect.counts_until == date(2027, 11, 22)
        session.consent.record(RecordConversation(mother, talk, (far,)))
        view = session.relatives.get(mother)
        assert view.conversations[0].answers[0].ends_on == date(2076, 1, 1)
        assert view.contact_until == effect.counts_until
        year = date(2027, 11, 22)  # as long as most may last, and twice as long as direct contact does
        both = (
            AnswerDraft("contact", "given", ends_on=year),
            AnswerDraft("direct_contact", "given", ends_on=year),
        )
        assert session.consent.preview(RecordConversation(mother, talk, both)).counts_until == date(
            2027, 5, 22
        )
        near = AnswerDraft("contact", "given", ends_on=date(2027, 1, 1))
        assert session.consent.preview(RecordConversation(mother, talk, (near,))).counts_until is None
