"""Protects: a number leaves only an open name; what is recorded against somebody closes it at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.errors import Code, KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.identities import CopyNumber, EditIdentity, ShowIdentity
from app.services.prisoners import PlaceHold
from app.services.relatives import EditRelative, PlaceRelativeHold
from app.services.session import Session
from app.services.withdrawing import Withdraw
from tests import canaries
from tests.services.office import COORDINATOR, Office, add_mother, add_prisoner
from tests.services.slipping import TALK

WHY = "They search her flat today"
WE_CAME = {"direction": "we_came", "channel": "signal", "verified_by": "voice"}


def _family(session: Session, *answers: AnswerDraft) -> tuple[str, str]:
    prisoner = add_prisoner(session)
    who = {"full_name": canaries.RELATIVE_NAME, "phones": (canaries.RELATIVE_PHONE,)}
    mother = add_mother(session, prisoner, **who)
    if answers:
        session.consent.record(RecordConversation(mother, TALK, answers))
    return prisoner, mother


def _agreed(session: Session) -> tuple[str, str]:
    return _family(session, AnswerDraft("stay_in_touch", "given"))


def _copied(session: Session, relative: str) -> str:
    return session.relatives.copy_number(CopyNumber(relative, "phones", 0))


def _closed(session: Session, relative: str) -> None:
    before = session.log.state().entries
    with pytest.raises(KnownError) as error:
        _copied(session, relative)
    assert error.value.code is Code.NAME_CLOSED
    assert session.log.state().entries == before
    assert session.relatives.still_open() == frozenset()


def _not_safe(session: Session, mother: str) -> None:
    version = session.relatives.get(mother).relative.version
    session.relatives.edit(EditRelative(mother, version, {"asking": "not_safe"}))


def test_a_number_is_copied_from_an_open_name_only(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _agreed(session)[1]
        _closed(session, mother)  # a valid yes alone opens nothing
        session.relatives.show(ShowIdentity(mother))
        assert session.relatives.still_open() == {mother}
        assert _copied(session, mother) == canaries.RELATIVE_PHONE
        office.clock.turn(minutes=31)
        _closed(session, mother)
    with office.as_person(COORDINATOR) as session:
        session.relatives.show(ShowIdentity(mother))
    with office.as_person(COORDINATOR) as session:
        _closed(session, mother)  # another session begins closed


def test_whom_it_is_not_safe_to_ask_stays_closed(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _family(session)[1]
        _not_safe(session, mother)
        _closed(session, mother)
        session.relatives.show(ShowIdentity(mother, "danger", WHY))
        assert _copied(session, mother) == canaries.RELATIVE_PHONE


_AGAINST: dict[str, Callable[[Session, str, str], object]] = {
    "no": lambda s, p, m: s.consent.record(RecordConversation(m, TALK, (AnswerDraft("contact", "refused"),))),
    "withdrawal of one purpose": lambda s, p, m: s.consent.record(
        RecordConversation(m, TALK, (AnswerDraft("photo", "refused"),))
    ),
    "withdrawal journey": lambda s, p, m: s.withdrawing.record(Withdraw(m)),
    "stop on her": lambda s, p, m: s.relatives.place_hold(PlaceRelativeHold(m, "danger")),
    "stop on him": lambda s, p, m: s.prisoners.place_hold(PlaceHold("prisoner", p, "danger")),
    "stop on the file": lambda s, p, m: s.prisoners.place_hold(PlaceHold("case_file", "", "device_lost")),
    "not safe": lambda s, p, m: _not_safe(s, m),
}


@pytest.mark.parametrize("how", _AGAINST)
def test_what_is_recorded_against_contact_closes_an_open_name(office: Office, how: str) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner, mother = _agreed(session)
        session.relatives.show(ShowIdentity(mother))
        assert session.relatives.still_open() == {mother}
        _AGAINST[how](session, prisoner, mother)
        _closed(session, mother)


def test_what_stood_before_does_not_close_what_was_opened_with_words(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _family(session, AnswerDraft("contact", "refused"))[1]
        session.relatives.show(ShowIdentity(mother, "danger", WHY))
        assert _copied(session, mother) == canaries.RELATIVE_PHONE
        session.consent.record(RecordConversation(mother, WE_CAME, ()))
        _closed(session, mother)  # the warning was given: once


@pytest.mark.parametrize("against", ["no", "stop", "not_safe"])
@pytest.mark.parametrize("reason", ["they_came", "correction", "danger"])
def test_above_a_no_every_reason_takes_words(office: Office, reason: str, against: str) -> None:
    with office.as_person(COORDINATOR) as session:
        if against == "no":
            mother = _family(session, AnswerDraft("contact", "refused"))[1]
        else:
            mother = _agreed(session)[1]
        if against == "stop":
            session.relatives.place_hold(PlaceRelativeHold(mother, "danger"))
        elif against == "not_safe":
            _not_safe(session, mother)
        before = session.log.state().entries
        for words in ("", "  "):
            if against == "not_safe" and session.relatives.get(mother).contact.allowed:
                break
            with pytest.raises(KnownError) as error:
                session.relatives.show(ShowIdentity(mother, reason, words))
            assert (error.value.code, error.value.ids) == (Code.INVALID_FIELD, ("words",))
        assert session.log.state().entries <= before + 1  # her record was opened
        assert session.relatives.show(ShowIdentity(mother, reason, WHY)).full_name


def test_a_written_warning_frees_no_other_reason(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _family(session, AnswerDraft("contact", "refused"))[1]
        session.relatives.show(ShowIdentity(mother, "danger", WHY))
        session.relatives.show(ShowIdentity(mother, "danger"))
        with pytest.raises(KnownError) as error:
            session.relatives.show(ShowIdentity(mother, "they_came"))
        assert (error.value.code, error.value.ids) == (Code.INVALID_FIELD, ("words",))


def test_correcting_shows_nothing_and_opens_nothing(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = _family(session, AnswerDraft("contact", "refused"))[1]
        saved = session.relatives.edit_identity(EditIdentity(mother, 1, {"place": "elsewhere"}))
        assert canaries.RELATIVE_PHONE not in repr(saved)
        _closed(session, mother)
