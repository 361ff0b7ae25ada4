"""Protects: relatives on a sheet of their own reach the right prisoner or nobody, none becomes a prisoner."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from app.domain.acts import Act
from app.domain.earlier_answer import EarlierAnswer
from app.domain.godparent import Godparenthood
from app.domain.ids import RecordId, new_id
from app.domain.prisoner import Prisoner
from app.domain.relative import Identity, Relative
from app.domain.report import Desk
from app.intake.problems import ProblemCode
from app.intake.staged import Brings, Reading
from app.services.intake import LEAVE_OUT
from app.services.intake_families import KinState
from app.services.intake_looked import Looked
from app.services.session import Session
from tests.canaries import RELATIVE_HANDLE, RELATIVE_NAME, RELATIVE_PHONE
from tests.services.office import COORDINATOR, Office

Rows = Sequence[Sequence[str]]

PEOPLE: Rows = (
    ("№", "Прозвішча і імя", "Дата нараджэння", "Артыкул"),
    ("1", "Кот Антон", "03.02.1980", "342"),
    ("2", "Бусел Пётр", "1981", "368"),
    ("3", "Кот Антон", "1990", "342"),
)
HEADS = ("№ вязня", "Кім даводзіцца", "ПІБ сваяка", "Тэлефон", "Згода")
FAMILY_NAME = RELATIVE_NAME.split()[-1]


def book(path: Path, **sheets: Rows) -> Path:
    """A real workbook, written as an office's program writes one."""
    made = xlsxwriter.Workbook(str(path), {"in_memory": True})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write(number, place, int(cell) if cell.isdecimal() and len(cell) < 5 else cell)
    made.close()
    return path


def families(session: Session) -> dict[str, list[str]]:
    """Relations by the prisoner's birth year, of everybody in the case file."""
    with session.context.reading() as reader:
        found: dict[str, list[str]] = {}
        for one in reader.find(Relative):
            born = reader.get(Prisoner, one.prisoner or "").born
            found.setdefault(born.stored()[:4] if born is not None else "", []).append(one.relation)
    return {year: sorted(relations) for year, relations in found.items()}


def identities(session: Session) -> list[Identity]:
    with session.context.reading() as reader:
        return list(reader.identities(Identity))


def readings(looked: Looked) -> list[Reading]:
    return [row.reading for row in looked.preview.rows]


def test_a_number_brings_each_relative_to_the_right_one_of_two_namesakes(
    office: Office, tmp_path: Path
) -> None:
    path = book(
        tmp_path / "l.xlsx",
        Вязні=PEOPLE,
        Сваякі=(
            HEADS,
            ("1", "маці", RELATIVE_NAME, RELATIVE_PHONE, "так"),
            ("3", "жонка", "Кот Ала", RELATIVE_HANDLE, ""),
            ("1", "брат", "Кот Ігар", "", "не"),
            ("2", "маці", "Бусел Зоф'я", "", ""),
        ),
    )
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, "Office")
        assert readings(looked) == [Reading.NEW] * 3 + [Reading.JOINED] * 4
        session.intake.commit(looked)
        assert families(session) == {"1980": ["brother", "mother"], "1990": ["wife"], "1981": ["mother"]}
        assert {one.full_name for one in identities(session)} == {
            RELATIVE_NAME,
            "Кот Ала",
            "Кот Ігар",
            "Бусел Зоф'я",
        }
        with session.context.reading() as reader:
            said = {one.text: one.kind for one in reader.find(EarlierAnswer)}
            asking = {one.relation: one.asking for one in reader.find(Relative)}
        assert said == {"так": "requested", "не": "requested"}
        assert asking["brother"] == "pause"
        assert len(session.prisoners.rows()) == 3
        assert session.log.verify().ok


