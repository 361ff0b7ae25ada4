"""Protects: an insider who writes beside the program is seen before what they wrote counts for a report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.conversation import Conversation, Countersign
from app.domain.errors import KnownError
from app.domain.hold import Hold, HoldStep
from app.domain.ids import RecordId, new_id
from app.domain.report import Report
from app.domain.source import Claim, Source, Trust, TrustStep
from app.domain.two_people import CONFIRMED, ENDED, GRANTED, KEPT, PROPOSED
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import PlaceHold
from app.services.session import Session
from tests.hostile.insider import (
    PUBLIC,
    REFUSED,
    TALK,
    add_by_hand,
    agreed,
    leaves,
    may_be_told,
    person_named,
    raw,
    save_by_hand,
    says_no,
)
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner


def test_without_an_attack_it_leaves(trusted: Office, tmp_path: Path) -> None:
    assert leaves(trusted, tmp_path / "out")


def test_an_agreed_name_leaves(office: Office, tmp_path: Path) -> None:
    agreed(office)
    assert leaves(office, tmp_path / "out")


# both halves by one person


@pytest.mark.parametrize("insider", [COORDINATOR, REPORTS])
@pytest.mark.parametrize("in_whose_name", ["Vera", "own"])
def test_one_person_cannot_write_both_halves_of_trust(
    listed: Office, tmp_path: Path, insider: str, in_whose_name: str
) -> None:
    with listed.as_person(insider) as session:
        source, me = session.sources.rows()[0].id, session.context.me
        now = session.context.now()
        forged = Trust(RecordId(new_id()), source=source, proposed_by=me, proposed_at=now)
        add_by_hand(session, forged, Act.TRUST_PROPOSED)
        second = me if in_whose_name == "own" else person_named(session, in_whose_name)
        add_by_hand(session, confirmed(forged, second, now), Act.TRUST_CONFIRMED)
    assert not leaves(listed, tmp_path / "out")


def confirmed(trust: Trust, by: str, at: datetime) -> TrustStep:
    """A second person's yes to trust, made by hand."""
    return TrustStep(RecordId(new_id()), trust=trust.id, step=CONFIRMED, by=by, at=at)


def test_one_person_cannot_propose_trust_in_anothers_name_and_confirm(listed: Office, tmp_path: Path) -> None:
    with listed.as_person(COORDINATOR) as session:
        source, now = session.sources.rows()[0].id, session.context.now()
        officer = person_named(session, "Vera")
        forged = Trust(RecordId(new_id()), source=source, proposed_by=officer, proposed_at=now)
        add_by_hand(session, forged, Act.TRUST_PROPOSED)
        add_by_hand(session, confirmed(forged, session.context.me, now), Act.TRUST_CONFIRMED)
    assert not leaves(listed, tmp_path / "out")


def test_two_who_may_not_do_not_trust_a_source_together(listed: Office, tmp_path: Path) -> None:
    """Each half is signed by whom it names, and neither of them is an officer."""
    with listed.as_person(COORDINATOR) as session:
        session.sources.trust(session.sources.rows()[0].id)
        with session.context.reading() as reader:
            trust = reader.find(Trust)[0]
    with listed.as_person(REPORTS) as session:
        step = confirmed(trust, session.context.me, session.context.now())
        add_by_hand(session, step, Act.TRUST_CONFIRMED)
    assert not leaves(listed, tmp_path / "out")


def test_a_source_is_not_exchanged_while_trust_in_it_is_confirmed(listed: Office, tmp_path: Path) -> None:
    with listed.as_person(COORDINATOR) as session:
        other = Source(RecordId(new_id()), name="A harmless list")
        add_by_hand(session, other, Act.LIST_BROUGHT_IN)
        listed_one = next(row.id for row in session.sources.rows() if row.id != other.id)
        session.sources.trust(other.id)
        with session.context.reading() as reader:
            trust = reader.find(Trust)[0]
        save_by_hand(session, attrs.evolve(trust, source=listed_one), Act.TRUST_CONFIRMED)
    with listed.as_person(OFFICER) as session:
        step = confirmed(trust, session.context.me, session.context.now())
        add_by_hand(session, step, Act.TRUST_CONFIRMED)
    assert not leaves(listed, tmp_path / "out")


