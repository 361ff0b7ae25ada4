"""Protects: a file made elsewhere leaves through a second person, as it was checked, and is in the ledger."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from pyrage import x25519

from app.domain.errors import Code, KnownError
from app.domain.report import Report
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, RecordConversation
from app.services.file_checks import CheckFile
from app.services.file_drafts import KeepFile
from app.services.recipients import SaveRecipient
from app.services.relatives import AddRelative
from app.services.reports import MakeReport
from app.services.session import Session
from app.services.withdrawing import Withdraw
from tests.hostile import edited_files as made
from tests.services.office import COORDINATOR, OFFICER, REPORTS, add_prisoner
from tests.services.test_recipients import COMMITTEE, Asked, asked, prepared

__all__ = ["asked", "prepared"]
_PAGE = "Siarhei Zhawnyarovich needs you."


def _refused(act: Callable[[], object]) -> Code:
    with pytest.raises(KnownError) as refused:
        act()
    return refused.value.code


def _keep(session: Session, path: Path, institution: str = "") -> str:
    checked = session.file_checks.check(CheckFile(path, institution))
    return session.file_drafts.keep(KeepFile(path, checked.told.sha256, institution)).id


def _report(session: Session, report: str) -> Report:
    with session.context.reading() as reader:
        return reader.get(Report, report)


def _mother(session: Session, asked: Asked) -> str:
    return next(row.id for row in session.relatives.rows() if row.prisoner == asked.open)


def _judged(session: Session, report: str) -> frozenset[str]:
    return frozenset(one.key for one in session.approval.search_names(report).to_judge)


@pytest.mark.parametrize("passphrase", [COORDINATOR, REPORTS])
def test_the_very_bytes_leave_once_a_second_person_has_looked(
    asked: Asked, tmp_path: Path, passphrase: str
) -> None:
    content = made.word(_PAGE, "Write to office@example.org.")
    with asked.office.as_person(passphrase) as session:
        draft = _keep(session, made.written(tmp_path, "Siarhei, last version.docx", content))
        report = _report(session, draft)
        assert (report.state, report.carried, report.named) == ("checked", (asked.open,), 1)
        assert report.files[0].name == f"{report.number}-checked-file.docx"
        own = _refused(lambda: session.approval.approve(ApproveReport(draft, tmp_path / "out")))
        assert own is Code.NOT_ALLOWED
    with asked.office.as_person(OFFICER) as session:
        assert draft in session.approval.pending()
        kept = session.file_drafts.look(draft)
        assert _PAGE in {one.text for one in kept.said}
        assert {one.what for one in kept.to_look} >= {"e-mail"}
        approve = ApproveReport(draft, tmp_path / "out")
        assert _refused(lambda: session.approval.approve(approve)) is Code.REPORT_NAME_FOUND  # not judged yet
        judged = _judged(session, draft)
        (path,) = session.approval.approve(ApproveReport(draft, tmp_path / "out", judged)).paths
        after = _report(session, draft)
    assert path.read_bytes() == content
    assert (after.state, after.files[0].content) == ("done", None)


def test_a_file_that_has_to_change_or_changed_since_is_not_kept(asked: Asked, tmp_path: Path) -> None:
    bad = made.written(tmp_path, "x.docx", made.word(_PAGE, change=made.tracked))
    with asked.office.as_person(COORDINATOR) as session:
        checked = session.file_checks.check(CheckFile(bad))
        keep = KeepFile(bad, checked.told.sha256)
        assert _refused(lambda: session.file_drafts.keep(keep)) is Code.FILE_HAS_TO_CHANGE
        bad.write_bytes(made.word(_PAGE))
        assert _refused(lambda: session.file_drafts.keep(keep)) is Code.FILE_OTHER_BYTES
        assert session.reports.rows() == ()


def test_somebody_who_may_not_be_named_to_these_readers_stops_it(asked: Asked, tmp_path: Path) -> None:
    path = made.written(tmp_path, "x.csv", b"name\r\nPalina Harbuzava\r\n")
    with asked.office.as_person(COORDINATOR) as session:
        for institution in ("", COMMITTEE):
            assert _refused(lambda to=institution: _keep(session, path, to)) is Code.FILE_HAS_TO_CHANGE  # type: ignore[misc]
        fine = made.written(tmp_path, "y.csv", b"name\r\nSiarhei Zhawnyarovich\r\n")
        report = _report(session, _keep(session, fine, COMMITTEE))
        assert (report.carried, report.report_kind) == ((asked.open,), "elsewhere_institution")


def test_what_was_withdrawn_after_it_was_kept_stops_it(asked: Asked, tmp_path: Path) -> None:
    path = made.written(tmp_path, "x.docx", made.word(_PAGE))
    with asked.office.as_person(COORDINATOR) as session:
        draft = _keep(session, path)
        mother = _mother(session, asked)
        talk = {"channel": "signal", "verified_by": "call_back", "direction": "they_came"}
        no = AnswerDraft("name", "withdrawn", "public", ())
        session.consent.record(RecordConversation(mother, talk, (no,)))
    with asked.office.as_person(OFFICER) as session:
        approve = ApproveReport(draft, tmp_path / "out")
        assert _refused(lambda: session.approval.approve(approve)) is Code.REPORT_CHANGED
    assert not (tmp_path / "out").exists()


def test_a_relative_who_came_in_since_is_found_by_the_second_person(asked: Asked, tmp_path: Path) -> None:
    path = made.written(tmp_path, "x.docx", made.word(_PAGE, "Taisija Dubrouskaja wrote to us."))
    with asked.office.as_person(COORDINATOR) as session:
        draft = _keep(session, path)
        values = {"relation": "sister", "whereabouts": "outside"}
        session.relatives.add(AddRelative(asked.open, values, {"full_name": "Таісія Дуброўская"}))
    with asked.office.as_person(OFFICER) as session:
        assert session.approval.search_names(draft).found
        approve = ApproveReport(draft, tmp_path / "out", _judged(session, draft))
        assert _refused(lambda: session.approval.approve(approve)) is Code.REPORT_NAME_FOUND
        session.approval.send_back(draft, "Somebody is named.")
    with asked.office.as_person(COORDINATOR) as session:
        session.reports.drop(draft)
        assert _refused(lambda: session.file_drafts.look(draft)) is Code.NOT_FOUND


def test_calling_back_finds_it_and_a_recipient_gets_it_locked(asked: Asked, tmp_path: Path) -> None:
    path = made.written(tmp_path, "x.docx", made.word(_PAGE))
    key = x25519.Identity.generate()
    with asked.office.as_person(COORDINATOR) as session:
        values = {"name": COMMITTEE, "audience": "named_institution", "lock": str(key.to_public())}
        committee = session.recipients.save(SaveRecipient(values)).id
        draft = _keep(session, path, COMMITTEE)
        assert _report(session, draft).recipients == (committee,)
    with asked.office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(draft, tmp_path / "out", _judged(session, draft)))
        assert [one.suffix for one in (tmp_path / "out").iterdir()] == [".age"]
        mother = _mother(session, asked)
        journey = session.withdrawing.look(Withdraw(mother, ("name",)))
    assert draft in {one.id for one in journey.reports}
    assert committee in {note.recipient for note in journey.notes}


def _edited(content: bytes, change: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document(io.BytesIO(content))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_report_of_ours_that_was_edited_says_what_changed(asked: Asked, tmp_path: Path) -> None:
    with asked.office.as_person(COORDINATOR) as session:
        made_here = MakeReport("newsletter", "en", ("docx",), prisoners=(asked.open,))
        draft = session.reports.make(made_here).id
    with asked.office.as_person(OFFICER) as session:
        (path,) = session.approval.approve(
            ApproveReport(draft, tmp_path / "out", _judged(session, draft))
        ).paths
        number = _report(session, draft).number
        same = session.file_checks.check(CheckFile(path)).ours
        assert same is not None
        assert (same.number, same.same) == (number, True)

        def change(document: docx.document.Document) -> None:
            document.add_paragraph("Palina sends greetings.")
            for paragraph in document.paragraphs:
                for run in paragraph.runs:
                    run.text = run.text.replace("Siarhei Zhawnyarovich", "Siarhei Z.")

        edited = made.written(tmp_path, "edited.docx", _edited(path.read_bytes(), change))
        found = session.file_checks.check(CheckFile(edited)).ours
        assert found is not None
        assert (found.number, found.same, found.unknown) == (number, False, 0)
        new = " ".join(text for _place, text in found.new)
        assert "Palina sends greetings." in new
        assert "Z." in new
        assert found.gone == ("Siarhei Zhawnyarovich",)
        rest = new.replace("Palina sends greetings.", "").replace("Siarhei Z.", "").strip()
        assert rest == "", "what stood there before is not new"
    with asked.office.as_person(REPORTS) as session:
        found = session.file_checks.check(CheckFile(edited)).ours
        assert found is not None
        assert (found.gone, found.gone_count) == ((), 1)


def test_names_we_put_into_a_report_are_known_there_and_nowhere_else(asked: Asked, tmp_path: Path) -> None:
    with asked.office.as_person(COORDINATOR) as session:
        add_prisoner(session, given_name="Viktar")  # of the same family name, and nobody asked
        draft = session.reports.make(MakeReport("newsletter", "en", ("docx",), prisoners=(asked.open,))).id
        report = _report(session, draft)
        content = session.reports.content(draft, "docx")
        kept = _edited(content, lambda document: document.add_paragraph("It will be warm in May."))
        more = _edited(content, lambda document: document.add_paragraph("Zhawnyarovich was there, too."))
        told = [
            {
                one.what
                for one in session.file_checks.check(CheckFile(made.written(tmp_path, name, data))).found
            }
            for name, data in (("kept.docx", kept), ("more.docx", more))
        ]
    assert report.carried == (asked.open,)
    assert "may_be_name" not in told[0]
    assert "may_be_name" in told[1]