@pytest.mark.parametrize(
    ("people", "family"),
    [
        (
            (("№", "ФИО", "Дата рождения"), ("1", "Кот Антон", "1980"), ("2", "Бусел Пётр", "1981")),
            (
                ("№ заключённого", "Степень родства", "ФИО", "Телефон"),
                ("1", "мать", RELATIVE_NAME, RELATIVE_PHONE),
            ),
        ),
        (
            (("Nr.", "Name", "geboren"), ("1", "Anton Kot", "1980"), ("2", "Piotr Busel", "1981")),
            (
                ("Gefangener", "Verwandtschaft", "Name", "Telefon"),
                ("Anton Kot", "Mutter", RELATIVE_NAME, RELATIVE_PHONE),
            ),
        ),
        (
            (("id", "name", "born"), ("7", "Anton Kot", "1980"), ("9", "Piotr Busel", "1981")),
            (
                ("id", "surname", "name", "who", "relative of"),
                ("1", RELATIVE_NAME, "", "mother", "Anton Kot"),
            ),
        ),
        (
            (("id", "name", "born"), ("7", "Anton Kot", "1980"), ("9", "Piotr Busel", "1981")),
            (("name", "relation", "phone"), (RELATIVE_NAME, "mother", RELATIVE_PHONE)),
        ),
        (
            (("id", "name", "born"), ("1", "Anton Kot", "1980"), ("2", "Piotr Busel", "1981")),
            (("no", "name", "relation", "phone"), ("1", RELATIVE_NAME, "mother", RELATIVE_PHONE)),
        ),
    ],
)
def test_whatever_the_heads_say_no_relative_stands_in_the_open(
    office: Office, tmp_path: Path, people: Rows, family: Rows
) -> None:
    """Before this a sheet of mothers under plain heads was a list of prisoners, with their names."""
    path = book(tmp_path / "l.xlsx", People=people, Families=family)
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, "Office")
        choices = {row.number: row.candidates[0] for row in looked.preview.rows if row.candidates}
        session.intake.commit(session.intake.decide(looked, choices))
        names = {row.name for row in session.prisoners.rows()}
        assert len(names) == 2
        assert not any(FAMILY_NAME in name for name in names)
        found = identities(session)
        assert [one.full_name for one in found] == ([RELATIVE_NAME] if len(looked.preview.rows) == 3 else [])


def test_a_name_is_a_question_and_the_candidates_are_the_namesakes(office: Office, tmp_path: Path) -> None:
    heads = ("Вязень", "Хто", "Імя сваяка", "Тэлефон")
    path = book(
        tmp_path / "l.xlsx",
        Сваякі=(heads, ("Антон Кот", "маці", RELATIVE_NAME, ""), ("Нехта Іншы", "сястра", "Іншая Ева", "")),
        Вязні=PEOPLE,
    )
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, "Office")
        mother, sister = (row for row in looked.preview.rows if row.read.of_family)
        assert mother.reading is sister.reading is Reading.DOUBTFUL
        assert len(mother.candidates) == 2
        assert sister.candidates == ()
        assert {ProblemCode.NAMED_NOWHERE_ELSE} <= {one.code for one in sister.problems}
        undecided = session.intake.commit(looked).id
        assert families(session) == {}, "nobody is joined without a person"
        session.intake.take_back(undecided)
        looked = session.intake.look(path, "Office")
        young = next(
            row for row in looked.preview.rows if row.read.values.get("born") and row.number % 10 == 4
        )
        choices = {mother.number: f"row:{young.number}", sister.number: LEAVE_OUT}
        session.intake.commit(session.intake.decide(looked, choices))
        assert families(session) == {"1990": ["mother"]}
        assert len(session.prisoners.rows()) == 3