@pytest.mark.parametrize("how", ["step", "row"])
def test_an_ended_trust_is_not_opened_again_by_hand(trusted: Office, tmp_path: Path, how: str) -> None:
    with trusted.as_person(OFFICER) as session:
        session.sources.end_trust(session.sources.rows()[0].id)
    with trusted.as_person(REPORTS) as session:
        with session.context.reading() as reader:
            trust = reader.find(Trust)[0]
            ended = next(step for step in reader.find(TrustStep) if step.step == ENDED)
        if how == "step":
            add_by_hand(session, confirmed(trust, session.context.me, session.context.now()))
        else:
            save_by_hand(session, attrs.evolve(ended, step=CONFIRMED), Act.TRUST_CONFIRMED)
    assert not leaves(trusted, tmp_path / "out")


def stopped(office: Office) -> str:
    """A stop on the whole case file, placed by the officer; gives its id."""
    with office.as_person(OFFICER) as session:
        return session.prisoners.place_hold(PlaceHold("case_file", "", "danger")).id


def step_by_hand(session: Session, hold: str, step: str, by: str) -> None:
    """A step about a stop, in anybody's name."""
    taken = HoldStep(RecordId(new_id()), hold=hold, step=step, by=by, at=session.context.now())
    add_by_hand(session, taken, Act.HOLD_LIFTED)


@pytest.mark.parametrize("insider", [COORDINATOR, REPORTS])
@pytest.mark.parametrize("names", [("Vera", "Hanna"), ("Hanna", "Vera"), ("own", "own"), ("Vera", "own")])
def test_one_person_cannot_lift_a_stop(
    trusted: Office, tmp_path: Path, insider: str, names: tuple[str, str]
) -> None:
    """In two names, in an officer's name, granted by who proposed it."""
    hold = stopped(trusted)
    with trusted.as_person(insider) as session:
        for step, name in zip((PROPOSED, GRANTED), names, strict=True):
            by = session.context.me if name == "own" else person_named(session, name)
            step_by_hand(session, hold, step, by)
    assert not leaves(trusted, tmp_path / "out")


def test_a_proposal_to_lift_is_not_granted_in_the_officers_name(trusted: Office, tmp_path: Path) -> None:
    hold = stopped(trusted)
    with trusted.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(hold)
        step_by_hand(session, hold, GRANTED, person_named(session, "Vera"))
    assert not leaves(trusted, tmp_path / "out")


def test_a_lift_somebody_refused_is_not_granted_by_changing_the_refusal(
    trusted: Office, tmp_path: Path
) -> None:
    hold = stopped(trusted)
    with trusted.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(hold)
    with trusted.as_person(OFFICER) as session:
        session.consent.confirm_lift(hold, granted=False)
    with trusted.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            kept = next(step for step in reader.find(HoldStep) if step.step == KEPT)
        save_by_hand(session, attrs.evolve(kept, step=GRANTED), Act.HOLD_LIFTED)
    assert not leaves(trusted, tmp_path / "out")


def test_a_stop_is_not_exchanged_while_lifting_another(trusted: Office, tmp_path: Path) -> None:
    """The officer grants lifting a stop on some country; the row has meanwhile been pointed elsewhere."""
    with trusted.as_person(OFFICER) as session:
        session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
        harmless = session.prisoners.place_hold(PlaceHold("country", "ZW", "danger")).id
    with trusted.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(harmless)
        with session.context.reading() as reader:
            found = next(one for one in reader.find(Hold) if one.on_noun == "case_file")
        save_by_hand(session, attrs.evolve(found, on_noun="country", on_id="ZW"), Act.HOLD_LIFTED)
    with trusted.as_person(OFFICER) as session:
        session.consent.confirm_lift(harmless, granted=True)
    assert not leaves(trusted, tmp_path / "out")


