"""Protects: the sheet asks how far somebody represents the prisoner, keeps it, and shows it beside a yes."""

from __future__ import annotations

import attrs
import pytest

from app.domain.conversation import Answer, Conversation
from app.domain.dates import PartialDate
from app.domain.ids import RecordId
from app.i18n import set_language
from app.services.relatives import AddRelative
from tests.ui.consent.conftest import CaseFile, Desk, OpenDesk, says
from ui.views.consent.said import said_lines

pytestmark = pytest.mark.window


def _lawyer(page: Desk, made: CaseFile) -> str:
    session, found = page.session, list[str]()
    prisoner = page.page.list.model.row(made.mother)
    assert prisoner is not None
    values: dict[str, object] = {"relation": "lawyer", "capacity": "legal_representative"}
    page.tasks.command(
        session.relatives.add,
        AddRelative(prisoner.prisoner, values),
        initiator=None,
        done=lambda saved: found.append(saved.id),
    )
    page.settle()
    return found[0]


def _open(page: Desk, relative: str) -> None:
    page.page.start_conversation(relative)
    page.settle()


def test_a_yes_of_who_represents_asks_how_far_and_the_next_talk_knows(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    lawyer = _lawyer(page, made)
    _open(page, lawyer)
    assert page.talk.before._mandate.isVisible(), "asked without opening anything"
    page.talk.start()
    page.press("n")  # stay in touch: no; then a yes for the prisoner in the next line
    page.press("y")
    page.settle()
    assert "may decide" in page.talk.talk.changes.accessibleName()
    page.talk.save_by_keys()
    page.settle()
    assert page.page.sheet is not None, "nothing is saved"
    page.talk.before._on_value("mandate", "public")
    page.settle()
    assert "cannot be saved" not in page.talk.talk.changes.accessibleName()
    page.talk.save_by_keys()
    page.settle()
    assert page.page.sheet is None
    page.page.show_record(lawyer)
    page.settle()
    assert says(page, "legal representative, may decide: Also godparents, name and case")
    _open(page, lawyer)
    assert page.talk.draft.values["mandate"] == "public"


def test_who_represents_nobody_is_not_asked(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    _open(page, made.mother)
    assert not page.talk.before._mandate.isVisible()


def test_the_form_of_a_relative_asks_who_represents(desk: OpenDesk, made: CaseFile) -> None:
    page = desk()
    lawyer = _lawyer(page, made)
    for relative, asked in ((lawyer, True), (made.mother, False)):
        page.page.show_record(relative)
        page.settle()
        page.page.list.detail.edit_pressed.emit()
        page.settle()
        entries = page.form.register.entries
        assert entries["mandate"].box.isVisible() == asked
        entries["capacity"].set_text("authorised_by_prisoner")
        assert entries["mandate"].box.isVisible()
        page.form.reject()
        page.settle()


def test_an_unknown_reach_is_said_beside_the_yes() -> None:
    """One that came into the file by another way; it does not count, and it says why."""
    set_language("en")
    answer = Answer(answer="a", kind="given", purpose="photo", audience="public")
    talk = Conversation(RecordId("talk"), held_on=PartialDate(2026, 11, 25), answers=(answer,))
    for capacity, words in (
        ("legal_representative", "legal representative, may decide: nobody wrote it down"),
        ("relative_by_practice", ""),
    ):
        (line,) = said_lines([attrs.evolve(talk, capacity=capacity)], {}, ())
        assert (words in line.whom) if words else ("may decide" not in line.whom)
