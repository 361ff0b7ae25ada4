"""Protects: what a person says of columns and tables is kept with the source, logged, and widens nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from app.domain.earlier_answer import EarlierAnswer
from app.domain.errors import Code, KnownError
from app.domain.source import Claim, ListRow, Source
from app.intake.how_read import HowRead
from app.intake.mapping import By, Target, Why
from app.intake.staged import Reading
from app.intake.table import Note
from app.services.intake import Looked
from app.services.session import Session
from app.services.taking_back import take_back
from tests.canaries import RELATIVE_PHONE
from tests.services.lists import SOURCE
from tests.services.office import COORDINATOR, REPORTS, Office

_LIST = f"id,Person A,What,mother's phone\n1,Anton Iodkauuk,teacher,{RELATIVE_PHONE}\n2,Hleb Ziaziuluk,,\n"


def _write(path: Path, text: str = _LIST) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _chosen(session: Session, path: Path) -> Looked:
    """A list none of whose heads names people, with a person's word for two columns."""
    opened = session.intake.open(path, SOURCE)
    part = session.intake.read_as(opened).parts[0]
    how = HowRead().with_columns({part.column_key(1): Target.NAME, part.column_key(2): Target.OCCUPATION})
    return session.intake.read_as(opened, how)


def _source(session: Session) -> Source:
    with session.context.reading() as reader:
        (found,) = reader.find(Source)
    return found


def test_a_list_without_known_heads_is_refused_until_a_person_names_the_names(
    office: Office, tmp_path: Path
) -> None:
    path = _write(tmp_path / "l.csv")
    with office.as_person(COORDINATOR) as session:
        with pytest.raises(KnownError) as refused:
            session.intake.look(path, SOURCE)
        assert refused.value.code is Code.LIST_NO_NAMES
        empty = session.intake.read_as(session.intake.open(path, SOURCE))
        assert (empty.preview.rows, Note.NO_NAMES in empty.preview.notes) == ((), True)
        with pytest.raises(KnownError) as nothing:
            session.intake.commit(empty)
        assert nothing.value.code is Code.LIST_NO_NAMES
        assert session.sources.rows() == ()
        session.intake.commit(_chosen(session, path))
        assert [one.name for one in session.prisoners.rows()] == ["Iodkauuk, Anton", "Ziaziuluk, Hleb"]


def test_columns_are_read_the_same_way_the_next_time_and_can_be_guessed_again(
    office: Office, tmp_path: Path
) -> None:
    path = _write(tmp_path / "l.csv")
    with office.as_person(COORDINATOR) as session:
        before = session.log.state().entries
        session.intake.commit(_chosen(session, path))
        assert session.log.state().entries == before + 1, "how it is read is kept in the list's own entry"
        assert "Person" not in _source(session).mapping
        newer = _write(tmp_path / "newer.csv", _LIST + "3,Nadzeia Krapiuuk,,\n")
        looked = session.intake.look(newer, SOURCE)
        assert looked.remembered
        assert [column.by for column in looked.parts[0].columns][1:3] == [By.REMEMBERED] * 2
        assert (looked.preview.counts.new, looked.preview.counts.unchanged) == (1, 2)
        guessed = session.intake.read_as(looked.opened, from_memory=False)
        assert not guessed.remembered
        assert guessed.preview.rows == ()
        session.intake.commit(looked)
        assert session.log.verify().ok


def test_another_source_remembers_nothing(office: Office, tmp_path: Path) -> None:
    path = _write(tmp_path / "l.csv")
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(_chosen(session, path))
        with pytest.raises(KnownError):
            session.intake.look(path, "Somebody else's list")


