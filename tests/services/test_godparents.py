"""Protects: godparents, and a godparenthood's life: what may follow what, dates, undo."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.dates import PartialDate
from app.domain.errors import Code, KnownError
from app.services.godparents import (
    NEXT_STATES,
    ChangeGodparenthood,
    CreateGodparent,
    EditGodparent,
    RecordAction,
    StartGodparenthood,
)
from app.services.session import Session
from app.vocabulary import vocabulary
from tests.services.office import COORDINATOR, REPORTS, Office, add_prisoner


def _godparent(session: Session) -> str:
    values = {"family_name": "Muster", "given_name": "Eva", "country": "DE", "note": "prefers mail"}
    return session.godparents.create(CreateGodparent(values)).id


def test_every_state_of_the_vocabulary_has_a_place() -> None:
    states = {term.code for term in vocabulary("godparenthood_state").terms}
    assert set(NEXT_STATES) - {""} == states
    assert {state for following in NEXT_STATES.values() for state in following} <= states


def test_a_life(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner, godparent = add_prisoner(session), _godparent(session)
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent)).id
        for version, state in enumerate(("invited", "accepted"), start=1):
            session.godparents.change(ChangeGodparenthood(bond, version, {"state": state}))
        action = {"godparent": godparent, "prisoner": prisoner, "what": "post", "on": date(2026, 11, 1)}
        session.godparents.act(RecordAction(action))
        assert session.godparents.godparenthood(bond).state == "active"
        assert session.prisoners.row(prisoner).godparents == 1
        session.godparents.change(ChangeGodparenthood(bond, 4, {"state": "ended", "reason": "mandate_lost"}))
        ended = session.godparents.godparenthood(bond)
        assert ended.ended_on == PartialDate(2026, 11, 22)
        session.undo.undo()
        assert session.godparents.godparenthood(bond).ended_on is None
        (row,) = session.godparents.get(godparent).godparenthoods
        assert (row.state, row.prisoner_name) == ("active", "Zhawnyarovich, Siarhei")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"state": "active"}, "state"),
        ({"state": "paused"}, "state"),
        ({"prisoner": "0" * 32}, "prisoner"),
        ({"since": PartialDate(2026), "ended_on": PartialDate(2020)}, "ended_on"),
    ],
)
def test_what_cannot_follow(office: Office, values: dict[str, object], field: str) -> None:
    with office.as_person(COORDINATOR) as session:
        bond = session.godparents.propose(StartGodparenthood(add_prisoner(session), _godparent(session))).id
        with pytest.raises(KnownError) as error:
            session.godparents.change(ChangeGodparenthood(bond, 1, values))
        assert (error.value.code, error.value.ids) == (Code.INVALID_FIELD, (field,))


def test_one_that_is_not_over_stands_once(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        prisoner, godparent = add_prisoner(session), _godparent(session)
        bond = session.godparents.propose(StartGodparenthood(prisoner, godparent)).id
        with pytest.raises(KnownError) as error:
            session.godparents.propose(StartGodparenthood(prisoner, godparent))
        assert error.value.code is Code.ALREADY_DONE
        session.godparents.change(ChangeGodparenthood(bond, 1, {"state": "declined"}))
        session.godparents.propose(StartGodparenthood(prisoner, godparent))
        assert len(session.godparents.godparenthoods(prisoner=prisoner)) == 2


def test_a_prisoner_with_a_godparent_is_not_undone(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        godparent, prisoner = _godparent(session), add_prisoner(session)
        session.godparents.propose(StartGodparenthood(prisoner, godparent))
        session.context.done.undo.pop()
        with pytest.raises(KnownError) as error:
            session.undo.undo()
        assert error.value.code is Code.STILL_REFERENCED
        assert session.prisoners.row(prisoner).godparents == 0


def test_redo_brings_back_what_undo_took(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        _godparent(session)
        session.undo.undo()
        assert session.godparents.rows() == ()
        session.undo.redo()
        assert [row.name for row in session.godparents.rows("muster")] == ["Muster, Eva"]
        assert session.log.verify().ok


def test_reports_staff_see_no_note_and_change_nothing(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        godparent = _godparent(session)
    with office.as_person(REPORTS) as session:
        view = session.godparents.get(godparent)
        assert (view.godparent.note, view.closed) == ("", frozenset({"note"}))
        with pytest.raises(KnownError) as error:
            session.godparents.edit(EditGodparent(godparent, 1, {"party": "x"}))
        assert error.value.code is Code.NOT_ALLOWED
