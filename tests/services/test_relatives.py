"""Protects: a name opens one at a time, after its log entry, and is found only whole."""

from __future__ import annotations

import pytest

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.relatives import EditIdentity, ShowIdentity
from tests import canaries
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

_IDENTITY = {
    "full_name": canaries.RELATIVE_NAME,
    "other_spellings": (canaries.RELATIVE_NAME_BE,),
    "phones": (canaries.RELATIVE_PHONE,),
    "handles": (canaries.RELATIVE_HANDLE,),
    "emails": (canaries.RELATIVE_EMAIL,),
}


def test_the_entry_comes_before_the_name(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), **_IDENTITY)
        before = session.log.state().entries
        identity = session.relatives.show(ShowIdentity(mother, "danger", "They search his flat today"))
        assert identity.full_name == canaries.RELATIVE_NAME
        assert session.log.state().entries == before + 1
        row = session.log.rows()[0]
        assert (row.act, row.about) == (Act.SHOWN, "Mother of Zhawnyarovich, Siarhei")
    with office.as_person(AUDITOR) as session:
        assert (session.log.rows()[0].act, session.log.rows()[0].about) == (Act.SHOWN, "")


def test_a_reason_is_asked_unless_a_yes_says_why(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), **_IDENTITY)
        before = session.log.state().entries
        with pytest.raises(KnownError) as error:
            session.relatives.show(ShowIdentity(mother))
        assert (error.value.code, error.value.ids) == (Code.INVALID_FIELD, ("reason",))
        assert session.log.state().entries == before
        talk = {"channel": "signal", "verified_by": "voice"}
        answers = (AnswerDraft("stay_in_touch", "given"),)
        session.consent.record(RecordConversation(mother, talk, answers))
        assert session.relatives.show(ShowIdentity(mother)).phones == (canaries.RELATIVE_PHONE,)


def test_opening_somebody_is_recorded_once_a_session(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        session.relatives.get(mother)
        before = session.log.state().entries
        session.relatives.get(mother)
        assert session.log.state().entries == before
    with office.as_person(OFFICER) as session:
        session.relatives.get(mother)
        assert session.log.rows()[0].act == Act.OPENED


@pytest.mark.parametrize(
    "text",
    [
        "+375297071453",
        "29 707 14 53",
        "8029 707 14 53",
        "8 (029) 707-14-53",
        "kvitka_canary",
        canaries.RELATIVE_HANDLE,
        canaries.RELATIVE_EMAIL.upper(),
        canaries.RELATIVE_NAME,
        "kvitkavets ZORYNA",
        canaries.RELATIVE_NAME_BE,
    ],
)
def test_found_whole_and_still_closed(office: Office, text: str) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), **_IDENTITY)
        (row,) = session.relatives.find_exact(text)
        assert row.id == mother
        assert canaries.RELATIVE_NAME not in repr(row)
        (hit,) = [hit for hit in session.search.everywhere(text) if hit.noun == "relative"]
        assert hit.title == "Mother of Zhawnyarovich, Siarhei"


@pytest.mark.parametrize(
    "text", ["Zoryna", "707-14", "Kvitka", "kvitka_", "", "0", "8 029 707-14-54", "8 044 707-14-53"]
)
def test_a_part_finds_nobody(office: Office, text: str) -> None:
    with office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session), **_IDENTITY)
        assert session.relatives.find_exact(text) == ()
        assert [hit for hit in session.search.everywhere(text) if hit.noun == "relative"] == []


def test_reports_staff_find_nobody(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session), **_IDENTITY)
    with office.as_person(REPORTS) as session:
        assert session.search.everywhere(canaries.RELATIVE_PHONE) == ()
        assert [hit.noun for hit in session.search.everywhere("Zhawnyarovich")] == ["prisoner"]


def test_an_identity_is_corrected_and_can_come_later(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        session.relatives.edit_identity(EditIdentity(mother, 0, _IDENTITY))
        session.relatives.edit_identity(EditIdentity(mother, 1, {"place": canaries.RELATIVE_ADDRESS}))
        assert (
            session.relatives.show(ShowIdentity(mother, "danger", "They search his flat today")).place
            == canaries.RELATIVE_ADDRESS
        )
        with pytest.raises(KnownError) as error:
            session.relatives.edit_identity(EditIdentity(mother, 1, {"place": "elsewhere"}))
        assert error.value.code is Code.CONFLICT
        assert session.log.verify().ok


def test_undoing_a_relative_takes_the_name_away_too(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session), **_IDENTITY)
        session.undo.undo()
        assert session.relatives.rows() == ()
        assert session.relatives.find_exact(canaries.RELATIVE_PHONE) == ()
        assert session.undo.what()[1] is None
        assert session.log.verify().ok


def test_a_pasted_number_says_whether_one_may_contact(office: Office) -> None:
    """It said "exactly what you typed": one had to open somebody to learn that they had said no."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session), **_IDENTITY)

        def said() -> str:
            (hit,) = session.search.everywhere(canaries.RELATIVE_PHONE)
            return hit.detail

        assert said() == "do not contact · gardener", "nobody has allowed the first words"
        talk = {"direction": "they_came", "channel": "signal", "verified_by": "voice"}
        for kind, words in (("given", "may be contacted"), ("withdrawn", "do not contact")):
            session.consent.record(RecordConversation(mother, talk, (AnswerDraft("contact", kind),)))
            assert said() == f"{words} · gardener"
        assert canaries.RELATIVE_NAME not in said()
