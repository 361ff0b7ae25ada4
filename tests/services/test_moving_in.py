"""Protects: one row brings prisoner, family, godparent and dates in, whole or not at all, never consent."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.earlier_answer import EarlierAnswer
from app.domain.godparent import Godparent, Godparenthood
from app.domain.ids import RecordId, new_id
from app.domain.relative import Identity, Relative
from app.domain.report import Desk
from app.intake.problems import ProblemCode
from app.intake.staged import Reading
from app.services.godparents import CreateGodparent
from app.services.intake import LEAVE_OUT
from app.services.intake_families import KinState
from app.services.relatives import AddRelative, EditRelative
from app.services.session import Session
from tests.canaries import RELATIVE_ADDRESS, RELATIVE_HANDLE, RELATIVE_NAME, RELATIVE_PHONE
from tests.services.office import COORDINATOR, OFFICER, Office

HEADS = ("name", "born", "office", "mother", "mother's phone", "mother: address", "consent?",
         "godparent", "godparent since", "godparenthood")  # fmt: skip
ROW = ("Anton Kot", "1980-02-03", "Vilnius", RELATIVE_NAME, f"{RELATIVE_PHONE}, {RELATIVE_HANDLE}",
       RELATIVE_ADDRESS, "так", "MdB Anna Beispiel", "05.2024", "active")  # fmt: skip


def book(path: Path, *rows: tuple[str, ...]) -> Path:
    """A list with everything in one row (openpyxl would leave what it writes in a temporary file)."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((HEADS, *rows))
    return path


@pytest.fixture
def one_row(tmp_path: Path) -> Path:
    return book(tmp_path / "office.csv", ROW)


def bring_in(session: Session, path: Path) -> str:
    """Bring it in; gives the run."""
    return session.intake.commit(session.intake.look(path, "Office")).id


def _all(session: Session, cls: type) -> list:  # type: ignore[type-arg]
    with session.context.reading() as reader:
        return list(reader.identities(Identity)) if cls is Identity else reader.find(cls)


