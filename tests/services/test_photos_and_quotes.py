"""Protects: a photo leaves with its own clearance only, a quote once, and who withdraws finds both again."""

from __future__ import annotations

import io
from pathlib import Path

import attrs
import pikepdf
import pytest

from app.domain.errors import Code, KnownError
from app.domain.public_texts import PublicText
from app.domain.report import Report
from app.domain.single_use import SingleUse
from app.reports.standing import Why
from app.services.approval import ApproveReport
from app.services.clearance_asks import AskForClearance, take_up
from app.services.consent import AnswerDraft, RecordConversation
from app.services.pictures import SetPhoto
from app.services.prisoners import EditPrisoner
from app.services.relatives import AddRelative
from app.services.reports import MakeReport
from app.services.session import Session
from app.services.withdrawing import Withdraw
from tests.reports.faces import drawing
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_prisoner, an_office, code_of

WHO = ("Committee",)
BRIEFING = MakeReport("parliament_briefing", "en", ("pdf", "docx", "xlsx", "csv", "html"), recipients=WHO)
ONLY_CSV = attrs.evolve(BRIEFING, formats=("csv",))
QUOTE = "Write to me about the sea."


@attrs.frozen
class _Cleared:
    office: Office
    prisoner: str
    person: str


def _jpeg(number: int) -> bytes:
    out = io.BytesIO()
    drawing(number).save(out, "JPEG", quality=90)
    return out.getvalue()


def say(session: Session, person: str, kind: str, *purposes: str) -> str:
    """What the prisoner says themselves, about one committee."""
    answers = [AnswerDraft(one, kind, "named_institution", WHO) for one in purposes]
    talk = {"channel": "letter", "verified_by": "handwriting", "pressure": "none"}
    return session.consent.record(RecordConversation(person, talk, tuple(answers))).id


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> _Cleared:
    """Somebody whose name, case, photo and one quote a committee may be told."""
    office = an_office(tmp_path_factory.mktemp("photos") / "casefile")
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        session.pictures.set_photo(SetPhoto(prisoner, 1, _jpeg(1)))
        quote = (PublicText("en", QUOTE, translator="Ida S.", checker="Hanna K."),)
        version = session.prisoners.get(prisoner).prisoner.version
        session.prisoners.edit(EditPrisoner(prisoner, version, {"public_quote": quote}))
        person = session.relatives.add(AddRelative(prisoner, {"relation": "self"}, {})).id
        say(session, person, "given", "name", "case_detail", "photo", "quote")
    return _Cleared(office, prisoner, person)


@pytest.fixture
def cleared(made: _Cleared, tmp_path: Path) -> _Cleared:
    """A copy of it."""
    return attrs.evolve(made, office=made.office.copied(tmp_path / "casefile"))


def _make(cleared: _Cleared, command: MakeReport = BRIEFING) -> str:
    with cleared.office.as_person(COORDINATOR) as session:
        return session.reports.make(command).id


def _approve(cleared: _Cleared, report: str, out: Path) -> Code | None:
    with cleared.office.as_person(OFFICER) as session:
        try:
            session.approval.approve(ApproveReport(report, out))
        except KnownError as error:
            assert not list(out.glob("*")), "nothing is left of a report that was refused"
            return code_of(error)
    return None


def test_a_cleared_photo_and_quote_leave_in_every_format(cleared: _Cleared, tmp_path: Path) -> None:
    report = _make(cleared)
    assert _approve(cleared, report, tmp_path / "out") is None
    files = {path.suffix: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pikepdf.open(io.BytesIO(files[".pdf"])) as pdf:
        images = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Height" in one]
        assert [(int(one.Width), int(one.Height)) for one in images] == [(320, 400)]
    assert b"data:image/jpeg;base64," in files[".html"]
    assert QUOTE.encode() in files[".html"]
    assert QUOTE.encode() in files[".csv"]
    with cleared.office.as_person(REPORTS) as session:
        kept = session.reports.kept(report).report
        assert kept.pictured == kept.quoted == (cleared.prisoner,)


def test_a_photo_withdrawn_between_making_and_approval_stops_the_report(
    cleared: _Cleared, tmp_path: Path
) -> None:
    report = _make(cleared)
    with cleared.office.as_person(COORDINATOR) as session:
        say(session, cleared.person, "refused", "photo")
    assert _approve(cleared, report, tmp_path / "out") is Code.REPORT_CHANGED


def test_another_photo_between_making_and_approval_stops_the_report(
    cleared: _Cleared, tmp_path: Path
) -> None:
    report = _make(cleared, ONLY_CSV)  # a spreadsheet, where only a word would show it
    with cleared.office.as_person(COORDINATOR) as session:
        version = session.prisoners.get(cleared.prisoner).prisoner.version
        session.pictures.set_photo(SetPhoto(cleared.prisoner, version, _jpeg(2)))
    assert _approve(cleared, report, tmp_path / "out") is Code.REPORT_CHANGED


def test_a_quote_used_at_once_by_two_reports_leaves_in_one(cleared: _Cleared, tmp_path: Path) -> None:
    one, other = _make(cleared), _make(cleared, ONLY_CSV)
    assert _approve(cleared, one, tmp_path / "one") is None
    assert _approve(cleared, other, tmp_path / "other") is Code.REPORT_CHANGED


def test_the_use_stands_in_the_entry_that_lets_the_report_go(cleared: _Cleared, tmp_path: Path) -> None:
    report = _make(cleared, ONLY_CSV)
    assert _approve(cleared, report, tmp_path / "out") is None
    with cleared.office.as_person(OFFICER) as session, session.context.reading() as reader:
        (use,) = reader.find(SingleUse)
        assert (use.prisoner, use.purpose, use.report) == (cleared.prisoner, "quote", report)
        written = reader.written(use.id)[0].sequence
        states = [step.before for step in reader.history(report, "state")]
        assert len(states) >= 1
        assert written in {step.sequence for step in reader.written(report)}


def test_a_second_report_says_that_it_was_used_and_in_which(cleared: _Cleared, tmp_path: Path) -> None:
    first = _make(cleared, ONLY_CSV)
    assert _approve(cleared, first, tmp_path / "out") is None
    again = attrs.evolve(ONLY_CSV, again_of=first)
    for passphrase in (COORDINATOR, REPORTS):
        with cleared.office.as_person(passphrase) as session:
            found = session.reports.preview(again)
            quote = next(row for row in found.missing if row.column == "quote")
            assert (quote.there, quote.used_in) == (True, session.reports.kept(first).report.number)
            assert found.since is not None
            assert len(found.since.changed or ()) == 1, "Again says that somebody is told otherwise"
            assert not any(row.column == "photo" for row in found.missing), "the photo is not used up"
    second = _make(cleared, again)
    assert _approve(cleared, second, tmp_path / "second") is None
    assert QUOTE not in next((tmp_path / "second").iterdir()).read_text("utf-8-sig")


def test_a_new_yes_is_for_another_use(cleared: _Cleared, tmp_path: Path) -> None:
    assert _approve(cleared, _make(cleared, ONLY_CSV), tmp_path / "one") is None
    with cleared.office.as_person(COORDINATOR) as session:
        say(session, cleared.person, "renewed", "quote")
    assert _approve(cleared, _make(cleared, ONLY_CSV), tmp_path / "two") is None
    assert QUOTE in next((tmp_path / "two").iterdir()).read_text("utf-8-sig")


def test_a_report_whose_files_could_not_be_written_used_nothing(cleared: _Cleared, tmp_path: Path) -> None:
    report = _make(cleared, ONLY_CSV)
    (tmp_path / "full").mkdir()
    with cleared.office.as_person(COORDINATOR) as session:
        name = session.reports.kept(report).report.files[0].name
    (tmp_path / "full" / name).write_text("taken", "utf-8")
    with cleared.office.as_person(OFFICER) as session, pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(report, tmp_path / "full"))
    assert code_of(refused.value) is Code.REPORT_FILE_EXISTS
    assert _approve(cleared, report, tmp_path / "out") is None, "the same report still has its use"


