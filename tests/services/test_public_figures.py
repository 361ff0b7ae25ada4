"""Protects: public figures tell no small group, keep what was published, and leave as two people let them."""

from __future__ import annotations

import csv
import io
import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

from app.domain.acts import Act
from app.domain.consent_audit import Period
from app.domain.errors import Code, KnownError
from app.domain.prisoner import Prisoner
from app.domain.report import Report
from app.reports.composed import ComposedReport, FigureTable
from app.reports.draft import make_files, write_one
from app.reports.kind_file import shipped_kind
from app.reports.kinds import FORMATS
from app.reports.sizes.quarters import quarters_over
from app.reports.verify import verify
from app.services.approval import ApproveReport
from app.services.composing import Wanted, compose_today
from app.services.consent import AnswerDraft, RecordConversation
from app.services.public_figures import for_checks, public_wanted
from app.services.reports import MakeReport
from app.services.session import Session
from tests.population import places, prisoners, put_in, set_free
from tests.services.command_line import Run
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, add_mother, another_office

SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
WINTER = Period(date(2026, 10, 1), date(2026, 12, 31))
SPRING = Period(date(2027, 1, 1), date(2027, 3, 31))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """240 people in custody, and their figures of the summer published."""
    office = another_office(tmp_path_factory.mktemp("figures") / "case")
    held_at = places()
    with office.as_person(COORDINATOR) as session:
        put_in(session, held_at)
        put_in(session, prisoners(random.Random(5), 240, held_at))
    office.clock.turn(days=1)
    _left(office, SUMMER)
    return office


@pytest.fixture
def published(town: Office, tmp_path: Path) -> Office:
    return town.copied(tmp_path / "case")


def _command(period: Period, language: str = "en", **more: Any) -> MakeReport:
    return attrs.evolve(MakeReport("public_figures", language, ("csv",), period=period), **more)


def _made(office: Office, command: MakeReport) -> str:
    with office.as_person(COORDINATOR) as session:
        return session.reports.make(command).id


def _approved(office: Office, report: str) -> dict[str, bytes]:
    with office.as_person(OFFICER) as session:
        found = session.approval.search_names(report)
        judged = frozenset(one.key for one in found.to_judge)
        out = office.folder.parent / f"out-{report[:8]}"
        written = session.approval.approve(ApproveReport(report, out, judged))
    return {path.suffix[1:]: path.read_bytes() for path in written.paths}


def _left(office: Office, period: Period, language: str = "en", **more: Any) -> dict[str, str]:
    """Figures by table, line and column, as they left."""
    file = _approved(office, _made(office, _command(period, language, **more)))["csv"]
    return {"|".join(record[:3]): record[3] for record in csv.reader(io.StringIO(file.decode("utf-8-sig")))}


def _turn_to(office: Office, day: date) -> None:
    then = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    office.clock.turn(seconds=(then - office.clock.last).total_seconds())


def _more_people(office: Office, number: int, begun: date) -> list[str]:
    with office.as_person(COORDINATOR) as session:
        held_at = places()
        put_in(session, held_at)
        new = prisoners(random.Random(number), number, held_at, begun)
        put_in(session, new)
        return [one.id for one in new]


def _refused(office: Office, command: MakeReport, who: str = COORDINATOR) -> Code:
    with office.as_person(who) as session, pytest.raises(KnownError) as refused:
        session.reports.make(command)
    return refused.value.code


@pytest.mark.parametrize("language", ["en", "de-CH", "ru", "pl"])
def test_every_format_passes_every_check_and_the_same_quarter_is_never_counted_twice(
    published: Office, language: str
) -> None:
    _more_people(published, 60, date(2022, 5, 1))
    report = _made(published, _command(SUMMER, language, formats=FORMATS))
    files = _approved(published, report)
    assert set(files) == set(FORMATS)
    with published.as_person(OFFICER) as session:
        kept = session.reports.get(report).report
        first = next(row.id for row in session.reports.rows() if row.number == "2026-001")
        assert kept.told == session.reports.get(first).report.told
    checks = {(one.check, one.file_format) for one in kept.checks}
    assert {("figures", each) for each in FORMATS} | {("attack", "pdf")} <= checks
    assert b"Kvetkavich" not in b"".join(files.values())


def test_history_holds_what_left_never_a_draft(published: Office) -> None:
    _turn_to(published, date(2027, 1, 5))
    _more_people(published, 80, date(2022, 5, 1))
    _made(published, _command(WINTER))
    _turn_to(published, date(2027, 4, 5))
    told = _left(published, SPRING)
    heads = {key.split("|")[2] for key in told if key.startswith("By age|")}
    assert heads == {"30 September 2026", "31 March 2027", "Share"}


