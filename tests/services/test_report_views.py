"""Protects: what is shown before a report is kept is what will be kept, and showing keeps nothing."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from app.domain.consent_purposes import purposes
from app.domain.errors import Code, KnownError
from app.domain.progress import CancelToken
from app.reports.kind_file import shipped
from app.reports.kinds import Ground, ReportKind
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, RecordConversation
from app.services.log import LogFilter
from app.services.reports import MakeReport
from app.services.session import Session
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office, add_mother

PUBLIC = MakeReport("public_list", "en", ("pdf", "csv"))


def _bring_in(session: Session, folder: Path) -> None:
    people = (*HELD, row(4, "Uladzimir Volski", status="finished"))
    session.intake.commit(session.intake.look(write_list(folder / "list.csv", people), SOURCE))


@pytest.fixture
def trusted(office: Office, tmp_path: Path) -> Office:
    """A list is in and two people trust its source."""
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, tmp_path)
    for passphrase in (COORDINATOR, OFFICER):
        with office.as_person(passphrase) as session:
            session.sources.trust(session.sources.rows()[0].id)
    return office


def test_the_pages_shown_are_the_pages_kept(trusted: Office) -> None:
    with trusted.as_person(COORDINATOR) as session:
        shown = session.reports.preview(PUBLIC)
        assert session.reports.rows() == ()
        kept = session.reports.make(PUBLIC).id
        assert session.reports.content(kept, "pdf") == shown.pages
        report = session.reports.kept(kept).report
    assert (shown.number, shown.named, shown.figures_only) == (
        report.number,
        report.named,
        report.figures_only,
    )


def test_the_pages_of_nobody_are_refused_like_the_report(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, tmp_path)
        with pytest.raises(KnownError) as refused:
            session.reports.preview(PUBLIC)
    assert refused.value.code is Code.REPORT_CARRIES_NOBODY


def test_everybody_is_offered_with_how_they_would_stand(trusted: Office) -> None:
    with trusted.as_person(COORDINATOR) as session:
        people = {choice.name: choice for choice in session.reports.people("public_list")}
        seen = session.reports.preview(PUBLIC)
    assert len(people) == 4
    assert people["Iodkauuk, Anton"].ground is Ground.PUBLISHED
    assert not people["Volski, Uladzimir"].named
    assert sum(choice.named for choice in people.values()) == seen.named


@pytest.mark.parametrize("after", [1, 3, 6])
def test_stopping_the_making_keeps_nothing(trusted: Office, after: int) -> None:
    token, steps = CancelToken(), 0

    def stop(done: int, total: int, what: str) -> None:
        nonlocal steps
        steps += 1
        if steps == after:
            token.cancel()
        token.check()

    with trusted.as_person(COORDINATOR) as session:
        before = session.log.rows()[0].sequence
        with pytest.raises(KnownError) as stopped:
            session.reports.make(PUBLIC, stop)
        assert stopped.value.code is Code.CANCELLED
        assert session.reports.rows() == ()
        assert session.log.rows()[0].sequence == before


def test_a_second_yes_is_offered_to_whom_it_may_come_from(office: Office, tmp_path: Path) -> None:
    with office.as_person(REPORTS) as session:
        assert session.sources.waiting_for_me() == frozenset()
    with office.as_person(COORDINATOR) as session:
        _bring_in(session, tmp_path)
        source = session.sources.rows()[0].id
        session.sources.trust(source)
        assert session.sources.waiting_for_me() == frozenset()
    with office.as_person(REPORTS) as session:  # neither of the two may do it alone or with a second person
        assert session.sources.waiting_for_me() == frozenset()
    with office.as_person(OFFICER) as session:
        assert session.sources.waiting_for_me() == {source}
        session.sources.trust(source)
        assert session.sources.waiting_for_me() == frozenset()


@pytest.mark.parametrize("kind", shipped(), ids=lambda kind: str(kind.name))
def test_a_kind_asks_for_nothing_its_purpose_does_not_open(kind: ReportKind) -> None:
    """Else staff without the key, who see clearances, compose another report than the approver decides."""
    outside = [asked for asked in kind.decided() if asked.field not in purposes()[asked.purpose].fields]
    assert outside == []


def test_staff_without_the_key_show_the_status_the_approver_decides(office: Office, tmp_path: Path) -> None:
    people = (*HELD, row(5, "Ihar Viarbitski", status="died", prison="FALSE"))
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "list.csv", people), SOURCE))
        session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(OFFICER) as session:
        session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(REPORTS) as session:
        report = session.reports.make(PUBLIC).id
    with office.as_person(OFFICER) as session:
        assert session.approval.search_names(report).found == ()


def test_an_auditor_reads_the_number_of_a_report_and_never_its_title(trusted: Office) -> None:
    """A title is free text: somebody may write a family's name into it."""
    with trusted.as_person(COORDINATOR) as session:
        session.reports.make(attrs.evolve(PUBLIC, title="For Volski"))
        assert session.log.rows()[0].about == "2026-001, For Volski"
    with trusted.as_person(AUDITOR) as session:
        assert session.log.rows()[0].about == "2026-001"
        assert session.log.rows(LogFilter(words="volski")) == ()
        assert [row.act for row in session.log.rows(LogFilter(words="2026-001"))] == ["report.made"]


def test_without_the_key_nobody_is_counted_and_the_approver_finds_the_very_same_report(
    trusted: Office, tmp_path: Path
) -> None:
    """Figures of somebody who cannot know who refused to be counted were others than the approver's."""
    with trusted.as_person(COORDINATOR) as session:
        held = next(one for one in session.prisoners.rows() if "Volski" in one.name).id
        mother = add_mother(session, held)
        refused = AnswerDraft("statistics", "refused")
        session.consent.record(RecordConversation(mother, {"channel": "signal"}, (refused,)))
        known = session.reports.preview(PUBLIC)
        session.reports.drop(session.reports.make(PUBLIC).id)
    with trusted.as_person(REPORTS) as session:
        shown = session.reports.preview(PUBLIC)
        report = session.reports.make(PUBLIC).id
        kept = session.reports.kept(report).report
        rows = session.reports.content(report, "csv")
    assert known.in_figures
    assert not shown.in_figures
    assert kept.without_figures
    with trusted.as_person(OFFICER) as session:
        out = tmp_path / "out"
        out.mkdir()
        written = session.approval.approve(ApproveReport(report, out))
    assert next(path for path in written.paths if path.suffix == ".csv").read_bytes() == rows