def test_two_people_lift_a_stop(trusted: Office, tmp_path: Path) -> None:
    hold = stopped(trusted)
    with trusted.as_person(COORDINATOR) as session:
        session.prisoners.lift_hold(hold)
    assert not leaves(trusted, tmp_path / "before")
    with trusted.as_person(OFFICER) as session:
        session.consent.confirm_lift(hold, granted=True)
    assert leaves(trusted, tmp_path / "out")


def test_a_stop_turned_into_a_stop_on_something_else_still_stops(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(OFFICER) as session:
        session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
    with trusted.as_person(REPORTS) as session:
        with session.context.reading() as reader:
            hold = reader.find(Hold)[0]
        save_by_hand(session, attrs.evolve(hold, on_noun="country", on_id="ZW"), Act.HOLD_PLACED)
    assert not leaves(trusted, tmp_path / "out")


def test_one_person_cannot_countersign_in_anothers_name(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        talk = session.consent.record(
            RecordConversation(
                mother,
                TALK,
                (AnswerDraft("name", "given"), AnswerDraft("contact", "given")),
            )
        ).id
        with session.context.reading() as reader:
            answer = reader.get(Conversation, talk).answers[0].answer
        forged = Countersign(
            session.context.lasting_id(),
            answer=answer,
            conversation=talk,
            granted=True,
            by=person_named(session, "Vera"),
            at=session.context.now(),
        )
        add_by_hand(session, forged)
    assert not leaves(office, tmp_path / "out")


def test_one_person_cannot_record_in_anothers_name_and_countersign(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        talk = session.consent.record(
            RecordConversation(
                mother,
                TALK,
                (AnswerDraft("name", "given"), AnswerDraft("contact", "given")),
            )
        ).id
        with session.context.reading() as reader:
            said = reader.get(Conversation, talk)
        forged = attrs.evolve(said, recorded_by=person_named(session, "Vera"))
        save_by_hand(session, forged, Act.SEALED_CHANGED)
        sign = Countersign(
            session.context.lasting_id(),
            answer=said.answers[0].answer,
            conversation=talk,
            granted=True,
            by=session.context.me,
            at=session.context.now(),
        )
        add_by_hand(session, sign)
    assert not leaves(office, tmp_path / "out")


def test_the_maker_cannot_give_the_report_to_somebody_else_and_approve(
    trusted: Office, tmp_path: Path
) -> None:
    with trusted.as_person(OFFICER) as session:
        made = session.reports.make(PUBLIC).id
        with session.context.reading() as reader:
            report = reader.get(Report, made)
        given = attrs.evolve(report, made_by=person_named(session, "Hanna"))
        save_by_hand(session, given, Act.REPORT_MADE)
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(made, tmp_path / "out"))
        assert refused.value.code in REFUSED
    assert not (tmp_path / "out").exists()


# rows and entries changed in the database


def test_a_no_is_not_deleted_with_its_name_in_the_log(office: Office, tmp_path: Path) -> None:
    """The index is made of the entries: one that names another record hides the no, but is not signed."""
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        talk = says_no(session, mother)
        add_prisoner(session, family_name="Other")
    with raw(office, REPORTS) as connection:
        connection.execute("DELETE FROM sealed WHERE id = ?", (talk,))
        connection.execute(
            "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB)", (talk, new_id())
        )
    assert not leaves(office, tmp_path / "out")


def test_a_no_is_not_deleted_alone(office: Office, tmp_path: Path) -> None:
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        talk = says_no(session, mother)
    with raw(office, REPORTS) as connection:
        connection.execute("DELETE FROM sealed WHERE id = ?", (talk,))
    assert not leaves(office, tmp_path / "out")


def test_an_old_version_put_back_without_the_newer_entry_is_seen(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(COORDINATOR) as session:
        prisoner = session.prisoners.rows()[0].id
    with raw(trusted, REPORTS) as connection:
        row = connection.one("SELECT version, salt, body FROM prisoner WHERE id = ?", (prisoner,))
    assert row is not None
    with trusted.as_person(COORDINATOR) as session:
        from app.domain.dates import PartialDate
        from app.services.prisoners import EditPrisoner

        seen = session.prisoners.row(prisoner)
        edited = session.prisoners.edit(EditPrisoner(prisoner, seen.version, {"born": PartialDate(2012)}))
        add_prisoner(session, family_name="Other")
    with raw(trusted, REPORTS) as connection:
        connection.execute(
            "UPDATE prisoner SET version = ?, salt = ?, body = ? WHERE id = ?", (*row, prisoner)
        )
        connection.execute("DELETE FROM entry WHERE sequence = ?", (edited.sequence,))
    assert not leaves(trusted, tmp_path / "out")


def test_an_entry_of_another_is_not_replaced_by_ones_own(trusted: Office, tmp_path: Path) -> None:
    """The stop's entry goes, row and all; the chain behind it no longer follows."""
    with trusted.as_person(OFFICER) as session:
        stop = session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
    with trusted.as_person(OFFICER) as session:
        session.prisoners.place_hold(PlaceHold("country", "ZW", "danger"))
    with raw(trusted, REPORTS) as connection:
        connection.execute("DELETE FROM hold WHERE id = ?", (stop.id,))
        connection.execute("DELETE FROM entry WHERE sequence = ?", (stop.sequence,))
    assert not leaves(trusted, tmp_path / "out")


def test_a_deleted_stop_is_missed(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(OFFICER) as session:
        stop = session.prisoners.place_hold(PlaceHold("case_file", "", "danger"))
    with raw(trusted, REPORTS) as connection:
        connection.execute("DELETE FROM hold WHERE id = ?", (stop.id,))
    assert not leaves(trusted, tmp_path / "out")


def test_an_edited_claim_is_seen(trusted: Office, tmp_path: Path) -> None:
    with raw(trusted, REPORTS) as connection:
        connection.execute("UPDATE claim SET body = replace(body, 'Iodkauuk', 'Iodkavuk')")
    assert not leaves(trusted, tmp_path / "out")


def test_a_claim_signed_by_reports_staff_does_not_count(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(REPORTS) as session:
        with session.context.reading() as reader:
            claim = reader.find(Claim)[0]
        save_by_hand(session, attrs.evolve(claim, link="https://list.example/other"), Act.LIST_BROUGHT_IN)
    assert not leaves(trusted, tmp_path / "out")


def test_swapped_closed_records_open_nothing(office: Office, tmp_path: Path) -> None:
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        no = says_no(session, mother)
    with raw(office, REPORTS) as connection:
        others = [row[0] for row in connection.rows("SELECT id FROM sealed WHERE id <> ?", (no,))]
        blob = connection.one("SELECT blob FROM sealed WHERE id = ?", (others[0],))
        assert blob is not None
        connection.execute("UPDATE sealed SET blob = ? WHERE id = ?", (blob[0], no))
    assert not leaves(office, tmp_path / "out")


def test_bytes_of_a_draft_changed_in_the_database_do_not_leave(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(COORDINATOR) as session:
        report = session.reports.make(PUBLIC).id
    with raw(trusted, REPORTS) as connection:
        connection.execute("UPDATE attachment SET content = CAST(content || x'41' AS BLOB)")
    with trusted.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    assert refused.value.code in REFUSED
    assert not (tmp_path / "out").exists()


def test_a_draft_changed_in_the_database_does_not_leave(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(COORDINATOR) as session:
        report = session.reports.make(PUBLIC).id
    with raw(trusted, REPORTS) as connection:
        connection.execute("UPDATE report SET body = replace(body, 'public_list', 'public_list ')")
    with trusted.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
    assert refused.value.code in REFUSED


def test_a_no_stays_a_no(office: Office) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        assert may_be_told(session, prisoner)
        says_no(session, mother)
        assert not may_be_told(session, prisoner)
