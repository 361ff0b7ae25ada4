"""Protects: whoever checks a file made elsewhere learns whom it names, as far as their key reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.errors import Code, KnownError
from app.domain.file_check import FileCheck
from app.domain.progress import Cancelled
from app.services.file_checks import CheckedFile, CheckFile
from app.services.session import Session
from tests.hostile import edited_files as made
from tests.hostile import smuggled_names as smuggled
from tests.services.command_line import runner
from tests.services.lists import HELD, SOURCE, row, write_list
from tests.services.office import (
    AUDITOR,
    COORDINATOR,
    OFFICER,
    REPORTS,
    Office,
    add_mother,
    add_prisoner,
    an_office,
)

MOTHER = {"full_name": "Taisija Dubrouskaja", "phones": ("+375 29 000 00 17",)}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A prisoner nobody asked about, and their mother."""
    made_office = an_office(tmp_path / "office")
    with made_office.as_person(COORDINATOR) as session:
        add_mother(session, add_prisoner(session), **MOTHER)
    return made_office


def _check(session: Session, tmp_path: Path, name: str, content: bytes, institution: str = "") -> CheckedFile:
    return session.file_checks.check(CheckFile(made.written(tmp_path, name, content), institution))


def _said(checked: CheckedFile, what: str) -> set[str]:
    return {one.said for one in checked.found if one.what == what}


def _everywhere() -> smuggled.Files:
    """Her name in plain sight, then wherever somebody would put it who wants it out."""
    return {
        "word": ("x.docx", made.word("Her name is Тaісію Дубровскую, they say.")),
        "word, deleted": ("x.docx", made.word("Taisija Dubrouskaja", change=made.tracked)),
        "sheet, two columns": ("x.xlsx", made.sheet(("Taisija", "Dubrouskaja", "Minsk"))),
        "csv": ("x.csv", b"given;family\r\nTaisija;Dubrouskaja\r\n"),
        "page, comment": ("x.html", b"<html><body><p>a</p><!-- Taisija Dubrouskaja --></body></html>"),
        "old letters": ("x.csv", "имя;фамилия\r\nТаисия;Дубровская\r\n".encode("cp1251")),
        "file name": ("Taisija Dubrouskaja.csv", b"a;b\r\n"),
        **smuggled.everything(str(MOTHER["full_name"])),
    }


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "html", "pdf"])
def test_a_mother_is_found_wherever_she_stands_by_who_holds_the_key(
    office: Office, tmp_path: Path, ending: str
) -> None:
    files = {where: file for where, file in _everywhere().items() if file[0].endswith(ending)}
    assert files
    missed: list[str] = []
    with office.as_person(OFFICER) as session:
        for where, (name, content) in files.items():
            checked = _check(session, tmp_path, name, content)
            assert checked.searched
            if "name" not in {one.what for one in checked.must_go}:
                missed.append(where)
    assert missed == []


def test_reports_staff_find_prisoners_and_are_told_that_relatives_were_not_searched_for(
    office: Office, tmp_path: Path
) -> None:
    content = made.word("Taisija Dubrouskaja is the mother of Siarhei Zhawnyarovich.")
    with office.as_person(REPORTS) as session:
        checked = _check(session, tmp_path, "x.docx", content)
    assert not checked.searched
    names = " ".join(_said(checked, "name")).casefold()
    assert "zhawnyarovich" in names
    assert "dubrouskaja" not in names, "who has no key must not learn who is a relative"


def test_what_a_key_holder_searched_is_told_to_whoever_checks_the_same_bytes_again(
    office: Office, tmp_path: Path
) -> None:
    content = made.word("Nobody is named here.")
    with office.as_person(OFFICER) as session:
        assert _check(session, tmp_path, "x.docx", content).before == ()
    with office.as_person(REPORTS) as session:
        (before,) = _check(session, tmp_path, "other name.docx", content).before
        assert (before.searched, before.names, before.by) == (True, 0, session.people.rows()[-1].id)
        assert _check(session, tmp_path, "x.docx", content + b" ").before == ()


def test_a_name_that_is_cleared_may_stand_and_her_namesake_is_for_a_person(
    office: Office, tmp_path: Path
) -> None:
    with office.as_person(COORDINATOR) as session:
        add_prisoner(session, family_name="Dubrouskaja", given_name="Taisija", anonymous=True)
        checked = _check(session, tmp_path, "x.docx", made.word("Dubrouskaja was there."))
    assert _said(checked, "may_be_name")
    assert not checked.must_go


