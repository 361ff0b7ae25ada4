"""Protects: an approval for three months covers what the second person saw, and nothing slipped in later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.progress import at_once
from app.domain.report import Report, TextBlock
from app.domain.series import ReportSeries, last_day
from app.domain.source import Facility
from app.services.approval import ApproveReport
from app.services.consent import AnswerDraft, CountersignAnswer, RecordConversation
from app.services.facilities import SaveFacility
from app.services.people import AddPerson
from app.services.prisoners import EditPrisoner
from app.services.reports import MakeReport
from app.services.role_changes import ChangeRoles
from app.services.series_cover import Gap
from tests.hostile.insider import TALK, add_by_hand, agreed, person_named, save_by_hand
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, an_office, code_of

NINA: Final = "silver anchor forest marble kettle orchid"
WORDS: Final = (TextBlock("paragraph", "They wait for letters, as Jana Kavalenka wrote."),)
NEWS: Final = MakeReport("newsletter", "en", ("pdf", "docx"), texts=WORDS)


@attrs.frozen
class Approved:
    """A newsletter that left and may for three months: three by a list, one because a mother agreed."""

    office: Office
    report: str
    series: str
    prisoner: str
    mother: str

    def copied(self, folder: Path) -> Approved:
        return attrs.evolve(self, office=self.office.copied(folder / "casefile"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Approved:
    folder = tmp_path_factory.mktemp("series")
    office = an_office(folder / "casefile")
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(folder / "list.csv", HELD), SOURCE))
    for passphrase in (COORDINATOR, OFFICER):
        with office.as_person(passphrase) as session:
            session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(OFFICER) as session, pytest.raises(KnownError) as waits:
        session.people.add(AddPerson("Nina P.", ("officer",), NINA))
    with office.as_person(COORDINATOR) as session:
        session.people.confirm(waits.value.ids[0], granted=True)
    prisoner, mother = agreed(office)
    report = _make(office, COORDINATOR)
    with office.as_person(NINA) as session:
        session.approval.approve(ApproveReport(report, folder / "first"))
        series = session.series.begin(report).id
    return Approved(office, report, series, prisoner, mother)


@pytest.fixture
def approved(made: Approved, tmp_path: Path) -> Approved:
    return made.copied(tmp_path)


def _make(office: Office, passphrase: str, **other: Any) -> str:
    with office.as_person(passphrase) as session:
        return session.reports.make(attrs.evolve(NEWS, **other)).id


def _leaves(approved: Approved, report: str, out: Path, passphrase: str = COORDINATOR) -> Code | None:
    """Why it does not leave with the series; None where it did."""
    try:
        with approved.office.as_person(passphrase) as session:
            session.approval.leave_by_series(ApproveReport(report, out))
    except KnownError as error:
        assert not list(out.glob("*"))
        return code_of(error)
    assert list(out.glob("*"))
    return None


def _gaps(approved: Approved, report: str, passphrase: str = COORDINATOR) -> set[Gap]:
    with approved.office.as_person(passphrase) as session:
        look = session.series.look(report)
        assert look.row is not None
        assert look.covers is not bool(look.missing)
        return {one.gap for one in look.missing}


def _refused(approved: Approved, out: Path, *gaps: Gap, **other: Any) -> None:
    report = _make(approved.office, COORDINATOR, **other)
    assert _gaps(approved, report) == set(gaps)
    assert _leaves(approved, report, out) is Code.REPORT_NOT_APPROVED


def _agree(approved: Approved, *answers: AnswerDraft) -> None:
    with approved.office.as_person(COORDINATOR) as session:
        session.consent.record(RecordConversation(approved.mother, TALK, answers))
    with approved.office.as_person(OFFICER) as session:
        for one in session.consent.waiting():
            session.consent.countersign(CountersignAnswer(one.id, one.part, granted=True))


def test_the_same_leaves_searched_by_its_maker_without_a_second_person(
    approved: Approved, tmp_path: Path
) -> None:
    report = _make(approved.office, COORDINATOR)
    assert _gaps(approved, report) == set()
    assert _leaves(approved, report, tmp_path / "out") is None
    with approved.office.as_person(COORDINATOR) as session:
        kept = session.reports.kept(report).report
        assert (kept.state, kept.series) == ("done", approved.series)
        assert kept.approved_by == person_named(session, "Nina")
        assert kept.names_searched_by == session.person.id
    with approved.office.as_person(NINA) as session:
        assert not session.series.look(report).may_begin, "a series is not prolonged by what left with it"


def test_fewer_people_and_fewer_formats_are_covered(approved: Approved, tmp_path: Path) -> None:
    with approved.office.as_person(COORDINATOR) as session:
        said = (AnswerDraft("name", "refused"),)
        session.consent.record(RecordConversation(approved.mother, TALK, said))
    report = _make(approved.office, COORDINATOR, formats=("pdf",))
    assert _leaves(approved, report, tmp_path / "out") is None


def test_staff_without_the_key_wait_for_the_search(approved: Approved, tmp_path: Path) -> None:
    report = _make(approved.office, REPORTS)
    with approved.office.as_person(REPORTS) as session:
        look = session.series.look(report)
        assert look.covers
        assert not look.may_leave
    assert _leaves(approved, report, tmp_path / "out", REPORTS) is Code.NEEDS_DESK_KEY
    assert _leaves(approved, report, tmp_path / "out", COORDINATOR) is None


def test_a_new_person_needs_the_second_person(approved: Approved, tmp_path: Path) -> None:
    people = (*HELD, row(9, "Palina Harbuzava"))
    with approved.office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "new.csv", people), SOURCE))
    _refused(approved, tmp_path / "out", Gap.NEW_PEOPLE)


def test_people_swapped_one_by_one_under_their_records_are_new_words(
    approved: Approved, tmp_path: Path
) -> None:
    """The record stays, the name in it becomes somebody else's: no answer changes with it."""
    with approved.office.as_person(COORDINATOR) as session:
        version = session.prisoners.row(approved.prisoner).version
        change = {"family_name": "Harbuzau", "given_name": "Kiryl"}
        session.prisoners.edit(EditPrisoner(approved.prisoner, version, change))
    _refused(approved, tmp_path / "out", Gap.TYPED)