def test_a_number_that_is_none_is_refused_and_one_with_another_name_waits(
    office: Office, tmp_path: Path
) -> None:
    heads = ("№ вязня", "Вязень", "Хто", "Імя сваяка")
    path = book(
        tmp_path / "l.xlsx",
        Вязні=PEOPLE,
        Сваякі=(
            heads,
            ("2а", "", "маці", RELATIVE_NAME),
            ("99", "", "маці", RELATIVE_NAME),
            ("2", "Кот Антон", "маці", RELATIVE_NAME),
            ("02", "Бусел Пётр", "маці", RELATIVE_NAME),
            ("", "", "маці", RELATIVE_NAME),
        ),
    )
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, "Office")
        assert readings(looked)[3:] == [
            *(Reading.REFUSED, Reading.REFUSED, Reading.DOUBTFUL, Reading.JOINED, Reading.REFUSED),
        ]
        wrong = looked.preview.rows[5]
        assert len(wrong.candidates) == 3, "both of that name, and whose number it is"
        session.intake.commit(looked)
        assert families(session) == {"1981": ["mother"]}


def test_a_mother_of_two_prisoners_stays_with_each_of_them(office: Office, tmp_path: Path) -> None:
    rows = (
        HEADS,
        *((one, "маці", RELATIVE_NAME, RELATIVE_PHONE, said) for one, said in (("1", "так"), ("2", "не"))),
    )
    path = book(tmp_path / "l.xlsx", Вязні=PEOPLE, Сваякі=rows)
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(path, "Office"))
        assert families(session) == {"1980": ["mother"], "1981": ["mother"]}
        with session.context.reading() as reader:
            asking = {one.prisoner: one.asking for one in reader.find(Relative)}
        assert sorted(asking.values()) == ["", "pause"], (
            "what was said about one says nothing about the other"
        )


def test_families_in_a_second_workbook_find_whom_the_first_one_brought(
    office: Office, tmp_path: Path
) -> None:
    people = book(
        tmp_path / "p.xlsx",
        People=(("id", "name", "born"), ("c-17", "Anton Kot", "1980"), ("c-18", "Piotr Busel", "1981")),
    )
    heads = ("prisoner id", "prisoner", "relation", "name", "phone")
    family = book(
        tmp_path / "f.xlsx",
        Families=(
            heads,
            ("c-17", "", "mother", RELATIVE_NAME, RELATIVE_PHONE),
            ("", "Piotr Busel", "wife", "Ala Busel", ""),
        ),
    )
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(people, "Office"))
        looked = session.intake.look(family, "Office")
        assert looked.preview.gone == (), "a workbook of relatives says nothing of who is gone"
        by_number, by_name = looked.preview.rows
        assert by_number.reading is Reading.UNCHANGED
        assert (by_name.reading, len(by_name.candidates)) == (Reading.DOUBTFUL, 1)
        looked = session.intake.decide(looked, {by_name.number: by_name.candidates[0]})
        session.intake.commit(looked)
        assert families(session) == {"1980": ["mother"], "1981": ["wife"]}
        again = session.intake.look(family, "Office")
        assert [kin.state for kins in again.kins.values() for kin in kins] == [KinState.JOINED]
        assert len(session.prisoners.rows()) == 2
        assert session.log.verify().ok


def test_the_office_beside_the_prisoner_counts_for_the_family(office: Office, tmp_path: Path) -> None:
    """Whoever lacks the key of that desk writes nothing closed about it, on whatever sheet it stands."""
    people = (("№", "name", "born", "office"), ("1", "Anton Kot", "1980", "Warsaw"))
    family = (("№ of prisoner", "relation", "name"), ("1", "mother", RELATIVE_NAME))
    with office.as_person(COORDINATOR) as session:
        with session.context.writing() as work:
            work.add(Desk(RecordId(new_id()), name="Warsaw"))  # nobody here holds its key
            work.commit(Act.PRISONER_CHANGED)
        looked = session.intake.look(book(tmp_path / "l.xlsx", People=people, Families=family), "Office")
        assert {kin.state for kins in looked.kins.values() for kin in kins} == {KinState.LEFT_OUT}
        session.intake.commit(looked)
        assert identities(session) == []


