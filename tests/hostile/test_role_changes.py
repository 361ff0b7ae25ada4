"""Protects: no change of role, true, forged or put back, opens what it should not or undoes a decision."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.casefile.grants import Granter, GrantKind, SignedGrant, countersign
from app.crypto.keys import DeskKey
from app.domain.acts import Act
from app.domain.case_file import StoredGrant
from app.domain.case_findings import Rule
from app.domain.errors import Code, KnownError
from app.domain.hold import HoldStep
from app.domain.ids import OriginId, RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.relative import Relative
from app.domain.report import Desk
from app.domain.roles import Role
from app.domain.two_people import GRANTED, PROPOSED
from app.services.granting import stored_grant
from app.services.people import AddPerson
from app.services.prisoners import PlaceHold
from app.services.session import Session
from tests.hostile.insider import add_by_hand, agreed, leaves, may_be_told, person_named, raw
from tests.services.office import (
    COORDINATOR,
    OFFICER,
    REPORTS,
    SECOND_COORDINATOR,
    Office,
    add_mother,
    add_prisoner,
)
from tests.services.slipping import answer, bring_in, make, said_yes
from tests.services.test_role_changes import agree, become, propose


def _granter(session: Session) -> Granter:
    ctx = session.context
    origin = OriginId(ctx.keys.roster.grants[0].origin)
    return Granter(ctx.keys.opened().keys, ctx.case_file, origin, ctx.now())


def _place(session: Session, name: str, *roles: Role, second: Session | None = None) -> SignedGrant:
    one = session.context.keys.roster.people[person_named(session, name)]
    grant = _granter(session).person(one.id, one.public, one.name, roles)
    return countersign(grant, second.context.keys.opened().keys) if second is not None else grant


def _opening(office: Office, passphrase: str) -> Code | None:
    try:
        with office.as_person(passphrase):
            return None
    except KnownError as error:
        return error.code


def test_a_forgery_is_not_made_rightful_by_a_role_given_later(office: Office, tmp_path: Path) -> None:
    """Reports staff lift a stop together with the officer; afterwards one of the two becomes coordinator."""
    prisoner, _mother = agreed(office)
    with office.as_person(OFFICER) as session:
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
        at = session.context.now()
        asked = HoldStep(RecordId(new_id()), hold=hold, step=PROPOSED, by=session.context.me, at=at)
        add_by_hand(session, asked, Act.HOLD_LIFTED)
        waits = propose(session, "Ida", "coordinator")
    with office.as_person(REPORTS) as session:
        at = session.context.now()
        step = HoldStep(RecordId(new_id()), hold=hold, step=GRANTED, by=session.context.me, at=at)
        add_by_hand(session, step, Act.HOLD_LIFTED)
    with office.as_person(COORDINATOR) as session:
        agree(session, waits)
    with office.as_person(OFFICER) as session:
        assert Rule.FORGED in {group.rule for group in session.findings.groups()}
        with session.context.reading() as reader:
            assert reader.roles_at(step.by or "", reader.written(step.id)[0].sequence) == {Role.REPORTS}
            assert reader.roles_at(step.by or "") == {Role.COORDINATOR}
    assert not leaves(office, tmp_path / "out")


def test_a_row_written_without_the_role_stays_wrong_when_the_role_comes(office: Office) -> None:
    """Reports staff sign a prisoner, which only key holders may; being made coordinator changes nothing."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
    with office.as_person(REPORTS) as session, session.context.store.writing() as work:
        one = work.get(Prisoner, prisoner)
        work.save(attrs.evolve(one, occupation="smuggled"), one.version)
        work.commit(Act.PRISONER_CHANGED)
    with office.as_person(OFFICER) as session:
        before = {(one.code, one.sequence) for one in session.log.verify().findings}
        assert "not_allowed" in {code for code, _sequence in before}
        waits = propose(session, "Ida", "coordinator")
    with office.as_person(COORDINATOR) as session:
        agree(session, waits)
    with office.as_person(OFFICER) as session:
        assert before <= {(one.code, one.sequence) for one in session.log.verify().findings}


