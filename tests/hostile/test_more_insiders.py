"""Protects: entries somebody appends beside the program do not take a no, a stop or a stamp away."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.hold import Clearance
from app.domain.ids import RecordId, new_id
from app.domain.log import GONE, SEALED, EntryRow
from app.domain.prisoner import Prisoner
from app.domain.public_texts import PublicText, PublicTexts, texts_id
from app.domain.relative import Relative
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.public_texts import texts_of
from app.services.relatives import EditIdentity
from app.services.reports import MakeReport
from app.services.stamps import unstamped
from app.services.waiting import CountersignAnswer
from tests.canaries import RELATIVE_NAME
from tests.hostile.insider import (
    PUBLIC,
    TALK,
    add_by_hand,
    agreed,
    append,
    leaves,
    raw,
    save_by_hand,
    says_no,
)
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner


@pytest.mark.parametrize("as_officer", [False, True])
def test_an_appended_entry_does_not_take_a_no_away(office: Office, tmp_path: Path, as_officer: bool) -> None:
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        no = says_no(session, mother)
    with raw(office, REPORTS) as connection:
        connection.execute("DELETE FROM sealed WHERE id = ?", (no,))
        append(office, connection, (EntryRow(SEALED, no, 2, GONE),), as_officer=as_officer)
        if as_officer:  # and one of one's own above it, so that the head is signed
            append(office, connection, (), as_officer=False)
    assert not leaves(office, tmp_path / "out")


def test_an_appended_entry_does_not_take_a_stop_away(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(OFFICER) as session:
        stop = session.prisoners.place_hold(PlaceHold("case_file", "", "danger")).id
    with raw(trusted, REPORTS) as connection:
        connection.execute("DELETE FROM hold WHERE id = ?", (stop,))
        append(trusted, connection, (EntryRow("hold", stop, 2, GONE),), as_officer=False)
    assert not leaves(trusted, tmp_path / "out")


def test_forged_clearances_let_nothing_leave(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
    with office.as_person(REPORTS) as session:
        forged = Clearance(
            RecordId(new_id()),
            prisoner=prisoner,
            purpose="name",
            audience="public",
            ground="agreed",
            fields=("family_name", "given_name"),
        )
        add_by_hand(session, forged, Act.CLEARANCES_RENEWED)
        session.reports.make(PUBLIC)
    assert not leaves(office, tmp_path / "out", maker=REPORTS)


def test_a_relative_moved_to_another_family_by_hand_is_seen(office: Office, tmp_path: Path) -> None:
    """Their no goes with them: the talk still says whose family it was about."""
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        other = add_prisoner(session, family_name="Other")
        says_no(session, mother)
        with session.context.reading() as reader:
            found = reader.get(Relative, mother)
        save_by_hand(session, attrs.evolve(found, prisoner=other), Act.SEALED_CHANGED)
    assert not leaves(office, tmp_path / "out")


def test_re_spelling_a_relative_withdraws_the_stamps_that_name_her(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner, full_name="Somebody Else")
        seen = session.prisoners.row(prisoner)
        summary = (PublicText("en", f"Her friend {RELATIVE_NAME} waits."),)
        session.prisoners.edit(EditPrisoner(prisoner, seen.version, {"public_summary": summary}))
        with session.context.reading() as reader:
            assert not unstamped(reader, texts_of(reader, prisoner))
        session.relatives.edit_identity(EditIdentity(mother, 1, {"other_spellings": (RELATIVE_NAME,)}))
        with session.context.reading() as reader:
            assert unstamped(reader, texts_of(reader, prisoner)) == {"public_summary"}


def test_naming_a_relative_for_the_first_time_withdraws_stamps(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        seen = session.prisoners.row(prisoner)
        summary = (PublicText("en", f"Her friend {RELATIVE_NAME} waits."),)
        session.prisoners.edit(EditPrisoner(prisoner, seen.version, {"public_summary": summary}))
        session.relatives.edit_identity(EditIdentity(mother, 0, {"full_name": RELATIVE_NAME}))
        with session.context.reading() as reader:
            assert unstamped(reader, texts_of(reader, prisoner)) == {"public_summary"}


def test_reports_staff_do_not_change_a_birth_date_by_hand(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(COORDINATOR) as session:
        for row in session.prisoners.rows():
            session.prisoners.edit(EditPrisoner(row.id, row.version, {"born": PartialDate(2012)}))
    with trusted.as_person(REPORTS) as session:
        with session.context.reading() as reader:
            found = reader.find(Prisoner)
        for one in found:
            save_by_hand(session, attrs.evolve(one, born=PartialDate(1980)), Act.PRISONER_CHANGED)
    assert not leaves(trusted, tmp_path / "out")


def test_verification_says_what_was_done(trusted: Office) -> None:
    with trusted.as_person(OFFICER) as session:
        stop = session.prisoners.place_hold(PlaceHold("case_file", "", "danger")).id
    with raw(trusted, REPORTS) as connection:
        connection.execute("DELETE FROM hold WHERE id = ?", (stop,))
    with trusted.as_person(OFFICER) as session:
        assert not session.log.verify().ok
        with pytest.raises(KnownError) as error:
            session.reports.make(PUBLIC)
        assert error.value.code is Code.ROW_NOT_IN_LOG


TEXT = (PublicText("en", "Engineer. Reads a lot."),)


def _briefing_leaves(office: Office, out: Path) -> bool:
    """Whether a briefing with public texts, made and approved by two, gets out with the word *Reads*."""
    with office.as_person(COORDINATOR) as session:
        made = session.reports.make(
            MakeReport("parliament_briefing", "en", ("csv",), recipients=("Committee",))
        )
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(made.id, out))
    return any("Reads a lot" in one.read_text("utf-8") for one in out.rglob("*.csv"))


def _may_be_told_everything(office: Office) -> str:
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        said = tuple(AnswerDraft(purpose, "given") for purpose in ("contact", "name", "case_detail"))
        session.consent.record(RecordConversation(mother, TALK, said))
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
    return prisoner


def test_a_text_written_by_hand_leaves_no_stamp_and_does_not_leave(office: Office, tmp_path: Path) -> None:
    prisoner = _may_be_told_everything(office)
    with office.as_person(COORDINATOR) as session:
        session.prisoners.edit(EditPrisoner(prisoner, 1, {"public_summary": TEXT}))
    assert _briefing_leaves(office, tmp_path / "first")
    with office.as_person(REPORTS) as session:
        with session.context.reading() as reader:
            texts = texts_of(reader, prisoner)
        other = (PublicText("en", "Engineer. Reads a lot at night."),)
        save_by_hand(session, attrs.evolve(texts, public_summary=other), Act.PRISONER_CHANGED)
    assert not _briefing_leaves(office, tmp_path / "second")


@pytest.mark.parametrize("of_another", [False, True])
def test_texts_in_another_place_than_the_prisoners_are_seen(
    office: Office, tmp_path: Path, of_another: bool
) -> None:
    """A second row for one prisoner; a row in the place of one prisoner that names another."""
    prisoner = _may_be_told_everything(office)
    with office.as_person(COORDINATOR) as session:
        other = add_prisoner(session, family_name="Other")
    with office.as_person(REPORTS) as session:
        place = texts_id(other) if of_another else RecordId(new_id())
        add_by_hand(session, PublicTexts(place, prisoner=prisoner, public_summary=TEXT), Act.PRISONER_CHANGED)
    with office.as_person(COORDINATOR) as session, pytest.raises(KnownError) as error:
        session.reports.make(PUBLIC)
    assert error.value.code is Code.ROW_NOT_IN_LOG


def test_a_no_moved_to_another_desk_is_missed(office: Office, tmp_path: Path) -> None:
    """Under a desk nobody here has a key of it would be passed over, and the yes before it would be back."""
    _prisoner, mother = agreed(office)
    with office.as_person(COORDINATOR) as session:
        no = says_no(session, mother)
    with raw(office, REPORTS) as connection:
        connection.execute("UPDATE sealed SET desk = lower(hex(randomblob(16))) WHERE id = ?", (no,))
    with office.as_person(OFFICER) as session:
        assert not session.log.verify().ok
    assert not leaves(office, tmp_path / "out")