def test_godparents_and_terms_on_sheets_of_their_own_follow_the_number(
    office: Office, tmp_path: Path
) -> None:
    path = book(
        tmp_path / "l.xlsx",
        Вязні=PEOPLE,
        Хросныя=(
            ("№ вязня", "Хросны", "Хросны з"),
            ("3", "MdB Anna Beispiel", "05.2024"),
            ("77", "MEP Jan Muster", ""),
        ),
        Тэрміны=(("Нумар вязня", "Затрыманы"), ("1", "01.05.2021"), ("3", "02.05.2021")),
    )
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(path, "Office")
        session.intake.commit(looked)
        assert len(session.prisoners.rows()) == 3
        with session.context.reading() as reader:
            born = {str(one.id): one.born.stored()[:4] for one in reader.find(Prisoner) if one.born}
            bonds = [
                (born[one.prisoner or ""], one.since.stored() if one.since else "")
                for one in reader.find(Godparenthood)
            ]
            held = {
                born[str(one.id)]: one.detained_on.stored()
                for one in reader.find(Prisoner)
                if one.detained_on
            }
        assert bonds == [("1990", "2024-05")], "a number of nobody brings no godparent to anybody"
        assert [row.name for row in session.godparents.rows()] == ["Beispiel, Anna"]
        assert held == {"1980": "2021-05-01", "1990": "2021-05-02"}


def test_a_workbook_of_families_alone_is_not_told_as_nothing(office: Office, tmp_path: Path) -> None:
    """Rows that change no prisoner say what comes in; the second time they say that nothing does."""
    people = (PEOPLE[0], *PEOPLE[1:3])
    family = (
        ("Вязень", "Сваяцтва", "Сваяк", "Тэлефон", "Хросны"),
        ("Кот Антон", "маці", RELATIVE_NAME, RELATIVE_PHONE, ""),
        ("Бусел Пётр", "брат", "Бусел Ігар", "", "MdB Anna Beispiel"),
    )
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(book(tmp_path / "p.xlsx", Вязні=people), "Office"))
        for first in (True, False):
            looked = session.intake.look(book(tmp_path / "f.xlsx", Сваякі=family), "Office")
            assert {one.code for row in looked.preview.rows for one in row.problems} >= {
                ProblemCode.KNOWN_FROM_ELSEWHERE
            }
            same = {row.number: row.candidates[0] for row in looked.preview.rows}
            decided = session.intake.decide(looked, same)
            assert readings(decided) == [Reading.UNCHANGED] * 2
            brings = [row.brings for row in decided.preview.rows]
            assert brings == ([Brings.RELATIVES] * 2 if first else [None, None])
            assert decided.unchanged == (0 if first else 2)
            run = session.intake.commit(decided).id
            said = repr(session.intake.report(run))
            assert "relatives come in" not in said, "a row's family stands in the open nowhere"


def test_a_godparent_of_a_known_prisoner_is_not_told_as_nothing(office: Office, tmp_path: Path) -> None:
    heads = ("Імя", "Прозвішча", "Дата нараджэння", "Хросны")
    without = (heads, ("Антон", "Кот", "03.02.1980", ""))
    having = (heads, ("Антон", "Кот", "03.02.1980", "MdB Anna Beispiel"))
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(book(tmp_path / "a.xlsx", Вязні=without), "Office"))
        looked = session.intake.look(book(tmp_path / "b.xlsx", Вязні=having), "Office")
        assert [(row.reading, row.brings) for row in looked.preview.rows] == [
            (Reading.UNCHANGED, Brings.GODPARENT)
        ]
        left = session.intake.decide_godparent(looked, looked.godparents[0].key, LEAVE_OUT)
        assert left.preview.rows[0].changes_nothing
        run = session.intake.commit(looked).id
        assert [line.said for line in session.intake.report(run).lines] == [("a godparent comes in",)]
        again = session.intake.look(book(tmp_path / "b.xlsx", Вязні=having), "Office")
        assert again.unchanged == 1
