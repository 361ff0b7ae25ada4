"""Protects drafts: each stands for itself, sealed to who typed it, no entry of the log."""

from __future__ import annotations

import pytest

from app.domain.errors import BugError
from tests.services.office import COORDINATOR, OFFICER, Office, an_office


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return an_office(tmp_path_factory.mktemp("drafts") / "case")


def test_drafts_are_kept_and_forgotten_together(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        entries = session.log.state().entries
        session.drafts.keep({"prisoners": {"a": "1"}, "reports": {"b": ["2"]}}, ())
        session.drafts.keep({"prisoners": {"a": "3"}}, ("reports",))
        assert session.log.state().entries == entries
    with office.as_person(COORDINATOR) as session:
        assert [(draft.key, dict(draft.values)) for draft in session.drafts.all()] == [
            ("prisoners", {"a": "3"})
        ]


def test_nobody_else_sees_them(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        session.drafts.keep({"prisoners": {"a": "1"}}, ())
    with office.as_person(OFFICER) as session:
        assert session.drafts.all() == ()


def test_half_a_character_does_not_cost_the_rest(office: Office) -> None:
    with office.as_person(COORDINATOR) as session:
        session.drafts.keep({"prisoners": {"typed": {"name": ["Ha\ud83dnna"]}}}, ())
        assert dict(session.drafts.all()[0].values) == {"typed": {"name": ["Ha\ufffdnna"]}}


def test_the_programs_own_keys_are_no_forms(office: Office) -> None:
    with office.as_person(COORDINATOR) as session, pytest.raises(BugError):
        session.drafts.keep({"poruch/undo": {}}, ())


def test_who_was_shown_is_remembered_for_the_same_person_alone(office: Office) -> None:
    with office.as_person(OFFICER) as session:
        assert session.drafts.shown() == {}
        session.drafts.note_shown({"prisoners": "ab" * 16, "godparents": ""})
        assert session.drafts.shown() == {"prisoners": "ab" * 16}
        assert session.drafts.all() == (), "nothing was typed"
    with office.as_person(COORDINATOR) as session:
        assert session.drafts.shown() == {}
    assert b"ab" * 16 not in (office.folder / "cases.db").read_bytes()
