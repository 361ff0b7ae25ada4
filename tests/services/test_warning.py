"""Protects: where a stop, a no or silence forbids contact, a written reason lets one warn a family, once."""

from __future__ import annotations

import pytest

from app.domain.case_findings import Rule
from app.domain.consent_contact import MayContact
from app.domain.errors import Code, KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.identities import ShowIdentity
from app.services.prisoners import PlaceHold
from app.services.relatives import PlaceRelativeHold
from app.services.session import Session
from tests import canaries
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner
from tests.services.slipping import TALK

WHY = "They search her flat today"
WE_CAME = {"direction": "we_came", "channel": "signal", "verified_by": "voice"}


def _family(session: Session, *answers: AnswerDraft) -> tuple[str, str]:
    prisoner = add_prisoner(session)
    mother = add_mother(session, prisoner, full_name=canaries.RELATIVE_NAME)
    if answers:
        session.consent.record(RecordConversation(mother, TALK, answers))
    return prisoner, mother


def _forbid(session: Session, how: str) -> str:
    """A mother whom nobody may contact, for one reason or another."""
    if how == "no":
        return _family(session, AnswerDraft("contact", "refused", "internal"))[1]
    if how == "silence":
        return _family(session)[1]
    prisoner, mother = _family(session, AnswerDraft("contact", "given"))
    if how == "stop on her":
        session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
    elif how == "stop on the file":
        session.prisoners.place_hold(PlaceHold("case_file", "", "device_lost"))
    else:
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
    return mother


HOW = ("no", "silence", "stop on her", "stop on him", "stop on the file")


def _refused(session: Session, command: ShowIdentity, field: str) -> None:
    with pytest.raises(KnownError) as error:
        session.relatives.show(command)
    assert (error.value.code, error.value.ids) == (Code.INVALID_FIELD, (field,))


@pytest.mark.parametrize("how", HOW)
def test_a_written_reason_lets_one_warn_once(office: Office, how: str) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _forbid(session, how)
        assert not session.relatives.get(mother).contact.allowed
        before = session.log.state().entries
        _refused(session, ShowIdentity(mother), "reason")
        _refused(session, ShowIdentity(mother, "danger"), "words")
        _refused(session, ShowIdentity(mother, "danger", "  "), "words")
        if how != "silence":
            _refused(session, ShowIdentity(mother, "ask_again"), "reason")
        assert session.log.state().entries == before
        assert session.relatives.show(ShowIdentity(mother, "danger", WHY)).full_name
        rule = session.relatives.get(mother).contact
        assert (rule.may, rule.allowed) == (MayContact.WARNING, True)
        talk = RecordConversation(mother, WE_CAME, ())
        assert not session.consent.preview(talk).without_permission
        saved = session.consent.record(talk).id
        view = session.relatives.get(mother)
        assert saved not in view.begun_without
        assert not view.conversations[0].answers, "a warning asks for nothing"
        assert not view.contact.allowed, "once"
        assert session.consent.preview(RecordConversation(mother, WE_CAME, ())).without_permission


def test_it_is_over_the_day_after_tomorrow(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _forbid(session, "no")
        session.relatives.show(ShowIdentity(mother, "danger", WHY))
        office.clock.turn(days=1)
        assert session.relatives.get(mother).contact.allowed
        office.clock.turn(days=1)
        assert session.relatives.get(mother).contact.may is MayContact.SAID_NO


def test_an_officer_finds_it_and_reads_why(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _forbid(session, "stop on her")
        session.relatives.show(ShowIdentity(mother, "danger", WHY))
    with office.as_person(OFFICER) as session:
        found = {group.rule: group.items for group in session.findings.groups()}
        (item,) = found[Rule.WARNED]
        assert (item.by, item.about) == ("Hanna K.", "Mother of Zhawnyarovich, Siarhei")
        row = next(row for row in session.log.rows() if row.sequence in item.entries)
        assert {change.field: change.after for change in row.changes} == {"reason": "danger", "words": WHY}


def test_a_valid_yes_needs_no_words_and_keeps_none(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _prisoner, mother = _family(session, AnswerDraft("contact", "given"))
        session.relatives.show(ShowIdentity(mother))
        session.relatives.show(ShowIdentity(mother, "danger", WHY))
        assert session.relatives.get(mother).contact.may is MayContact.YES
    with office.as_person(OFFICER) as session:
        assert Rule.WARNED not in {group.rule for group in session.findings.groups()}


def test_it_opens_nothing_outside_the_house(office: Office) -> None:
    """A warning is not a yes: nothing leaves because of it."""
    with office.as_person(COORDINATOR) as session:
        prisoner, mother = _family(session, AnswerDraft("contact", "given"), AnswerDraft("name", "given"))
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
        session.relatives.show(ShowIdentity(mother, "danger", WHY))
        decision = session.consent.decision(prisoner, "name", "public")
        assert not decision.allowed
        assert decision.since == session.today(), "and it says since when"


def test_the_detail_names_every_stop_with_since_when_and_by_whom(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        session.prisoners.place_hold(PlaceHold("case_file", "", "device_lost"))
    with office.as_person(COORDINATOR) as session:
        mother = _forbid(session, "stop on her")
        stops = session.relatives.get(mother).stops
        assert [(one.noun, one.placed_by) for one in stops] == [
            ("relative", "Hanna K."),
            ("case_file", "Vera O."),
        ]
        assert all(one.placed_at is not None for one in stops)
