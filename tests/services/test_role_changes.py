"""Protects: what somebody may do follows their roles at once, keys too, and what they did before stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from app.casefile.grants import GrantKind
from app.domain.acts import Act
from app.domain.case_findings import Rule
from app.domain.errors import Code, KnownError
from app.domain.ids import PersonId
from app.domain.progress import at_once
from app.domain.relative import Relative
from app.domain.roles import Action, Role
from app.role_change_words import change_lines, left_after
from app.services.consent import AnswerDraft, RecordConversation
from app.services.exposure import AskRelative
from app.services.log import LogFilter
from app.services.people import AddPerson
from app.services.prisoners import PlaceHold
from app.services.role_changes import ChangeRoles, RoleChange
from app.services.session import Session
from app.services.waiting import CountersignAnswer
from tests.faults import role_faults
from tests.faults.cuts import can_cut
from tests.hostile.insider import TALK, agreed, may_be_told, person_named
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    SECOND_COORDINATOR,
    Office,
    add_mother,
    add_prisoner,
)

THIRD = "velvet anchor puzzle meadow cactus ginger"


@contextmanager
def refused(*codes: Code) -> Iterator[None]:
    """Refused for one of these reasons, and no other."""
    with pytest.raises(KnownError) as raised:
        yield
    assert raised.value.code in codes, raised.value.code


def become(session: Session, name: str, *roles: str) -> RoleChange:
    """Change what somebody does here."""
    return at_once(session.role_changes.changing(ChangeRoles(person_named(session, name), roles))).change


def propose(session: Session, name: str, *roles: str) -> str:
    """The same where it waits for a second person; gives what waits."""
    with pytest.raises(KnownError) as raised:
        become(session, name, *roles)
    assert raised.value.code is Code.NEEDS_SECOND_PERSON
    return raised.value.ids[0]


def agree(session: Session, proposal: str) -> None:
    """Say yes as the second person."""
    session.people.confirm(proposal, granted=True)


def _relatives(session: Session) -> set[str]:
    session.settle()
    with session.context.reading() as reader:
        return {one.id for one in reader.find(Relative)} if session.has_desk_key else set()


def test_whoever_loses_the_key_opens_no_family_and_everybody_else_all(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session, owner=session.context.me)
        before = add_mother(session, prisoner)
        session.drafts.save("conversation", {"note": "half typed"})
    with office.as_person(OFFICER) as session:
        change = become(session, "Hanna", "reports")
        assert (change.takes_two, change.lost, change.given, change.cases) == (False, ("Vilnius",), (), 1)
        assert any("Vilnius" in line for line in change_lines(change))
        assert "1 prisoner still has Hanna K. as owner" in " ".join(left_after(change))
        assert [key.epoch for key in session.context.keys.desks] == [1, 2]
        after = add_mother(session, prisoner)
        assert _relatives(session) == {before, after}
        with session.context.reading() as reader:
            under = {epoch for _desk, epoch in reader.lies_under([after])}
        assert under == {2}, "sealed with the key they do not have"
        assert session.log.verify().ok
        session.removing.hand_over(change.person, session.context.me)
        assert not session.role_changes.look(ChangeRoles(change.person, ("coordinator",))).cases
    with office.as_person(COORDINATOR) as session:
        assert session.context.roles == {Role.REPORTS}
        assert not session.has_desk_key
        assert session.drafts.all() == ()
        with refused(Code.NEEDS_DESK_KEY, Code.NOT_ALLOWED):
            add_mother(session, prisoner)
        session.settle()
        assert session.log.verify().ok


def test_what_is_given_waits_for_a_second_person_and_comes_with_every_key(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        first = add_mother(session, prisoner)
    with office.as_person(OFFICER) as session:
        change = session.role_changes.look(ChangeRoles(person_named(session, "Ida"), ("coordinator",)))
        assert (change.takes_two, change.alone, change.given) == (True, False, ("Vilnius",))
        waits = propose(session, "Ida", "coordinator")
        with refused(Code.SAME_PERSON_TWICE):
            agree(session, waits)
        with refused(Code.ROLES_WAIT):
            become(session, "Ida", "officer")
    with office.as_person(REPORTS) as session:
        assert session.context.roles == {Role.REPORTS}, "nothing before the second person"
        assert not session.has_desk_key
    with office.as_person(COORDINATOR) as session:
        (row,) = [one for one in session.consent.waiting() if one.what == "person"]
        assert "Reports staff" in row.detail
        assert "Coordinator" in row.detail
        assert row.may_decide
        agree(session, waits)
        with refused(Code.ALREADY_DONE):
            agree(session, waits)
    with office.as_person(REPORTS) as session:
        assert session.context.roles == {Role.COORDINATOR}
        assert _relatives(session) == {first}
        assert session.log.verify().ok
    with office.as_person(OFFICER) as session:
        (told,) = session.log.rows(LogFilter(acts=(Act.PERSON_CHANGED.value,)))
        assert told.about == "Ida S. · Coordinator (before: Reports staff)"
        ida = person_named(session, "Ida")
        grants = [one for one in session.context.keys.roster.grants if one.recipient == ida]
        assert not any(one.one_person for one in grants)
        assert [one.kind for one in grants].count(GrantKind.DESK) == 1


def test_refusals_say_why(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        me = session.context.me
        look = session.role_changes.look
        with refused(Code.ROLES_OWN):
            look(ChangeRoles(me, ("reports",)))
        with refused(Code.ROLES_NOBODY_TO_AGREE):
            look(ChangeRoles(person_named(session, "Hanna"), ("officer",)))
        with refused(Code.ROLES_BOTH_WAYS):
            look(ChangeRoles(person_named(session, "Hanna"), ("auditor",)))
        for roles in ((), ("trustee",), ("reports", "trustee"), ("king",)):
            with refused(Code.INVALID_FIELD):
                look(ChangeRoles(person_named(session, "Ida"), roles))
        with refused(Code.NOTHING_CHANGED):
            look(ChangeRoles(person_named(session, "Ida"), ("reports",)))
        with refused(Code.NOT_FOUND):
            look(ChangeRoles("f" * 32, ("reports",)))
    for passphrase in (COORDINATOR, REPORTS, AUDITOR):
        with office.as_person(passphrase) as session, refused(Code.NOT_ALLOWED):
            session.role_changes.look(ChangeRoles(session.context.me, ("officer",)))


def test_whoever_waits_may_still_be_narrowed_and_what_waited_is_over(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        waits = propose(session, "Ales", "auditor", "reports")
        with refused(Code.NEEDS_SECOND_PERSON):
            session.people.add(AddPerson("Nina P.", ("coordinator",), SECOND_COORDINATOR))
        with refused(Code.ROLES_WAIT):
            become(session, "Nina", "officer")
        newcomer = next(one.id for one in session.consent.waiting() if one.about == "Nina P.")
        become(session, "Nina", "reports")
        assert become(session, "Hanna", "reports").waits == 2
    with office.as_person(COORDINATOR) as session, refused(Code.NOT_ALLOWED, Code.NEEDS_DESK_KEY):
        agree(session, waits)
    with office.as_person(OFFICER) as session:
        assert newcomer != waits


def test_an_office_of_one_decides_alone_and_it_stays_marked(alone: Office) -> None:
    with alone.as_person(OFFICER) as session:
        session.people.add(AddPerson("Ida S.", ("reports",), REPORTS))
        add_mother(session, add_prisoner(session))
        change = become(session, "Ida", "coordinator")
        assert (change.takes_two, change.alone) == (False, True)
        assert any("alone" in line for line in change_lines(change))
        assert session.context.keys.roster.people[PersonId(change.person)].one_person
    with alone.as_person(REPORTS) as session:
        assert len(_relatives(session)) == 1
    with alone.as_person(OFFICER) as session, refused(Code.ROLES_NOBODY_TO_AGREE):
        become(session, "Ida", "officer")


def test_what_was_decided_in_a_role_counts_when_the_role_is_gone(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(OFFICER) as session:
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
    with office.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(hold)
    with office.as_person(OFFICER) as session:
        become(session, "Hanna", "reports")
        assert any(row.id == hold and row.may_decide for row in session.consent.stops())
        session.consent.confirm_lift(hold, granted=True)
        assert may_be_told(session, prisoner)
        assert session.log.verify().ok
        assert not {group.rule for group in session.findings.groups()} & {Rule.FORGED, Rule.MISSING}


def test_a_decision_in_a_new_role_is_a_finding(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
    with office.as_person(OFFICER) as session:
        waits = propose(session, "Ida", "coordinator", "reports")
    with office.as_person(COORDINATOR) as session:
        agree(session, waits)
    office.clock.turn(days=2)
    with office.as_person(REPORTS) as session:
        session.consent.record(
            RecordConversation(mother, TALK, (AnswerDraft("contact", "given"), AnswerDraft("name", "given")))
        )
    with office.as_person(OFFICER) as session:
        (row,) = [one for one in session.consent.waiting() if one.what == "answer"]
        session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
        groups = {group.rule: group.items for group in session.findings.groups()}
        assert len(groups[Rule.NEW_ROLE]) == 1


def test_the_kit_of_whoever_is_no_officer_any_more_ends(office: Office) -> None:
    with office.as_person(OFFICER) as session, refused(Code.NEEDS_SECOND_PERSON):
        session.people.add(AddPerson("Nina P.", ("officer",), THIRD))
    with office.as_person(COORDINATOR) as session:
        (row,) = [one for one in session.consent.waiting() if one.what == "person"]
        agree(session, row.id)
    with office.as_person(THIRD) as session:
        kit = session.recovery.make()
        session.recovery.keep(kit.id)
        assert session.context.keys.opened().vouched.kits
    with office.as_person(OFFICER) as session:
        change = become(session, "Nina", "coordinator")
        assert (change.kits, change.lost) == (1, ())
        assert not session.context.keys.opened().vouched.kits
        assert [key.epoch for key in session.context.keys.desks] == [1], "they keep the key of the desk"
    with office.as_person(THIRD) as session:
        assert session.has_desk_key
        assert not session.may(Action.MANAGE_PEOPLE).allowed


def test_the_founder_may_be_narrowed_only_while_two_can_let_anybody_in(
    office: Office, tmp_path: Path
) -> None:
    with office.as_person(OFFICER) as session, refused(Code.NEEDS_SECOND_PERSON):
        session.people.add(AddPerson("Nina P.", ("officer",), THIRD))
    with office.as_person(COORDINATOR) as session:
        (row,) = [one for one in session.consent.waiting() if one.what == "person"]
        agree(session, row.id)
    other = office.copied(tmp_path / "other")
    with office.as_person(THIRD) as session:
        become(session, "Vera", "coordinator")
    with office.as_person(OFFICER) as session, refused(Code.NOT_ALLOWED):
        become(session, "Nina", "coordinator")
    with other.as_person(THIRD) as session:
        become(session, "Hanna", "reports")
        with refused(Code.REMOVE_NOBODY_LEFT):
            become(session, "Vera", "reports")


def test_what_waited_is_not_agreed_to_once_it_would_do_something_else(office: Office) -> None:
    with office.as_person(OFFICER) as session, refused(Code.NEEDS_SECOND_PERSON):
        session.people.add(AddPerson("Nina P.", ("officer",), THIRD))
    with office.as_person(COORDINATOR) as session:
        (row,) = [one for one in session.consent.waiting() if one.what == "person"]
        agree(session, row.id)
    with office.as_person(OFFICER) as session:
        wider, key = propose(session, "Hanna", "officer"), propose(session, "Ida", "coordinator")
    with office.as_person(COORDINATOR) as session:
        assert not [one for one in session.consent.waiting() if one.id == wider and one.may_decide]
        with refused(Code.ROLES_OWN):
            agree(session, wider)
    with office.as_person(OFFICER) as session:
        assert become(session, "Hanna", "reports").waits == 2
    with office.as_person(THIRD) as session:
        for waits in (wider, key):  # she is no coordinator any more; the key it carries has ended
            with refused(Code.CONFLICT):
                agree(session, waits)
            session.people.confirm(waits, granted=False)
        assert session.context.keys.roster.roles_of(person_named(session, "Hanna")) == {Role.REPORTS}
        waits = propose(session, "Ida", "coordinator")
    with office.as_person(OFFICER) as session:
        agree(session, waits)
    with office.as_person(REPORTS) as session:
        assert [one.epoch for one in session.context.keys.desks] == [1, 2]


def test_who_could_have_opened_a_family_follows_the_key(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        before = add_mother(session, prisoner)
    with office.as_person(OFFICER) as session:
        become(session, "Hanna", "reports")
        after = add_mother(session, prisoner)
        days = date(2026, 1, 1), date(2026, 12, 31)
        could = {
            relative: {
                row.name: row for row in session.exposure.relative(AskRelative(relative, *days)).holders
            }
            for relative in (before, after)
        }
    assert set(could[before]) == {"Vera O.", "Hanna K."}
    assert could[before]["Hanna K."].holder.until is not None
    assert set(could[after]) == {"Vera O."}, "there was no key for her any more"


@pytest.mark.skipif(not can_cut(), reason="no strace here")
def test_cut_anywhere_the_role_is_theirs_with_everything_or_gone_with_everything(
    office: Office, tmp_path: Path
) -> None:
    operation = role_faults.operation(role_faults.make_ground(office))
    places = list(operation.cuts(tmp_path / "work"))
    assert len(places) > 300
    found = [operation.tried(tmp_path / "work", cut) for cut in places[23::277]]
    assert [one for one in found if not one.holds] == []
