"""Protects: a form that a crash brings back after its record was saved adds nothing twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.domain.errors import Code, KnownError
from app.domain.ids import new_id
from app.services.prisoners import CreatePrisoner
from app.services.relatives import AddRelative
from app.services.session import Session
from tests.services.office import COORDINATOR, Office, add_prisoner

_Saving = Callable[[Session, str, str], str]


def _prisoner(session: Session, _prisoner: str, record: str) -> str:
    return session.prisoners.create(CreatePrisoner({"family_name": "Halfword"}, record)).id


def _relative(session: Session, prisoner: str, record: str) -> str:
    return session.relatives.add(AddRelative(prisoner, {"relation": "sister"}, {}, record)).id


@pytest.mark.parametrize("save", [_prisoner, _relative])
def test_the_second_save_says_that_it_is_there(office: Office, save: _Saving) -> None:
    record = new_id()
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        assert save(session, prisoner, record) == record
    with office.as_person(COORDINATOR) as session:  # killed before the draft was dropped
        entries = session.log.state().entries
        with pytest.raises(KnownError) as caught:
            save(session, prisoner, record)
        assert caught.value.code is Code.ALREADY_SAVED
        assert caught.value.ids == (record,)
        assert session.log.state().entries == entries


@pytest.mark.parametrize("save", [_prisoner, _relative])
def test_what_was_undone_can_be_saved_again(office: Office, save: _Saving) -> None:
    record = new_id()
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        save(session, prisoner, record)
        session.undo.undo()
        assert save(session, prisoner, record) not in ("", record)
        assert session.log.verify().ok


@pytest.mark.parametrize("record", ["", "no id"])
def test_an_id_that_is_none_is_chosen_here(office: Office, record: str) -> None:
    with office.as_person(COORDINATOR) as session:
        assert _prisoner(session, "", record) not in ("", record)