def test_taking_a_list_back_takes_back_how_it_was_read(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(
            session.intake.look(_write(tmp_path / "a.csv", "id,name\n1,Anton Kot\n"), SOURCE)
        )
        assert _source(session).mapping == ""
        run = session.intake.commit(
            _chosen(session, _write(tmp_path / "l.csv", _LIST.replace("1,", "7,")))
        ).id
        assert _source(session).mapping
        take_back(session.context, run)
        assert _source(session).mapping == ""
        assert session.log.verify().ok


def test_a_column_left_out_is_kept_nowhere(office: Office, tmp_path: Path) -> None:
    path = _write(tmp_path / "l.csv", _LIST.replace("Person A", "name"))
    with office.as_person(COORDINATOR) as session:
        opened = session.intake.open(path, SOURCE)
        part = session.intake.read_as(opened).parts[0]
        how = HowRead().with_columns({part.column_key(3): Why.LEFT_OUT})
        session.intake.commit(session.intake.read_as(opened, how))
        with session.context.reading() as reader:
            cells = [cell.text for row in reader.identities(ListRow) for cell in row.cells]
        assert RELATIVE_PHONE not in cells
        assert "teacher" in cells


def _book(path: Path, *, with_second: bool = True) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "People"
    for row in (
        ["id", "name", "birthday", "status"],
        ["11", "Anton Kot", "1980", "released"],
        ["12", "Piotr Bus"],
    ):
        sheet.append(row)
    sheet["B2"].comment = Comment("his mother said yes to everything", "somebody")
    if with_second:
        more = book.create_sheet("More")
        for row in (["id", "name", "arrested"], ["12", "Piotr Bus", "2021-05-01"], ["13", "Hanna Lis", ""]):
            more.append(row)
    book.save(path)
    return path


def test_sheets_are_brought_in_together_and_a_person_on_two_is_one(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(_book(tmp_path / "b.xlsx"), SOURCE)
        assert [row.reading for row in looked.preview.rows].count(Reading.JOINED) == 1
        session.intake.commit(looked)
        rows = session.prisoners.rows()
        assert [one.name for one in rows] == ["Bus, Piotr", "Kot, Anton", "Lis, Hanna"]
        bus = session.prisoners.get(rows[0].id).prisoner
        assert bus.detained_on is not None
        assert bus.detained_on.stored() == "2021-05-01"
        with session.context.reading() as reader:
            claims = {claim.key: [value.field for value in claim.values] for claim in reader.find(Claim)}
        assert sorted(claims) == ["11", "12", "13"]
        assert "detained_on" in claims["12"]
        again = session.intake.look(_book(tmp_path / "again.xlsx"), SOURCE)
        assert again.preview.counts.unchanged == 4
        assert session.log.verify().ok


def test_a_table_left_out_makes_nobody_gone(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(_book(tmp_path / "b.xlsx"), SOURCE))
        opened = session.intake.open(_book(tmp_path / "c.xlsx"), SOURCE)
        second = session.intake.read_as(opened).parts[1]
        looked = session.intake.read_as(opened, HowRead().with_switch("tables", second.key, on=False))
        assert looked.preview.gone == ()
        assert Note.PARTS_LEFT_OUT in looked.preview.notes
        session.intake.commit(looked)
        with session.context.reading() as reader:
            assert all(claim.listed for claim in reader.find(Claim))
        remembered = session.intake.look(_book(tmp_path / "d.xlsx"), SOURCE)
        assert [part.taken for part in remembered.parts] == [True, False]
        whole = session.intake.look(_book(tmp_path / "e.xlsx", with_second=False), SOURCE)
        assert len(whole.preview.gone) == 1, "a whole list that lacks somebody says that they are gone"


def test_comments_become_closed_notes_and_are_never_consent(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        opened = session.intake.open(_book(tmp_path / "b.xlsx"), SOURCE)
        first = session.intake.read_as(opened).parts[0]
        how = HowRead().with_switch("comments", first.key, on=True)
        run = session.intake.commit(session.intake.read_as(opened, how)).id
        kot = next(one.id for one in session.prisoners.rows() if one.name.startswith("Kot"))
        assert session.prisoners.get(kot).prisoner.working_notes == "name: his mother said yes to everything"
        with session.context.reading() as reader:
            assert not reader.find(EarlierAnswer)
        again = session.intake.look(_book(tmp_path / "c.xlsx"), SOURCE)
        session.intake.commit(again)
        assert session.prisoners.get(kot).prisoner.working_notes.count("said yes") == 1
        with pytest.raises(KnownError):
            session.intake.commit(again)
        assert run
    with office.as_person(REPORTS) as session, pytest.raises(KnownError) as refused:
        session.intake.open(tmp_path / "b.xlsx", SOURCE)
    assert refused.value.code is Code.NOT_ALLOWED