def test_numbers_and_addresses_are_shown_for_a_person_to_judge(office: Office, tmp_path: Path) -> None:
    content = made.word("Write to us: office@example.org, +41 44 000 00 00, https://example.org/us")
    with office.as_person(REPORTS) as session:
        checked = _check(session, tmp_path, "x.docx", content)
    assert {"e-mail", "phone", "link"} <= {one.what for one in checked.to_look}
    with office.as_person(OFFICER) as session:
        hers = _check(session, tmp_path, "y.docx", made.word("Call +375 29 000 00 17."))
    assert "phone" in {one.what for one in hers.found}


def test_it_is_written_down_without_the_name_of_the_file_or_a_word_of_it(
    office: Office, tmp_path: Path
) -> None:
    with office.as_person(OFFICER) as session:
        checked = _check(session, tmp_path, "Taisija Dubrouskaja.csv", b"Taisija;Dubrouskaja\r\n")
        with session.context.reading() as reader:
            (row,) = reader.find(FileCheck)
        assert row.sha256 == checked.told.sha256
        assert row.names is not None
        assert row.names > 0
        assert session.log.rows()[0].act == Act.FILE_CHECKED.value
        assert "Dubrouskaja" not in repr(row) + repr(checked)


def test_an_auditor_checks_no_files(office: Office, tmp_path: Path) -> None:
    with office.as_person(AUDITOR) as session, pytest.raises(KnownError) as caught:
        _check(session, tmp_path, "x.csv", b"a;b\r\n")
    assert caught.value.code is Code.NOT_ALLOWED


def test_cancelled_at_any_step_nothing_is_written(office: Office, tmp_path: Path) -> None:
    path = made.written(tmp_path, "x.docx", made.word("Nobody is named here."))
    steps = 0

    def count(done: int, total: int, what: str) -> None:
        nonlocal steps
        steps += 1

    with office.as_person(OFFICER) as session:
        session.file_checks.check(CheckFile(path), count)
        for stop in range(1, steps, steps // 5):
            at = 0

            def cancel(done: int, total: int, what: str, stop: int = stop) -> None:
                nonlocal at
                at += 1
                if at == stop and done < total:
                    raise Cancelled

            before = session.log.rows()[0].sequence
            try:
                session.file_checks.check(CheckFile(path), cancel)
            except Cancelled:
                assert session.log.rows()[0].sequence == before


def test_the_command_line_says_where_and_never_who(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = runner(capsys)
    path = made.written(tmp_path, "x.docx", made.word("Taisija Dubrouskaja", change=made.tracked))
    code, out, _err = run(OFFICER, "check", office.folder, path)
    assert code == 5
    assert "paragraph 1" in out
    assert "ubrouskaja" not in out
    good = made.written(tmp_path, "y.docx", made.word("Nobody is named here."))
    code, out, _err = run(REPORTS, "check", office.folder, good)
    assert code == 0
    assert "Not searched for the names of relatives" in out


def test_our_own_list_of_names_is_not_drowned_in_names_that_may_stand(tmp_path: Path) -> None:
    """Two brothers, one of them cleared: only the other is told of, and whoever may be meant once."""
    office = an_office(tmp_path / "office")
    with office.as_person(COORDINATOR) as session:
        people = (*HELD, row(4, "Ihar Iodkauuk", status="finished"))
        session.intake.commit(session.intake.look(write_list(tmp_path / "list.csv", people), SOURCE))
        session.sources.trust(session.sources.rows()[0].id)
    with office.as_person(OFFICER) as session:
        session.sources.trust(session.sources.rows()[0].id)
        cleared = _check(session, tmp_path, "x.csv", b"a;b\r\nAnton;Iodkauuk\r\nIodkauuk, Anton;x\r\n")
        assert {one.what for one in cleared.found} == set()
        alone = _check(session, tmp_path, "y.csv", b"a;b\r\nIodkauuk;x\r\n")
        assert {one.what for one in alone.found} == {"may_be_name"}
        other = _check(session, tmp_path, "z.csv", b"a;b\r\nIhar;Iodkauuk\r\n")
        assert "name" in {one.what for one in other.must_go}