def test_a_role_given_for_one_decision_and_taken_back_is_told(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(OFFICER) as session:
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
        waits = propose(session, "Ida", "coordinator")
    with office.as_person(COORDINATOR) as session:
        agree(session, waits)
    with office.as_person(REPORTS) as session:
        session.prisoners.lift_hold(hold)
    with office.as_person(OFFICER) as session:
        session.consent.confirm_lift(hold, granted=True)
        become(session, "Ida", "reports")
        assert may_be_told(session, prisoner), "two decided it who might"
        groups = {group.rule: group.items for group in session.findings.groups()}
        assert len(groups[Rule.NEW_ROLE]) == 1
        assert session.log.verify().ok


@pytest.mark.parametrize("who", [COORDINATOR, REPORTS])
def test_a_place_nobody_may_give_is_a_replaced_list(office: Office, who: str) -> None:
    with office.as_person(who) as session:
        name = "Hanna" if who == COORDINATOR else "Ida"
        forged = _place(session, name, Role.OFFICER)
        add_by_hand(session, stored_grant(forged), Act.PERSON_CHANGED)
    assert _opening(office, OFFICER) is Code.ROSTER_REPLACED


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("Ida", (Role.COORDINATOR,)),
        ("Ida", (Role.REPORTS, Role.AUDITOR)),
        ("Ales", (Role.REPORTS,)),
        ("Hanna", (Role.AUDITOR,)),
        ("Hanna", (Role.COORDINATOR, Role.OFFICER)),
        ("Vera", (Role.OFFICER, Role.REPORTS)),
        ("Vera", (Role.COORDINATOR,)),
        ("Ida", (Role.TRUSTEE,)),
    ],
)
def test_an_officer_alone_widens_nobody_and_herself_never(
    office: Office, name: str, roles: tuple[Role, ...]
) -> None:
    """Signed with her own keys, past the program."""
    with office.as_person(OFFICER) as session:
        add_by_hand(session, stored_grant(_place(session, name, *roles)), Act.PERSON_CHANGED)
    assert _opening(office, COORDINATOR) is Code.ROSTER_REPLACED


def test_nobody_seconds_their_own_role(office: Office, tmp_path: Path) -> None:
    beside = office.copied(tmp_path / "beside")
    with office.as_person(OFFICER) as session, beside.as_person(REPORTS) as theirs:
        forged = _place(session, "Ida", Role.COORDINATOR, second=theirs)
        add_by_hand(session, stored_grant(forged), Act.PERSON_CHANGED)
    assert _opening(office, COORDINATOR) is Code.ROSTER_REPLACED


def test_the_list_from_before_the_change_put_back_is_seen_by_everybody(office: Office) -> None:
    """Somebody with MAIN takes the newest grants away; some have not opened it since."""
    with office.as_person(OFFICER) as session:
        become(session, "Hanna", "reports")
        grants = session.context.keys.roster.grants
        first = next(
            n for n, one in enumerate(grants) if one.name.startswith("Hanna") and one.roles == {Role.REPORTS}
        )
    with raw(office, REPORTS) as connection:
        for grant in grants[first:]:
            connection.execute('DELETE FROM "grant" WHERE id = ?', (grant.id,))
    assert {_opening(office, who) for who in (OFFICER, COORDINATOR, REPORTS)} == {Code.ROSTER_REPLACED}


def test_a_change_carried_over_from_another_copy_is_seen(office: Office, tmp_path: Path) -> None:
    """Two did sign it, elsewhere; whoever carries it over is told of, and nothing leaves any more."""
    copy = office.copied(tmp_path / "copy")
    with copy.as_person(OFFICER) as session:
        waits = propose(session, "Ida", "coordinator")
    with copy.as_person(COORDINATOR) as session:
        agree(session, waits)
    with copy.as_person(OFFICER) as session, session.context.reading() as reader:
        stored = reader.find(StoredGrant)
    with office.as_person(OFFICER) as session:
        known = {str(one.id) for one in session.context.keys.roster.grants}
    fresh = [one for one in stored if str(one.id) not in known]
    assert fresh
    with office.as_person(REPORTS) as session:
        for one in sorted(fresh, key=lambda one: '"kind":"person"' not in one.body):  # the place comes first
            add_by_hand(session, attrs.evolve(one, version=0), Act.PERSON_CHANGED)
    with office.as_person(OFFICER) as session:
        assert "not_allowed" in {one.code for one in session.log.verify().findings}
        with session.context.reading() as reader:
            desks = [one.id for one in reader.find(Desk)]
            with pytest.raises(KnownError) as raised:
                reader.check_rows(Desk, desks)
        assert raised.value.code is Code.LOG_BROKEN


def test_what_is_closed_after_the_change_opens_with_no_key_they_ever_had(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner)
        kept: tuple[DeskKey, ...] = session.context.keys.desks
    with office.as_person(OFFICER) as session:
        become(session, "Hanna", "reports")
        after = add_mother(session, prisoner)
        with session.context.reading() as reader:
            assert {epoch for _desk, epoch in reader.lies_under([after])} == {2}
    assert {key.epoch for key in kept} == {1}
    with office.as_person(COORDINATOR) as session:
        session.settle()
        keys = session.context.keys.opened().keys
        wraps = [one for one in session.context.keys.roster.grants if one.kind is GrantKind.DESK]
        assert not [one for one in wraps if one.recipient == keys.person and one.epoch > 1], "no wrap to them"
        assert session.context.keys.desks == ()
        with session.context.reading() as reader, pytest.raises(KnownError) as raised:
            reader.find(Relative)
        assert raised.value.code is Code.NEEDS_DESK_KEY