@pytest.mark.parametrize(
    "other",
    [
        {"texts": (TextBlock("paragraph", "They wait for letters, as Jana Kavalenka  wrote."),)},
        {"texts": (*WORDS, TextBlock("list", "And for parcels."))},
        {"texts": ()},
        {"title": "News of the month"},
    ],
)
def test_own_words_always_need_the_second_person(
    approved: Approved, tmp_path: Path, other: dict[str, Any]
) -> None:
    _refused(approved, tmp_path / "out", Gap.WORDS, **other)


def test_another_language_format_or_cover_is_another_report(approved: Approved, tmp_path: Path) -> None:
    _refused(approved, tmp_path / "out", Gap.KIND, formats=("html",))
    report = _make(approved.office, COORDINATOR, language="de")
    with approved.office.as_person(COORDINATOR) as session:
        assert session.series.look(report).row is None
    assert _leaves(approved, report, tmp_path / "out") is Code.REPORT_NOT_APPROVED


def test_a_new_field_of_somebody_needs_the_second_person(approved: Approved, tmp_path: Path) -> None:
    _agree(approved, AnswerDraft("case_detail", "given", "all_godparents"))
    _refused(approved, tmp_path / "out", Gap.FIELDS)


def test_who_said_no_and_yes_again_is_seen_anew(approved: Approved, tmp_path: Path) -> None:
    with approved.office.as_person(COORDINATOR) as session:
        said = (AnswerDraft("name", "refused"),)
        session.consent.record(RecordConversation(approved.mother, TALK, said))
    approved.office.clock.turn(days=2)
    _agree(approved, AnswerDraft("name", "given"))
    _refused(approved, tmp_path / "out", Gap.SAID_NO)


