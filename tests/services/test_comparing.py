"""Protects: two reports side by side say who and what is other, from the log, to whom may know it."""

from __future__ import annotations

import attrs
import pytest

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.report import TextBlock
from app.services.comparing import Compared, texts_moved
from app.services.consent import AnswerDraft, RecordConversation
from app.services.prisoners import EditPrisoner, PlaceHold
from app.services.reports import MakeReport
from app.services.session import Session
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_mother,
    an_office,
    code_of,
)

NEWS = MakeReport("newsletter", "en", ("pdf", "docx"), texts=(TextBlock("paragraph", "They wait."),))


@attrs.frozen
class _Two:
    office: Office
    before: str
    after: str


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> _Two:
    """A newsletter, and its successor: one is told otherwise, one gone by a no, one new; another text."""
    folder = tmp_path_factory.mktemp("comparing")
    office = an_office(folder / "casefile")
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(folder / "list.csv", HELD), SOURCE))
        session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(OFFICER) as session:
        session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(COORDINATOR) as session:
        before = session.reports.make(NEWS).id
        rows = sorted(session.prisoners.rows(), key=lambda one: one.name)
        year = {"detained_on": PartialDate(2019, 1)}
        session.prisoners.edit(EditPrisoner(rows[0].id, rows[0].version, year))
        mother = add_mother(session, rows[1].id)
        refused = (AnswerDraft("name", "refused"), AnswerDraft("contact", "refused"))
        session.consent.record(RecordConversation(mother, {"channel": "signal"}, refused))
        people = (*HELD, row(9, "Palina Harbuzava"))
        session.intake.commit(session.intake.look(write_list(folder / "new.csv", people), SOURCE))
        texts = (TextBlock("paragraph", "They wait for letters."),)
        again = attrs.evolve(NEWS, again_of=before, texts=texts, formats=("pdf",))
        after = session.reports.make(again).id
    return _Two(office, before, after)


def _compared(two: _Two, session: Session) -> Compared:
    found = session.comparing.compare(two.after, two.before)
    assert (found.before.report.id, found.after.report.id) == (two.before, two.after), "the earlier one first"
    return found


def test_with_the_key_it_says_who_in_what_and_why(two: _Two) -> None:
    with two.office.as_person(COORDINATOR) as session:
        found = _compared(two, session)
        told = session.reports.get(two.after).since
    since = found.since
    assert since is not None
    assert since == told, "what Again told is what comparing tells"
    assert (len(since.new), len(since.gone), len(since.changed or ())) == (1, 1, 1)
    moved = {one.name: one for one in found.moved}
    changed = moved[(since.changed or ("",))[0]]
    assert [(one.label, one.before, one.after) for one in changed.columns or ()] == [
        ("Arrested", "2021", None)
    ]
    gone = moved[since.gone[0]]
    outcome = {one.purpose: (one.before, one.after) for one in gone.purposes}["name"]
    assert outcome[0] is not None
    assert outcome[0].allowed
    assert outcome[1] is not None
    assert not outcome[1].allowed
    assert [(one.new, one.block.text) for one in found.texts] == [
        (False, "They wait."),
        (True, "They wait for letters."),
    ]
    files = {one.file_format: bool(one.after) for one in found.files}
    assert files == {"pdf": True, "docx": False}


def test_without_the_key_neither_values_nor_reasons(two: _Two) -> None:
    with two.office.as_person(REPORTS) as session:
        found = _compared(two, session)
    assert not found.with_reasons
    assert not any(one.purposes for one in found.moved)
    columns = [column for one in found.moved for column in one.columns or ()]
    assert [(one.label, one.before, one.after) for one in columns] == [("Arrested", None, None)]


def test_who_may_not_read_reports_may_not_compare_them(two: _Two) -> None:
    with two.office.as_person(AUDITOR) as session, pytest.raises(KnownError) as refused:
        session.comparing.compare(two.before, two.after)
    assert code_of(refused.value) is Code.NOT_ALLOWED


def test_another_kind_and_the_same_report_are_refused(
    two: _Two, tmp_path_factory: pytest.TempPathFactory
) -> None:
    office = two.office.copied(tmp_path_factory.mktemp("other") / "casefile")
    with office.as_person(COORDINATOR) as session:
        other = session.reports.make(MakeReport("public_list", "en", ("csv",))).id
        for one in (other, two.before):
            with pytest.raises(KnownError) as refused:
                session.comparing.compare(two.before, one)
            assert code_of(refused.value) is Code.REPORTS_NOT_ALIKE


def test_a_value_is_told_only_where_the_fingerprint_of_the_row_agrees(
    two: _Two, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Who writes another fingerprint into a report makes it say nothing, never something else."""
    office = two.office.copied(tmp_path_factory.mktemp("marks") / "casefile")
    with office.as_person(COORDINATOR) as session:
        from app.domain.acts import Act
        from app.domain.report import Report

        with session.context.writing() as work:
            report = work.get(Report, two.before)
            work.save(attrs.evolve(report, marks=("0" * 64,) * len(report.marks)), report.version)
            work.commit(Act.REPORT_MADE)
        found = session.comparing.compare(two.before, two.after)
    assert found.since is not None
    assert len(found.since.changed or ()) == 2
    assert all(one.columns is None for one in found.moved if one.name in (found.since.changed or ()))


def test_a_stop_between_the_two_is_the_reason_told(
    two: _Two, tmp_path_factory: pytest.TempPathFactory
) -> None:
    office = two.office.copied(tmp_path_factory.mktemp("stop") / "casefile")
    with office.as_person(COORDINATOR) as session:
        carried = session.reports.kept(two.after).report.carried
        session.prisoners.place_hold(PlaceHold("prisoner", carried[0], "family_asked"))
        third = session.reports.make(attrs.evolve(NEWS, again_of=two.after)).id
        found = session.comparing.compare(two.after, third)
    (gone,) = (one for one in found.moved if one.prisoner == carried[0])
    assert {str(one.after.reason) for one in gone.purposes if one.after is not None} == {"stopped"}


def test_texts_that_only_moved_are_told_as_gone_and_new() -> None:
    one, two_, three = (TextBlock("paragraph", words) for words in ("a", "b", "c"))
    moved = texts_moved((one, two_, three), (two_, three, one))
    assert [(each.block.text, each.new) for each in moved] == [("a", False), ("a", True)]
    assert texts_moved((one, two_), (one, two_)) == ()
