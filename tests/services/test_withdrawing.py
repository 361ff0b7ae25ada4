"""Protects: a withdrawal acts at once, everything it concerns is found, and nothing happens unticked."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.domain.call_back import CallBack
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparenthood
from app.domain.prisoner import Prisoner
from app.i18n import set_language
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.godparents import ChangeGodparenthood, CreateGodparent, StartGodparenthood
from app.services.prisoners import EditPrisoner
from app.services.reports import MakeReport
from app.services.session import Session
from app.services.withdrawing import Withdraw
from tests.canaries import RELATIVE_NAME
from tests.services.lists import HELD, SOURCE, write_list
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, add_prisoner

PUBLIC = MakeReport("public_list", "de", ("csv",))
_TALK = {"channel": "signal", "verified_by": "voice", "direction": "they_came"}


@attrs.frozen
class Case:
    """A mother who said yes; her son is in a report that left and in one under way; two godparents."""

    office: Office
    prisoner: str
    mother: str
    active: str
    proposed: str
    left: str
    draft: str


@pytest.fixture
def case(office: Office, tmp_path: Path) -> Case:
    with office.as_person(COORDINATOR) as session:
        path = write_list(tmp_path / "list.csv", HELD)
        session.intake.commit(session.intake.look(path, SOURCE))
    for passphrase in (COORDINATOR, OFFICER):
        with office.as_person(passphrase) as session:
            session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(COORDINATOR) as session:
        row = session.prisoners.rows()[0]
        prisoner = session.prisoners.get(row.id).prisoner
        owned = {"owner": session.person.id, "next_step": "Call the lawyer"}
        session.prisoners.edit(EditPrisoner(row.id, prisoner.version, owned))
        mother = add_mother(session, row.id, full_name=RELATIVE_NAME)
        active, proposed = _godparents(session, row.id)
        talk = RecordConversation(
            mother, _TALK, (AnswerDraft("stay_in_touch", "given"), AnswerDraft("godparent", "given"))
        )
        session.consent.record(talk)
        left = session.reports.make(PUBLIC).id
        draft = session.reports.make(PUBLIC).id
    with office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(left, tmp_path / "out"))
    return Case(office, row.id, mother, active, proposed, left, draft)


def _godparents(session: Session, prisoner: str) -> tuple[str, str]:
    found = []
    for name, language, state in (("Muster", "de", "active"), ("Ander", "en", "proposed")):
        values = {"family_name": name, "given_name": "Anna", "language": language}
        godparent = session.godparents.create(CreateGodparent(values)).id
        found.append(session.godparents.propose(StartGodparenthood(prisoner, godparent, state)).id)
    return found[0], found[1]


def test_everything_it_concerns_is_found_before_anything_is_written(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        before = session.context.store
        journey = session.withdrawing.look(Withdraw(case.mother))
        with before.reading() as reader:
            assert reader.get(Godparenthood, case.active).state == "active"
    assert journey.agreed == ("stay_in_touch", "godparent")
    assert {change.purpose for change in journey.denied} >= {"contact", "name"}
    assert {(bond.row.id, bond.proposed) for bond in journey.bonds} == {
        (case.active, "paused"),
        (case.proposed, "ended"),
    }
    assert [row.id for row in journey.reports] == [case.left]
    assert [row.id for row in journey.drafts] == [case.draft]
    assert [(note.name, note.reports, note.language) for note in journey.notes] == [
        ("", ("2026-001",), "de"),
        ("Anna Muster", (), "de"),
    ]
    assert journey.owner == "Hanna K."
    assert journey.step == "Call back: Anna Muster; 2026-001 · Call the lawyer"


def test_undone_with_the_no_is_what_was_ticked_with_it(case: Case) -> None:
    """The no is taken back by two; until then everything stays as it is, then it is as it was."""
    with case.office.as_person(COORDINATOR) as session:
        session.withdrawing.record(Withdraw(case.mother, bonds=(case.active, case.proposed)))
        session.undo.undo()
        with session.context.reading() as reader:
            assert reader.get(Godparenthood, case.active).state == "paused"
    with case.office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
        with session.context.reading() as reader:
            assert reader.get(Godparenthood, case.active).state == "active"
            again = reader.get(Godparenthood, case.proposed)
            assert (again.state, again.reason, again.ended_on) == ("proposed", "", None)
        assert session.log.verify().ok


def test_what_somebody_changed_since_stays_as_they_left_it(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        session.withdrawing.record(Withdraw(case.mother, bonds=(case.active, case.proposed)))
        session.undo.undo()
        with session.context.reading() as reader:
            version = reader.get(Godparenthood, case.active).version
        ended = {"state": "ended", "reason": "other"}
        session.godparents.change(ChangeGodparenthood(case.active, version, ended))
    with case.office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
        with session.context.reading() as reader:
            assert reader.get(Godparenthood, case.active).state == "ended"
            assert reader.get(Godparenthood, case.proposed).state == "proposed"


def test_notes_give_no_reason_and_name_nobody(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        notes = session.withdrawing.look(Withdraw(case.mother)).notes
        names = session.prisoners.get(case.prisoner).prisoner
    for note in notes:
        assert note.text.startswith("Guten Tag,")
        for word in (RELATIVE_NAME, names.family_name, names.given_name, "Famil", "Mutter", "zurückgezogen"):
            assert word not in note.text
    assert "2026-001 (22. November 2026)" in notes[0].text


def test_the_no_acts_at_once_for_everybody_and_approving_refuses(case: Case, tmp_path: Path) -> None:
    with case.office.as_person(COORDINATOR) as session:
        session.withdrawing.record(Withdraw(case.mother))
        assert not session.consent.decision(case.prisoner, "name", "public", fields=("family_name",)).allowed
    with case.office.as_person(REPORTS) as session:
        assert session.reports.get(case.draft).gone == 1
    with case.office.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(case.draft, tmp_path / "again"))
        assert refused.value.code is Code.REPORT_CHANGED


def test_only_what_is_ticked_happens_and_no_plan_is_lost(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        saved = session.withdrawing.record(Withdraw(case.mother, bonds=(case.proposed,), plan=True))
        with session.context.reading() as reader:
            assert reader.get(Godparenthood, case.active).state == "active"
            ended = reader.get(Godparenthood, case.proposed)
            assert (ended.state, ended.reason) == ("ended", "consent_withdrawn")
            assert reader.get(Prisoner, case.prisoner).next_step.endswith("· Call the lawyer")
        again = session.withdrawing.look(Withdraw(case.mother, conversation=saved.id))
        assert [(bond.row.id, bond.proposed) for bond in again.bonds] == [(case.active, "paused")]
        session.withdrawing.record(
            Withdraw(case.mother, conversation=saved.id, bonds=(case.active,), plan=True)
        )
        with session.context.reading() as reader:
            assert reader.get(Godparenthood, case.active).state == "paused"
            assert reader.get(Prisoner, case.prisoner).next_step.count("Call back") == 1
        with pytest.raises(KnownError) as nothing:
            session.withdrawing.record(Withdraw(case.mother, conversation=saved.id))
        assert nothing.value.code is Code.NOTHING_CHANGED


def test_notes_are_recorded_as_made_and_the_rest_is_remembered(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        talk = session.withdrawing.record(Withdraw(case.mother)).id
        assert session.withdrawing.look(Withdraw(case.mother)).unfinished == talk
        session.withdrawing.made(talk, {""})
        journey = session.withdrawing.look(Withdraw(case.mother, conversation=talk))
        assert [note.made_at is not None for note in journey.notes] == [True, False]
        assert session.withdrawing.look(Withdraw(case.mother)).unfinished == talk
        session.withdrawing.made(talk, {journey.notes[1].recipient})
        assert session.withdrawing.look(Withdraw(case.mother)).unfinished == ""
        with session.context.reading() as reader:
            assert reader.count(CallBack) == 2
        with pytest.raises(KnownError):
            session.withdrawing.made(talk, {"somebody else"})


def test_a_withdrawal_of_one_line_reaches_no_further(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        journey = session.withdrawing.look(Withdraw(case.mother, lines=("godparent",)))
    assert not {change.purpose for change in journey.denied} & {"contact", "name"}
    assert journey.reports == journey.drafts == ()
    assert [note.reports for note in journey.notes] == [()]


def test_when_and_how_it_came_are_kept(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        command = Withdraw(
            case.mother, ("support",), PartialDate(2026, 11, 20), "letter", "Through a neighbour."
        )
        saved = session.withdrawing.record(command)
        talks = session.relatives.get(case.mother).conversations
        talk = next(one for one in talks if one.id == saved.id)
    assert (talk.held_on, talk.channel, talk.note) == (
        PartialDate(2026, 11, 20),
        "letter",
        "Through a neighbour.",
    )
    assert {answer.kind for answer in talk.answers} == {"refused"}  # nobody ever agreed to that line


def test_without_the_key_there_is_no_journey(case: Case) -> None:
    with case.office.as_person(REPORTS) as session:
        with pytest.raises(KnownError) as refused:
            session.withdrawing.look(Withdraw(case.mother))
        assert refused.value.code is Code.NEEDS_DESK_KEY


def test_a_talk_of_somebody_else_is_no_withdrawal_of_hers(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        other = add_mother(session, add_prisoner(session))
        talk = session.withdrawing.record(Withdraw(other)).id
        with pytest.raises(KnownError) as refused:
            session.withdrawing.look(Withdraw(case.mother, conversation=talk))
        assert refused.value.code is Code.NOT_FOUND


def test_who_was_only_invited_is_told_too_and_a_step_is_planned_once(case: Case) -> None:
    with case.office.as_person(COORDINATOR) as session:
        bond = session.godparents.godparenthood(case.proposed)
        session.godparents.change(ChangeGodparenthood(bond.id, bond.version, {"state": "invited"}))
        before = session.withdrawing.look(Withdraw(case.mother))
        command = Withdraw(case.mother, bonds=(case.active, case.proposed), plan=True)
        talk = session.withdrawing.record(command).id
        after = session.withdrawing.look(Withdraw(case.mother, conversation=talk))
    assert {note.name for note in before.notes} == {"", "Anna Muster", "Anna Ander"}
    assert {note.name for note in after.notes} == {note.name for note in before.notes}
    assert after.step == ""


def test_a_note_that_lies_in_a_file_is_still_to_be_sent(case: Case, tmp_path: Path) -> None:
    """Saving the notes first took the next step off the screen: nobody was left to send them."""
    with case.office.as_person(COORDINATOR) as session:
        talk = session.withdrawing.record(Withdraw(case.mother)).id
        notes = session.withdrawing.look(Withdraw(case.mother, conversation=talk)).notes
        session.withdrawing.save(talk, [note.recipient for note in notes], tmp_path / "notes.txt")
        journey = session.withdrawing.look(Withdraw(case.mother, conversation=talk))
        assert all(note.made_at is not None for note in journey.notes)
        assert journey.step == "Call back: Anna Muster; 2026-001 · Call the lawyer"
        session.withdrawing.record(Withdraw(case.mother, conversation=talk, plan=True))
        assert session.withdrawing.look(Withdraw(case.mother, conversation=talk)).step == ""
        set_language("de")  # of whoever looks at it next
        try:
            assert session.withdrawing.look(Withdraw(case.mother, conversation=talk)).step == ""
        finally:
            set_language("en")


@pytest.mark.parametrize("day", [PartialDate(2026, 11, 24), PartialDate(2027)])
def test_a_withdrawal_of_tomorrow_is_a_slip_of_the_pen(case: Case, day: PartialDate) -> None:
    with case.office.as_person(COORDINATOR) as session:
        before = len(session.log.rows())
        for attempt in (session.withdrawing.look, session.withdrawing.record):
            with pytest.raises(KnownError) as refused:
                attempt(Withdraw(case.mother, held_on=day))
            assert refused.value.code is Code.TALK_IN_FUTURE
        assert len(session.log.rows()) == before


_WIDE = ("public", "all_godparents", "named_godparent", "named_institution", "internal")


@pytest.mark.parametrize(
    ("audience", "whom", "left"),
    [
        ("", (), set()),
        ("public", (), {"all_godparents", "named_godparent", "named_institution", "internal"}),
        ("all_godparents", (), {"named_godparent", "named_institution", "internal"}),
        ("named_institution", ("OSCE",), {"all_godparents", "named_godparent", "internal"}),
    ],
)
def test_a_withdrawal_for_one_audience_leaves_the_narrower(
    office: Office, audience: str, whom: tuple[str, ...], left: set[str]
) -> None:
    """She does not want it in the newspapers; the godparent who writes to her son may go on knowing."""
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        mother = add_mother(session, prisoner)
        yes = tuple(AnswerDraft(purpose, "given", "public") for purpose in ("name", "case_detail"))
        session.consent.record(RecordConversation(mother, _TALK, yes))
    with office.as_person(OFFICER) as session:
        for row in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(row.id, row.part, granted=True))
    named = {"named_godparent": ("somebody",), "named_institution": ("OSCE",)}
    with office.as_person(COORDINATOR) as session:

        def allowed(purpose: str) -> set[str]:
            return {
                one
                for one in _WIDE
                if session.consent.decision(prisoner, purpose, one, named.get(one, ())).allowed
            }

        assert allowed("case_detail") == set(_WIDE)
        command = Withdraw(mother, purposes=("case_detail",), audience=audience, recipients=whom)
        journey = session.withdrawing.look(command)
        assert {change.purpose for change in journey.denied} == {"case_detail"}
        assert allowed("case_detail") == set(_WIDE), "looking writes nothing"
        session.withdrawing.record(command)
        assert allowed("case_detail") == left
        assert allowed("name") == set(_WIDE), "one purpose alone"
        talk = session.relatives.get(mother).conversations[0]
        assert [(one.purpose, one.kind) for one in talk.answers] == [("case_detail", "withdrawn")]


def test_before_it_is_saved_only_reports_that_carry_what_is_denied_now_are_told(case: Case) -> None:
    """A no to one godparent calls no list of names back."""
    with case.office.as_person(COORDINATOR) as session:
        narrow = (AnswerDraft("godparent", "refused"),)
        assert not session.consent.preview(RecordConversation(case.mother, _TALK, narrow)).carried_by
        name = (AnswerDraft("name", "refused"),)
        carried = session.consent.preview(RecordConversation(case.mother, _TALK, name)).carried_by
        assert [row.id for row in carried] == [case.left]