def test_a_count_stays_a_table_stays_and_once_a_year_there_are_health_and_children(published: Office) -> None:
    _turn_to(published, date(2027, 1, 5))
    with published.as_person(COORDINATOR) as session, session.context.reading() as reader:
        people = [one.id for one in reader.find(Prisoner)]
    with published.as_person(COORDINATOR) as session:
        set_free(session, people[:4], date(2026, 11, 1))
    few = _left(published, WINTER)
    assert not any(key.startswith("By age|") and "December" in key for key in few), "four people left"
    assert few["Illness and disability|Illness or disability known to us|31 December 2026"] != "–"
    with published.as_person(COORDINATOR) as session:
        set_free(session, people[4:70], date(2027, 2, 1))
    _turn_to(published, date(2027, 4, 5))
    many = _left(published, SPRING)
    assert any(key.startswith("By age|") and key.endswith("31 March 2027") for key in many)
    assert not any(key.startswith("Illness") and "2027" in key for key in many)
    for key, value in few.items():
        assert not key.endswith("2026") or many.get(key, value) == value, "what was published stays"


def test_only_whole_quarters_that_are_over_and_none_behind_the_newest(published: Office) -> None:
    half = Period(date(2026, 7, 1), date(2026, 8, 31))
    spring = Period(date(2026, 4, 1), date(2026, 6, 30))
    for period in (half, spring):
        assert _refused(published, _command(period)) is Code.REPORT_QUARTER
    assert _refused(published, _command(WINTER)) is Code.INVALID_FIELD
    assert [one.last for one in quarters_over(date(2026, 9, 30), 2)] == [date(2026, 9, 30), date(2026, 6, 30)]
    assert quarters_over(date(2026, 9, 29), 1)[0].last == date(2026, 6, 30)


def test_without_the_keys_nobody_counts(published: Office) -> None:
    assert _refused(published, _command(SUMMER), REPORTS) is Code.NEEDS_DESK_KEY


def test_a_coarser_table_leaves_under_its_own_name(published: Office) -> None:
    _turn_to(published, date(2027, 1, 5))
    _more_people(published, 80, date(2022, 5, 1))
    with published.as_person(COORDINATOR) as session:
        looks = {one.key: one for one in session.reports.preview(_command(WINTER)).tables}
    assert looks["charges"].coarser == "Protests and words, or other articles"
    assert looks["sexes"].coarser == "Leave this table out"
    told = _left(published, WINTER, coarser=("charges:1", "sexes:1"))
    assert any(key.startswith("Protests and words, or other articles|Protests and words|") for key in told)
    assert not any(key.startswith("Women and men|") for key in told)
    bad = ("charges:9", "nothing:1", "charges", "charges:x")
    assert {_refused(published, _command(WINTER, coarser=(one,))) for one in bad} == {Code.INVALID_FIELD}


def test_figures_called_back_are_said_to_be_and_not_told_again(published: Office) -> None:
    with published.as_person(REPORTS) as session:
        report = next(row.id for row in session.reports.rows() if row.number == "2026-001")
        with pytest.raises(KnownError):
            session.reports.call_back(report, " ")
        saved = session.reports.call_back(report, "A list was counted twice.")
        assert saved.id == report
        with pytest.raises(KnownError) as twice:
            session.reports.call_back(report, "Again.")
        assert twice.value.code is Code.ALREADY_DONE
        assert session.log.rows()[0].act == Act.REPORT_CALLED_BACK
    assert _refused(published, _command(SUMMER)) is Code.REPORT_QUARTER
    _turn_to(published, date(2027, 1, 5))
    _more_people(published, 80, date(2022, 5, 1))
    with published.as_person(COORDINATOR) as session:
        made = _composed(session, _command(WINTER))
    assert "30 September 2026" in made.lead
    assert all("30 September 2026" not in table.columns for table in made.tables)


def _composed(session: Session, command: MakeReport) -> ComposedReport:
    with session.context.reading() as reader:
        return compose_today(session.context, reader, _wanted(session, command, reader.head()[0])).report


def _wanted(session: Session, command: MakeReport, entry: int) -> Wanted:
    kind, today = shipped_kind("public_figures"), session.context.today()
    return Wanted(
        kind, command.language, "2026-099", today, (), (), (), period=command.period, at_entry=entry
    )