def test_one_row_holds_all_of_them(office: Office, one_row: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        before = session.log.state().entries
        bring_in(session, one_row)
        assert session.log.state().entries == before + 1
        (relative,), (identity,) = _all(session, Relative), _all(session, Identity)
        assert (relative.relation, relative.identity) == ("mother", identity.id)
        assert identity.full_name == RELATIVE_NAME
        assert identity.phones == (RELATIVE_PHONE,)
        assert identity.handles == (RELATIVE_HANDLE,)
        assert identity.place == RELATIVE_ADDRESS
        (godparent,), (godparenthood,) = _all(session, Godparent), _all(session, Godparenthood)
        assert (godparent.given_name, godparent.family_name) == ("Anna", "Beispiel")
        assert (godparent.chamber, godparent.country) == ("Bundestag", "DE")
        assert (godparenthood.state, godparenthood.since.stored()) == ("active", "2024-05")
        assert session.prisoners.get(relative.prisoner).prisoner.desk
        assert session.log.verify().ok


def test_a_yes_in_a_list_is_only_asked(office: Office, tmp_path: Path) -> None:
    names = ("Anton Kot", "Ala Iskra", "Piotr Ptushka", "Hanna Lipa", "Raman Zubr")
    said = zip(names, ("так", "да", "+", "yes", "ja"), strict=True)
    path = book(tmp_path / "l.csv", *((name, *ROW[1:6], word, *ROW[7:]) for name, word in said))
    with office.as_person(COORDINATOR) as session:
        bring_in(session, path)
    with office.as_person(COORDINATOR) as session:
        earlier = _all(session, EarlierAnswer)
        assert {one.kind for one in earlier} == {"requested"}
        assert {one.text for one in earlier} == {"так", "да", "+", "yes", "ja"}
        for row in session.relatives.rows():
            assert session.relatives.get(row.id).conversations == ()
            assert {light.value for light in row.lines} == {"not_asked"}


def test_a_no_in_a_list_makes_nobody_ask(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        bring_in(session, book(tmp_path / "l.csv", (*ROW[:6], "адмова", *ROW[7:])))
        (relative,) = _all(session, Relative)
        assert relative.asking == "pause"
        assert not session.relatives.get(relative.id).contact.allowed


def test_do_not_call_is_not_safe_to_ask(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        bring_in(
            session, book(tmp_path / "l.csv", (*ROW[:3], "", "баіцца, не тэлефанаваць!", "", "", *ROW[7:]))
        )
        (relative,) = _all(session, Relative)
        assert relative.asking == "not_safe"
        assert relative.note == "баіцца, не тэлефанаваць!"


def test_each_relative_gets_their_own_part(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        bring_in(session, book(tmp_path / "l.csv", (*ROW[:6], "да (маці), не (жонка)", *ROW[7:])))
        said = {one.relative: one.text for one in _all(session, EarlierAnswer)}
        found = {one.relation: (said[one.id], one.asking) for one in _all(session, Relative)}
        assert found == {"mother": ("да (маці)", ""), "wife": ("не (жонка)", "pause")}


def test_without_the_key_of_the_desk_families_are_left_out_and_said_so(office: Office, one_row: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        with session.context.writing() as work:
            work.add(Desk(RecordId(new_id()), name="Warsaw"))  # nobody here holds its key
            work.commit(Act.PRISONER_CHANGED)
        path = book(one_row, (*ROW[:2], "warsaw", *ROW[3:]))
        looked = session.intake.look(path, "Office")
        assert {kin.state for kins in looked.kins.values() for kin in kins} == {KinState.LEFT_OUT}
        session.intake.commit(looked)
        assert [row.name for row in session.prisoners.rows()] == ["Kot, Anton"]
        assert _all(session, Relative) == _all(session, Identity) == _all(session, EarlierAnswer) == []
        assert len(_all(session, Godparenthood)) == 1


def test_an_office_nobody_knows_is_marked(office: Office, one_row: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        looked = session.intake.look(book(one_row, (*ROW[:2], "Riga", *ROW[3:])), "Office")
        assert ProblemCode.DESK_UNKNOWN in {one.code for one in looked.preview.rows[0].problems}


def test_a_known_mother_is_joined_and_another_is_left_out(
    office: Office, one_row: Path, tmp_path: Path
) -> None:
    with office.as_person(COORDINATOR) as session:
        bring_in(session, one_row)
        again = session.intake.look(one_row, "Office")
        assert [row.reading for row in again.preview.rows] == [Reading.UNCHANGED]
        assert [kin.state for kin in again.kins[2]] == [KinState.JOINED]
        assert [one.reading for one in again.godparents] == [Reading.UNCHANGED]
        session.intake.commit(again)
        assert len(_all(session, Relative)) == len(_all(session, EarlierAnswer)) == 1
        assert len(_all(session, Godparenthood)) == 1
        other = session.intake.look(
            book(tmp_path / "o.csv", (*ROW[:3], "Ala Iskra", "+375 29 555-00-01", *ROW[5:])), "Office"
        )
        assert [kin.state for kin in other.kins[2]] == [KinState.DOUBTFUL]
        known = other.kins[2][0].asked
        assert len(known) == 1
        same = session.intake.decide_kin(other, 2, 0, known[0])
        assert (same.kins[2][0].state, same.kins[2][0].existing) == (KinState.JOINED, known[0])
        stranger = session.intake.decide_kin(other, 2, 0, "0" * 32)
        assert stranger.kins[2][0].state is KinState.DOUBTFUL, "nobody but who was asked about"
        out = session.intake.decide_kin(same, 2, 0, LEAVE_OUT)
        assert out.kins[2][0].state is KinState.DOUBTFUL
        before = len(_all(session, Relative))
        session.intake.commit(session.intake.decide_kin(out, 2, 0, None))
        assert len(_all(session, Relative)) == before + 1, "another one stands beside the first"
        assert session.log.verify().ok


def test_a_godparent_alike_waits_for_a_person(office: Office, one_row: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        known = session.godparents.create(CreateGodparent({"family_name": "Beispiel"})).id
        looked = session.intake.look(one_row, "Office")
        (one,) = looked.godparents
        assert (one.reading, one.candidates) == (Reading.DOUBTFUL, (known,))
        session.intake.commit(looked)
        assert _all(session, Godparenthood) == []
    for choice, people in ((known, 1), (None, 2), (LEAVE_OUT, 1)):
        folder = office.copied(office.folder.with_name(f"copy-{choice}"))
        with folder.as_person(COORDINATOR) as session:
            looked = session.intake.look(one_row, "Office")
            looked = session.intake.decide_godparent(looked, one.key, choice)
            session.intake.commit(looked)
            assert len(_all(session, Godparent)) == people
            assert len(_all(session, Godparenthood)) == (choice != LEAVE_OUT)


def test_taking_the_list_back_takes_them_along(office: Office, one_row: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        run = bring_in(session, one_row)
        session.intake.take_back(run)
        for cls in (Relative, Identity, EarlierAnswer, Godparent, Godparenthood):
            assert _all(session, cls) == []
        assert session.prisoners.rows() == ()
        assert session.log.verify().ok


def test_whom_somebody_worked_on_stays(office: Office, one_row: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        run = bring_in(session, one_row)
        (relative,) = _all(session, Relative)
        session.relatives.edit(EditRelative(relative.id, relative.version, {"nickname": "gardener"}))
        taken = session.intake.take_back(run)
        assert taken.kept == (relative.prisoner,)
        assert [one.id for one in _all(session, Relative)] == [relative.id]
        assert len(_all(session, Identity)) == 1


def test_a_number_of_the_family_joins_also_when_written_otherwise(office: Office, one_row: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        bring_in(session, one_row)
        prisoner = _all(session, Relative)[0].prisoner
        session.relatives.add(AddRelative(prisoner, {"relation": "sister"}, {"full_name": "Ala Iskra"}))
        looked = session.intake.look(one_row, "Office")
        looked = session.intake.decide(looked, {2: prisoner})
        assert [kin.state for kin in looked.kins[2]] == [KinState.JOINED]
    with office.as_person(OFFICER) as session:
        assert len(session.relatives.rows()) == 2
