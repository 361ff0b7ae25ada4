"""Protects: a list says afterwards, line by line, what it did and what it left; never a cell of it."""

from __future__ import annotations

from pathlib import Path

from app.intake.staged import Reading
from app.services.prisoners import EditPrisoner
from tests.canaries import RELATIVE_PHONE
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import COORDINATOR, REPORTS, Office


def test_new_changed_refused_doubtful_and_remarks_are_listed(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "a.csv", HELD), SOURCE))
        rows = [
            row(1, "Anton Iodkauuk", birthday="1981-05-15"),
            row(2, "Hleb Ziaziuluk", prison="SIZO-1; Minsk"),
            row(7, "Maksim Ramonchyk", birthday="1990-02-30", comment=RELATIVE_PHONE),
            row(8, "", comment=RELATIVE_PHONE),
            row(7, "Iryna Kapuscich"),
        ]
        run = session.intake.commit(session.intake.look(write_list(tmp_path / "b.csv", rows), SOURCE)).id
        report = session.intake.report(run)
        told = [(line.reading, line.name.partition(" · ")[0], line.row, line.said) for line in report.lines]
        assert (Reading.NEW, "Ramonchyk, Maksim", None, ()) in told
        assert (Reading.CHANGED, "Iodkauuk, Anton", None, ("Born",)) in told
        refused = [line for line in report.lines if line.reading is Reading.REFUSED]
        doubtful = [line for line in report.lines if line.reading is Reading.DOUBTFUL]
        assert ([line.row for line in refused], [line.row for line in doubtful]) == ([5], [6])
        assert all(line.said for line in (*refused, *doubtful))
        remarked = [line for line in report.lines if line.reading is Reading.NEW and line.row == 4]
        assert remarked[0].said
        assert RELATIVE_PHONE not in repr(report)
    with office.as_person(REPORTS) as session:
        assert len(session.intake.report(run).lines) == len(report.lines)


def test_later_work_changes_no_report(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        run = session.intake.commit(session.intake.look(write_list(tmp_path / "a.csv", HELD), SOURCE)).id
        before = [line.id for line in session.intake.report(run).lines]
        found = session.prisoners.rows()[0]
        session.prisoners.edit(EditPrisoner(found.id, found.version, {"occupation": "baker"}))
        assert [line.id for line in session.intake.report(run).lines] == before
        session.intake.take_back(run)
        after = session.intake.report(run)
        assert len([line for line in after.lines if not line.prisoner]) >= 2  # taken away, told so
