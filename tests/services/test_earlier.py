"""Protects: an answer from a list opens nobody by itself; gone through, it is an answer like any other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.acts import Act
from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.domain.ids import RecordId, new_id
from app.domain.report import Desk
from app.domain.rows import Light
from app.services.consent import CountersignAnswer
from app.services.earlier import AnswerEarlier, EarlierRow
from app.services.relatives import EditRelative
from app.services.session import Session
from tests.services.office import COORDINATOR, OFFICER, REPORTS, Office, code_of
from tests.services.test_moving_in import ROW, book

THIS_YEAR = PartialDate(2026)
NAMES = ("Anton Kot", "Ala Iskra", "Piotr Ptushka")


@pytest.fixture
def moved_in(office: Office, tmp_path: Path) -> Office:
    """Three families: a mother who said yes, one who said no, and somebody whose relation nobody wrote."""
    rows = [
        (NAMES[0], *ROW[1:6], "так", *ROW[7:]),
        (NAMES[1], *ROW[1:6], "адмова", *ROW[7:]),
        (NAMES[2], *ROW[1:3], "", "", "", "+", *ROW[7:]),
    ]
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(book(tmp_path / "l.csv", *rows), "Office"))
    return office


def _row(session: Session, name: str) -> EarlierRow:
    family = name.split()[1]
    return next(row for row in session.earlier.rows() if row.prisoner_name.startswith(family))


def _yes(row: EarlierRow, *lines: str, **more: object) -> AnswerEarlier:
    said = {
        "said_on": THIS_YEAR,
        "channel": "signal",
        "verified_by": "voice",
        "direction": "they_came",
        **more,
    }
    return AnswerEarlier(row.id, yes=True, lines=lines or ("stay_in_touch",), **said)  # type: ignore[arg-type]


def _lights(session: Session, row: EarlierRow) -> tuple[Light, ...]:
    return session.relatives.row(row.relative).lines


def test_noes_come_first_and_nothing_is_decided(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        rows = session.earlier.rows()
        assert [row.refuses for row in rows] == [True, False, False]
        assert {row.relation for row in rows} == {"mother", "other"}
        assert all(light is Light.NOT_ASKED for row in rows for light in _lights(session, row))


def test_a_yes_for_us_counts_at_once_and_six_months_at_most(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[0])
        session.earlier.answer(_yes(row))
        view = session.relatives.get(row.relative)
        (talk,) = view.conversations
        assert {answer.ends_on for answer in talk.answers} == {date(2027, 5, 22)}
        assert {answer.kind for answer in talk.answers} == {"given"}
        assert talk.held_on == THIS_YEAR
        assert view.lines[0] is not Light.NOT_ASKED
        assert len(session.earlier.rows()) == 2


def test_a_wider_yes_waits_for_a_second_person(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[0])
        session.earlier.answer(_yes(row, "in_public"))
        waits = [one for one in session.consent.waiting() if one.part]
        assert waits
        assert not session.consent.decision(row.prisoner, "name", "public").allowed
        with pytest.raises(KnownError) as refused:
            session.consent.countersign(CountersignAnswer(waits[0].id, waits[0].part, granted=True))
        assert code_of(refused.value) is Code.SAME_PERSON_TWICE
    with moved_in.as_person(OFFICER) as session:
        for one in waits:
            session.consent.countersign(CountersignAnswer(one.id, one.part, granted=True))


def test_a_no_acts_at_once_without_year_or_way(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[1])
        session.earlier.answer(AnswerEarlier(row.id, yes=False, lines=("stay_in_touch", "in_public")))
        assert not session.relatives.get(row.relative).contact.allowed
        assert Light.NO in _lights(session, row)


def test_a_yes_of_long_ago_is_recorded_and_does_not_count(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[0])
        session.earlier.answer(_yes(row, said_on=PartialDate(2023)))
        assert session.relatives.get(row.relative).conversations
        assert session.relatives.get(row.relative).contact.may.value != "yes"


@pytest.mark.parametrize("missing", [{"said_on": None}, {"channel": ""}, {"lines": ()}])
def test_a_yes_needs_a_year_and_a_way(moved_in: Office, missing: dict[str, object]) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[0])
        lines = missing.pop("lines", ("stay_in_touch",))
        command = _yes(row, **missing)
        with pytest.raises(KnownError) as refused:
            session.earlier.answer(AnswerEarlier(row.id, yes=True, lines=lines) if not lines else command)  # type: ignore[arg-type]
        assert code_of(refused.value) is Code.INVALID_FIELD
        assert len(session.earlier.rows()) == 3


def test_nobody_without_standing_says_yes_for_a_prisoner(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[2])
        assert not row.may_speak
        with pytest.raises(KnownError) as refused:
            session.earlier.answer(_yes(row, "in_public"))
        assert code_of(refused.value) is Code.NO_STANDING
        assert session.relatives.get(row.relative).conversations == ()
        relative = session.relatives.get(row.relative).relative
        session.relatives.edit(EditRelative(relative.id, relative.version, {"relation": "mother"}))
        session.earlier.answer(_yes(_row(session, NAMES[2]), "in_public"))


def test_twice_is_refused_and_an_undone_one_waits_again(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[0])
        session.earlier.answer(_yes(row))
        with pytest.raises(KnownError) as twice:
            session.earlier.answer(_yes(row))
        assert code_of(twice.value) is Code.ALREADY_DONE
        session.undo.undo()
        assert row.id in {one.id for one in session.earlier.rows()}
        session.earlier.answer(_yes(row))
        assert row.id not in {one.id for one in session.earlier.rows()}


def test_a_list_whose_answers_were_gone_through_keeps_those_people(moved_in: Office) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        row = _row(session, NAMES[0])
        session.earlier.answer(_yes(row))
        taken = session.intake.take_back(session.intake.runs()[0].id)
        assert taken.kept == (row.prisoner,)
        assert session.relatives.get(row.relative).conversations
        assert session.earlier.rows() == ()
        assert session.log.verify().ok


def test_another_desk_and_another_role_see_no_row(moved_in: Office, tmp_path: Path) -> None:
    with moved_in.as_person(COORDINATOR) as session:
        with session.context.writing() as work:
            work.add(Desk(RecordId(new_id()), name="Warsaw"))
            work.commit(Act.PRISONER_CHANGED)
        path = book(tmp_path / "w.csv", ("Raman Zubr", ROW[1], "Warsaw", *ROW[3:]))
        session.intake.commit(session.intake.look(path, "Warsaw office"))
        assert {row.prisoner_name.split(",")[0] for row in session.earlier.rows()} == {
            "Kot",
            "Iskra",
            "Ptushka",
        }
    with moved_in.as_person(REPORTS) as session, pytest.raises(KnownError) as refused:
        session.earlier.rows()
    assert code_of(refused.value) in (Code.NOT_ALLOWED, Code.NEEDS_DESK_KEY)
