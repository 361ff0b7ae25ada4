"""Protects: a report leaves only decided, checked, searched and approved by another, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from app.domain.errors import Code, KnownError
from app.domain.public_texts import PublicText
from app.domain.report import Report, TextBlock
from app.services.approval import ApproveReport
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.reports import MakeReport
from app.services.session import Session
from app.services.stamps import unstamped
from tests.canaries import RELATIVE_NAME
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother

PUBLIC = MakeReport("public_list", "en", ("pdf", "docx", "xlsx", "csv"))


@pytest.fixture
def listed(office: Office, tmp_path: Path) -> Office:
    """A list is in; nobody trusts its source yet."""
    path = write_list(tmp_path / "list.csv", HELD)
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, SOURCE))
    return office


@pytest.fixture
def trusted(listed: Office) -> Office:
    """Two people trust the source."""
    for passphrase in (COORDINATOR, OFFICER):
        with listed.as_person(passphrase) as session:
            session.sources.trust(session.sources.rows()[0].id)
    return listed


def _make(office: Office, command: MakeReport = PUBLIC, passphrase: str = COORDINATOR) -> str:
    with office.as_person(passphrase) as session:
        return session.reports.make(command).id


def _code(session: Session, report: str, out: Path) -> Code:
    with pytest.raises(KnownError) as refused:
        session.approval.approve(ApproveReport(report, out))
    assert not list(out.glob("*"))
    return refused.value.code


def test_an_untrusted_list_carries_nobody(listed: Office) -> None:
    with pytest.raises(KnownError) as refused:
        _make(listed)
    assert refused.value.code is Code.REPORT_CARRIES_NOBODY


def test_one_person_alone_does_not_make_a_source_trusted(listed: Office) -> None:
    with listed.as_person(COORDINATOR) as session:
        source = session.sources.rows()[0].id
        assert session.sources.trust(source).waits
        with pytest.raises(KnownError) as twice:
            session.sources.trust(source)
        assert twice.value.code is Code.SAME_PERSON_TWICE
    with pytest.raises(KnownError):
        _make(listed)


def test_a_trusted_list_carries_every_adult_it_recognises_and_lists_as_held(
    trusted: Office, tmp_path: Path
) -> None:
    report = _make(trusted)
    out = tmp_path / "out"
    with trusted.as_person(OFFICER) as session:
        written = session.approval.approve(ApproveReport(report, out))
    assert sorted(path.suffix for path in written.paths) == [".csv", ".docx", ".pdf", ".xlsx"]
    text = "".join(page.extract_text() for page in PdfReader(out / "2026-001-public-list-en.pdf").pages)
    assert all(name in text for name in ("Iodkauuk", "Ziaziuluk", "Krapiuuk"))


def test_whom_the_list_does_not_recognise_as_held_is_not_published(office: Office, tmp_path: Path) -> None:
    rows = (
        *HELD,
        row(4, "Palina Harbuzava", declaration="FALSE"),
        row(5, "Kiryl Vuhaluk", died="2023-04-28"),
        row(6, "Iahor Paliavitsanski", status="former", declaration="FALSE", died="2023-05-26"),
        row(7, "Raman Sasnouski", status="former"),
    )
    path = write_list(tmp_path / "list.csv", rows)
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, SOURCE))
    for passphrase in (COORDINATOR, OFFICER):
        with office.as_person(passphrase) as session:
            session.sources.trust(session.sources.rows()[0].id)
    report = _make(office)
    with office.as_person(OFFICER) as session:
        assert session.reports.get(report).report.named == len(HELD)
        (out,) = (path for path in _approved(session, report, tmp_path / "out") if path.suffix == ".csv")
    text = out.read_text(encoding="utf-8-sig")
    assert "Iodkauuk" in text
    assert not [name for name in ("Harbuzava", "Vuhaluk", "Paliavitsanski", "Sasnouski") if name in text]


def _approved(session: Session, report: str, out: Path) -> tuple[Path, ...]:
    return session.approval.approve(ApproveReport(report, out)).paths


def test_the_maker_does_not_approve(trusted: Office, tmp_path: Path) -> None:
    report = _make(trusted, passphrase=OFFICER)
    with trusted.as_person(OFFICER) as session:
        assert _code(session, report, tmp_path / "out") is Code.SAME_PERSON_TWICE


def test_a_coordinator_does_not_approve(trusted: Office, tmp_path: Path) -> None:
    report = _make(trusted, passphrase=OFFICER)
    with trusted.as_person(COORDINATOR) as session:
        assert _code(session, report, tmp_path / "out") is Code.NOT_ALLOWED


def test_a_stop_after_making_keeps_the_report_here(trusted: Office, tmp_path: Path) -> None:
    report = _make(trusted)
    with trusted.as_person(REPORTS) as session:
        prisoner = session.prisoners.rows()[0].id
        session.prisoners.place_hold(PlaceHold("prisoner", prisoner, "danger"))
    with trusted.as_person(OFFICER) as session:
        assert _code(session, report, tmp_path / "out") is Code.REPORT_CHANGED


def test_ended_trust_keeps_the_report_here(trusted: Office, tmp_path: Path) -> None:
    report = _make(trusted)
    with trusted.as_person(OFFICER) as session:
        session.sources.end_trust(session.sources.rows()[0].id)
        assert _code(session, report, tmp_path / "out") is Code.REPORT_CHANGED


def test_an_approval_ends_after_three_days(trusted: Office, tmp_path: Path) -> None:
    report = _make(trusted)
    trusted.clock.turn(days=3, seconds=1)
    with trusted.as_person(OFFICER) as session:
        assert _code(session, report, tmp_path / "out") is Code.REPORT_APPROVAL_ENDED


def test_a_relatives_name_in_own_words_is_found(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(COORDINATOR) as session:
        add_mother(session, session.prisoners.rows()[0].id, full_name=RELATIVE_NAME)
    words = TextBlock("paragraph", f"We thank {RELATIVE_NAME.upper()} for her courage.")
    report = _make(trusted, MakeReport("public_list", "en", ("pdf", "docx"), texts=(words,)), REPORTS)
    with trusted.as_person(OFFICER) as session:
        found = session.approval.search_names(report)
        assert {hit.file_format for hit in found.found} == {"pdf", "docx"}
        assert _code(session, report, tmp_path / "out") is Code.REPORT_NAME_FOUND
        session.approval.send_back(report, "somebody is named")
    with trusted.as_person(REPORTS) as session:
        row = session.reports.rows()[0]
        assert (row.state, row.came_back_because) == ("came_back", "somebody is named")


def test_a_file_is_never_written_over(trusted: Office, tmp_path: Path) -> None:
    report = _make(trusted)
    out = tmp_path / "out"
    out.mkdir()
    taken = out / "2026-001-public-list-en.docx"
    taken.write_bytes(b"something of theirs")
    with trusted.as_person(OFFICER) as session:
        with pytest.raises(KnownError) as refused:
            session.approval.approve(ApproveReport(report, out))
        assert refused.value.code is Code.REPORT_FILE_EXISTS
        assert list(out.iterdir()) == [taken]
        assert taken.read_bytes() == b"something of theirs"
        assert session.reports.get(report).report.state == "checked"
        written = session.approval.approve(ApproveReport(report, tmp_path / "elsewhere"))
        assert len(written.paths) == 4


def test_what_left_is_in_the_ledger_and_its_bytes_are_not(trusted: Office, tmp_path: Path) -> None:
    report = _make(trusted)
    with trusted.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "out"))
        with session.context.reading() as reader:
            kept = reader.get(Report, report)
        assert kept.state == "done"
        assert all(len(file.sha256) == 64 and file.content is None for file in kept.files)
        with pytest.raises(KnownError):
            session.reports.content(report, "pdf")
        acts = [row.act for row in session.log.rows()][:3]
        assert acts == ["report.done", "report.leaving", "report.made"]
        assert session.log.verify().ok


def test_the_same_report_twice_has_the_same_bytes(trusted: Office) -> None:
    with trusted.as_person(COORDINATOR) as session:
        first = session.reports.make(PUBLIC).id
        bytes_first = session.reports.content(first, "csv")
        session.reports.drop(first)
        second = session.reports.make(PUBLIC).id
        assert session.reports.content(second, "csv") == bytes_first
        assert session.reports.get(second).report.number == "2026-002"


def test_reports_staff_compose_what_the_approver_decides(trusted: Office, tmp_path: Path) -> None:
    with trusted.as_person(OFFICER) as session:
        session.settle()
    report = _make(trusted, passphrase=REPORTS)
    with trusted.as_person(OFFICER) as session:
        assert len(session.approval.approve(ApproveReport(report, tmp_path / "out")).paths) == 4


def test_a_public_text_without_a_stamp_does_not_leave(trusted: Office) -> None:
    with trusted.as_person(COORDINATOR) as session:
        row = session.prisoners.rows()[0]
        summary = (PublicText("en", "Engineer, held since 2021."),)
        session.prisoners.edit(EditPrisoner(row.id, row.version, {"public_summary": summary}))
        texts = session.prisoners.get(row.id).texts
        with session.context.reading() as reader:
            assert unstamped(reader, texts) == frozenset()
    with trusted.as_person(REPORTS) as session:
        row = session.prisoners.row(row.id)
        summary = (PublicText("en", "Engineer, held since 2021. Reads a lot."),)
        values = {"public_summary": summary}
        session.prisoners.edit(EditPrisoner(row.id, row.version, values, texts.version))
        texts = session.prisoners.get(row.id).texts
        with session.context.reading() as reader:
            assert unstamped(reader, texts) == {"public_summary"}
