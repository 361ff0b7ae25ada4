"""Protects: a step of a decision written below the program in another's name opens nothing on any screen.

Reports refuse it anyway (`test_insider`). Here: what people see and what is decided before anybody makes one.
A step that narrows acts whoever signed it: a doubtful stop stops, a doubtful end of trust ends.
"""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest

from app.domain.acts import Act
from app.domain.canonical import canonical_bytes
from app.domain.case_findings import Rule
from app.domain.consent import Reason
from app.domain.dates import PartialDate
from app.domain.field_values import to_plain
from app.domain.first_words import FirstWords
from app.domain.hold import Hold, HoldStep, RelativeHoldStep
from app.domain.ids import RecordId, new_id
from app.domain.review import Review, ReviewConfirmation
from app.domain.source import Trust, TrustStep
from app.domain.two_people import CONFIRMED, ENDED, GRANTED, KEPT, PROPOSED
from app.services.attention import RecordAttention
from app.services.consent import RecordConversation
from app.services.prisoners import PlaceHold
from app.services.relatives import PlaceRelativeHold
from app.services.session import Session
from tests.hostile.insider import add_by_hand, agreed, may_be_told, person_named, raw
from tests.services.lists import HELD
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

NAMES = [("Vera", "Hanna"), ("Hanna", "Vera"), ("own", "Vera"), ("Vera", "own"), ("own", "own")]
SLIPS = ["", "no slip at all", '{"poruch": "answer"}']


def _who(session: Session, name: str) -> str:
    return session.context.me if name == "own" else person_named(session, name)


def _step(session: Session, hold: str, step: str, name: str, slip: str = "") -> HoldStep:
    by, at = _who(session, name), session.context.now()
    return HoldStep(RecordId(new_id()), hold=hold, step=step, by=by, at=at, slip=slip)


def _stopped(session: Session, prisoner: str) -> bool:
    """What every screen says, all of them the same."""
    said = {
        "decision": session.consent.decision(prisoner, "name", "public").reason is Reason.STOPPED,
        "list": session.prisoners.row(prisoner).stopped,
        "stops": bool(session.consent.stops()),
    }
    assert len(set(said.values())) == 1, said
    return said["decision"]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("names", NAMES)
def test_a_forged_lift_lifts_nothing(office: Office, names: tuple[str, str], slip: str) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(OFFICER) as session:
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
    with office.as_person(COORDINATOR) as session:
        add_by_hand(session, _step(session, hold, PROPOSED, names[0]), Act.HOLD_LIFTED)
        add_by_hand(session, _step(session, hold, GRANTED, names[1], slip), Act.HOLD_LIFTED)
        assert _stopped(session, prisoner)
    for passphrase in (COORDINATOR, OFFICER):
        with office.as_person(passphrase) as session:
            assert _stopped(session, prisoner)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_true_proposal_is_not_granted_by_a_forged_step(office: Office, slip: str) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
        session.prisoners.lift_hold(hold)
        add_by_hand(session, _step(session, hold, GRANTED, "Vera", slip), Act.HOLD_LIFTED)
        assert _stopped(session, prisoner)
    with office.as_person(OFFICER) as session:
        assert _stopped(session, prisoner)
        session.consent.confirm_lift(hold, granted=True)
        assert not _stopped(session, prisoner), "the true second person still can"


def test_a_step_without_an_entry_lifts_nothing(office: Office) -> None:
    """Put into the table past the log, with the names of two who might."""
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
        session.prisoners.lift_hold(hold)
        step = _step(session, hold, GRANTED, "Vera")
    with raw(office, REPORTS) as connection:
        body = canonical_bytes(to_plain(step)).decode()
        connection.execute(
            "INSERT INTO main.hold_step (id, version, salt, body) VALUES (?, 1, ?, ?)",
            (step.id, bytes(16), body),
        )
    with office.as_person(OFFICER) as session:
        with session.context.reading() as reader:
            assert len(reader.find(HoldStep)) == 2, "it is in the table"
        assert _stopped(session, prisoner)
        # Also inside a transaction that makes clearances anew.
        with session.context.writing() as work:
            assert work.not_theirs([step]) == {step.id}


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("names", NAMES)
def test_a_forged_lift_of_a_stop_on_a_relative_lifts_nothing(
    office: Office, names: tuple[str, str], slip: str
) -> None:
    prisoner, mother = agreed(office)
    with office.as_person(OFFICER) as session:
        hold = session.relatives.place_hold(PlaceRelativeHold(mother, "danger")).id
    with office.as_person(COORDINATOR) as session:
        for step, name, through in ((PROPOSED, names[0], ""), (GRANTED, names[1], slip)):
            taken = RelativeHoldStep(
                session.context.lasting_id(),
                relative_hold=hold,
                step=step,
                by=_who(session, name),
                at=session.context.now(),
                slip=through,
            )
            add_by_hand(session, taken)
    with office.as_person(OFFICER) as session:
        assert session.relatives.get(mother).stopped
        assert session.relatives.row(mother).stopped
        assert session.consent.decision(prisoner, "name", "public").reason is Reason.STOPPED


