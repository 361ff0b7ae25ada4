"""Protects: a second person elsewhere sees exactly what is asked, and their answer counts as theirs, once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.domain.asked import records_asked
from app.domain.conversation import Conversation
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.proposal import Proposal
from app.domain.rows import Light
from app.services.approval import ApproveReport
from app.services.asking import asking_of
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.reports import MakeReport
from app.services.slips import MakeSlip
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner
from tests.services.slipping import TALK, answer, bring_in, make, opened, person, said_yes, waits

PUBLIC = MakeReport("public_list", "en", ("csv",))


def _told(office: Office, prisoner: str) -> bool:
    with office.as_person(COORDINATOR) as session:
        return session.consent.decision(prisoner, "name", "public").allowed


def test_a_yes_through_a_slip_counts_and_lets_a_report_leave(office: Office, tmp_path: Path) -> None:
    prisoner = said_yes(office)
    slip = make(office, tmp_path / "ask")
    assert not _told(office, prisoner)
    brought = bring_in(office, answer(office, slip, tmp_path / "yes", words="I know her voice."))
    assert brought.granted
    assert (brought.name, brought.words) == ("Vera O.", "I know her voice.")
    assert _told(office, prisoner)
    with office.as_person(COORDINATOR) as session:
        report = session.reports.make(PUBLIC).id
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
        assert session.log.verify().ok
    assert list((tmp_path / "out").iterdir())


def test_a_no_through_a_slip_ends_the_waiting(office: Office, tmp_path: Path) -> None:
    prisoner = said_yes(office)
    bring_in(office, answer(office, make(office, tmp_path / "ask"), tmp_path / "no", granted=False))
    assert not _told(office, prisoner)
    with office.as_person(COORDINATOR) as session:
        assert not session.consent.waiting()


def test_the_second_person_sees_what_is_asked_and_no_note(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    with office.as_person(OFFICER) as session:
        shown = opened(session, slip)
    assert shown.name == "Hanna K."
    assert shown.known_here
    assert shown.request.about.startswith("Mother of")
    assert (shown.ends_at - shown.request.made_at).days == 14
    assert b"note" not in shown.request.body()


def test_it_is_answered_on_another_copy_of_the_case_file(office: Office, tmp_path: Path) -> None:
    """The copy is older: it does not have what is asked, and says so."""
    shutil.copytree(office.folder, tmp_path / "copy")
    elsewhere = Office(tmp_path / "copy", office.clock)
    prisoner = said_yes(office)
    slip = make(office, tmp_path / "ask")
    with elsewhere.as_person(OFFICER) as session:
        assert not opened(session, slip).known_here
    bring_in(office, answer(elsewhere, slip, tmp_path / "yes"))
    assert _told(office, prisoner)


def test_a_change_through_a_slip_is_made(office: Office, tmp_path: Path) -> None:
    prisoner = said_yes(office)
    bring_in(office, answer(office, make(office, tmp_path / "ask"), tmp_path / "yes"))
    with office.as_person(COORDINATOR) as session:
        version = session.prisoners.row(prisoner).version
        session.prisoners.edit(EditPrisoner(prisoner, version, {"born": PartialDate(2012)}))
        with pytest.raises(KnownError):
            session.prisoners.edit(EditPrisoner(prisoner, version + 1, {"born": PartialDate(1979)}))
    slip = make(office, tmp_path / "ask 2", "change")
    with office.as_person(OFFICER) as session:
        assert isinstance(opened(session, slip).records[0], Proposal)
    assert not _told(office, prisoner)
    bring_in(office, answer(office, slip, tmp_path / "yes 2"))
    assert _told(office, prisoner)


@pytest.mark.parametrize("granted", [True, False])
def test_a_stop_is_lifted_or_kept(office: Office, tmp_path: Path, granted: bool) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        hold = session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "family_asked")).id
        session.prisoners.lift_hold(hold)
    bring_in(
        office, answer(office, make(office, tmp_path / "ask", "stop"), tmp_path / "said", granted=granted)
    )
    with office.as_person(COORDINATOR) as session:
        assert not session.consent.waiting()
        told = session.prisoners.get(prisoner)
        assert bool(told.stopped) is not granted


@pytest.mark.parametrize("granted", [True, False])
def test_reports_staff_ask_for_trust_in_a_source(office: Office, tmp_path: Path, granted: bool) -> None:
    path = write_list(tmp_path / "list.csv", HELD)
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, SOURCE))
    with office.as_person(REPORTS) as session:
        session.sources.trust(session.sources.rows()[0].id)
        row = waits(session, "source")
        assert [one.name for one in session.slips.people_for(row)] == ["Vera O."]
        session.slips.make(MakeSlip(row, person(session, "Vera"), tmp_path / "ask"))
    said = answer(office, tmp_path / "ask", tmp_path / "said", granted=granted)
    bring_in(office, said, REPORTS)
    with office.as_person(COORDINATOR) as session:
        assert session.sources.rows()[0].trust == ("trusted" if granted else "not_trusted")


def test_a_slip_is_only_for_who_may_be_second(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    with office.as_person(COORDINATOR) as session:
        row = waits(session)
        assert [one.name for one in session.slips.people_for(row)] == ["Vera O."]
        for name in ("Ida", "Ales", "Hanna"):
            with pytest.raises(KnownError) as error:
                session.slips.make(MakeSlip(row, person(session, name), tmp_path / "ask"))
            assert error.value.code is Code.SLIP_PERSON
    with office.as_person(OFFICER) as session:
        assert not session.slips.people_for(waits(session))
    assert not (tmp_path / "ask").exists()


def test_it_is_never_written_over_or_into_the_case_file(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    taken = tmp_path / "taken"
    taken.write_text("mine", encoding="utf-8")
    for place in (taken, office.folder / "ask"):
        with pytest.raises(KnownError) as error:
            make(office, place)
        assert error.value.code is Code.SLIP_PLACE
    assert taken.read_text(encoding="utf-8") == "mine"
    assert not (office.folder / "ask").exists()


def test_its_length_says_little_and_nothing_is_readable(office: Office, tmp_path: Path) -> None:
    said_yes(office)
    slip = make(office, tmp_path / "ask")
    said = answer(office, slip, tmp_path / "yes", words="gardener")
    assert slip.stat().st_size == said.stat().st_size
    for word in (b"gardener", b"mother", b"Vera", b"Hanna", b"name", b"conversation"):
        assert word not in slip.read_bytes() + said.read_bytes()


def test_who_is_asked_to_take_a_no_back_sees_that_it_is_a_no(office: Office, tmp_path: Path) -> None:
    """All they read was "Entered by mistake": a mother's no could be undone with it."""
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        session.consent.record(RecordConversation(mother, TALK, (AnswerDraft("name", "refused"),)))
        session.undo.undo()
        assert waits(session).detail == "Entered by mistake · Name in public: Only us · takes back: No"
    slip = make(office, tmp_path / "ask")
    with office.as_person(OFFICER) as session:
        shown_there = opened(session, slip)
        talks = [record for record in shown_there.records if isinstance(record, Conversation)]
        said = [one.kind for talk in talks for one in talk.answers]
        assert said == ["entered_in_error", "refused"]
    bring_in(office, answer(office, slip, tmp_path / "yes"))
    with office.as_person(COORDINATOR) as session:
        assert session.consent.waiting() == ()
        assert session.relatives.get(mother).lines[3] is not Light.NO


