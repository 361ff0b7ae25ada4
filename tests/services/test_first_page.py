"""Protects: the first page comes before the registers are open, tells nothing early, and is completed."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from app.domain.changes import Changes
from app.domain.rows import Light, PrisonerRow
from app.services.kept import LIGHTS
from app.services.prisoner_filter import PrisonerFilter
from app.services.prisoners import EditPrisoner
from app.services.session import Session
from tests.services.office import COORDINATOR, REPORTS, Office, add_mother, add_prisoner, an_office


@pytest.fixture
def held(tmp_path: Path) -> Office:
    """One prisoner with a next step, a label and a mother."""
    office = an_office(tmp_path / "case")
    with office.as_person(COORDINATOR) as session:
        prisoner = add_prisoner(session)
        add_mother(session, prisoner)
        version = session.prisoners.get(prisoner).prisoner.version
        session.prisoners.edit(
            EditPrisoner(prisoner, version, {"next_step": "call the lawyer", "labels": ("urgent",)})
        )
    return office


def _first(session: Session) -> PrisonerRow:
    (row,) = session.prisoners.rows(quickly=True)
    return row


def _is_open(session: Session) -> bool:
    with session.context.reading() as reader:
        return reader.registers_open


def _counted(session: Session) -> Changes:
    found: list[Changes] = []

    def whole() -> Generator[None, None, None]:
        found.append((yield from session.counting_mine()))

    for _slice in whole():
        pass
    return found[0]


def test_the_first_page_opens_nothing_closed(held: Office) -> None:
    with held.as_person(COORDINATOR) as session:
        row = _first(session)
        assert (row.name, row.name_in_public) == ("Zhawnyarovich, Siarhei", Light.COUNTING)
        assert (row.next_step, row.labels) == (None, None), "not open yet is not the same as empty"
        assert not _is_open(session)


def test_then_it_is_told_that_the_rest_is_there(held: Office) -> None:
    with held.as_person(COORDINATOR) as session:
        _first(session)
        assert _counted(session).touches(LIGHTS)
        row = _first(session)
        assert (row.next_step, row.labels) == ("call the lawyer", ("urgent",))
        assert row.name_in_public is Light.NOT_ASKED


def test_also_where_another_page_opened_it_in_between(held: Office) -> None:
    with held.as_person(COORDINATOR) as session:
        _first(session)
        session.relatives.rows()
        assert _is_open(session)
        assert _counted(session).touches(LIGHTS)


def test_a_page_that_waits_for_nothing_is_not_told(held: Office) -> None:
    with held.as_person(COORDINATOR) as session:
        session.prisoners.rows()
        session.relatives.rows()
        assert not _counted(session)


@pytest.mark.parametrize(
    "wanted", [PrisonerFilter(label="urgent"), PrisonerFilter(name_in_public=Light.NOT_ASKED)]
)
def test_a_question_about_closed_things_is_answered_in_full(held: Office, wanted: PrisonerFilter) -> None:
    with held.as_person(COORDINATOR) as session:
        (row,) = session.prisoners.rows(wanted, quickly=True)
        assert row.next_step == "call the lawyer"


def test_without_a_desks_key_nothing_is_awaited(held: Office) -> None:
    with held.as_person(REPORTS) as session:
        row = _first(session)
        assert (row.next_step, row.name_in_public) == (None, Light.NOT_ASKED)