def test_a_stop_in_anothers_name_stops_and_a_doubtful_wish_to_keep_it_keeps_it(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(REPORTS) as session:
        officer = person_named(session, "Vera")
        forged = Hold(RecordId(new_id()), on_noun="prisoner", on_id=prisoner, reason="danger")
        forged = attrs.evolve(forged, placed_by=officer, placed_at=session.context.now())
        add_by_hand(session, forged, Act.HOLD_PLACED)
    with office.as_person(COORDINATOR) as session:
        assert _stopped(session, prisoner)
        session.prisoners.lift_hold(forged.id)
        add_by_hand(session, _step(session, forged.id, KEPT, "Vera"), Act.HOLD_LIFTED)
        add_by_hand(session, _step(session, forged.id, GRANTED, "Vera"), Act.HOLD_LIFTED)
        assert _stopped(session, prisoner)


def _trust_shown(session: Session) -> str:
    return session.sources.rows()[0].trust


def _published(session: Session) -> bool:
    """Whether anybody of the list may be named because a source says so."""
    rows = session.prisoners.rows()
    assert len(rows) == len(HELD)
    return any(
        session.consent.decision(row.id, "name", "public", fields=["family_name"]).allowed for row in rows
    )


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("names", [("Vera", "Hanna"), ("own", "Vera"), ("Vera", "own")])
def test_forged_trust_publishes_nothing(listed: Office, names: tuple[str, str], slip: str) -> None:
    with listed.as_person(COORDINATOR) as session:
        source, now = session.sources.rows()[0].id, session.context.now()
        trust = Trust(RecordId(new_id()), source=source, proposed_by=_who(session, names[0]), proposed_at=now)
        add_by_hand(session, trust, Act.TRUST_PROPOSED)
        step = TrustStep(
            RecordId(new_id()), trust=trust.id, step=CONFIRMED, by=_who(session, names[1]), at=now, slip=slip
        )
        add_by_hand(session, step, Act.TRUST_CONFIRMED)
        assert not _published(session)
    with listed.as_person(OFFICER) as session:
        assert _trust_shown(session) != "trusted"
        assert not _published(session)


def test_true_trust_publishes_and_a_doubtful_end_ends_it(trusted: Office) -> None:
    with trusted.as_person(REPORTS) as session:
        assert _trust_shown(session) == "trusted"
        with session.context.reading() as reader:
            trust = reader.find(Trust)[0]
        officer = person_named(session, "Vera")
    with trusted.as_person(COORDINATOR) as session:
        assert _published(session)
        ended = TrustStep(
            RecordId(new_id()), trust=trust.id, step=ENDED, by=officer, at=session.context.now()
        )
        add_by_hand(session, ended, Act.TRUST_ENDED)
        assert not _published(session)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_forged_review_opens_nothing_again(office: Office, slip: str) -> None:
    """A pause ends by a review and, for the public, another person's yes to it."""
    prisoner, _mother = agreed(office)
    with office.as_person(OFFICER) as session:
        assert may_be_told(session, prisoner)
        session.attention.record(RecordAttention("smear", PartialDate(2026, 11), prisoners=(prisoner,)))
        assert not may_be_told(session, prisoner)
        due = session.reviews.due()[0]
    with office.as_person(COORDINATOR) as session:
        now = session.context.now()
        review = Review(
            session.context.lasting_id(),
            cause=due.cause.value,
            because=due.because,
            prisoner=prisoner,
            outcome="still_holds",
            by=person_named(session, "Vera"),
            at=now,
        )
        add_by_hand(session, review)
        sign = ReviewConfirmation(
            session.context.lasting_id(),
            review=review.id,
            granted=True,
            by=session.context.me,
            at=now,
            slip=slip,
        )
        add_by_hand(session, sign)
        assert not may_be_told(session, prisoner)
    with office.as_person(OFFICER) as session:
        assert not may_be_told(session, prisoner)
        assert session.attention.rows()[0].paused == 1


def test_until_somebody_can_check_slips_no_half_counts_that_came_through_one(office: Office) -> None:
    prisoner, _mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger")).id
        steps = [_step(session, hold, GRANTED, "own"), _step(session, hold, GRANTED, "own", "anything")]
        for step in steps:
            add_by_hand(session, step, Act.HOLD_LIFTED)
        with session.context.reading() as reader:
            assert reader.not_theirs(steps) == {steps[1].id}


def test_leave_for_one_contact_in_an_officers_name_is_none(office: Office) -> None:
    """A coordinator writes it by hand, below the program; calling all the same is a talk nothing allowed."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        until = session.context.today() + timedelta(days=14)
        named = person_named(session, "Vera")
        record = RecordId(session.context.lasting_id())
        add_by_hand(session, FirstWords(record, 1, mother, named, session.context.now(), until))
        assert not session.relatives.get(mother).contact.allowed
        session.consent.record(RecordConversation(mother, {"direction": "we_came"}))
        assert session.relatives.get(mother).begun_without
    with office.as_person(OFFICER) as session:
        assert Rule.FORGED in {group.rule for group in session.findings.groups()}
        other = add_mother(session, add_prisoner(session, family_name="Quite"))
        session.relatives.allow_first_words(other)
        assert session.relatives.get(other).contact.allowed
