"""Protects: what a list says of relatives lies in sealed records and nowhere else, whatever becomes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.errors import KnownError
from app.domain.source import Source
from tests.canaries import (
    NOTE,
    RELATIVE_HANDLE,
    RELATIVE_NAME,
    RELATIVE_PHONE,
    leaks_in,
    leaks_in_folder,
)
from tests.services.command_line import runner
from tests.services.office import COORDINATOR, REPORTS, Office
from tests.services.test_moving_in import HEADS, ROW, book

_TOLD = (*ROW[:4], f"{RELATIVE_PHONE}, {RELATIVE_HANDLE}", NOTE, f"так, {RELATIVE_NAME}", *ROW[7:])


def test_the_case_file_shows_nothing_of_a_family(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "l.csv", _TOLD)
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, "Office"))
    assert leaks_in_folder(office.folder) == {}
    with office.as_person(REPORTS) as session:
        open_rows = [session.prisoners.rows(), session.godparents.rows(), session.intake.runs()]
        seen = repr((open_rows, session.log.rows(), session.sources.rows()))
        assert leaks_in(seen) == []
        with session.context.reading() as reader:
            assert leaks_in(repr(reader.find(Source))) == []


def test_what_was_looked_at_prints_nothing_of_a_family(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "l.csv", _TOLD)
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, "Office")
        assert leaks_in(repr(looked.kins)) == []
        assert leaks_in(repr([row.problems for row in looked.preview.rows])) == []
        assert leaks_in(repr([row.read.kin for row in looked.preview.rows])) == []


def test_the_report_of_a_run_names_nobody(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = book(tmp_path / "l.csv", _TOLD), tmp_path / "report.json"
    done = runner(capsys)(COORDINATOR, "intake", office.folder, path, "--report", report, "--commit")
    assert done[0] == 0
    assert leaks_in(repr(done)) == []
    assert leaks_in(report.read_text(encoding="utf-8")) == []
    assert json.loads(report.read_text(encoding="utf-8"))["rows"] == 1


def test_a_list_that_fails_says_nothing_of_a_family(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "l.csv", _TOLD)
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, "Office")
        session.intake.commit(looked)
        with pytest.raises(KnownError) as failed:
            session.intake.commit(looked)
        assert leaks_in(repr(failed.value)) == []


def test_a_name_in_a_family_column_is_never_a_prisoners(office: Office, tmp_path: Path) -> None:
    heads = [*HEADS]
    heads[3] = "family name and phone"
    with office.as_person(COORDINATOR) as session:
        path = tmp_path / "l.csv"
        path.write_text(
            ",".join(heads) + "\n" + ",".join(("Anton Kot", "1980", "", RELATIVE_NAME)) + "\n", "utf-8"
        )
        session.intake.commit(session.intake.look(path, "Office"))
        assert leaks_in(repr(session.prisoners.rows())) == []