def test_what_is_missing_stands_first_and_is_asked_for(cleared: _Cleared) -> None:
    with cleared.office.as_person(COORDINATOR) as session:
        say(session, cleared.person, "refused", "photo")
    with cleared.office.as_person(REPORTS) as session:
        photo, *_others = session.reports.preview(BRIEFING).missing
        assert (photo.column, photo.there, photo.used_in) == ("photo", True, "")
        about = {cleared.prisoner: ("cleared:photo", "cleared:public_quote")}
        session.clearance_asks.ask(AskForClearance("parliament_briefing", "en", about))
    with cleared.office.as_person(COORDINATOR) as session:
        for _step in take_up(session.context):
            pass
        step = session.prisoners.get(cleared.prisoner).prisoner.next_step
    assert "clearance for Photo, clearance for Public quote" in step


def test_nobody_without_a_clearance_is_shown_and_nobody_is_left_out_for_it(cleared: _Cleared) -> None:
    with cleared.office.as_person(COORDINATOR) as session:
        say(session, cleared.person, "refused", "photo", "quote")
        found = session.reports.preview(BRIEFING)
        assert (found.named, [row.column for row in found.missing if row.there]) == (1, ["photo", "quote"])
        assert not any(row.because and row.because.why is Why.NOT_CLEARED for row in found.left_out)
        report = session.reports.make(BRIEFING).id
        kept = session.reports.kept(report).report
        assert kept.pictured == kept.quoted == ()


def test_two_reports_compared_say_that_the_photo_is_another(cleared: _Cleared) -> None:
    before = _make(cleared, ONLY_CSV)
    with cleared.office.as_person(COORDINATOR) as session:
        version = session.prisoners.get(cleared.prisoner).prisoner.version
        session.pictures.set_photo(SetPhoto(cleared.prisoner, version, _jpeg(2)))
        after = session.reports.make(attrs.evolve(ONLY_CSV, again_of=before)).id
        (moved,) = session.comparing.compare(before, after).moved
        told = [(one.label, one.before, one.after) for one in moved.columns or ()]
        assert told == [("Photo", "a photo", "another photo")]


@pytest.mark.parametrize("purpose", ["photo", "quote"])
def test_a_withdrawal_finds_the_report_that_carried_it_and_no_other(
    cleared: _Cleared, tmp_path: Path, purpose: str
) -> None:
    with_it = _make(cleared, ONLY_CSV)
    assert _approve(cleared, with_it, tmp_path / "with") is None
    with cleared.office.as_person(COORDINATOR) as session:
        version = session.prisoners.get(cleared.prisoner).prisoner.version
        session.pictures.set_photo(SetPhoto(cleared.prisoner, version, None))
    without = _make(cleared, ONLY_CSV)  # the photo is gone, the quote is used
    assert _approve(cleared, without, tmp_path / "without") is None
    with cleared.office.as_person(COORDINATOR) as session:
        found = session.withdrawing.look(Withdraw(cleared.person, purposes=(purpose,)))
        assert {one for note in found.notes for one in note.report_ids} == {with_it}
        answers = (AnswerDraft(purpose, "refused"),)
        told = session.consent.preview(RecordConversation(cleared.person, {"channel": "letter"}, answers))
        assert {row.id for row in told.carried_by} == {with_it}, "also where it comes up in any other talk"
    with cleared.office.as_person(OFFICER) as session, session.context.reading() as reader:
        assert reader.get(Report, without).pictured == ()