def test_a_slip_that_hides_what_it_takes_back_is_not_read(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        mother = add_mother(session, add_prisoner(session))
        session.consent.record(RecordConversation(mother, TALK, (AnswerDraft("name", "refused"),)))
        session.undo.undo()
        row = waits(session)
        with session.context.reading() as reader:
            asking = asking_of(reader, row.what, row.id, row.part)
    assert len(records_asked("answer", asking.asked, row.part)) == 2
    with pytest.raises(KnownError) as refused:
        records_asked("answer", asking.asked[:1], row.part)
    assert refused.value.code is Code.RECORD_DAMAGED


def test_what_waits_knows_the_slips_made_for_it(office: Office, tmp_path: Path) -> None:
    """When, for whom and until when; of what waits beside it nothing; after 14 days that it is over."""
    said_yes(office)
    with office.as_person(COORDINATOR) as session:
        assert [row.slips for row in session.consent.waiting()] == [()]
    make(office, tmp_path / "ask")
    with office.as_person(COORDINATOR) as session:
        (row,) = session.consent.waiting()
        (slip,) = row.slips
        assert (slip.recipient, slip.holds) == ("Vera O.", True)
        assert (slip.ends_at - slip.made_at).days == 14
        stop = session.prisoners.place_hold(PlaceHold("case_file", "", "danger")).id
        session.prisoners.lift_hold(stop)
        assert {row.what: len(row.slips) for row in session.consent.waiting()} == {"answer": 1, "stop": 0}
    office.clock.turn(days=15)
    with office.as_person(COORDINATOR) as session:
        over = [one.holds for row in session.consent.waiting() for one in row.slips]
        assert over == [False]
