"""Protects: a list that would change nearly everybody is refused until a person says that it is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

import resources
from app.domain.errors import Code, KnownError
from tests.services.lists import SOURCE, row, write_list
from tests.services.office import COORDINATOR, Office

_ROWS = [row(number, f"Anton K{chr(97 + number) * 3}vik") for number in range(24)]


def _shifted(path: Path, *, of: int) -> Path:
    return write_list(
        path, [{**one, "birthday": "1960-01-01"} if at < of else one for at, one in enumerate(_ROWS)]
    )


def test_it_changes_nothing_until_it_is_meant(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "l.csv", _ROWS), SOURCE))
        before = session.log.state().entries, session.prisoners.rows(), session.sources.rows()
        looked = session.intake.look(_shifted(tmp_path / "m.csv", of=22), SOURCE)
        assert (looked.changes_most, looked.upset) == (True, 22)
        with pytest.raises(KnownError) as refused:
            session.intake.commit(looked)
        assert refused.value.code is Code.LIST_CHANGES_MOST
        assert (session.log.state().entries, session.prisoners.rows(), session.sources.rows()) == before
        session.intake.commit(looked, even_most=True)
        assert session.log.verify().ok


def test_a_list_that_lacks_nearly_everybody_is_one_too(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "l.csv", _ROWS), SOURCE))
        looked = session.intake.look(write_list(tmp_path / "few.csv", _ROWS[:2]), SOURCE)
        with pytest.raises(KnownError) as refused:
            session.intake.commit(looked)
        assert refused.value.code is Code.LIST_CHANGES_MOST


def test_a_usual_newer_list_is_not_in_the_way(office: Office, tmp_path: Path) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "l.csv", _ROWS), SOURCE))
        looked = session.intake.look(_shifted(tmp_path / "m.csv", of=15), SOURCE)
        assert not looked.changes_most
        session.intake.commit(looked)


def test_a_list_that_only_adds_to_everybody_is_not_in_the_way(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(resources.path("demo/list-en.csv"), SOURCE))
        looked = session.intake.look(resources.path("demo/list-be.csv"), SOURCE)
        assert (looked.changes_most, looked.upset) == (False, 0)
        assert looked.preview.rows[0].changes


def test_people_of_another_source_beside_it_hide_nothing(office: Office, tmp_path: Path) -> None:
    others = [row(100 + number, f"Volha B{chr(97 + number) * 3}ka") for number in range(6)]
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "l.csv", _ROWS), SOURCE))
        session.intake.commit(session.intake.look(write_list(tmp_path / "o.csv", others), "Office"))
        looked = session.intake.look(_shifted(tmp_path / "m.csv", of=24), SOURCE)
        assert (len(looked.known), looked.upset, looked.changes_most) == (30, 24, True)
        assert not session.intake.look(_shifted(tmp_path / "n.csv", of=15), SOURCE).changes_most


def test_another_list_under_a_known_name_is_called_so(office: Office, tmp_path: Path) -> None:
    others = [row(100 + at, f"Volha L{chr(97 + at) * 3}ova") for at in range(5)]
    with office.as_person(COORDINATOR) as session:
        session.intake.commit(session.intake.look(write_list(tmp_path / "l.csv", _ROWS), SOURCE))
        looked = session.intake.look(write_list(tmp_path / "other.csv", others), SOURCE)
        assert (looked.changes_most, looked.of_another) == (True, True)
        fewer = session.intake.look(write_list(tmp_path / "few.csv", _ROWS[:2]), SOURCE)
        assert (fewer.changes_most, fewer.of_another) == (True, False)
        assert not session.intake.look(write_list(tmp_path / "o.csv", others), "Another list").changes_most