def test_a_table_with_one_hidden_count_too_few_is_refused_by_the_words_of_its_cell(published: Office) -> None:
    _turn_to(published, date(2027, 1, 5))
    _more_people(published, 80, date(2022, 5, 1))
    kind = shipped_kind("public_figures")
    with published.as_person(COORDINATOR) as session, session.context.reading() as reader:
        before = for_checks(reader, kind, WINTER, "2026-099")
        report = compose_today(
            session.context, reader, _wanted(session, _command(WINTER), reader.head()[0])
        ).report
    table = next(one for one in report.tables if one.key == "periods")
    assert table.columns[-2] == "31 December 2026"
    worst = _with_cell(table, 0, "–")
    total = int(table.rows[-1].values[-2]) - sum(int(row.values[-2]) for row in table.rows[1:-1])
    less = str(int(table.rows[2].values[-2]) + total)
    bad = attrs.evolve(
        report, tables=tuple(_with_cell(worst, 2, less) if t is table else t for t in report.tables)
    )
    (checks,) = [
        {(one.check, one.where) for one in verify(files, bad, kind, write_one, published=before)}
        for files in [make_files(bad, ("csv",))]
    ]
    wrong = {check: where for check, where in checks if where}
    assert wrong == {"attack": "By when they were arrested: Up to 2021, 31 December 2026"}


def _with_cell(table: FigureTable, line: int, text: str) -> FigureTable:
    row = table.rows[line]
    shared = "–" if text == "–" else _share(int(text), int(table.rows[-1].values[-2]))
    values = (*row.values[:-2], text, shared)
    rows = (*table.rows[:line], attrs.evolve(row, values=values), *table.rows[line + 1 :])
    return attrs.evolve(table, rows=rows)


def _share(count: int, total: int) -> str:
    return f"{(200 * count + total) // (2 * total)} %"


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ("exact", "101", "figures"),
        ("small", "5", "figures"),
        ("history", "995", "figures"),
        ("share", "99 %", "figures"),
    ],
)
def test_a_count_that_may_not_stand_there_is_refused(
    published: Office, old: str, new: str, check: str
) -> None:
    kind = shipped_kind("public_figures")
    with published.as_person(COORDINATOR) as session, session.context.reading() as reader:
        before = for_checks(reader, kind, SUMMER, "2026-099")
        report = compose_today(
            session.context, reader, _wanted(session, _command(SUMMER), reader.head()[0])
        ).report
    ages = next(table for table in report.tables if table.key == "ages")
    row = ages.rows[1]
    values = (*row.values[:-1], new) if old == "share" else (*row.values[:-2], new, row.values[-1])
    bad_ages = attrs.evolve(ages, rows=(ages.rows[0], attrs.evolve(row, values=values), *ages.rows[2:]))
    bad = attrs.evolve(report, tables=tuple(bad_ages if t is ages else t for t in report.tables))
    found = verify(make_files(bad, ("csv",)), bad, kind, write_one, published=before)
    assert check in {one.check for one in found if not one.passed}


def test_whoever_refused_to_be_counted_is_not(published: Office) -> None:
    with published.as_person(COORDINATOR) as session, session.context.reading() as reader:
        person = next(iter(reader.find(Prisoner))).id
    _turn_to(published, date(2027, 1, 5))
    before = _counts(published)
    with published.as_person(COORDINATOR) as session:
        mother = add_mother(session, person)
        refused = AnswerDraft("statistics", "refused")
        session.consent.record(RecordConversation(mother, {"channel": "signal"}, (refused,)))
    after = _counts(published)
    assert before["sexes"] - after["sexes"] == 1


def _counts(office: Office) -> dict[str, int]:
    with office.as_person(COORDINATOR) as session, session.context.reading() as reader:
        wanted = _wanted(session, _command(WINTER), reader.head()[0])
        found = public_wanted(session.context, reader, wanted, WINTER).counts
    return {key: sum(rows.values()) for key, rows in found.items()}


def test_what_left_is_kept_as_it_was_told(published: Office) -> None:
    with published.as_person(REPORTS) as session, session.context.reading() as reader:
        (report,) = reader.find(Report, report_kind="public_figures")
    assert {one.on for one in report.told} == {date(2026, 9, 30)}
    assert all(one.value is None or one.value % 5 == 0 for one in report.told)


def test_the_command_line_says_what_is_hidden_and_calls_back(
    published: Office, tmp_path: Path, poruch: Run
) -> None:
    case, out = published.folder, tmp_path / "out"
    asked = ("report", case, "--kind", "public_figures", "--out", out)
    code, told, _wrong = poruch(COORDINATOR, *asked, "--quarter", "2026-3", "--coarser", "charges:1")
    assert code == 4
    assert "rows hidden" in told
    assert poruch(COORDINATOR, *asked, "--quarter", "2026-5")[0] == 2
    code, told, _wrong = poruch(COORDINATOR, "call-back", case, "2026-001", "--because", "Counted twice.")
    assert (code, told.strip()) == (0, "Called back. The next figures say so; tell whoever has these.")
    assert poruch(COORDINATOR, "call-back", case, "2026-777", "--because", "Counted twice.")[0] == 2
