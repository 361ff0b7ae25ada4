"""Protects: `poruch person roles` says what will happen, asks once more, and changes it or lets it wait."""

from __future__ import annotations

from app.domain.prisoner import Prisoner
from app.domain.roles import Role
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_prisoner


def test_a_role_is_taken_away_and_the_cases_handed_over(office: Office, poruch: Run) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, owner=session.person.id)
    said_so = (OFFICER, "person", "roles", office.folder, "Hanna K.", "--role", "reports")
    code, _said, wrong = poruch(*said_so)
    assert (code, "--yes" in wrong) == (2, True)
    with office.as_person(COORDINATOR) as session:
        assert session.context.roles == {Role.COORDINATOR}, "nothing happens unasked"
    code, said, wrong = poruch(*said_so, "--yes", "--hand-over-to", "Vera O.")
    assert (code, wrong) == (0, "")
    assert "Hanna K. is from now on: Reports staff. Until now: Coordinator." in said
    assert "They open no family any more." in said
    assert "It is changed." in said
    assert "as owner" not in said
    with office.as_person(COORDINATOR) as session:
        assert session.context.roles == {Role.REPORTS}
        assert not session.has_desk_key
    with office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert reader.get(Prisoner, prisoner).owner == session.person.id


def test_what_is_given_waits(office: Office, poruch: Run) -> None:
    wider = ("--role", "coordinator", "--role", "reports", "--yes")
    code, said, _wrong = poruch(OFFICER, "person", "roles", office.folder, "Ida S.", *wider)
    assert code != 0
    assert "It waits until a second person agrees" in said
    with office.as_person(REPORTS) as session:
        assert session.context.roles == {Role.REPORTS}
    code, _said, wrong = poruch(
        OFFICER, "person", "roles", office.folder, "Vera O.", "--role", "reports", "--yes"
    )
    assert (code, "Nobody changes what they do here themself" in wrong) == (3, True)
    code, _said, _wrong = poruch(
        REPORTS, "person", "roles", office.folder, "Ida S.", "--role", "officer", "--yes"
    )
    assert code == 3