def test_words_of_a_place_are_somebodys_words(approved: Approved, tmp_path: Path) -> None:
    with approved.office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            place = reader.find(Facility)[0]
        values = {"name": "Ask for Jana"}
        session.facilities.save(SaveFacility(values, place.id, place.version))
    _refused(approved, tmp_path / "out", Gap.PLACES)


def test_a_relative_added_since_is_searched_for(approved: Approved, tmp_path: Path) -> None:
    """Her name stands in words the second person saw, when she was nobody's relative."""
    with approved.office.as_person(COORDINATOR) as session:
        add_mother(session, session.prisoners.rows()[0].id, full_name="Jana Kavalenka")
    report = _make(approved.office, COORDINATOR)
    assert _gaps(approved, report) == set()
    assert _leaves(approved, report, tmp_path / "out") is Code.REPORT_NAME_FOUND


def test_it_ends_on_the_last_day_and_a_clock_set_back_does_not_prolong_it(
    approved: Approved, tmp_path: Path
) -> None:
    clock = approved.office.clock
    clock.turn(days=(date(2027, 2, 22) - clock.last.date()).days)
    report = _make(approved.office, COORDINATOR)
    assert _gaps(approved, report) == set()
    clock.turn(days=1)
    assert _gaps(approved, report) == {Gap.OVER}
    assert _leaves(approved, report, tmp_path / "out") is Code.REPORT_NOT_APPROVED
    with approved.office.as_person(COORDINATOR) as session:
        session.reports.drop(report)
    clock.turn(days=-2)
    with approved.office.as_person(COORDINATOR) as session, pytest.raises(KnownError) as behind:
        session.reports.make(NEWS)
    assert code_of(behind.value) is Code.CLOCK_BEHIND


def test_a_draft_stands_three_days_as_any_other(approved: Approved, tmp_path: Path) -> None:
    report = _make(approved.office, COORDINATOR)
    approved.office.clock.turn(days=3, minutes=1)
    assert _leaves(approved, report, tmp_path / "out") is Code.REPORT_APPROVAL_ENDED


@pytest.mark.parametrize(
    ("approved_on", "ends"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2027, 1, 31), date(2027, 4, 30)),
        (date(2026, 12, 1), date(2027, 3, 1)),
    ],
)
def test_three_months_are_clipped_to_the_end_of_the_month(approved_on: date, ends: date) -> None:
    assert last_day(approved_on) == ends


def test_an_approver_who_is_no_officer_any_more_approves_nothing(approved: Approved, tmp_path: Path) -> None:
    with approved.office.as_person(OFFICER) as session:
        nina = person_named(session, "Nina")
        at_once(session.role_changes.changing(ChangeRoles(nina, ("reports",))))
    _refused(approved, tmp_path / "out", Gap.APPROVER_GONE)


def test_the_approver_makes_no_report_of_the_series(approved: Approved, tmp_path: Path) -> None:
    report = _make(approved.office, NINA)
    assert _gaps(approved, report) == {Gap.APPROVER_MADE_IT}
    assert _leaves(approved, report, tmp_path / "out", NINA) is Code.REPORT_NOT_APPROVED
    assert _leaves(approved, report, tmp_path / "out", COORDINATOR) is Code.REPORT_NOT_APPROVED