def test_a_copy_in_which_the_change_never_happened_is_in_doubt(office: Office, tmp_path: Path) -> None:
    fork = office.copied(tmp_path / "fork")
    line = tmp_path / "line.txt"
    with office.as_person(OFFICER) as session:
        become(session, "Hanna", "reports")
        line.write_text(session.proofs.line(), encoding="utf-8")
    with fork.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session))  # still a coordinator there
    with fork.as_person(OFFICER) as session:
        session.proofs.compare(line.read_text(encoding="utf-8"))
        with pytest.raises(KnownError) as raised:
            become(session, "Hanna", "reports")
        assert raised.value.code is Code.LOG_DOUBTED


def test_a_slip_of_whoever_lost_the_key_is_not_brought_in_and_waits(office: Office, tmp_path: Path) -> None:
    prisoner = said_yes(office)
    reply = answer(office, make(office, tmp_path / "ask"), tmp_path / "yes")
    with office.as_person(OFFICER) as session:
        assert become(session, "Hanna", "reports").slips == 1
    with pytest.raises(KnownError) as raised:
        bring_in(office, reply)
    assert raised.value.code in (Code.NEEDS_DESK_KEY, Code.NOT_ALLOWED)
    with office.as_person(OFFICER) as session:
        assert not may_be_told(session, prisoner)
        (row,) = session.consent.waiting()
        assert row.may_decide, "it waits for a second person, by what she was when she recorded it"


def test_an_answer_brought_in_before_goes_on_counting(office: Office, tmp_path: Path) -> None:
    prisoner = said_yes(office)
    bring_in(office, answer(office, make(office, tmp_path / "ask"), tmp_path / "yes"))
    with office.as_person(OFFICER) as session:
        become(session, "Hanna", "reports")
        assert may_be_told(session, prisoner)
        assert not {group.rule for group in session.findings.groups()} & {Rule.FORGED, Rule.MISSING}


def test_a_second_person_whom_the_first_let_in_alone_is_told(office: Office) -> None:
    """A coordinator whose key still waits for a second person lifts a stop with who let them in."""
    prisoner, _mother = agreed(office)
    with office.as_person(OFFICER) as session:
        with pytest.raises(KnownError):
            session.people.add(AddPerson("Nina P.", ("coordinator",), SECOND_COORDINATOR))
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
        session.prisoners.lift_hold(hold)
    with office.as_person(SECOND_COORDINATOR) as session:
        session.consent.confirm_lift(hold, granted=True)
    with office.as_person(OFFICER) as session:
        groups = {group.rule: group.items for group in session.findings.groups()}
        assert len(groups[Rule.NEW_ROLE]) == 1
        waits = next(row.id for row in session.consent.waiting() if row.what == "person")
    with office.as_person(COORDINATOR) as session:
        session.people.confirm(waits, granted=True)
    with office.as_person(OFFICER) as session:
        assert Rule.NEW_ROLE not in {group.rule for group in session.findings.groups()}, "two agreed to her"


def test_what_was_typed_before_is_not_offered_though_it_comes_back(office: Office) -> None:
    """The very bytes from before the change, put back into the file: it may be about a family."""
    with office.as_person(COORDINATOR) as session:
        session.drafts.save("conversation", {"note": "her mother said"})
        before = session.context.clock.now()
    with raw(office, COORDINATOR) as connection:
        rows = list(connection.rows("SELECT id, person, blob FROM local_draft"))
    with office.as_person(OFFICER) as session:
        become(session, "Hanna", "reports")
    with raw(office, COORDINATOR) as connection:
        assert not {row[0] for row in connection.rows("SELECT id FROM local_draft")} & {
            row[0] for row in rows
        }
        for row in rows:
            connection.execute("INSERT INTO local_draft (id, person, blob) VALUES (?, ?, ?)", row)
    with office.as_person(COORDINATOR) as session:
        assert any(one.key == "conversation" for one in session.context.store.drafts()), "it is there"
        assert session.drafts.all() == ()
        session.drafts.save("report", {"title": "June"})
        assert [one.key for one in session.drafts.all()] == ["report"]
        assert session.drafts.all()[0].saved_at > before
