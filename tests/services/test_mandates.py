"""Protects: who represents a prisoner says how far that goes before a yes counts; it stays written down."""

from __future__ import annotations

import pytest

from app.domain.consent import Reason
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.services.consent import AnswerDraft, RecordConversation
from app.services.relatives import AddRelative, EditRelative
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.services.office import COORDINATOR, OFFICER, Office, add_mother, add_prisoner

_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


def _lawyer(session: Session, prisoner: str, **more: object) -> str:
    values = {"relation": "lawyer", "capacity": "legal_representative", "whereabouts": "outside", **more}
    return session.relatives.add(AddRelative(prisoner, values)).id


def _says(session: Session, who: str, *answers: AnswerDraft, **talk: object) -> None:
    session.consent.record(RecordConversation(who, {**_TALK, **talk}, answers))


def _talks(session: Session) -> list[Conversation]:
    with session.context.reading() as reader:
        return list(reader.find(Conversation))


@pytest.mark.parametrize("purpose", ["name", "health", "letters", "godparent_sought"])
def test_a_yes_for_the_prisoner_is_refused_until_its_reach_is_said(office: Office, purpose: str) -> None:
    with office.as_person(COORDINATOR) as session:
        lawyer = _lawyer(session, add_prisoner(session))
        for ask in (session.consent.preview, session.consent.record):
            with pytest.raises(KnownError) as error:
                ask(RecordConversation(lawyer, _TALK, (AnswerDraft(purpose, "given"),)))
            assert (error.value.code, error.value.details["field"]) == (Code.MANDATE_MISSING, "mandate")
        assert _talks(session) == []
        _says(session, lawyer, AnswerDraft(purpose, "refused"), AnswerDraft("contact", "given"))
        assert len(_talks(session)) == 1, "a no needs none, and neither does what is about themselves"


def test_what_they_may_decide_is_said_once_and_kept(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        lawyer = _lawyer(session, prisoner)
        assert not session.consent.plan_defaults(lawyer).get("mandate")
        _says(session, lawyer, AnswerDraft("name", "given", "internal"), mandate="public")
        assert session.consent.decision(prisoner, "name", "internal").allowed
        assert session.consent.plan_defaults(lawyer)["mandate"] == "public", "the next talk begins with it"
        assert _talks(session)[0].mandate == "public"
        with pytest.raises(KnownError) as error:
            _says(session, lawyer, AnswerDraft("health", "given"), mandate="public")
        assert error.value.code is Code.NO_STANDING, "that goes beyond it"
        version = session.relatives.get(lawyer).relative.version
        session.relatives.edit(EditRelative(lawyer, version, {"mandate": "contact"}))
        assert session.consent.plan_defaults(lawyer)["mandate"] == "contact", "the register stands first"
        assert not session.consent.decision(prisoner, "name", "internal").allowed


def test_a_mother_beyond_what_she_represents_speaks_like_any_mother(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        version = session.relatives.get(mother).relative.version
        values = {"capacity": "legal_representative", "mandate": "contact"}
        session.relatives.edit(EditRelative(mother, version, values))
        _says(session, mother, AnswerDraft("name", "given", "internal"))
        assert session.consent.decision(prisoner, "name", "internal").allowed


def test_who_represents_nobody_keeps_no_reach(office: Office) -> None:
    """Sticky words of a talk in which they did would otherwise stand in one in which they do not."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        _says(session, mother, AnswerDraft("name", "given", "internal"), mandate="everything")
        assert _talks(session)[0].mandate == ""


def test_taking_a_reach_back_opens_the_public_and_waits_for_two(office: Office) -> None:
    """A lawyer for everything has to be asked; whoever cut that down alone would let the name out."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        lawyer, mother = _lawyer(session, prisoner, mandate="contact"), add_mother(session, prisoner)
        _says(session, mother, AnswerDraft("name", "given", "public"))
        edit = EditRelative(lawyer, session.relatives.get(lawyer).relative.version, {"mandate": "everything"})
        session.relatives.edit(edit)
    with office.as_person(OFFICER) as session:
        (row,) = session.consent.waiting()
        session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
        assert session.consent.decision(prisoner, "name", "public").reason is Reason.KEY_ANSWER_MISSING
    with office.as_person(COORDINATOR) as session:
        version = session.relatives.get(lawyer).relative.version
        with pytest.raises(KnownError) as error:
            session.relatives.edit(EditRelative(lawyer, version, {"mandate": "contact"}))
        assert error.value.code is Code.NEEDS_SECOND_PERSON
        assert session.relatives.get(lawyer).relative.mandate == "everything"
        assert not session.consent.decision(prisoner, "name", "public").allowed
    with office.as_person(OFFICER) as session:
        (row,) = session.consent.waiting()
        assert (row.what, row.detail) == ("change", "Change: May decide")
        session.consent.decide_change(row.id, granted=True)
        assert session.consent.decision(prisoner, "name", "public").allowed


def test_the_second_person_and_who_looks_back_read_it(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        lawyer = _lawyer(session, prisoner, mandate="everything")
        _says(session, lawyer, AnswerDraft("photo", "given", "public"), mandate="everything")
        (row,) = session.consent.waiting()
        assert "Legal representative, may decide: Everything" in row.detail
        then = session.as_of.relative(lawyer, PartialDate.of(session.today()))
        assert then.relative is not None
        assert then.relative.mandate == then.conversations[0].mandate == "everything"
