"""Protects: who joins and with which keys; what takes two people waits, and a second one signs it."""

from __future__ import annotations

import pytest

from app import bootstrap
from app.domain.errors import Code, KnownError
from app.services.log import LogFilter
from app.services.people import AddPerson
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, SECOND_COORDINATOR, Office


def test_the_first_colleague_joins_by_the_founder_alone(alone: Office) -> None:
    with alone.as_person(OFFICER) as session:
        assert session.context.one_person()
        session.people.add(AddPerson("Hanna K.", ("coordinator",), COORDINATOR))
        assert not session.context.one_person()
        assert [row.name for row in session.people.rows()] == ["Hanna K.", "Vera O."]
    with alone.as_person(COORDINATOR) as session:
        assert session.has_desk_key
        assert session.log.rows() == ()


def test_another_desk_key_takes_two(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as error:
            session.people.add(AddPerson("Maria S.", ("coordinator",), SECOND_COORDINATOR))
        assert error.value.code is Code.NEEDS_SECOND_PERSON
        proposal = error.value.ids[0]
        with pytest.raises(KnownError) as error:
            session.people.confirm(proposal, granted=True)
        assert error.value.code is Code.SAME_PERSON_TWICE
    with office.as_person(SECOND_COORDINATOR) as session:
        assert not session.has_desk_key
    with office.as_person(COORDINATOR) as session:
        (waits,) = session.consent.waiting()
        assert (waits.what, waits.id, waits.may_decide) == ("person", proposal, True)
        session.people.confirm(proposal, granted=True)
        assert session.consent.waiting() == ()
    with office.as_person(SECOND_COORDINATOR) as session:
        assert session.has_desk_key
        assert session.prisoners.rows() == ()


def test_a_new_officer_takes_two_and_can_be_refused(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as error:
            session.people.add(AddPerson("Nina P.", ("officer",), SECOND_COORDINATOR))
        assert error.value.code is Code.NEEDS_SECOND_PERSON
    with office.as_person(COORDINATOR) as session:
        session.people.confirm(error.value.ids[0], granted=False)
        assert "Nina P." not in {row.name for row in session.people.rows()}
        with pytest.raises(KnownError) as error:
            session.people.confirm(session.log.rows()[0].records[0], granted=True)
        assert error.value.code in (Code.ALREADY_DONE, Code.NOT_FOUND)


@pytest.mark.parametrize(
    ("name", "roles", "passphrase", "code"),
    [
        ("  ", ("reports",), SECOND_COORDINATOR, Code.INVALID_FIELD),
        ("Maria S.", (), SECOND_COORDINATOR, Code.INVALID_FIELD),
        ("Maria S.", ("king",), SECOND_COORDINATOR, Code.INVALID_FIELD),
        ("hanna  k.", ("reports",), SECOND_COORDINATOR, Code.PERSON_NAME_TAKEN),
        ("Maria S.", ("reports",), "password", Code.PASSPHRASE_TOO_WEAK),
        ("Maria S.", ("reports",), COORDINATOR, Code.PASSPHRASE_IN_USE),
    ],
)
def test_a_person_that_cannot_join_leaves_nothing(
    office: Office, name: str, roles: tuple[str, ...], passphrase: str, code: Code
) -> None:
    with office.as_person(OFFICER) as session:
        before = session.log.state().entries
        with pytest.raises(KnownError) as error:
            session.people.add(AddPerson(name, roles, passphrase))
        assert error.value.code is code
        assert session.log.state().entries == before


def test_one_person_holds_several_roles(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        session.people.add(AddPerson("Maria S.", ("reports", "auditor"), SECOND_COORDINATOR))
    with office.as_person(SECOND_COORDINATOR) as session:
        assert session.person.roles == ("auditor", "reports")
        assert session.prisoners.rows() == ()


def test_drafts_belong_to_who_typed_them(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        session.drafts.save("conversation/1", {"note": "half a sentence"})
        session.layout.put("columns", "name status")
    with office.as_person(REPORTS) as session:
        assert session.drafts.all() == ()
        assert session.layout.get("columns") is None
    with office.as_person(COORDINATOR) as session:
        (draft,) = session.drafts.all()
        assert draft.values == {"note": "half a sentence"}
        assert session.layout.get("columns") == "name status"
        session.drafts.drop("conversation/1")
        assert session.drafts.all() == ()


def test_the_passphrase_stands_in_no_repr(office: Office) -> None:
    assert SECOND_COORDINATOR not in repr(AddPerson("Maria S.", ("reports",), SECOND_COORDINATOR))
    session = bootstrap.open_case_file(office.folder).unlock(OFFICER)
    assert OFFICER not in repr(session.context)
    session.close()


def test_the_log_says_who_was_let_in_and_as_what(office: Office) -> None:
    """ "Added a person · —" told nobody who may open the case file since then."""
    with office.as_person(OFFICER) as session:
        for name, role, passphrase in (
            ("Maria S.", "coordinator", SECOND_COORDINATOR),
            ("Nina P.", "officer", "quiet orchard velvet ladder comet thimble"),
        ):
            with pytest.raises(KnownError):
                session.people.add(AddPerson(name, (role,), passphrase))
        asked, waits = session.log.rows()[:2]
        assert (asked.noun, asked.about) == ("proposal", "Nina P. · Security officer")
        assert waits.about == "Maria S. · Coordinator"
        assert {row.name for row in session.people.rows() if row.waits} == {"Maria S."}
    with office.as_person(AUDITOR) as session:
        assert session.log.rows()[1].about == "Maria S. · Coordinator"
        assert session.log.rows()[0].about == "", "what waits is closed"
        found = session.log.rows(LogFilter(words="maria"))
        assert [row.about for row in found] == ["Maria S. · Coordinator"]


def test_the_second_person_is_told_what_somebody_is_to_become(office: Office) -> None:
    """An officer and a coordinator who were to join read alike: an officer could slip one in as the other."""
    with office.as_person(OFFICER) as session:
        for name, role, passphrase in (
            ("Maria S.", "coordinator", SECOND_COORDINATOR),
            ("Nina P.", "officer", "quiet orchard velvet ladder comet thimble"),
        ):
            with pytest.raises(KnownError):
                session.people.add(AddPerson(name, (role,), passphrase))
    with office.as_person(COORDINATOR) as session:
        assert {row.about: row.detail for row in session.consent.waiting()} == {
            "Maria S.": "Hold the key of the desk, as: Coordinator",
            "Nina P.": "Join and hold the key of the desk, as: Security officer",
        }


def test_of_two_proposed_under_one_name_one_comes_in(office: Office) -> None:
    """A name is what everybody tells people apart by: in the log, and where a slip is made for somebody."""
    for passphrase in ("kettle thunder saddle orchard feather lantern", SECOND_COORDINATOR):
        with office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
            session.people.add(AddPerson("Boris T.", ("officer",), passphrase))
        assert refused.value.code is Code.NEEDS_SECOND_PERSON
    with office.as_person(COORDINATOR) as session:
        first, second = [row.id for row in session.consent.waiting()]
        session.people.confirm(first, granted=True)
        with pytest.raises(KnownError) as refused:
            session.people.confirm(second, granted=True)
        assert refused.value.code is Code.PERSON_NAME_TAKEN
        assert [row.name for row in session.people.rows()].count("Boris T.") == 1
        session.people.confirm(second, granted=False)
        assert session.consent.waiting() == ()
