"""Protects: the growth report tells the public figures exactly, in every format, and says what changed."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import attrs
import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from app.domain.acts import Act
from app.domain.consent_audit import Period
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.godparent import Godparent, GodparentAction, Godparenthood
from app.domain.ids import RecordId, new_id
from app.domain.report import Report
from app.reports.kinds import FORMATS
from app.services.approval import ApproveReport
from app.services.as_known import Then
from app.services.godparents import ChangeGodparenthood
from app.services.growth import programme_at
from app.services.quoting import SaveQuoted
from app.services.reports import MakeReport
from app.services.session import Session
from tests.programme import FIRST, LAST, QUOTED, SOURCE, programme, put_in
from tests.services.command_line import Run
from tests.services.office import AUDITOR, COORDINATOR, OFFICER, REPORTS, Office

_PUBLIC = {
    date(2021, 12, 31): 261,
    date(2022, 12, 31): 300,
    date(2023, 2, 28): 325,
    date(2023, 12, 31): 399,
    date(2025, 9, 30): 563,
}


@pytest.fixture
def counted(office: Office) -> Office:
    with office.as_person(OFFICER) as session:
        put_in(session, programme())
    return office


def _command(language: str = "en", last: date = LAST, formats: tuple[str, ...] = FORMATS) -> MakeReport:
    return MakeReport("growth", language, formats, period=Period(FIRST, last))


def _made(office: Office, command: MakeReport) -> str:
    with office.as_person(REPORTS) as session:
        return session.reports.make(command).id


def _left(office: Office, folder: Path, command: MakeReport) -> dict[str, bytes]:
    report = _made(office, command)
    with office.as_person(OFFICER) as session:
        found = session.approval.search_names(report)
        judged = frozenset(one.key for one in found.to_judge)
        written = session.approval.approve(ApproveReport(report, folder, judged))
    return {path.suffix[1:]: path.read_bytes() for path in written.paths}


def test_the_programme_has_the_public_figures(counted: Office) -> None:
    with counted.as_person(REPORTS) as session, session.context.reading() as reader:
        found = programme_at(reader, Then(reader, reader.head()[0]))
    people = {day: found.count(day)["people"] for day in _PUBLIC}
    assert people == _PUBLIC
    assert 100 < found.count(date(2020, 12, 31))["people"] < 261
    assert found.count(LAST)["people"] > 560
    assert found.count(LAST)["countries"] == 24
    assert found.count(date(2023, 12, 31))["godparenthoods"] == 399
    assert found.count(date(2024, 1, 12))["godparenthoods"] == 400
    dropped = found.count(date(2024, 7, 16))["godparenthoods_on_day"]
    assert dropped < found.count(date(2024, 7, 14))["godparenthoods_on_day"], "elections end mandates"


@pytest.mark.parametrize("language", ["en", "de", "be"])
def test_every_format_tells_them(counted: Office, tmp_path: Path, language: str) -> None:
    files = _left(counted, tmp_path / "out", _command(language))
    assert set(files) == set(FORMATS)
    records = list(csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    table = records[1][0]
    columns = list(dict.fromkeys(record[2] for record in records if record[0] == table))
    so_far = [int(record[3]) for record in records if record[0] == table and record[2] == columns[0]]
    assert so_far[1:4] == [261, 300, 399]
    assert so_far[0] == 107
    assert so_far[-1] == 563
    assert [int(r[3]) for r in records if r[0] == table and r[2] == columns[2]][-1] == 24
    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages)
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    first = [row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert first == so_far, "numbers, not texts"
    document = Document(io.BytesIO(files["docx"]))
    cells = [[cell.text for cell in row.cells] for one in document.tables for row in one.rows]
    html = files["html"].decode()
    for said in ("over 100", "over 560 politicians", SOURCE):
        assert said in " ".join(pages.split())
        assert any(said in row for row in cells)
        assert said in html
    for number in ("107", "261", "300", "399", "563", "24"):
        assert number in pages.split()
        assert any(number in row for row in cells)
        assert f">{number}</td>" in html


def test_quoted_figures_stand_beside_what_is_counted(counted: Office) -> None:
    report = _made(counted, _command(formats=("csv",)))
    with counted.as_person(REPORTS) as session:
        text = session.reports.content(report, "csv").decode("utf-8-sig")
    rows = [r for r in csv.reader(io.StringIO(text)) if r[0] == "Figures others gave"]
    ours = {r[1]: r[3] for r in rows if r[2] == "Counted here"}
    said = {r[1]: r[3] for r in rows if r[2] == "In the words of the source"}
    assert len(said) == len(QUOTED)
    assert said["Godparents so far, 31 December 2020"] == "over 100"
    assert ours["Godparents so far, 31 December 2020"] == "107"
    assert ours["Godparents so far, February 2023"] == "325"
    assert ours["Countries, 30 September 2025"] == "24"
    assert ours["Political prisoners, March 2023"] == "–"


def test_a_report_keeps_what_it_told_and_the_next_says_what_changed(counted: Office, tmp_path: Path) -> None:
    _left(counted, tmp_path / "first", _command(formats=("csv",)))
    with counted.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            people = {str(one.id): one for one in reader.find(Godparent)}
            early = sorted(
                (one for one in reader.find(Godparenthood) if one.since and one.since.last.year == 2021),
                key=lambda one: one.id,
            )
        later = attrs.evolve(people[early[0].godparent or ""], id=RecordId(new_id()), version=0)
        another = attrs.evolve(early[0], id=RecordId(new_id()), godparent=later.id, version=0)
        with session.context.writing() as work:
            for one in (later, another, attrs.evolve(another, id=RecordId(new_id()))):
                work.add(one)
            session.context.finish(work.commit(Act.GODPARENT_ADDED), later.id, Act.GODPARENT_ADDED)
        wrong = early[1]
        session.godparents.change(
            ChangeGodparenthood(wrong.id, wrong.version, {"since": PartialDate(2022, 1, 5)})
        )
    rows = _restated(counted)
    assert rows["Godparenthoods so far, 31 December 2021"] == [
        "261 in report 2026-001",
        "262",
        "2 more recorded later; 1 fewer by corrections",
    ]
    assert "Godparents so far, 31 December 2021" not in rows, (
        "one more and one fewer: the figure is told the same"
    )
    assert rows["Godparenthoods so far, 31 December 2022"][1:] == ["302", "2 more recorded later"]
    _left(counted, tmp_path / "second", _command(formats=("csv",)))
    assert _restated(counted) == {}, "the newest word is the one that counts"


def _restated(office: Office) -> dict[str, list[str]]:
    report = _made(office, _command(formats=("csv",)))
    with office.as_person(REPORTS) as session:
        text = session.reports.content(report, "csv").decode("utf-8-sig")
        session.reports.drop(report)
    found: dict[str, list[str]] = {}
    for record in csv.reader(io.StringIO(text)):
        if record[0] == "Told differently before":
            found.setdefault(record[1], []).append(record[3])
    return found


def test_what_is_recorded_after_it_was_made_does_not_change_it(counted: Office, tmp_path: Path) -> None:
    report = _made(counted, _command(formats=("pdf",)))
    with counted.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            early = [one for one in reader.find(Godparenthood) if one.since and one.since.last.year < 2024]
            one = next(one for one in early if one.state == "active")
        values = {"state": "ended", "ended_on": PartialDate(2024, 5, 5), "reason": "moved_on"}
        session.godparents.change(ChangeGodparenthood(one.id, one.version, values))
    with counted.as_person(OFFICER) as session:
        found = session.approval.search_names(report)
        judged = frozenset(each.key for each in found.to_judge)
        written = session.approval.approve(ApproveReport(report, tmp_path / "out", judged))
    assert len(written.paths) == 1


def test_maker_and_approver_are_two_and_the_auditor_makes_none(counted: Office, tmp_path: Path) -> None:
    with counted.as_person(OFFICER) as session:
        mine = session.reports.make(_command(formats=("pdf",))).id
        with pytest.raises(KnownError) as caught:
            session.approval.approve(ApproveReport(mine, tmp_path / "out"))
        assert caught.value.code is Code.SAME_PERSON_TWICE
    with counted.as_person(AUDITOR) as session:
        with pytest.raises(KnownError) as caught:
            session.reports.make(_command())
        assert caught.value.code is Code.NOT_ALLOWED


def _save(session: Session, **more: object) -> str:
    values = {"measure": "people", "said": "over 90", "on": PartialDate(2020, 11), "source": SOURCE, **more}
    return session.quoting.save(SaveQuoted(values)).id


def test_a_quoted_figure_is_written_changed_left_out_and_undone(office: Office) -> None:
    with office.as_person(REPORTS) as session:
        one = _save(session)
        session.quoting.save(SaveQuoted({"said": "over 95"}, one, 1))
        session.quoting.save(SaveQuoted({"left_out": True}, one, 2))
        assert [(row.said, row.left_out) for row in session.quoting.rows()] == [("over 95", True)]
        session.undo.undo()
        session.undo.undo()
        assert [(row.said, row.left_out) for row in session.quoting.rows()] == [("over 90", False)]
        _save(session, said="over 91")
        session.undo.undo()
        assert [row.said for row in session.quoting.rows()] == ["over 90"]
        with session.context.reading() as reader:
            assert all(entry.person == session.context.me for entry in [reader.entry(reader.head()[0])])
    with office.as_person(AUDITOR) as session:
        with pytest.raises(KnownError) as caught:
            _save(session)
        assert caught.value.code is Code.NOT_ALLOWED


@pytest.mark.parametrize("gap", ["measure", "said", "on", "source"])
def test_a_quoted_figure_without_source_or_day_is_refused(office: Office, gap: str) -> None:
    with office.as_person(REPORTS) as session:
        with pytest.raises(KnownError) as caught:
            _save(session, **{gap: None if gap == "on" else ""})
        assert caught.value.code in (Code.INVALID_FIELD, Code.UNKNOWN_TERM)
        assert session.quoting.rows() == ()


def test_only_figures_up_to_the_last_day_and_not_left_out_are_told(counted: Office) -> None:
    with counted.as_person(REPORTS) as session:
        rows = {row.said: row for row in session.quoting.rows()}
        over = rows["over 100"]
        session.quoting.save(SaveQuoted({"left_out": True}, over.id, over.version))
        report = session.reports.make(_command(last=date(2022, 6, 30), formats=("csv",))).id
        text = session.reports.content(report, "csv").decode("utf-8-sig")
        kept = session.reports.kept(report).report
    rows_told = [r for r in csv.reader(io.StringIO(text)) if r[0] == "Figures others gave"]
    assert {r[3] for r in rows_told if r[2] == "In the words of the source"} == {"261"}
    assert isinstance(kept, Report)
    told = {(one.measure, one.on): one.value for one in kept.told}
    assert told[("people", date(2021, 12, 31))] == 261


def test_an_action_for_nobody_in_particular_keeps_all_of_theirs_active() -> None:
    from app.domain.growth import programme_of

    person = Godparent(RecordId("1"), family_name="Member", country="DE")
    two = [
        Godparenthood(
            RecordId(f"g{n}"), prisoner=f"p{n}", godparent="1", state="accepted", since=PartialDate(2024, 3)
        )
        for n in range(2)
    ]
    act = GodparentAction(RecordId("a"), godparent="1", what="speech", on=date(2024, 4, 1))
    for action, active in ((act, 2), (attrs.evolve(act, prisoner="p1"), 1)):
        found = programme_of([person], two, [action])
        assert found.count(date(2024, 3, 30))["godparenthoods"] == 0, "not before the month is over"
        assert found.count(date(2024, 4, 1))["active"] == active
        assert found.count(date(2025, 4, 1))["active"] == 0


def test_figures_of_others_on_the_command_line(office: Office, poruch: Run) -> None:
    said = ("--what", "people", "--said", "over 100", "--as-of", "2020-12", "--source", "Invented review")
    assert poruch(REPORTS, "figure", "add", office.folder, *said)[0] == 0
    change = ("figure", "change", office.folder)
    code, told, _wrong = poruch(REPORTS, "figure", "list", office.folder)
    assert (code, told) == (0, "1  Godparents so far, December 2020: over 100 · Invented review\n")
    assert poruch(REPORTS, *change, "1", "--said", "over 101", "--leave-out")[0] == 0
    assert "over 101 · Invented review · not in reports" in poruch(REPORTS, "figure", "list", change[2])[1]
    assert poruch(REPORTS, *change, "2", "--take-in")[0] == 2
    assert poruch(REPORTS, "figure", "add", office.folder, *said[:5], "soon", *said[6:])[0] == 3
    assert poruch(REPORTS, "figure", "add", office.folder, *said[:7], "")[0] == 2
    assert poruch(AUDITOR, "figure", "list", office.folder)[0] == 3


def test_again_tells_both_people_how_many_figures_are_told_differently(
    counted: Office, tmp_path: Path
) -> None:
    _left(counted, tmp_path / "out", _command(formats=("csv",)))
    with counted.as_person(REPORTS) as session:
        first = session.reports.rows()[0].id
        command = attrs.evolve(_command(formats=("csv",)), again_of=first)
        same = session.reports.preview(command).since
    with counted.as_person(COORDINATOR) as session:
        with session.context.reading() as reader:
            early = [one for one in reader.find(Godparenthood) if one.since and one.since.last.year == 2021]
        change = ChangeGodparenthood(early[0].id, early[0].version, {"since": PartialDate(2022, 1, 5)})
        session.godparents.change(change)
    with counted.as_person(REPORTS) as session:
        again = session.reports.make(command).id
        since = session.reports.get(again).since
    assert same is not None
    assert since is not None
    assert (same.number, same.figures) == ("2026-001", 0)
    assert since.figures is not None
    assert since.figures >= 2, "people and godparenthoods so far at the end of 2021"