def test_anybody_who_makes_reports_may_end_it(approved: Approved, tmp_path: Path) -> None:
    with approved.office.as_person(REPORTS) as session:
        session.series.end(approved.series)
        assert session.series.rows()[0].ended_by == "Ida S."
        with pytest.raises(KnownError) as again:
            session.series.end(approved.series)
        assert code_of(again.value) is Code.ALREADY_DONE
    _refused(approved, tmp_path / "out", Gap.ENDED)


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [(COORDINATOR, Code.NOT_ALLOWED), (REPORTS, Code.NOT_ALLOWED), (OFFICER, Code.REPORT_NOT_APPROVED)],
)
def test_only_whoever_let_it_leave_may_approve_for_three_months(
    approved: Approved, passphrase: str, code: Code
) -> None:
    with approved.office.as_person(passphrase) as session:
        assert not session.series.look(approved.report).may_begin
        with pytest.raises(KnownError) as refused:
            session.series.begin(approved.report)
    assert code_of(refused.value) is code


def test_one_who_made_it_is_never_both(approved: Approved, tmp_path: Path) -> None:
    report = _make(approved.office, NINA)
    with approved.office.as_person(OFFICER) as session:
        session.approval.approve(ApproveReport(report, tmp_path / "theirs"))
    with approved.office.as_person(NINA) as session, pytest.raises(KnownError) as refused:
        session.series.begin(report)
    assert code_of(refused.value) is Code.SAME_PERSON_TWICE


def _longer(series: ReportSeries) -> ReportSeries:
    return attrs.evolve(series, until=date(2036, 1, 1))


def _more_people(series: ReportSeries) -> ReportSeries:
    return attrs.evolve(series, people=(*series.people, new_id()), told=(*series.told, "name=published"))


@pytest.mark.parametrize("change", [_longer, _more_people])
def test_a_series_written_again_counts_for_nothing(
    approved: Approved, tmp_path: Path, change: Callable[[ReportSeries], ReportSeries]
) -> None:
    """A maker with a program of their own prolongs an old approval, or puts people into it."""
    report = _make(approved.office, COORDINATOR)
    with approved.office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            series = reader.get(ReportSeries, approved.series)
        save_by_hand(session, change(series), Act.SERIES_APPROVED)
    assert _leaves(approved, report, tmp_path / "out") in (
        Code.ROW_NOT_IN_LOG,
        Code.REPORT_NOT_APPROVED,
        Code.LOG_BROKEN,
    )


def test_an_old_approval_replayed_under_a_new_id_counts_for_nothing(
    approved: Approved, tmp_path: Path
) -> None:
    """Copied whole, still naming who approved it; and one in the maker's own name."""
    approved.office.clock.turn(days=100)
    with approved.office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            old = reader.get(ReportSeries, approved.series)
        for by in (old.approved_by, session.person.id):
            fresh = attrs.evolve(
                old, id=RecordId(new_id()), version=0, approved_by=by, until=date(2036, 1, 1)
            )
            add_by_hand(session, fresh, Act.SERIES_APPROVED)
    report = _make(approved.office, COORDINATOR)
    assert _leaves(approved, report, tmp_path / "out") in (Code.ROW_NOT_IN_LOG, Code.REPORT_NOT_APPROVED)


def test_a_report_that_only_says_it_left_gets_no_series(approved: Approved) -> None:
    """A maker writes *done, approved by Nina* into their own row and waits for her to press the button."""
    report = _make(approved.office, COORDINATOR)
    with approved.office.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            kept = reader.get(Report, report)
        nina = person_named(session, "Nina")
        told = attrs.evolve(kept, state="done", approved_by=nina, approved_at=session.context.now())
        save_by_hand(session, told, Act.REPORT_DONE)
    with approved.office.as_person(NINA) as session:
        assert not session.series.look(report).may_begin
        with pytest.raises(KnownError) as refused:
            session.series.begin(report)
    assert code_of(refused.value) is Code.REPORT_NOT_APPROVED


def test_the_log_names_the_report_a_series_is_about(approved: Approved) -> None:
    with approved.office.as_person(OFFICER) as session:
        session.series.end(approved.series)
        acts = {one.act: one.about for one in session.log.rows()[:6]}
    assert acts["report.series_ended"] == acts["report.series_approved"] == "2026-001"
